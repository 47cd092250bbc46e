"""What calls a name: the honorifics, ranks and offices after which a person's name may begin."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.clean.syllables import is_syllable
from transforms.document import Article, Facts
from transforms.extract.foreign_names import heads
from transforms.extract.lexicon_files import table
from transforms.extract.names import is_family, name_end_in
from transforms.extract.offices import Office
from transforms.match import Hit, Lexicon, in_one_pass
from transforms.text import LOWER, UPPER, Spans

CHIEFS = ("Tổng thống", "Thủ tướng", "Ngoại trưởng", "Phó Tổng thống", "Phó Thủ tướng")  # of other countries


class Honorific(NamedTuple):
    """A word before a name. ``kind`` is ``address`` (ông), ``title`` (tiến sĩ), ``rank`` (đại tá) or ``role`` (bị cáo).

    ``none`` is for words that only hold an honorific (trẻ em, bà con).
    """

    word: str
    kind: str


class Call(NamedTuple):
    """What stands before a possible name, from ``lead`` on; ``kind`` is that of the nearest word, or ``office``."""

    lead: int
    honorific: str | None
    kind: str


class Calls(NamedTuple):
    """Where names are called in an article: ``at`` by the position where the name may begin."""

    at: dict[int, Call]
    honorifics: list[Hit[Honorific]]
    ends: frozenset[int]  # where an honorific ends that has a space after it


_SPACES = re.compile(r" {0,2}")
_ABBREVIATED = 6  # letters of a title that a full stop may follow
_DOTTED = re.compile(r"\.? {0,2}")  # "TS. Nguyễn", "Đ/c.Nguyễn"
_CHAIN = re.compile(r"(?:[.,\-–]? ?|, | - |\.-|/)\Z")
_JOINED = (",", "-", "–", "và", "kiêm")
# Between an office and a name: a chamber, a country, or the class word of the unit in question ("Chủ tịch TP Nguyễn Văn An").
_PLACE = re.compile(
    r"(?:hạ viện|thượng viện|nghị viện) (?:bang )?|bang |"
    r"(?:hàn|israel|canada|australia|campuchia|singapore|việt nam|trung quốc|hàn quốc|nhật bản|tp\.?|tỉnh|thành phố|quận|huyện|"
    r"xã|phường) "
)

# A foreigner's name between commas: "Tổng thống Mỹ, Donald Trump, đã …"
_APPOSED = re.compile(rf", (([{UPPER}][\w-]*)(?: [{UPPER}][\w.-]*){{1,3}})(?=[,;)\n]|\.(?!\w))")
# A foreigner at the head of an item, before his office: "…; Jane Doering, Bộ trưởng Bộ Tài chính"
_LISTED = re.compile(rf"[;:.\n] ?((?:[{UPPER}][\w'’.-]+ ){{1,3}}[{UPPER}][\w'’-]+)(?:, | - | – )\Z")
_FOREIGN_CITY = re.compile(
    rf"((?:(?:New|Los|San|Santa|Saint|St|Las|Rio|Buenos|Kuala|Abu|Tel) )?[{UPPER}][\w-]+) "
    rf"(?=[{UPPER}][\w-]+ (?:(?:de|van|von|del|di|da|la|bin|al) )?[{UPPER}])"
)


_UNITS = ("tỉnh ", "huyện ", "quận ", "phường ", "thành phố ", "tp ", "tp. ")
_BARE_COUNTRIES = ("đức ", "pháp ", "anh ", "mỹ ", "nga ", "úc ", "bỉ ", "áo ", "ý ", "nhật ", "hàn ")
_FOREIGN_AFTER = re.compile(rf"[{UPPER}]\w* ([{UPPER}][\w-]+) [{UPPER}]")
_MINISTERS = ("Bộ trưởng", "Thứ trưởng", "Nguyên Bộ trưởng", "Cựu Bộ trưởng")
_FIELD, _FIELD_WORDS = 40, 6  # characters and words of what a ministry is for, the first of the name included
_NO_FIELD_WORDS = "dưới thời của Tổng tổng Thủ thủ đã là ông bà với cho từ trong cựu"
_NO_FIELD = frozenset(_NO_FIELD_WORDS.split())
# Two syllables each: "Chủ tịch lâm thời X"
_STATES_OF_OFFICE = ("lâm thời ", "tạm quyền ", "đắc cử ", "đương nhiệm ", "mãn nhiệm ")
# "chuyên gia tiếp thị X", "nhà phân tích chính trị X": what he knows, before a foreign name
_EXPERTS = frozenset(
    [
        *("chuyên gia", "chiến lược gia", "nhà phân tích", "nhà kinh tế", "nhà nghiên cứu", "giáo sư", "tiến sĩ", "nhà khoa học"),
        *("kiến trúc sư", "luật sư", "bác sĩ", "nhà báo", "học giả", "nhà thiết kế", "kỹ sư", "nhà sản xuất", "nhà hoạt động"),
    ]
)
_MOTHERS = ("mẹ việt nam", "mẹ vnah", "mẹ liệt s")  # else "mẹ Mai" is the mother of Mai
# "4 đồng chí Phó Chủ tịch": a group of its own, if a comma and another office follow
GROUP = re.compile(r"(?<!\w)(?:0?[3-9]|[1-9]\d|ba|bốn|năm|sáu|bảy) (?:vị )?\Z")
_HEROES = (" lao động", " lực lượng", " dân tộc", " cách mạng", " liệt s", " llvt", " của")
# What a person does right after the name, or an age.
SPEAKS = re.compile(
    r" (?:cho biết|nói|khẳng định|nhấn mạnh|phát biểu|đề nghị|yêu cầu|chia sẻ|cho rằng|thông tin|trả lời|khai|kể|trình bày|"
    r"báo cáo|chủ trì|dự|đã|sinh|là|cũng|đến|trao|tặng|kết luận|đánh giá|ghi nhận|cảm ơn|tin tưởng|bày tỏ|tham dự|"
    r"từng|nhận định|cho hay|thừa nhận|tiết lộ|kết hôn|vào vai|thủ vai|qua đời|tâm sự|trải lòng|thú nhận|phủ nhận|nhận xét|"
    r"bật khóc|khai nhận|tử vong|ghi bàn|chia tay|khoe)\b|"
    r" ?[,(] ?(?:sn|sinh năm|\d\d tuổi)"
)
_MAKER = ("phim", "âm nhạc", "truyền hình", "chương trình", "điện ảnh")
_NO_EXPERT = "của|tại|từ|thuộc|đến|và|với|ở|đội|hãng|công ty|tập đoàn|ngân hàng|báo|tờ|trường|đại học|clb|cho|về|tin|là|đã|trong"
_EXPERT = re.compile(rf"(?: (?!(?:{_NO_EXPERT})\b)[{LOWER}]+){{1,4}} (?=([{UPPER}][\w'-]+) ([{UPPER}][\w'-]+))")
_NAME = re.compile(rf" [{UPPER}][{LOWER}]+")
# "nghệ nhân gốm Bích Tràng Lê Văn An": a craft and a place before a whole name
_CRAFT = re.compile(
    rf" (?!(?:{_NO_EXPERT})\b)[{LOWER}]+(?: [{LOWER}]+){{0,2}} (?!Trường|Đường|Phố|Quận|Phường|Giải)"
    rf"(?:[{UPPER}][{LOWER}]+ ){{1,3}}(?=[{UPPER}][{LOWER}]+ (?:Văn|Thị) [{UPPER}])"
)
_CROWNS = ("hoa hậu", "á hậu", "hoa khôi", "á khôi", "siêu mẫu", "người mẫu")
# "Hoa hậu Việt Nam 2012 X": the contest and its year
_CROWNED = re.compile(rf" [{UPPER}][\w-]*(?: [\w-]+){{0,5}}? (?:năm )?(?:19|20)\d\d(?: [-–])? (?=[{UPPER}])")


@cache
def honorifics() -> Lexicon[Honorific]:
    return Lexicon(
        (alias, Honorific(row["key"], row["kind"]))
        for row in table("honorifics.tsv")
        for alias in [row["key"], *row["aliases"].split("|")]
        if alias
    )


find_honorifics = in_one_pass(honorifics)


def find_calls(article: Article, facts: Facts, offices: list[Office], office_spans: Spans) -> Calls:
    """Every place where a name may begin after an honorific or an office.

    >>> article = Article.from_text("Đồng chí Thượng tá, TS Lê Văn An")
    >>> find_calls(article, Facts(), [], Spans([])).at[23]
    Call(lead=0, honorific='đồng chí', kind='title')
    """
    text, folded = article.text, article.folded
    starts = {sentence.start for sentence in article.sentences}
    at: dict[int, Call] = {}
    hits: list[Hit[Honorific]] = []
    ends: set[int] = set()
    places = {p.start_char: p.end_char for p in facts.places}
    chain_end, lead, word, kind, addressed = -9, 0, "", "", False
    for hit in find_honorifics(folded):
        if hit.value.kind == "none" or (offices and hit.start in office_spans):  # "trẻ em", "Thủ [tướng]"
            continue
        if hit.value.word == "anh hùng" and _is_hung(text, folded, hit, starts):
            at[hit.start + 4] = Call(hit.start, "anh", "address")  # "anh Hùng cho biết"
            ends.add(hit.start + 3)
            continue
        hits.append(hit)
        if hit.start - chain_end <= 3 and _CHAIN.match(folded[chain_end : hit.start]):
            if hit.value.word != "anh" or text[hit.start].islower():  # "nhà văn Anh X": the country
                apart = hit.value.kind == "address" or " - " in folded[chain_end : hit.start]
                if addressed and apart and word != "đồng chí":  # "cha cô - ông X", "ông xã của cô - ca sĩ X"
                    lead, word, addressed = hit.start, hit.value.word, hit.value.kind == "address"
                word, kind = (word if addressed else hit.value.word), hit.value.kind
        elif not _is_honorific(text, folded, hit, starts):
            continue
        else:
            lead, word, kind = hit.start, hit.value.word, hit.value.kind
            addressed = kind == "address"  # then that is the honorific, whatever titles follow
        chain_end = hit.end
        is_short = hit.end - hit.start <= _ABBREVIATED and " " not in folded[hit.start : hit.end]  # no sentence ends there
        dotted = is_short and (hit.value.kind in ("title", "rank") or hit.value.word == "đồng chí")
        gap = (_DOTTED if dotted else _SPACES).match(text, hit.end)
        if gap and gap.end() > hit.end:
            ends.add(hit.end)
            pos = gap.end()
            if kind != "address" and pos in places:
                pos = _past_place(text, folded, places, pos)
            elif folded.startswith(_BARE_COUNTRIES, pos):
                pos = _past_country(text, folded, pos)
            is_kin = word == "mẹ" and _is_kin(text, folded, lead, pos)
            at[pos] = Call(lead, None if is_kin else word, kind)
            crowned = _CROWNED.match(text, hit.end) if hit.value.word in _CROWNS else None
            if crowned:
                at[crowned.end()] = Call(lead, word, kind)
            craft = _CRAFT.match(text, hit.end) if hit.value.kind == "title" else None
            if craft:
                at.setdefault(craft.end(), Call(lead, word, kind))
            field = _EXPERT.match(text, hit.end) if hit.value.word in _EXPERTS else None
            if field and hit.value.word == "nhà sản xuất" and not folded.startswith(_MAKER, hit.end + 1):
                field = None  # "nhà sản xuất đồ chơi …": a firm
            if field and not (is_syllable(field[1].lower()) or is_syllable(field[2].lower()) or field[1].isupper()):
                at[field.end()] = Call(lead, word, kind)
    _add_offices(text, folded, places, offices, at)
    return Calls(at, hits, frozenset(ends))


def _add_offices(text: str, folded: str, places: dict[int, int], offices: list[Office], at: dict[int, Call]) -> None:
    """Offices call the name after them; an honorific may stand before the first of their chain."""
    by_honorific = dict(at)
    previous_end, first = -1, 0
    for office in offices:
        joined = 0 < office.start - previous_end <= 3 and text[previous_end : office.start].strip(" ") in _JOINED
        if joined and first in by_honorific and text[previous_end] == "," and _is_group(folded, by_honorific[first].lead):
            joined = False
        first = first if joined else office.start
        previous_end = office.end
        listed = _LISTED.search(text, max(0, office.start - 60), office.start) if text[office.start - 1] == " " else None
        if listed and listed.start(1) not in at and _is_foreign(listed[1].lower().split()):
            at[listed.start(1)] = Call(listed.start(1), None, "title")
        after = _SPACES.match(text, office.end)
        pos = _past_place(text, folded, places, after.end() if after else office.end)
        if pos == office.end + 1 and pos in places and office.title in CHIEFS:
            apposed = _APPOSED.match(text, places[pos])
            pos = apposed.start(1) if apposed and not is_syllable(apposed[2].lower()) else pos
        if folded.startswith(_STATES_OF_OFFICE, pos):
            pos = folded.index(" ", pos + 5) + 1
        if office.title in _MINISTERS:
            pos = _past_field(text, places, pos)
        if pos > office.end and pos not in at:
            before = by_honorific.get(first) or by_honorific.get(office.start)
            is_own = before is not None and before.kind != "role"  # "vợ cựu Tổng thống X": not his own
            at[pos] = Call(first, before.honorific if before and is_own else None, "office")


def _is_hung(text: str, folded: str, hit: Hit[Honorific], starts: set[int]) -> bool:
    """Whether ``anh Hùng`` is a man of that name and no hero: so printed, and nobody's name or title after it."""
    printed = text[hit.start : hit.start + 5]
    if printed != "anh H" and not (printed == "Anh H" and (hit.start in starts or text[hit.start - 1 : hit.start] in "“\"\n")):
        return False
    return not (text[hit.end + 1 : hit.end + 2].isupper() or folded.startswith(_HEROES, hit.end))


def _is_place(folded: str, pos: int) -> bool:
    """Whether a word that begins no name stands at ``pos``: ``Tỉnh trưởng tỉnh Luông Nặm Thà``."""
    word = folded[pos : folded.find(" ", pos)]
    return is_syllable(word) and word not in heads() and is_family(word) is None


def _is_kin(text: str, folded: str, lead: int, pos: int) -> bool:
    """Whether ``mẹ`` at ``lead`` tells whose mother it is, not who: the text speaks of no mothers of heroes, and no whole name
    follows."""
    if folded.endswith(("ba ", "bố ", "bố, "), 0, lead):
        return True
    return not _speaks_of_mothers(folded) and name_end_in(text, folded, pos) is None


@lru_cache(maxsize=2)  # asked for every mother of a text
def _speaks_of_mothers(folded: str) -> bool:
    return any(mother in folded for mother in _MOTHERS)


def _is_group(folded: str, lead: int) -> bool:
    return GROUP.search(folded, max(0, lead - 8), lead) is not None


def _is_foreign(words: list[str]) -> bool:
    """Whether the words are a foreigner's name, with nothing before it (``Còn Brian Lan``)."""
    return not all(map(is_syllable, words)) and (not is_syllable(words[0]) or is_family(words[0]) is not None)


def _past_country(text: str, folded: str, pos: int) -> int:
    """After the country in ``ông thầy Đức Falk Gerber``: a foreign name of two words follows it."""
    match = _FOREIGN_AFTER.match(text, pos)
    return match.start(1) if match and not is_syllable(folded[match.start(1) : match.end(1)]) else pos


def _past_field(text: str, places: dict[int, int], pos: int) -> int:
    """After what a foreign ministry is for: ``Bộ trưởng Khoa học Udo Vance``, whose name is no Vietnamese syllables."""
    at, before = pos, "A"
    for piece in text[pos : pos + _FIELD].split(" ")[:_FIELD_WORDS]:
        if not piece.isalpha() or piece in _NO_FIELD:
            return pos
        after = at + len(piece) + 1
        if not is_syllable(piece.lower()):
            is_name = before[0].islower() and at not in places and piece[0].isupper() and text[after : after + 1].isupper()
            return at if is_name else pos
        at, before = after, piece
    return pos


def _past_place(text: str, folded: str, places: dict[int, int], pos: int) -> int:
    """After the chamber, country or province in ``Tổng thống Mỹ X``, ``Chủ tịch Hà Nội X``, ``Chủ tịch Hạ viện Anh X``."""
    match = _PLACE.match(folded, pos)
    if match and text[match.end() : match.end() + 1].isupper():
        start, pos = pos, match.end()
        city = _FOREIGN_CITY.match(text, pos)
        if city and match[0].endswith(("phố ", "tp ", "tỉnh ", "bang ")) and not is_syllable(city[1].split()[0].lower()):
            return city.end()
        if match[0] == "bang " or (match[0] in _UNITS and _is_place(folded, pos)):
            return start
    end = places.get(pos)
    if end is not None and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return end + 1
    return pos


def _is_honorific(text: str, folded: str, hit: Hit[Honorific], starts: set[int]) -> bool:
    """Not part of a proper name: ``Bà Rịa``, ``Anh Sơn``. A capital one begins a sentence, or a full name follows it."""
    if hit.value.kind != "address" or not text[hit.start].isupper() or hit.value.word == "đồng chí":
        return True
    before = text[max(0, hit.start - 2) : hit.start]
    if before == ", " and hit.value.word == "anh":
        return False  # "Hoài Sa, Anh Bằng, …"
    if hit.start in starts or hit.start == 0 or before[-1] in '\n“"(‘' or before[0] in ".:;-–!?…,”":
        return True
    name = _NAME.match(text, hit.end) if hit.value.word in ("ông", "bà") else None
    if name and SPEAKS.match(text, name.end()):  # after a caption without a full stop: "Ảnh: TV Bà Hương cũng thừa nhận"
        return True
    return name_end_in(text, folded, hit.end + 1) is not None
