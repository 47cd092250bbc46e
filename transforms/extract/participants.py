"""Who organised, chaired, attended, spoke, signed, gave and received at the events of an article."""

from __future__ import annotations

import re

from schemas.rows import Event, Organisation, Participant, Person
from transforms.document import Article, Facts
from transforms.extract.organisers import GAP, Acting
from transforms.text import Sentence

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
        for body in reader.acting.organisers(event):
            reader.add(event, "organiser", body)
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
        self.acting = Acting(article, facts)
        self.sentences, self.bodies, self.offices = self.acting.sentences, self.acting.bodies, self.acting.offices
        self.people = self._spread_people()
        self.rows: dict[tuple[int, str, str], Participant] = {}
        self.present: set[str] = set()  # people known to have been at the main event: what they say is said there
        self.last: Person | None = None

    def _spread_people(self) -> list[list[Person]]:
        found: list[list[Person]] = [[] for _ in self.sentences]
        for person in self.facts.people:
            if found:
                found[self.acting.index(person.start_char)].append(person)
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

    def signatories(self, event: Event) -> None:
        index = self.acting.index(event.start_char)
        sentence = self.sentences[index]
        verb = _SIGNS.search(self.folded, sentence.start, sentence.end)
        if verb is None:
            return
        for body in self.acting.chain(index, verb.start()):
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
                for body in self.acting.chain(index, found.start()):
                    self.add(event, role, body)
                for person in people:
                    gap = self.folded[person.end_char : found.start()]
                    if person.end_char <= found.start() < person.end_char + 60 and GAP.match(gap):
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
            if ";" in between or _AND_ANOTHER.search(between[-80:]) or self._and_office(earlier, later, between):
                chosen.append(earlier)
            else:
                break
        return chosen[::-1]

    def _and_office(self, earlier: Person, later: Person, between: str) -> bool:
        """``… và Chủ tịch Ủy ban …``: an office stands between the two, and nothing else."""
        at = between.rfind(" và ")
        start = earlier.end_char + at + 4
        if at < 0 or start not in self.offices:
            return False
        ends = [
            p.end_char for p in self.acting.facts.positions
            if start <= p.start_char < later.start_char and p.person == later.name
        ]  # fmt: skip
        return bool(ends) and later.start_char - max(ends) <= 10

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
