"""Where people are named: after an honorific or an office, in lists of them, or told by the name's own shape."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key, fold_tones
from transforms.document import Article, Facts
from transforms.extract.lexicon_files import table
from transforms.extract.names import Word, bounded, is_family, name_end, starts_with_place, surname_places, words
from transforms.extract.offices import Office
from transforms.match import Hit, Lexicon
from transforms.text import LOWER, UPPER


class Mention(NamedTuple):
    """A name at ``[start, end)``. ``lead`` is where the honorifics and ranks before it begin; ``by`` is what told it."""

    start: int
    end: int
    name: str
    honorific: str | None
    lead: int
    by: str


class _Honorific(NamedTuple):
    word: str
    kind: str  # address, title, rank, role


class _Call(NamedTuple):
    """What stands before a possible name: honorifics (``kind`` of the last), or an office."""

    lead: int
    honorific: str | None
    kind: str


_RUN = re.compile(rf"[{UPPER}][{LOWER}{UPPER}'’\-]*(?: {{1,2}}[{UPPER}][{LOWER}{UPPER}'’\-]*)*")
_SPACES = re.compile(r" {0,2}")
_DOTTED = re.compile(r"\.? {0,2}")  # "TS. Nguyễn", "Đ/c.Nguyễn"
_CHAIN = re.compile(r"(?:[.,\-–]? ?|, | - |\.-|/)\Z")
_PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|quý|\d) (?:vị )?\Z")
# Things named after people, and lines that credit an author: a name after these is none of a person.
_NAMESAKE = re.compile(
    r"(?:\b(?:đường(?: phố)?|phố|ngõ|ngách|hẻm|đại lộ|quảng trường|công viên|vườn hoa|cầu|chợ|hồ|đền|chùa|đình|miếu|lăng|tượng đài|tượng|"
    r"bảo tàng|trường|thpt|thpt chuyên|ptth|thcs|tiểu học|th|mầm non|mẫu giáo|đại học|đh|cao đẳng|học viện|viện|bệnh viện|bv|"
    r"giải|giải thưởng|cúp|quỹ|học bổng|huân chương|huy hiệu|phong trào|cuộc thi|hội thi|mang tên|thị trấn|tt\.?|xã|phường|p\.|"
    r"quận|q\.|huyện|thị xã|tx\.?|thành phố|tp\.?|tỉnh|khu phố|kp|thôn|xóm|ấp|bản|tổ|khu|chung cư|tòa nhà|khách sạn|nhà hàng|siêu thị|"
    r"tncs|thanh niên cộng sản|tntp|tiền phong|tư tưởng|đạo đức|phong cách|tấm gương|thời đại|chiến dịch|đường mòn|di chúc|di sản|"
    r"nhà máy|công ty|nhà hát|rạp|sân vận động|svđ|di tích|nhà tù|ga|nút giao|vòng xoay|ngã tư|ngã ba|hầm|đảo|sông|núi|kênh|"
    r"chi đội|liên đội|lớp|tập đoàn|hội|thương hiệu|doanh nghiệp|dntn|nhà thờ|giáo xứ|lưu niệm|nghĩa trang|dòng họ|nhà xuất bản|nxb|"
    r"nhà khách|cảng|bến|chuyên|cơ sở|chi nhánh|học tập(?: và làm theo)?|làm theo|nhà|tháp|bến xe|công trình|con đường|gtnt|"
    r"ảnh|tin|bài|tin, ảnh|bài, ảnh|tin, bài|video|clip|nguồn|thực hiện|biên tập|đồ họa)|"
    r"số (?:nhà )?\d+\w?|[\d/]+\w?)[ :“\"‘']{1,3}\Z"
)
_STREETS = re.compile(r"(?: ?[,\-–/] ?| và | với | giao )\Z")
_STREET_AFTER = re.compile(r" ?[,\-–(]+ ?(?:phường|p\.|quận|q\.|tp\.? ?hcm|tp\.|xã|thị trấn)")
_BYLINE = re.compile(r"(?:theo|tin|ảnh|bài|nguồn|pv|ctv)?[ :(]*\Z")
_INITIALS = re.compile(r"\.+ ?[a-zà-ỹđ(,;]")
_SPEAKS = re.compile(
    r" (?:cho biết|nói|khẳng định|nhấn mạnh|phát biểu|đề nghị|yêu cầu|chia sẻ|cho rằng|thông tin|trả lời|khai|kể|trình bày|báo cáo|"
    r"chủ trì|dự|đã|sinh|là|cũng|đến|trao|tặng|kết luận|đánh giá|ghi nhận|cảm ơn|tin tưởng|bày tỏ|tham dự)\b| ?[,(] ?(?:sn|sinh năm|\d\d tuổi)"
)
# Words that follow an honorific in capitals and are no names.
_NOT_NAMES = frozenset(
    "đảng nhà quốc chính bộ ban sở phòng hội đoàn ủy ubnd hđnd mttq công trung trường viện tỉnh thành huyện quận xã phường thường đội khối "
    "chi cục vụ tổng việt mỹ nhật hàn pháp anh đức nga trump's htx clb tncs covid vtv cscđ csgt pv bch btv clb u23 asean eu usd".split()
)
_CORPORATE = frozenset(
    "việt nam vietnam group foundation bank media holdings corp corporation company ltd fc club united university airlines motor motors "
    "ventures venture capital partners land city times news post house senate apple google facebook samsung".split()
)
_SAINTS = frozenset(["công", "táo", "địa", "rịa", "trưng", "nà", "đen", "chúa", "điểm", "chiểu", "giáo", "nội", "ngoại", "đồng"])
_UNCLE_HO = re.compile(r"(?:chủ tịch|bác|lãnh tụ|cụ|đồng chí) \Z")
_DEVOTION = re.compile(
    r"(?:tư tưởng|đạo đức|phong cách|tấm gương|lăng|bảo tàng|quảng trường|làm theo|tượng đài|tượng|giải thưởng|huân chương|lời|"
    r"di chúc|cháu ngoan|nhớ ơn|học tập|khu di tích|di tích|viếng|ảnh|quê)(?: của)? \Z"
)
_HCM = "hồ chí minh"


@cache
def honorifics() -> Lexicon[_Honorific]:
    return Lexicon(
        (alias, _Honorific(row["key"], row["kind"]))
        for row in table("honorifics.tsv")
        for alias in [row["key"], *row["aliases"].split("|")]
        if alias
    )


def mentions(article: Article, facts: Facts, offices: list[Office]) -> list[Mention]:
    """The mentions, with what told each."""
    return _Reader(article, facts, offices).read()


class _Reader:
    def __init__(self, article: Article, facts: Facts, offices: list[Office]) -> None:
        self.article, self.text, self.folded = article, article.text, article.folded
        spans = [(o.start_char, o.end_char) for o in facts.organisations]
        self.bodies = _Spans(spans)
        self.places = {p.start_char: p.end_char for p in facts.places}
        self.place_spans = _Spans((p.start_char, p.end_char) for p in facts.places)
        self.starts = {s.start for s in article.sentences}
        self.office_starts = {o.start for o in offices}
        self.office_spans = _Spans((o.start, o.end) for o in offices)
        self.calls = self._calls(offices)
        self.sentence_starts = [s.start for s in article.sentences]

    def read(self) -> list[Mention]:
        found: list[Mention] = []
        street = -1  # end of the last name that was a street's or the like
        for run in _RUN.finditer(self.text):
            past = run.start()
            for word in words(self.text, run.start(), 12):
                if word.start < past:
                    continue
                if word.end in self.called_after:  # "Ông" and "Em" are also family names
                    continue
                call = self.calls.get(word.start)
                mention = self._called(word.start, call) if call else None
                if mention is None:
                    end = name_end(self.text, word.start)
                    if end is None:
                        continue
                    if self._is_namesake(word.start, end, run.start(), street):
                        street = past = end
                        continue
                    mention = self._bare(word.start, end, run.start())
                    if mention is None:
                        continue
                found.append(mention)
                past = mention.end
        return self._plural(self._resolved(found))

    # --- what calls a name

    def _calls(self, offices: list[Office]) -> dict[int, _Call]:
        """Where a name may begin, by what stands before it there."""
        calls: dict[int, _Call] = {}
        hits = honorifics().find(self.folded)
        self.called_after: set[int] = set()
        self.honorific_starts = {hit.start for hit in hits if hit.end - hit.start > 3}
        chain_end, lead, word, kind = -1, 0, "", ""
        for hit in hits:
            if self.office_spans.holds(hit.start):  # "Thủ [tướng]"
                continue
            if chain_end >= 0 and hit.start - chain_end <= 3 and _CHAIN.match(self.folded[chain_end : hit.start]):
                word, kind = (word, hit.value.kind) if kind == "address" else (hit.value.word, hit.value.kind)
            elif not self._is_honorific(hit):
                continue
            else:
                lead, word, kind = hit.start, hit.value.word, hit.value.kind
            chain_end = hit.end
            gap = (_DOTTED if hit.value.kind in ("title", "rank") or hit.value.word == "đồng chí" else _SPACES).match(self.text, hit.end)
            if gap and gap.end() > hit.end:
                self.called_after.add(hit.end)
                calls[gap.end()] = _Call(lead, word, kind)
        by_end = dict(calls)
        chain_lead: dict[int, int] = {}
        previous: Office | None = None
        for office in offices:  # a chain of offices before a name: the honorific stands before the first
            joined = previous is not None and _is_comma(self.text, previous.end, office.start)
            first = chain_lead[previous.end] if joined and previous is not None else office.start
            chain_lead[office.end] = first
            previous = office
            after = _SPACES.match(self.text, office.end)
            pos = after.end() if after else office.end
            pos = self._past_place(pos)
            if pos > office.end and pos not in calls:
                before = by_end.get(first) or by_end.get(office.start)
                calls[pos] = _Call(first, before.honorific if before else None, "office")
        return calls

    def _past_place(self, pos: int) -> int:
        """After the country or province in ``Tổng thống Mỹ X``, ``Chủ tịch Hà Nội X``."""
        end = self.places.get(pos)
        if end is not None and self.text[end : end + 1] == " ":
            if self.text[end + 1 : end + 2].isupper():
                return end + 1
        return pos

    def _is_honorific(self, hit: Hit[_Honorific]) -> bool:
        """Not part of a proper name: ``Bà Rịa``, ``Anh Sơn``; not ``cháu`` in ``con cháu``."""
        if hit.value.kind != "address" or not self.text[hit.start].isupper() or hit.value.word == "đồng chí":
            return True
        before = self.text[max(0, hit.start - 2) : hit.start]
        return hit.start in self.starts or hit.start == 0 or before[-1:] in '\n“"(‘' or before[0] in ".:;-–!?…,”"

    # --- reading a name

    def _called(self, pos: int, call: _Call) -> Mention | None:
        text = self.text
        if pos in self.office_starts or pos in self.honorific_starts:
            return None
        found = bounded(text, words(text, pos, 7, foreign=True))
        if not found or (self.place_spans.holds(pos) and pos not in self.places):
            return None
        key = found[0].key
        end: int | None
        if key in ("hồ",) and self.folded.startswith(_HCM, pos):
            return self._uncle(pos, pos + len(_HCM), call.lead)
        if call.kind == "office" and pos in self.places and not is_family(key):
            return None
        if _NAMESAKE.search(self.folded, max(0, call.lead - 30), call.lead) and call.kind not in ("address", "rank"):
            return None
        family = is_family(key)
        skip = starts_with_place(found)
        if skip and call.kind != "address":
            if skip == len(found):
                return None
            return self._called(found[skip].start, call)
        if family is not None and len(found) >= 2:
            end = name_end(text, pos) or self._loose_end(found)
        else:
            end = self._loose_end(found)
        if end is None:
            return None
        count = sum(1 for word in found if word.end <= end)
        if count == 1 and not self._single(found[0], call):
            return None
        if count > 1 and family is None and not self._stage_name(found[:count], call):
            return None
        if self._is_initials(pos, end, count):
            return None
        if text[pos:end].isupper() and count > 1 and not self._caps_fit(pos, end):
            return None
        return Mention(pos, end, canonical(text[pos:end]), call.honorific, call.lead, call.kind)

    def _loose_end(self, found: list[Word]) -> int | None:
        if found[0].key in _NOT_NAMES and is_family(found[0].key) is None:
            return None
        text = self.text
        kept = found[:5]
        first = text[kept[0].start : kept[0].end]
        for number, word in enumerate(kept):
            piece = text[word.start : word.end]
            if number and (piece.isupper() and len(piece) > 1) != (first.isupper() and len(first) > 1):
                kept = kept[:number]
                break
        return kept[-1].end

    def _single(self, word: Word, call: _Call) -> bool:
        piece = self.text[word.start : word.end]
        if len(piece) == 1 or (piece.isupper() and len(piece) <= 5):
            return False
        if word.key in _NOT_NAMES or word.key in _SAINTS:
            return False
        if word.start in self.places:
            return False
        return call.kind in ("address", "rank", "title", "office")

    def _stage_name(self, found: list[Word], call: _Call) -> bool:
        """Names without a family name: foreign, religious, stage names."""
        if found[0].key in _NOT_NAMES or found[0].key in _SAINTS:
            return False
        foreign = any(not is_syllable(word.key) for word in found)
        if call.kind == "role":
            return foreign and found[0].start not in self.places
        if found[0].start in self.places or " ".join(w.key for w in found) in surname_places():
            return False
        if self.bodies.holds(found[0].start) or not _CORPORATE.isdisjoint(word.key for word in found):
            return False
        return foreign or call.kind in ("address", "title", "rank") or (call.kind == "office" and len(found) >= 3)

    def _is_initials(self, pos: int, end: int, count: int) -> bool:
        last = self.text[pos:end].rsplit(" ", 1)[-1]
        if len(last) == 1 and count > 1:
            return bool(_INITIALS.match(self.text, end))
        if count > 1 and len(last) <= 2 and last.isascii() and not set(last.lower()) & set("aeiouy"):
            return True  # "Nguyễn Văn Th"
        return all(len(piece) == 1 for piece in self.text[pos:end].split())

    def _caps_fit(self, pos: int, end: int) -> bool:
        """A name in capitals ends where small letters or punctuation begin, else nobody knows where."""
        after = self.text[end : end + 2]
        return not (after[:1] == " " and after[1:2].isupper())

    def _uncle(self, pos: int, end: int, lead: int) -> Mention | None:
        before = _UNCLE_HO.search(self.folded, max(0, pos - 12), pos)
        if before is None or _DEVOTION.search(self.folded, max(0, before.start() - 24), before.start()):
            return None
        if _DEVOTION.search(self.folded, max(0, lead - 24), lead):
            return None
        word = before[0].strip()
        return Mention(pos, end, canonical(self.text[pos:end]), None if word == "chủ tịch" else word, before.start(), "office")

    # --- names by their own shape

    def _is_namesake(self, pos: int, end: int, run: int, street: int) -> bool:
        if _NAMESAKE.search(self.folded, max(0, pos - 30), pos) or _STREET_AFTER.match(self.folded, end):
            return True
        if self.bodies.holds(pos) or self.place_spans.holds(pos):
            return True
        return street >= 0 and pos - street <= 6 and bool(_STREETS.match(self.text[street:pos]))

    def _bare(self, pos: int, end: int, run: int) -> Mention | None:
        text = self.text
        count = len(text[pos:end].split())
        if pos > run and not self._may_follow(text[run:pos]) and not self._after_unit(pos):
            return None
        if self._is_initials(pos, end, count) or self._is_credit(pos, end):
            return None
        piece = text[pos:end]
        if piece.isupper() and not self._caps_fit(pos, end):
            return None
        family = is_family(fold_key(piece.split()[0]))
        if self.office_spans.holds(pos) and self.folded.startswith(_HCM, pos):
            return None
        sure = count >= 3 and (family or _SPEAKS.match(self.folded, end))
        if not sure and not (family and count == 2 and self._is_listed(pos, end)):
            return None
        return Mention(pos, end, canonical(piece), None, pos, "bare")

    def _may_follow(self, before: str) -> bool:
        """Whether a name may begin after these capitalised words: a sentence's first word (Theo), a body's or a place's last."""
        first = before.split()[0].lower()
        return first in ("theo", "do", "và", "với", "cùng", "khi", "của", "cho", "gồm", "có", "là", "từ", "nếu", "vì", "tại", "dù", "nhưng",
                         "sau", "trước", "nhờ", "để", "bởi", "ngày", "riêng", "còn", "hiện", "trong", "cố")  # fmt: skip

    def _after_unit(self, pos: int) -> bool:
        """``Sở Tư pháp Hải Dương Bùi Sỹ Hoàng``: a place, a body or an office ends where the name begins."""
        return (self.text[pos - 1] == " ") and (
            self.place_spans.ends(pos - 1) or self.bodies.ends(pos - 1) or self.office_spans.ends(pos - 1)
        )

    def _is_listed(self, pos: int, end: int) -> bool:
        """A two-word name needs an office, an age or a verb of saying after it."""
        return bool(_SPEAKS.match(self.folded, end))

    def _is_credit(self, pos: int, end: int) -> bool:
        """The author's line at the end of a paragraph: nothing but a name."""
        number = bisect_right(self.sentence_starts, pos) - 1
        if number < 0:
            return False
        sentence = self.article.sentences[number]
        rest = self.text[end : sentence.end].strip(" .)/")
        return not rest and bool(_BYLINE.match(self.folded[sentence.start : pos])) and sentence.role in ("body", "lead")

    # --- afterwards

    def _resolved(self, found: list[Mention]) -> list[Mention]:
        """Short names become the full ones; short ones that fit nobody stay only after an honorific."""
        full: dict[str, list[tuple[int, str]]] = {}
        for m in found:
            pieces = m.name.split()
            if len(pieces) > 1:
                keys = [fold_key(pieces[-1])]
                if is_family(fold_key(pieces[0])) is None or not all(is_syllable(fold_key(p)) for p in pieces):
                    keys += [fold_key(piece) for piece in pieces[:-1]]
                elif len(pieces) > 2:
                    keys.append(fold_key(" ".join(pieces[-2:])))
                for key in keys:
                    full.setdefault(key, []).append((m.start, m.name))
        kept: list[Mention] = []
        for m in found:
            pieces = m.name.split()
            if len(pieces) <= 2:
                known = [(at, name) for at, name in full.get(fold_key(m.name), []) if name != m.name]
                if known:
                    before = [name for at, name in known if at <= m.start]
                    kept.append(m._replace(name=before[-1] if before else known[0][1]))
                    continue
            if len(pieces) == 1 and m.by not in ("address", "rank"):
                continue
            kept.append(m)
        return kept

    def _plural(self, found: list[Mention]) -> list[Mention]:
        """``các đồng chí: A, B`` calls each of the list ``đồng chí``."""
        plurals = [
            (hit.end, hit.value.word)
            for hit in honorifics().find(self.folded)
            if hit.value.kind == "address" and _PLURAL.search(self.folded, max(0, hit.start - 12), hit.start)
        ]
        if not plurals:
            return found
        starts = [end for end, _ in plurals]
        kept: list[Mention] = []
        for m in found:
            if m.honorific is None or m.by in ("rank", "title"):
                number = bisect_right(starts, m.start) - 1
                if number >= 0:
                    sentence = bisect_right(self.sentence_starts, m.start) - 1
                    if sentence >= 0 and self.sentence_starts[sentence] <= starts[number]:
                        m = m._replace(honorific=plurals[number][1])
            kept.append(m)
        return kept


class _Spans:
    """Whether a position lies within one of some spans."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def holds(self, pos: int) -> bool:
        number = bisect_right(self._starts, pos) - 1
        return number >= 0 and self._spans[number][1] > pos

    def ends(self, pos: int) -> bool:
        number = bisect_right(self._starts, pos) - 1
        return number >= 0 and self._spans[number][1] == pos


def _is_comma(text: str, start: int, end: int) -> bool:
    return 0 < end - start <= 3 and text[start:end].strip(" ") in (",", "-", "–", "và", "kiêm")


def canonical(printed: str) -> str:
    """A name in its canonical spelling: modern tone placement, single spaces, no all-capitals.

    >>> canonical("LÊ  HOÀNG THUỶ TRINH")
    'Lê Hoàng Thủy Trinh'
    """
    name = fold_tones(" ".join(printed.split()))
    return " ".join(piece.capitalize() for piece in name.split()) if name.isupper() and len(name) > 2 else name
