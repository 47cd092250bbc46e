"""Who organised, chaired, attended, spoke, signed, gave and received at the events of an article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from schemas.rows import Event, Organisation, Participant, Person
from transforms.document import Article, Facts
from transforms.text import Sentence, Spans

# Between an organiser's name and what it does.
_GAP = re.compile(
    r"""(?:\s?\([^()]{1,40}\))?(?:\s(?:tỉnh|thành\ phố|huyện|quận|thị\ xã|xã|phường|khóa\ \w+))?,?
    (?:\s(?:khóa\s\w+|nhiệm\ kỳ\s\d{4}\s?[-–]\s?\d{4}),?)*
    (?:\s(?:đã|vừa|cùng|long\ trọng|tiếp\ tục|chính\ thức|trang\ trọng|đồng\ loạt|cũng|đứng\ ra|trực\ tiếp|chủ\ trì|phối\ hợp
    |có|sẽ|tiến\ hành|mới|dự\ định|dự\ kiến)){0,4},?\s$""",
    re.VERBOSE,
)
_JOINT = re.compile(
    r"(?:\s?\([^()]{1,40}\))?(?:\s(?:tỉnh|thành phố|huyện|quận))?"
    r"(?:,\s|\s(?:và|cùng|cùng với|với|[-–])\s|;\s|,?\s(?:đã\s|vừa\s)?(?:chủ trì,?\s)?(?:phối hợp|kết hợp)\s(?:với|cùng"
    r"|cùng với|giữa)\s(?:các đơn vị:?\s)?)$"
)
_HOLDS = re.compile(r"\b(?:tổ chức|họp|khai mạc|mở|tiến hành|chủ trì tổ chức|đăng cai)\b")
_HELD_BY = re.compile(
    r"\btổ chức\s(?:[^\s,.;]+\s){0,2}?(hội nghị|lễ|buổi|cuộc họp|phiên họp|chương trình|hội thảo|tọa đàm|đại hội|hội thi)\b"
)
_OF = re.compile(r"\s(?:của|do|giữa)\s$")
_CHAIRS = re.compile(
    r"\b(?:(?:đồng )?(?:chủ trì|chủ tọa|chủ toạ)|điều hành(?=\s(?:cuộc họp|buổi|hội nghị|phiên|hội thảo|đại hội|kỳ họp)))\b"
    r"(?!,?\s(?:phối hợp|tham mưu|xây dựng|soạn|thực hiện|đề tài|triển khai"
    r"|nghiên cứu|tổ chức|biên soạn))"
)
_CHAIRING = ("chủ t", "điều hành")  # without either of them nobody does
_CHAIR_LIST = re.compile(
    r"(?:[^.;:]{0,50}?)\s(?:có|là|gồm|gồm có|bao gồm)\b(?:\s(?:các )?(?:đồng chí|ông|bà))?\s?:?|\s?(?:bởi|của)\s|\s?:"
)
_ATTENDS = re.compile(
    r"(?<!nhân dịp )\b(?:tham dự|cùng dự|đến dự|tới dự|về dự|dự)\b"
    r"(?!\s(?:kiến|thảo|án|toán|báo|trữ|thi|phòng|bị|luật|khuyết|định|đoán))"
)
_SPEAKS = re.compile(
    r"\b(?:phát biểu(?!\sthảo luận)|kết luận (?:hội nghị|buổi|cuộc|phiên|tại)|yêu cầu|đề nghị|nhấn mạnh|khẳng định|cho biết"
    r"|chia sẻ|lưu ý|chỉ đạo)\b"
)
_PRESENTS = re.compile(
    r"\b(?:tham luận|trình bày|báo cáo tham luận|báo cáo đề dẫn|truyền đạt|quán triệt chuyên đề|thuyết trình)\b"
)
_SIGNS = re.compile(r"\bký\s(?:kết|giao ước|biên bản|thỏa thuận|quy chế|chương trình|hợp tác)\b")
_GIVES = re.compile(
    r"\b(?:trao tặng|trao|tặng|ủng hộ|hỗ trợ|tài trợ|thăm,? tặng)\b(?=[^.;]{0,60}\b(?:quà|suất|đồng|học bổng|nhà|xe|máy"
    r"|kinh phí|bằng khen|giấy khen|tiền|sổ|phần)\b)"
)
_TO = re.compile(r"\bcho\s(?:(?:các|đồng chí|ông|bà|đại diện|lãnh đạo)\s){0,3}$")
_HELD_BY_DELEGATES = re.compile(r"(?:đại diện|lãnh đạo|đại biểu)\s(?:lãnh đạo\s|của\s)?$")
# A body after such a word is where somebody holds an office, not one that acts.
_OFFICE = re.compile(
    r"(?:chủ tịch|bí thư|giám đốc|trưởng|chủ nhiệm|thường trực|ủy viên|viện trưởng|hiệu trưởng|lãnh đạo|đại diện|đại biểu"
    r"|tổng thư ký|thứ trưởng|bộ trưởng|thành viên|của)\s$"
)
_BRACKET = re.compile(r"\([^()]{0,12}$")
_VENUE = re.compile(r"\b(?:tại|ở|thăm|trụ sở|hội trường|trong khuôn viên)\s(?:[^\s,.;]+\s){0,4}$")
_PARTY_OF = re.compile(r"đoàn\s(?:công tác|kiểm tra|giám sát|khảo sát)(?:\s(?:số\s\d+|liên ngành))?\s(?:của\s)?$")
_TO_PLACE = re.compile(r"\s(?:\([^()]{1,20}\)\s)?(?:(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\s)?(?=[^\s(])")
_THERE = re.compile(
    r"\b(?:tại|trước|kết luận|chỉ đạo|bế mạc|khai mạc|sau)\s(?:hội nghị|buổi|lễ|cuộc|phiên|đại hội|kỳ họp"
    r"|hội thảo|tọa đàm|chương trình|điểm cầu|đây)\b"
)
_ANOTHERS = re.compile(r"\b(?:yêu cầu|đề nghị|giao|cho biết|thành lập|do)\b")  # "… giao Giám đốc Sở chủ trì"
_LONG_AGO = re.compile(r"\b1[89]\d\d\b")
_LISTING = re.compile(r"các\s(?:đồng chí|ông|bà)\b")
_AND_ANOTHER = re.compile(r"\bvà\s(?:đồng chí|ông|bà|đ/c)\s[^;]{0,60}$|^,?\s(?:và\s)?$")


def extract(article: Article, facts: Facts) -> list[Participant]:
    """One row per event, role and participant: where the text first says so.

    Everyone named in ``Chủ trì hội nghị có các đồng chí: …`` chairs; who only closes the meeting with a speech does not.

    >>> from schemas.rows import Person
    >>> article = Article.from_text("Tổ chức Hội nghị sơ kết. Đồng chí Lê Tám chủ trì hội nghị.")
    >>> facts = Facts(people=[Person(34, 40, "Lê Tám")], events=[Event(0, 8, 23, "sơ kết")])
    >>> [(p.participant, p.role) for p in extract(article, facts)]
    [('Lê Tám', 'chair')]
    """
    if not facts.events:
        return []
    reader = _Reader(article, facts)
    for event in facts.events:
        reader.organisers(event)
        if event.kind == "ký kết":
            reader.signatories(event)
    main = next((event for event in facts.events if event.event_no == 0), None)
    if main is not None:
        for index, sentence in enumerate(reader.sentences):
            if sentence.role in ("lead", "body"):
                reader.people_of(main, index, sentence)
    return sorted(reader.rows.values(), key=lambda row: (row.start_char, row.event_no, row.role))


class _Reader:
    def __init__(self, article: Article, facts: Facts) -> None:
        self.article, self.facts, self.folded = article, facts, article.folded
        self.sentences = [s for s in article.sentences if s.role != "heading"]
        self.starts = [s.start for s in self.sentences]
        self.people = self._spread_people()
        self.bodies = self._spread_bodies()
        self.offices = Spans.of(facts.positions)
        self.place_starts = [p.start_char for p in facts.places]
        self.rows: dict[tuple[int, str, str], Participant] = {}
        self.present: set[str] = set()  # people known to have been at the main event: what they say is said there
        self.last: Person | None = None

    def _index(self, at: int) -> int:
        return max(0, bisect_right(self.starts, at) - 1)

    def _spread_people(self) -> list[list[Person]]:
        found: list[list[Person]] = [[] for _ in self.sentences]
        for person in self.facts.people:
            if found:
                found[self._index(person.start_char)].append(person)
        return found

    def _spread_bodies(self) -> list[list[Organisation]]:
        found: list[list[Organisation]] = [[] for _ in self.sentences]
        for body in self.facts.organisations:
            if found:
                found[self._index(body.start_char)].append(body)
        return found

    def add(self, event: Event, role: str, who: Person | Organisation) -> None:
        if event.event_no == 0 and isinstance(who, Person):
            self.present.add(who.name)
        key = (event.event_no, role, who.name)
        if key in self.rows:
            return
        if isinstance(who, Person):
            row = Participant(event.event_no, who.start_char, who.end_char, who.name, True, role, who.person_id, None)
        else:
            row = Participant(event.event_no, who.start_char, who.end_char, who.name, False, role, None, who.body_id)
        self.rows[key] = row

    def organisers(self, event: Event) -> None:
        """The bodies before ``tổ chức``, in the event's sentence, else in the title and the first ones that name it."""
        own = self._index(event.start_char)
        if self._organisers_in(event, own, event.start_char, event.end_char) or event.event_no:
            return
        noun = self.folded[event.start_char : event.end_char].split()[:2]
        first = " ".join(noun)
        told = list(enumerate(self.sentences))
        for index, sentence in told[:6] + told[6:][-2:]:  # a standfirst may be printed at the end
            if index == own:
                continue
            at = self.folded.find(first, sentence.start, sentence.end)
            if at >= 0 and self._organisers_in(event, index, at, at + len(first)):
                return
            held = _HELD_BY.search(self.folded, sentence.start, sentence.end)
            if held is not None and self._organisers_in(event, index, held.start(1), held.end()):
                return

    def _organisers_in(self, event: Event, index: int, start: int, end: int) -> bool:
        sentence, bodies = self.sentences[index], self.bodies[index]
        verb = None
        for found in _HOLDS.finditer(self.folded, max(sentence.start, start - 120), min(sentence.end, start + 1)):
            verb = found.start()
        targets = [verb] if verb is not None else []
        targets.append(start)
        by = re.compile(r"\bdo\b").search(self.folded, end, min(sentence.end, end + 60))
        if by:
            later = _HOLDS.search(self.folded, by.end(), min(sentence.end, by.end() + 160))
            if later:
                targets.append(later.start())
        for target in targets:
            chain = self._chain(bodies, target)
            for body in chain:
                self.add(event, "organiser", body)
            if chain:
                return True
        for body in bodies:  # "đoàn công tác của Ban X … đã kiểm tra"
            before = self.folded[max(sentence.start, body.start_char - 36) : body.start_char]
            if body.end_char <= start and _PARTY_OF.search(before):
                self.add(event, "organiser", body)
                return True
        for body in bodies:  # "hội nghị sơ kết … của Bộ X"
            before = self.folded[max(start, body.start_char - 8) : body.start_char]
            if start < body.start_char and end - 1 <= body.end_char <= end + 60 and _OF.search(before):
                self.add(event, "organiser", body)
                return True
        return False

    def _chain(self, bodies: list[Organisation], target: int) -> list[Organisation]:
        """The bodies that end right before a verb, with those joined to them."""
        chain: list[Organisation] = []
        at = target
        for body in reversed(bodies):
            if body.end_char > at:
                continue
            before = self.folded[max(0, body.start_char - 40) : body.start_char]
            if self.folded.startswith(")", body.end_char) and _BRACKET.search(before):
                continue  # "Chi cục Thuế (Sở Tài chính) tổ chức …"
            if body.start_char in self.offices or _VENUE.search(before):
                break
            if not chain and _OFFICE.search(before) and not self.folded.startswith("tổ chức", at):
                break
            between = self.folded[self._past_place(body.end_char, at) : at]
            if len(between) > 90 or not (_JOINT.match(between) if chain else _GAP.match(between)):
                break
            chain.append(body)
            at = body.start_char
        return chain[::-1]

    def _past_place(self, start: int, limit: int) -> int:
        """The end of a unit's name that follows a body's: ``Sở Y tế (SYT) tỉnh Bến Tre tổ chức``."""
        number = bisect_left(self.place_starts, start)
        if number < len(self.place_starts) and self.place_starts[number] - start <= 24:
            place = self.facts.places[number]
            if place.end_char <= limit and _TO_PLACE.match(self.folded, start, place.start_char + 1):
                return place.end_char
        return start

    def signatories(self, event: Event) -> None:
        index = self._index(event.start_char)
        sentence = self.sentences[index]
        verb = _SIGNS.search(self.folded, sentence.start, sentence.end)
        if verb is None:
            return
        for body in self._chain(self.bodies[index], verb.start()):
            self.add(event, "signatory", body)
        for body in self.bodies[index]:
            before = self.folded[max(verb.end(), body.start_char - 14) : body.start_char]
            if re.search(r"(?:giữa|với|cùng|và)\s$", before):
                self.add(event, "signatory", body)

    def people_of(self, event: Event, index: int, sentence: Sentence) -> None:
        people, folded = self.people[index], self.folded
        start, end = sentence.start, sentence.end
        if not people and not self.bodies[index] and not folded.startswith(("đồng chí", "ông ", "bà "), start):
            return
        if _LONG_AGO.search(folded, start, end) and start > event.end_char:
            return
        chairing = _CHAIRS.search(folded, start, end) if any(folded.find(w, start, end) >= 0 for w in _CHAIRING) else None
        attending = _ATTENDS.search(folded, start, end) if folded.find("dự", start, end) >= 0 else None
        chairs: list[Person] = []
        if chairing is not None:
            chairs = self._chairs(sentence, people, chairing.start(), chairing.end(), attending.start() if attending else None)
            for person in chairs:
                self.add(event, "chair", person)
        if attending is not None:
            self._attendees(event, index, sentence, attending.start(), attending.end(), chairs)
        speaking = _SPEAKS.search(folded, start, end)
        if speaking is not None:
            speaker = self._agent(sentence, people, speaking.start(), speaking.end())
            if speaker is not None and (
                speaker.name in self.present
                or folded.startswith(("phát biểu", "kết luận"), speaking.start())
                or _THERE.search(folded, start, min(end, start + 90))
            ):
                self.add(event, "speaker", speaker)
        for role, pattern in (("presenter", _PRESENTS), ("donor", _GIVES)):
            for found in pattern.finditer(folded, start, end):
                for body in self._chain(self.bodies[index], found.start()):
                    self.add(event, role, body)
                for person in people:
                    gap = self.folded[person.end_char : found.start()]
                    if person.end_char <= found.start() < person.end_char + 60 and _GAP.match(gap):
                        self.add(event, role, person)
                if role == "donor":
                    self._recipients(event, index, sentence, found.end())
        if people:
            self.last = people[-1]

    def _recipients(self, event: Event, index: int, sentence: Sentence, after: int) -> None:
        who: list[Person | Organisation] = [*self.people[index], *self.bodies[index]]
        for one in who:
            if one.start_char > after and _TO.search(self.folded, max(after, one.start_char - 40), one.start_char):
                self.add(event, "recipient", one)

    def _chairs(self, sentence: Sentence, people: list[Person], start: int, end: int, attends: int | None) -> list[Person]:
        listed = _CHAIR_LIST.match(self.folded, end, min(sentence.end, end + 90))
        opening = not any(p.end_char <= start for p in people)
        if opening and listed:
            stop = sentence.end
            dependent = _ATTENDS.search(self.folded, listed.end(), sentence.end)
            if dependent is not None:
                stop = dependent.start()
            return [p for p in people if listed.end() - 1 <= p.start_char < stop]
        if opening:
            after = [p for p in people if p.start_char >= end]
            if "sự" in self.folded[max(sentence.start, start - 5) : start] and after:
                return after[:1]
            named = self.folded[sentence.start : start].strip()
            if self.last is not None and re.fullmatch(r"(?:đồng chí|ông|bà)(?: cũng| đã| là người)?", named):
                return [self.last]
            return []
        before = [p for p in people if p.end_char <= start]
        if attends is not None and attends < start:
            joint = self.folded[attends:start]
            if len(joint) > 24:  # "A dự; B chủ trì", not "dự và chủ trì"
                rest = [p for p in before if p.start_char > attends]
                before = rest or before
        gap = self.folded[before[-1].end_char : start]
        if len(gap) > 250 or _ANOTHERS.search(gap):
            return []
        if len(before) == 1 or _LISTING.search(self.folded, sentence.start, before[0].start_char + 1):
            return before
        # Without a heading "các đồng chí", those joined to the last one by ";" or "và", with their offices in between.
        chosen = [before[-1]]
        for earlier, later in zip(before[-2::-1], before[:0:-1], strict=False):
            between = self.folded[earlier.end_char : later.start_char]
            if ";" in between or _AND_ANOTHER.search(between[-80:]):
                chosen.append(earlier)
            else:
                break
        return chosen[::-1]

    def _attendees(self, event: Event, index: int, sentence: Sentence, start: int, end: int, chairs: list[Person]) -> None:
        people, chairing = self.people[index], {p.name for p in chairs}
        after = [p for p in people if p.start_char >= end]
        before = [p for p in people if p.end_char <= start]
        chosen = after
        if not after or start - sentence.start > 60:
            chosen = before + after
        for person in chosen:
            if person.name not in chairing:
                self.add(event, "attendee", person)
        for body in self.bodies[index]:
            if body.start_char >= end and _HELD_BY_DELEGATES.search(self.folded, max(end, body.start_char - 24), body.start_char):
                self.add(event, "attendee", body)

    def _agent(self, sentence: Sentence, people: list[Person], start: int, end: int) -> Person | None:
        """The person before the verb; after it where the sentence begins with it; the last one where only ``đồng chí`` stands."""
        before = [p for p in people if p.end_char <= start]
        if before:
            return before[-1] if start - before[-1].end_char < 160 else None
        after = [p for p in people if p.start_char >= end]
        if start - sentence.start < 30 and after and after[0].start_char - end < 90:
            return after[0]
        head = self.folded[sentence.start : start].strip()
        if re.fullmatch(r"(?:[^,]{0,40},\s)?(?:đồng chí|ông|bà)(?: cũng| đã)?", head):
            return self.last
        return None
