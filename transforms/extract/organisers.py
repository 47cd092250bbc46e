"""The bodies that hold an event, from what its sentences say of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from schemas.rows import Event, Organisation
from transforms.document import Article, Facts
from transforms.text import Spans

# Between an organiser's name and what it does.
GAP = re.compile(
    r"""(?:\s?\([^()]{1,40}\))?(?:\s(?:tỉnh|thành\ phố|huyện|quận|thị\ xã|xã|phường|khóa\ \w+))?(?:\slâm\ thời)?,?
    (?:\s(?:khóa\s\w+|nhiệm\ kỳ\s\d{4}\s?[-–]\s?\d{4}),?)*
    (?:\s(?:vừa\ |đã\ )?(?:phối|kết)\ hợp\s(?:với|cùng|cùng\ với)\s
    (?:các|một\ số|nhiều|chính\ quyền|tỉnh|thành\ phố|huyện|quận|xã|phường)\s[^.;:()]{3,50}?)?
    (?:\s(?:đã|vừa|cùng|long\ trọng|tiếp\ tục|chính\ thức|trang\ trọng|đồng\ loạt|cũng|đứng\ ra|trực\ tiếp|chủ\ trì|phối\ hợp
    |có|sẽ|tiến\ hành|mới|dự\ định|dự\ kiến|đồng
    |(?:hôm|sáng|chiều|tối)\ (?:nay|qua)|(?:sáng|chiều|tối|ngày)\ \d\d?[-/.]\d\d?)){0,4},?\s$""",
    re.VERBOSE,
)
_JOINT = re.compile(
    r"(?:\s?“[^“”]{1,120}”)?(?:\s?\([^()]{1,40}\))?(?:\s(?:tỉnh|thành phố|huyện|quận|việt nam))?(?:\s?\([^()]{1,40}\))?"
    r"(?:,\s|\s(?:và|cùng|cùng với|với|[-–])\s|;\s|,?\s(?:đã\s|vừa\s)?(?:chủ trì,?\s)?(?:phối hợp|kết hợp)\s(?:với|cùng"
    r"|cùng với|giữa)\s(?:các đơn vị:?\s)?)$"
)
_HOLDS = re.compile(r"\b(?:tổ chức|họp|làm lễ|khai mạc|mở|tiến hành|chủ trì tổ chức|đăng cai)\b")
_GATHERING = r"(hội nghị|lễ|buổi|cuộc họp|phiên họp|chương trình|hội thảo|tọa đàm|đại hội|hội thi)"
_HELD_BY = re.compile(rf"\btổ chức\s(?:[^\s,.;]+\s){{0,2}}?{_GATHERING}\b")
_DONE_BY = re.compile(r"\b(?:do|được)\s")
_HOLDERS_VERB = re.compile(r"[^.;]{0,90}?\b(?:tổ chức|chủ trì|phối hợp|đăng cai|triệu tập|khởi xướng|phát động|thực hiện)\b")
_OF = re.compile(r"\s(?:của|do|giữa)\s$")
# From the noun to the body whose meeting it is: "hội nghị liên tịch thường niên của", "kỳ họp thứ 5,", "cuộc họp lần thứ 4".
_WHOSE = re.compile(
    r"""(?:(?:lễ|phiên)\ (?:khai|bế)\ mạc\ )?(?:(?:cuộc\ |buổi\ )?họp\ báo|hội\ nghị|cuộc\ họp|phiên\ họp|kỳ\ họp|buổi\ họp
    |đại\ hội(?:\ đại\ biểu|\ điểm)?|lễ\ ra\ mắt)
    (?:\s(?:lần\ )?thứ\s[\w-]+|\slần\s\d+|\sthường\ (?:niên|kỳ|lệ)|\sliên\ tịch|\strực\ tuyến|\stoàn\ thể|\schuyên\ đề|\sđịnh\ kỳ
    |\sbất\ thường|\smở\ rộng|\scuối\ năm|\sgiao\ ban|\stổng\ kết|\ssơ\ kết|\sthành\ lập){0,3},?\s(?:của\s|giữa\s)?""",
    re.VERBOSE,
)
_OF_ONE = ("cuộc họp ", "họp báo ", "buổi họp báo ", "phiên họp ")  # "cuộc họp Chính phủ"
# Before the event: "Được sự phối hợp tổ chức của", and the sentence after it: "Chương trình do … phối hợp thực hiện".
_BY_THEM = re.compile(r"\b(?:tổ chức|phối hợp|chủ trì)\s(?:của|giữa)\s")
_IT_IS_BY = re.compile(
    r"(?:đây là )?(?:chương trình|hội nghị|hội thảo|buổi lễ|lễ hội|sự kiện|cuộc thi|hội thi|giải(?: đấu)?|liên hoan|triển lãm"
    r"|diễn đàn|tọa đàm|ngày hội|hoạt động)(?: này)?(?: được| là hoạt động)? do "
)
_RECURRING = ("kỳ họp", "đại hội", "phiên họp")  # named after the body that meets, with no word for "of"
# A body after such a word is where somebody holds an office, not one that acts.
_OFFICE = re.compile(
    r"(?:chủ tịch|bí thư|giám đốc|trưởng|chủ nhiệm|thường trực|ủy viên|viện trưởng|hiệu trưởng|lãnh đạo|đại diện|đại biểu"
    r"|tổng thư ký|thứ trưởng|bộ trưởng|thành viên|của)\s$"
)
_BRACKET = re.compile(r"\([^()]{0,12}$")
_VENUE = re.compile(r"\b(?:tại|ở|thăm|trụ sở|hội trường|trong khuôn viên)\s(?:[^\s,.;]+\s){0,4}$")
_PARTY_OF = re.compile(r"đoàn\s(?:công tác|kiểm tra|giám sát|khảo sát)(?:\s(?:số\s\d+|liên ngành))?\s(?:của\s)?$")
_TO_PLACE = re.compile(r",?\s(?:\([^()]{1,20}\)\s)?(?:(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\s)?(?=[^\s(])")


class Acting:
    """The bodies of an article by sentence, and which of them act at a place of it."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.facts, self.folded = facts, article.folded
        self.sentences = [s for s in article.sentences if s.role != "heading"]
        self.starts = [s.start for s in self.sentences]
        self.bodies: list[list[Organisation]] = [[] for _ in self.sentences]
        for body in facts.organisations:
            if self.bodies:
                self.bodies[self.index(body.start_char)].append(body)
        self.offices = Spans.of(facts.positions)
        self.place_starts = [p.start_char for p in facts.places]

    def index(self, at: int) -> int:
        """The number of the sentence that a position falls in."""
        return max(0, bisect_right(self.starts, at) - 1)

    def organisers(self, event: Event) -> list[Organisation]:
        """The bodies before ``tổ chức``, in the event's sentence, else in the title and the first ones that name it."""
        own = self.index(event.start_char)
        found = self._in(event.kind, own, event.start_char, event.end_char)
        if found or event.event_no:
            return found
        for sentence in self.sentences[own + 1 : own + 3]:
            by = _IT_IS_BY.match(self.folded, sentence.start, sentence.end)
            if by:
                found = self._forward(self.bodies[self.index(sentence.start)], by.end(), sentence.end)
                if found:
                    return found
        first = " ".join(self.folded[event.start_char : event.end_char].split()[:2])
        told = list(enumerate(self.sentences))
        for index, sentence in told[:6] + told[6:][-2:]:  # a standfirst may be printed at the end
            if index == own:
                continue
            at = self.folded.find(first, sentence.start, sentence.end)
            found = self._in(event.kind, index, at, at + len(first)) if at >= 0 else []
            held = None if found else _HELD_BY.search(self.folded, sentence.start, sentence.end)
            if held is not None:
                found = self._in(event.kind, index, held.start(1), held.end())
            if found:
                return found
        return []

    def _in(self, kind: str, index: int, start: int, end: int) -> list[Organisation]:
        """The organisers that a sentence tells of the gathering named from ``start`` to ``end``."""
        sentence = self.sentences[index]
        bodies = self.bodies[index]
        if not bodies:
            return []
        verbs = _HOLDS.finditer(self.folded, max(sentence.start, start - 120), min(sentence.end, start + 2))
        for target in (*[found.start() for found in verbs][:-4:-1], start):  # "đã tổ chức khai mạc": the first of them
            chain = self.chain(index, target)
            if chain:
                return chain
        for by in _DONE_BY.finditer(self.folded, end, min(sentence.end, end + 160)):
            chain = self._forward(bodies, by.end(), sentence.end)
            if chain:
                return chain
        for by in _BY_THEM.finditer(self.folded, max(sentence.start, start - 160), start):
            chain = self._from(bodies, by.end())
            if chain and start - chain[-1].end_char < 24:
                return chain
        return self._whose(bodies, start, end, sentence.end) or self._loosely(kind, bodies, sentence.start, start, end)

    def _whose(self, bodies: list[Organisation], start: int, end: int, limit: int) -> list[Organisation]:
        """``hội nghị liên tịch của Chính phủ và …``, ``kỳ họp thứ năm, Hội đồng nhân dân tỉnh``."""
        lead = _WHOSE.match(self.folded, start, limit)
        if lead is None:
            return []
        told = lead[0]
        named = told.endswith(("của ", "giữa ")) or told.startswith(_OF_ONE) or " thứ " in told
        named = named or any(word in told for word in _RECURRING)
        return self._from(bodies, lead.end()) if named else []

    def _loosely(self, kind: str, bodies: list[Organisation], opening: int, start: int, end: int) -> list[Organisation]:
        for body in bodies if kind == "kiểm tra" else ():  # "đoàn công tác của Ban X … đã kiểm tra"
            before = self.folded[max(opening, body.start_char - 36) : body.start_char]
            if body.end_char <= start and _PARTY_OF.search(before):
                return [body]
        for body in bodies:  # "hội nghị sơ kết … của Bộ X"
            before = self.folded[max(start, body.start_char - 8) : body.start_char]
            if start < body.start_char and end - 1 <= body.end_char <= end + 60 and _OF.search(before) and " do " not in before:
                return [body]
        return []

    def _forward(self, bodies: list[Organisation], at: int, limit: int) -> list[Organisation]:
        """The bodies after ``do``, if a verb of holding follows: ``do Sở A phối hợp với Sở B tổ chức``."""
        chain = self._from(bodies, at)
        return chain if chain and _HOLDERS_VERB.match(self.folded, chain[-1].end_char, limit) else []

    def _from(self, bodies: list[Organisation], at: int) -> list[Organisation]:
        """The body that begins at a place, with those joined to it after it."""
        chain: list[Organisation] = []
        for body in bodies:
            if body.start_char < at:
                continue
            if not chain:
                if body.start_char != at:
                    break
            else:
                between = self.folded[at : body.start_char]
                if self.folded[body.start_char - 1] == "(" or (between.startswith((" (", "(")) and ")" not in between):
                    continue  # "Trung tâm Y tế (Sở Y tế) và …"
                if len(between) > 190 or not _JOINT.match(self.folded[self._past_place(at, body.start_char) : body.start_char]):
                    break
            chain.append(body)
            at = body.end_char
        return chain

    def chain(self, index: int, target: int) -> list[Organisation]:
        """The bodies that end right before a verb, with those joined to them."""
        chain: list[Organisation] = []
        at = target
        for body in reversed(self.bodies[index]):
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
            if len(between) > 90 or not (_JOINT.match(between) if chain else GAP.match(between)):
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
