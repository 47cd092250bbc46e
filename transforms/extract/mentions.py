"""Where people are named: after an honorific or an office, in lists of them, or told by the name's own shape."""

from __future__ import annotations

import re
from bisect import bisect_right

from transforms.clean.syllables import is_syllable
from transforms.document import Article, Facts
from transforms.extract.calls import CHIEFS, SPEAKS, Call, find_calls
from transforms.extract.firms import after_firm, names_firm
from transforms.extract.foreign_names import after_city, ends_in_place, foreign_end, heads, is_thing
from transforms.extract.full_names import PLURAL, completed, cut, introduced, spread
from transforms.extract.mention import Mention, canonical
from transforms.extract.name_shapes import after_state, after_village, caps_fit, is_initials, is_quoted, is_shouted, is_show
from transforms.extract.names import (
    Word,
    beginnings,
    bounded,
    is_family,
    name_end_in,
    name_end_of,
    run_begin,
    starts_with_place,
    surname_places,
    words,
)
from transforms.extract.namesakes import follows, follows_thing, house_before, is_thing_there, lies_there, name_words, real
from transforms.extract.offices import Office
from transforms.extract.rosters import STAGE, holders, listed
from transforms.text import Spans

_REACH = 80  # characters of a run of capitals before a name that are looked at
_LISTED = re.compile(r" ?[,;] | và ")
_ROSTER = re.compile(r"(?:các (?:đồng chí|ông|bà|anh|chị)|gồm|gồm có) ?:? \Z")
_STREETS = re.compile(r"(?: ?[,\-–/] ?| và | với | giao )\Z")
_STREET_AFTER = re.compile(
    r" ?[,\-–(]+ ?(?:phường|p\.|quận|q\.|tp\.? ?hcm|tp\.|xã|thị trấn)| ?\([\d.,]+ ?(?:vé|chỗ|hộ|căn|km|m|m2|ha|tầng|xe|lượt)\b|"
    r" (?:là )?[\d.,]+ (?:vé|khách|lượt khách)\b"
)
_STREET_WORD = re.compile(
    r"\b(?:đường|phố|tuyến|ngã (?:ba|tư|năm|sáu)|giao lộ|nút|quận|q\.|phường|vòng xoay|hẻm|ngõ|cầu|"
    r"vỉa hè|ùn tắc|kẹt xe|chợ)\b"
)
_BYLINE = re.compile(r"(?:theo|tin|ảnh|bài|nguồn|pv|ctv)?[ :(]*\Z")
# What follows a word that heads a body or a class of people, and no given name.
_HEADING = re.compile(
    r" (?:tiểu|thcs|thpt|ptdt|mầm|mẫu|đại|cao|phổ|trung|học|chính|an|thương|nhân|chức|nông|liên|cựu|phụ|thanh|thiếu|nam|bản|phủ|"
    r"sản|trưởng|viên|tịch)\b"
)
_AFTER_COUNTRY = re.compile(
    r"\b(?:mỹ|anh|pháp|đức|nga|lào|úc|áo|bỉ|nhật|hàn|israel|canada|australia|campuchia|singapore|việt nam) \Z"
)
_APPOSED = re.compile(r"(?: ?[,:]| ?[-–—]| ?\() ?\Z")
_CONTINUED = re.compile(r" (?:viên|đạo|sĩ|tịch|thư|ủy|vụ|hợp|chức|nghị|đoàn|nhân|sinh|dân|binh|trưởng|đội|quan|quân)\b")
_KIN = ("vợ", "chồng", "con trai", "con gái", "nạn nhân", "nghi phạm", "bị cáo", "vợ chồng")  # of foreigners too
# Fields of work, which a line in title case has after an office: "Giám đốc Quan Hệ Công Chúng".
_FIELD = re.compile(
    r"\b(?:công chúng|kinh doanh|nhân sự|tài chính|doanh nghiệp|truyền thông|quan hệ|chiến lược|hành chính|kỹ thuật|thương mại)\b"
)
_GIVEN_TOO = ("đồng", "công", "nội", "điểm", "giáo")  # given names that are other words after "ông" or "bà"
_ROMAN = re.compile(r"[IVX]{1,5}")
_UNCLE_HO = re.compile(r"(?:chủ tịch|bác|lãnh tụ|cụ|đồng chí) \Z")
_HCM = "hồ chí minh"


def mentions(article: Article, facts: Facts, offices: list[Office]) -> list[Mention]:
    """The mentions, with what told each."""
    return _Reader(article, facts, offices).read()


class _Reader:
    """One pass over the capitalised words of an article."""

    def __init__(self, article: Article, facts: Facts, offices: list[Office]) -> None:
        self.article, self.facts, self.text, self.folded = article, facts, article.text, article.folded
        self.bodies = Spans((o.start_char, o.end_char) for o in facts.organisations)
        self.places = {p.start_char: p.end_char for p in facts.places}
        self.place_spans = Spans((p.start_char, p.end_char) for p in facts.places)
        self.offices = offices
        self.office_ends = [o.end for o in offices]
        self.office_starts = {o.start for o in offices}
        self.office_spans = Spans((o.start, o.end) for o in offices)
        self.calls = find_calls(article, facts, offices, self.office_spans)
        self.honorific_starts = {hit.start for hit in self.calls.honorifics if hit.end - hit.start > 3}
        self.sentence_starts = [s.start for s in article.sentences]
        self.sentence_begins = frozenset(self.sentence_starts)

    def read(self) -> list[Mention]:
        text, folded = self.text, self.folded
        at, called_after = self.calls.at, self.calls.ends
        found: list[Mention] = []
        past = 0  # where reading goes on
        street = -9  # end of the last name that was a street's or the like
        for start, end, kind in beginnings(text, folded, at, heads()):
            if start < past:
                continue
            call = at.get(start)
            if end in called_after or (start and text[start - 1].isalnum()):  # "Ông" and "Em" are also family names
                continue
            if call is None and self.places.get(start, -9) + 1 in at:
                continue  # "Thủ tướng Đức Angela Merkel"
            mention = self._called(start, call) if call else None
            if mention and call and call.kind == "office" and found and self._is_apposed(mention, found[-1], call.lead):
                past = mention.end
                continue
            if mention is None:
                if kind in ("given", "korean") and (call is None or call.kind == "role"):
                    mention = self._foreign(start, call)
                    if mention is not None:
                        found.append(mention)
                        past = mention.end
                        continue
                name = name_end_in(text, folded, start) if kind == "family" and not folded.endswith("xứ ", 0, start) else None
                if name is None or (start not in self.places and start in self.place_spans):
                    continue
                if self._is_namesake(start, name, street, call is not None):
                    street = past = name
                    continue
                mention = self._bare(start, name, found[-1] if found else None)
                if mention is None and folded.startswith("kim ", start) and call is None:
                    mention = self._foreign(start, None)  # "Kim Go Eun"
                if mention is None:
                    continue
            found.append(mention)
            past = mention.end
        found = holders(self.article, self.offices, listed(self.article, found, self._is_free), self._is_free)
        found = introduced(self.article, cut(found, text), self._is_free)
        return spread(self.article, self.calls.honorifics, completed(real(found, self.facts, text, folded), folded))

    def _is_free(self, start: int, end: int) -> bool:
        """Whether nothing else (a body, a place, a street, an author's line) has the words."""
        if start in self.bodies or start in self.place_spans or end - 1 in self.place_spans or start in self.office_spans:
            return False
        return not follows_thing(self.folded, start) and not self._is_credit(start, end)

    # --- reading a name

    def _called(self, pos: int, call: Call) -> Mention | None:
        text = self.text
        if pos in self.office_starts or pos in self.honorific_starts:
            return None
        found = bounded(self.folded, words(text, self.folded, pos, 7, foreign=True))
        if not found or (pos in self.place_spans and pos not in self.places):
            return None
        key = found[0].key
        end: int | None
        if key == "hồ" and (self.folded.startswith(_HCM, pos) or (call.honorific == "bác" and len(found) == 1)):
            return self._uncle(pos, pos + len(_HCM) if self.folded.startswith(_HCM, pos) else found[0].end, call.lead)
        if call.kind == "office" and pos in self.places and not is_family(key):
            return None
        named = (
            follows(self.folded, call.lead, "memorial")
            if call.kind in ("address", "rank")
            else follows_thing(self.folded, call.lead)
        )
        if named:
            return None
        family = is_family(key)
        title = self._title_before(pos) if call.kind == "office" and family is None else ""
        person = after_firm(text, title, found)
        if person is None and names_firm(text, title, call.lead):
            return None
        if call.kind == "office":
            later = after_village(self.folded, found)
            later = later or (after_city(found) if title.removeprefix("Cựu ") not in ("", *CHIEFS) else None)
            later = later or (after_state(self.places, found) or person if family is None else None)
            if later is not None:
                return self._called(later, call)
        skip = starts_with_place(found) or house_before([word.key for word in found])
        if skip and call.kind != "address":
            if skip == len(found):
                return None
            return self._called(found[skip].start, call)
        if family is not None and len(found) >= 2:
            end = name_end_of(text, self.folded, found) or (None if call.kind == "role" else self._loose_end(found, call))
        else:
            end = self._loose_end(found, call)
        if end is None:
            return None
        count = sum(1 for word in found if word.end <= end)
        if count == 1 and not self._single(found[0], call):
            return None
        if count > 1 and family is None and not self._stage_name(found[:count], call):
            return None
        if family is None and call.kind in ("title", "rank") and is_show(text, call.lead, end):
            return None
        if is_initials(text, pos, end, count) or _FIELD.search(self.folded, pos, end):
            return None
        if text[pos:end].isupper() and count > 1 and not caps_fit(text, end):
            return None
        return Mention(pos, end, canonical(text[pos:end]), call.honorific, call.lead, call.kind)

    def _title_before(self, pos: int) -> str:
        """The title of an office that ends right before ``pos``."""
        number = bisect_right(self.office_ends, pos) - 1
        return self.offices[number].title if number >= 0 and pos - self.office_ends[number] <= 2 else ""

    def _is_apposed(self, mention: Mention, last: Mention, lead: int) -> bool:
        """``Ông A, Trưởng thôn Đại An``: the office is that of the name before, and what follows it is its place or body."""
        if is_family(mention.name.split()[0].lower()) is not None or not 0 < lead - last.end <= 4:
            return False
        number = bisect_right(self.office_ends, mention.start) - 1
        if number >= 0 and mention.start - self.office_ends[number] > 2:
            return False  # "Thủ tướng A, Tổng thống Pháp B": a country between
        return _APPOSED.fullmatch(self.text[last.end : lead]) is not None

    def _loose_end(self, found: list[Word], call: Call) -> int | None:
        if self._is_heading(found[0], call) and is_family(found[0].key) is None:
            return None
        text = self.text
        kept = found[:5]
        first = text[kept[0].start : kept[0].end]
        for number, word in enumerate(kept):
            piece = text[word.start : word.end]
            if number and _ROMAN.fullmatch(piece):
                continue  # "Elizabeth II"
            if number and is_shouted(piece) != is_shouted(first):
                kept = kept[:number]
                break
        if len(kept) > 2 and not is_syllable(kept[0].key) and kept[-1].key in name_words("opening"):
            kept.pop()  # a caption that runs on without a full stop
        return kept[-1].end

    def _single(self, word: Word, call: Call) -> bool:
        piece = self.text[word.start : word.end]
        if len(piece) == 1 or (piece.isupper() and (len(piece) <= 5 or call.honorific == "nhà sản xuất")):
            return False
        if self._is_heading(word, call) or (word.key in name_words("fixed") and not self._is_said(word, call)):
            return False
        if word.start in self.places or _CONTINUED.match(self.folded, word.end):
            return False
        return call.kind in ("address", "rank", "title", "office")

    def _is_said(self, word: Word, call: Call) -> bool:
        """``ông Đồng cho biết``: a man of that name, and no medium."""
        is_given = call.honorific in ("ông", "bà", "anh", "chị") and word.key in _GIVEN_TOO
        return is_given and SPEAKS.match(self.folded, word.end) is not None

    def _stage_name(self, found: list[Word], call: Call) -> bool:
        """Names without a family name: foreign, religious, stage names."""
        if (
            self._is_heading(found[0], call)
            or found[0].key in name_words("fixed")
            or (found[0].key == "khoa" and call.kind != "address")  # of a hospital
            or any(self._is_acronym(word) for word in found)
        ):
            return False
        foreign = any(not is_syllable(word.key) for word in found)
        if call.kind == "role" and not (call.honorific in _KIN and all(not is_syllable(word.key) for word in found)):
            return False
        if found[0].start in self.places or " ".join(w.key for w in found) in surname_places():
            return False
        if is_thing(found) or (call.kind != "address" and ends_in_place(self.places, found, foreign)):
            return False
        if found[0].start in self.bodies or not name_words("company").isdisjoint(word.key for word in found):
            return False
        if foreign or call.kind in ("address", "title", "rank") or (call.kind == "office" and len(found) >= 3):
            return True
        # "HLV Hữu Thắng": a given name with a usual middle name
        return found[0].key in name_words("middle") and bool(SPEAKS.match(self.folded, found[-1].end))

    def _is_heading(self, word: Word, call: Call) -> bool:
        """Whether a body or a class of people begins at the word, rather than a name."""
        if word.key in name_words("heading"):
            return True
        if word.key not in name_words("either"):
            return False
        plural = PLURAL.search(self.folded, max(0, call.lead - 12), call.lead)
        if call.honorific in STAGE and self.text[word.end + 1 : word.end + 2].isupper():
            return False  # "Các ca sĩ Mỹ Lệ, …"
        return call.kind not in ("address", "rank") or bool(plural or _HEADING.match(self.folded, word.end))

    def _is_acronym(self, word: Word) -> bool:
        piece = self.text[word.start : word.end]
        return is_shouted(piece) and not is_syllable(word.key) and not _ROMAN.fullmatch(piece)

    def _uncle(self, pos: int, end: int, lead: int) -> Mention | None:
        before = _UNCLE_HO.search(self.folded, max(0, pos - 12), pos)
        if before is None or follows(self.folded, before.start(), "devotion"):
            return None
        if follows(self.folded, lead, "devotion") or follows(self.folded, before.start(), "memorial"):
            return None
        word = before[0].strip()
        return Mention(pos, end, "Hồ Chí Minh", None if word == "chủ tịch" else word, before.start(), "office")

    # --- names by their own shape

    def _foreign(self, pos: int, call: Call | None) -> Mention | None:
        """A foreigner whom his first name tells; what is named after people, plays a part or stands in quotes is none."""
        text, end = self.text, foreign_end(self.text, self.folded, pos)
        if end is None or not self._is_free(pos, end) or follows(self.folded, pos, "titled") or is_quoted(text, pos, end):
            return None
        run = run_begin(text, pos, _REACH)
        is_first = run in self.sentence_begins and is_syllable(self.folded[run : pos - 1])  # "Trước Boris Becker, …"
        if pos > run and not (is_first or self._may_follow(text[max(run, pos - _REACH) : pos]) or self._after_unit(pos, 2)):
            return None
        if call is not None:
            return Mention(pos, end, canonical(text[pos:end]), call.honorific, call.lead, call.kind)
        return Mention(pos, end, canonical(text[pos:end]), None, pos, "bare")

    def _is_namesake(self, pos: int, end: int, street: int, called: bool) -> bool:
        if is_thing_there(self.folded, pos, end) or _STREET_AFTER.match(self.folded, end):
            return True
        if pos in self.bodies or pos in self.place_spans:
            return True
        if not called and self.folded[pos:end] in name_words("street") and self._speaks_of_streets(pos):
            return True
        return street >= 0 and pos - street <= 6 and bool(_STREETS.match(self.text[street:pos]))

    def _speaks_of_streets(self, pos: int) -> bool:
        """Whether the sentence does, or the name stands in brackets or after a house's number, as an address."""
        number = bisect_right(self.sentence_starts, pos) - 1
        sentence = self.article.sentences[number]
        return (
            _STREET_WORD.search(self.folded, sentence.start, min(sentence.end, pos + 200)) is not None
            or self.text[pos - 1] == "("
            or lies_there(self.folded, pos)
        )

    def _bare(self, pos: int, end: int, last: Mention | None) -> Mention | None:
        text, run = self.text, run_begin(self.text, pos, _REACH)
        previous = last.end if last else -9
        count = len(text[pos:end].split())
        office = self._office_before(pos, run) if pos > run and count > 2 else None
        if office is not None:
            if last and last.honorific and previous < office <= previous + 4 and _APPOSED.fullmatch(text, previous, office):
                return None  # "Ông A, Giám đốc Thép Hòa Phát": a firm's
            return Mention(pos, end, canonical(text[pos:end]), None, office, "office")
        if pos > run and not self._may_follow(text[max(run, pos - _REACH) : pos]) and not self._after_unit(pos, count):
            return None
        if is_initials(text, pos, end, count) or self._is_credit(pos, end):
            return None
        if text[pos - 1 : pos] == "/" or (text[pos - 1 : pos] in ("“", '"') and text.startswith(": ", end)):  # “Lê An: …”
            return None
        piece = text[pos:end]
        if piece.isupper() and not caps_fit(text, end):
            return None
        family = is_family(self.folded[pos : pos + len(piece.split()[0])])
        if pos in self.office_spans and self.folded.startswith(_HCM, pos):
            return None
        sure = count >= 3 and (family or self._is_typical(pos, end))
        if count >= 3 and not sure and SPEAKS.match(self.folded, end):
            sure = all(map(is_syllable, self.folded[pos:end].split()))  # not "Trang Daily News từng đưa tin"
        if not sure and not (family and count == 2 and self._is_listed(pos, end, previous)):
            return None
        return Mention(pos, end, canonical(piece), None, pos, "bare")

    def _may_follow(self, before: str) -> bool:
        """Whether a name may begin after these capitalised words: a sentence's first (Theo) or an acronym."""
        words_before = before.split()
        if words_before[-1].isupper() and len(words_before[-1]) > 1:
            return True  # "Bộ trưởng VHTTDL Nguyễn Ngọc Thiện"
        first = words_before[0].lower()
        return first in name_words("opening")

    def _office_before(self, pos: int, run: int) -> int | None:
        """The start of the office in ``Tổng Giám đốc Viettel Post Trần Trung Hưng``: only capitals between it and the name."""
        number = bisect_right(self.office_ends, pos) - 1
        if number < 0 or not 0 < pos - self.office_ends[number] < 40 or run < self.office_ends[number] - 30:
            return None
        between = self.text[self.office_ends[number] : pos].split()
        return self.offices[number].start if all(word[0].isupper() for word in between) else None

    def _after_unit(self, pos: int, count: int) -> bool:
        """``Sở Tư pháp Hải Dương Bùi Sỹ Hoàng``: a place, a body or an office ends where the name begins."""
        return (self.text[pos - 1] == " ") and (
            _AFTER_COUNTRY.search(self.folded, max(0, pos - 12), pos) is not None
            or self.place_spans.ends(pos - 1)
            or self.office_spans.ends(pos - 1)
            or (count > 2 and self.bodies.ends(pos - 1))
        )

    def _is_typical(self, pos: int, end: int) -> bool:
        """A weak family name with a usual middle name, or with an office after it."""
        if self.folded[pos:end].split()[1] in name_words("middle"):
            return True
        return any(end + gap in self.office_starts for gap in (1, 2, 3, 4))

    def _is_listed(self, pos: int, end: int, previous: int) -> bool:
        """A two-word name needs an age or a verb of saying after it, or a place in a list of names."""
        if SPEAKS.match(self.folded, end) or _LISTED.fullmatch(self.text, previous, pos):
            return True
        if self.text[pos - 2 : pos] in (", ", "; ", ": ") and any(end + gap in self.office_starts for gap in (2, 3)):
            return True
        if not _ROSTER.search(self.folded, max(0, pos - 24), pos):
            return False
        return self.text.startswith(", ", end) and name_end_in(self.text, self.folded, end + 2) is not None

    def _is_credit(self, pos: int, end: int) -> bool:
        """The author's line at the end of a paragraph: nothing but a name."""
        number = bisect_right(self.sentence_starts, pos) - 1
        if number < 0:
            return False
        sentence = self.article.sentences[number]
        rest = self.text[end : sentence.end].strip(" .)/")
        before = self.text[max(0, sentence.start - 3) : sentence.start]
        if not before.strip() and self.office_spans.ends(sentence.start - len(before)):
            return False  # the signature under an office
        return not rest and bool(_BYLINE.match(self.folded[sentence.start : pos])) and sentence.role in ("body", "lead")
