"""The shape of a person's name: where it ends, told by family name, capitals and what it must not run into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache, partial
from typing import NamedTuple

from transforms.clean.unicode import fold_key
from transforms.document import fold
from transforms.extract.lexicon_files import table
from transforms.text import LOWER, UPPER

_APOSTROPHE = "'’‘`"
_JOINTS = f"{_APOSTROPHE}-"
# One word of a name: Dũng, H'Yim, Bh'riu, Rơ-Ô, McDonald, NGUYỄN, Y. A full stop only after an initial ("Donald J. Trump").
_ABROAD = "\u0100-\u017f"  # letters of Central Europe: Ibrahimović
_WORD = rf"[{UPPER}ČŠŽĆŁŚŞİ][{LOWER}{UPPER}{_ABROAD}]*(?:[{_APOSTROPHE}\-][{LOWER}{UPPER}{_ABROAD}]+)*"
TOKEN = re.compile(_WORD)
# A word, and the space between it and the next.
_SPACED = re.compile(rf"({_WORD})(?: {{1,2}})?")
PARTICLES = "de|da|di|van|von|bin|bint|ibn|al|der|den|dos|del|du|la|le|el"  # small words of foreigners' names, in a pattern
# "J.K. Rowling", "K.H Weigang", "George W.Bush"
_DOTS = rf"(?!M\.U\b|U\.S\b)(?:[{UPPER}]\.){{1,2}}[{UPPER}](?!\w)"
_GAP = r"(?<=Jean) -(?=[A-Z])|\.? {1,2}|(?<=[. ][A-Z])\.(?=[A-Z][a-z])"  # "Jean -Marie"
_FOREIGN = re.compile(rf"({_DOTS}|{_WORD})(?:(?:{_GAP})(?:(?:{PARTICLES})[ -]){{0,2}})?")
# What follows a name without a comma and is no part of it: offices and bodies, by their first two words.
AFTER = re.compile(
    r"phó (?:chủ|bí|giám|trưởng|tổng|ban|cục|vụ|viện|chánh|hiệu|thủ|tư|đoàn|phòng|chỉ)|chủ (?:tịch|nhiệm|trì)|bí thư|giám đốc|"
    r"trưởng (?:ban|phòng|đoàn|công|khoa|bộ|thôn|bản|ấp)|(?:tỉnh|thành|huyện|quận|thị|đảng) ủy|ủy (?:viên|ban)|"
    r"tổng (?:giám|bí|biên|thư|cục|thanh|kiểm|thống|công|liên)|hiệu trưởng|đồng chí|"
    r"nguyên (?:bí|phó|chủ|trưởng|giám|ủy|tổng|viện|bộ|thứ|cục|vụ)|"
    r"(?:bộ|thứ|cục|vụ|viện|chi|đội|trạm|tổ|đồn) trưởng|chánh (?:văn|án|thanh)|đại (?:biểu|tá|diện|sứ|đế)|thượng (?:tá|tướng|úy)|"
    r"trung (?:tá|tướng|úy)|thiếu (?:tá|tướng|úy)|phát biểu|kết luận|khẳng định|nhấn mạnh|"
    r"(?:hội (?:đồng(?! chí)|nông|liên|phụ|cựu|khuyến|chữ|nghị)|(?:sáng|chiều|trưa|tối) (?:ngày|nay|\d+)|"
    r"phòng (?:giáo|nội|kinh|tài|văn|tư|lao|y)|ban (?:tuyên|tổ|nội|dân|quản|chỉ|thường|chấp|kiểm|giám)|"
    r"đài (?:tiếng|truyền|phát)|công ty|tập đoàn|trường (?:đại|cao|tiểu|trung|mầm|thpt|thcs)|bệnh viện|"
    r"cục (?:quản|cảnh|thuế)|viện (?:kiểm|hàn|khoa|nghiên)|tòa án|ngân hàng|mặt trận|"
    r"bộ (?:công|ngoại|nội|quốc|tài|xây|giáo|giao|tư|y|kế|khoa|thông|lao|nông|văn)|"
    r"đoàn (?:trường|thanh niên|tncs|xã|phường|khối|đbqh|đại biểu|công tác|kiểm tra|giám sát|chủ tịch)|"
    r"lớp|khởi động|ảnh(?=:)|tin(?=:)|bảo (?:hiểm|tàng)|theo\b|ubnd|hđnd|ubmttq|mttq|btv|bch|sở|quốc hội|bà|ông|và|"
    r"với|tại|trong|ngày)\b"
)
_WORD_BEFORE = re.compile(rf"({_WORD}) {{1,2}}\Z")
_ALONE = re.compile(rf"(?<![\w-])[{UPPER}][\w&-]+(?![\w-])(?! [{UPPER}])")
_NOT_ALONE = re.compile(rf"(?:(?<!\w)[{UPPER}][\w.-]*|\b[Ôô]ng|\b[Bb]à|\b[Aa]nh|\b[Cc]hị|\b[Cc]ô) \Z")
_UNIT_BEFORE = re.compile(r"\b(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx|xã|phường|thị trấn|thôn|bản|ấp|khóm) {1,2}\Z")
_SPACE_IN_NAME = (" ", "van ", "von ", "de ", "bin ", "ibn ")  # what a capital may follow within a name
_MOST = 5  # words of a name
_REACH = 30  # characters before a name that are looked at
_LONGEST = 90  # characters after it


def is_family(key: str) -> bool | None:
    """Whether a folded word is a strong family name (true), a weak one (false) or none (None).

    H' and K' lead the names of Êđê and K'ho people.
    """
    if key[:2] in ("h'", "k'", "h’", "k’") and len(key) > 3:
        return True
    return surnames().get(key)


@lru_cache(maxsize=4096)
def _is_family(printed: str) -> bool | None:
    return is_family(fold(printed))


class Word(NamedTuple):
    start: int
    end: int
    key: str


_word = partial(tuple.__new__, Word)  # half the time of Word(…)


@cache
def surnames() -> dict[str, bool]:
    """Folded family names; true where the word is hardly anything else at the head of a capitalised run."""
    return {fold_key(row["key"]): row["strength"] == "strong" for row in table("surnames.tsv")}


@cache
def surname_places() -> frozenset[str]:
    """Provinces, districts and regions that begin as a person's name would (Hà Giang, Lê Chân)."""
    return frozenset(fold_key(row["key"]) for row in table("surname_places.tsv"))


@cache
def _place_heads() -> frozenset[str]:
    return frozenset(key.partition(" ")[0] for key in surname_places())


def beginnings(text: str, folded: str, called: Iterable[int], known: dict[str, str]) -> list[tuple[int, int, str]]:
    """The words with which a name may begin, in text order: start, end, and what a word with another after it is by ``known``.

    The others are among those that something calls. Of all capitalised words these are a third.

    >>> text, known = "Bà Lê Văn An và H'Yim Niê, Mai ở TP Huế", dict.fromkeys(("lê", "văn"), "family")
    >>> [(text[start:end], kind) for start, end, kind in beginnings(text, text.lower(), [3, 27], known)]
    [('Lê', 'family'), ('Văn', 'family'), ("H'Yim", 'family'), ('Mai', '')]
    """
    is_marked = "'" in text or "’" in text
    spans = [token.span() for token in TOKEN.finditer(text)]
    named = {
        start: end
        for start, end in spans
        if (folded[start:end] in known or (is_marked and folded[start + 1 : start + 2] in ("'", "’")))
        and text[end : end + 1] == " "
        and (text[end + 1 : end + 2].isupper() or text.startswith(_SPACE_IN_NAME, end + 1))
    }
    found = [(start, end, known.get(folded[start:end], "family")) for start, end in named.items()]
    for start in called:
        if start not in named:
            token = TOKEN.match(text, start)
            if token and _is_head(text, start):
                found.append((start, token.end(), ""))
    return sorted(found)


def _is_head(text: str, pos: int) -> bool:
    """Whether the capital at ``pos`` begins a word, and does not go on with one after a hyphen (``Rơ-Ô``)."""
    at = pos
    while at and (text[at - 1] in _JOINTS or (at < pos and text[at - 1].islower())):
        at -= 1
    before = TOKEN.match(text, at - 1) if 0 < at < pos else None
    return before is None or before.end() <= pos


def run_begin(text: str, pos: int, reach: int) -> int:
    """Where the capitalised words begin that stand before the one at ``pos`` with nothing but spaces between; if that is more
    than ``reach`` characters before, some place there."""
    run, last = pos, -1
    for token in TOKEN.finditer(text, text.rfind(" ", 0, max(0, pos - reach - 9)) + 1):
        start = token.start()
        if last < 0 or text[last:start] not in (" ", "  "):
            run = start
        if start >= pos:
            break
        last = token.end()
    return run


@lru_cache(maxsize=2)
def words_alone(text: str) -> frozenset[str]:
    """Capitalised words that stand somewhere in a text by themselves, and not after an honorific.

    >>> sorted(words_alone("Giám đốc Acme John Smith ở Hà Nội. Ông Smith và Acme đã họp."))
    ['Acme', 'Giám']
    """
    found = (match for match in _ALONE.finditer(text) if not _NOT_ALONE.search(text, max(0, match.start() - 20), match.start()))
    return frozenset(match[0] for match in found)


def words(text: str, folded: str, pos: int, most: int = 7, foreign: bool = False) -> list[Word]:
    """The capitalised words from ``pos`` on, with nothing but a space between them. ``folded`` is the text's folded twin."""
    found: list[Word] = []
    read = (_FOREIGN if foreign else _SPACED).match
    while len(found) < most:
        match = read(text, pos)
        if match is None:
            break
        start, end = match.span(1)
        pos = match.end()
        if pos == end:  # no space: the last word
            if not text[end : end + 1].isdigit():
                found.append(_word((start, end, folded[start:end])))
            break
        found.append(_word((start, end, folded[start:end])))
        if end - start > 1 and text[end] == "." and text[start + 1] != ".":
            break
    return found


def bounded(folded: str, found: list[Word]) -> list[Word]:
    """``found`` up to where an office, a body or another sentence begins."""
    for number, word in enumerate(found):
        if AFTER.match(folded, word.start):
            return found[:number]
    return found


def name_end(text: str, pos: int) -> int | None:
    """Where the person's name that begins at ``pos`` ends; None where none does.

    Shape: two to five capitalised words, the first a family name (strong: it is hardly any other word; weak ones, such as Hà
    or Mai, need three words). Provinces, districts and a place before a name are no names.
    Not handled: names without a family name, foreign names, streets and schools named after people.

    >>> name_end("Bí thư Tỉnh ủy Hồ Quốc Dũng cho biết", 15)
    27
    >>> name_end("Tỉnh ủy Hà Giang", 8), name_end("Hà Giang Đặng Quốc Anh", 0), name_end("Đào tạo nghề", 0)
    (None, None, None)
    """
    token = TOKEN.match(text, pos)
    if token is None or _is_family(token[0]) is None:
        return None
    begin = max(0, pos - _REACH)
    window = text[begin : pos + _LONGEST]
    end = name_end_in(window, fold(window), pos - begin)
    return None if end is None else begin + end


def name_end_in(text: str, folded: str, pos: int) -> int | None:
    """``name_end`` where the folded twin of the text is at hand."""
    token = TOKEN.match(text, pos)
    if token is None or is_family(folded[pos : token.end()]) is None:
        return None
    found = words(text, folded, pos)
    found = bounded(folded, found) if len(found) > 1 else []
    return name_end_of(text, folded, found) if len(found) > 1 else None


def name_end_of(text: str, folded: str, found: list[Word]) -> int | None:
    """``name_end`` of bounded words that begin with a family name; of those after a foreign *de* or initial none counts."""
    pos, strong = found[0].start, is_family(found[0].key)
    for number in range(1, len(found)):
        if text[found[number - 1].end : found[number].start] not in (" ", "  "):
            found = found[:number]
            break
    found = _one_case(text, found)
    if len(found) < 2 or starts_with_place(found) or _in_place(text, folded, pos, found):
        return None
    found = found[: _first_name(found)]
    if len(found) < (2 if strong else 3) or len(found) > _MOST:
        return None
    return found[-1].end


def starts_with_place(found: list[Word]) -> int:
    """How many words at the head are a place that only looks like a name; 0 where they are none.

    A place's two words may also begin a longer name (Hà Giang Nam): it is a place where nothing, or a family name, follows.
    """
    if len(found) < 2 or found[0].key not in _place_heads():
        return 0
    places, known = surname_places(), surnames()
    for size in (4, 3, 2):
        if len(found) >= size and " ".join(word.key for word in found[:size]) in places:
            rest = found[size:]
            if not rest or (rest[0].key in known and len(rest) > 1):
                return size
    return 0


def _in_place(text: str, folded: str, pos: int, found: list[Word]) -> bool:
    """Whether the first words belong to a place that began before ``pos``: [Hải] Dương, [Nam] Từ Liêm, xã [Hòa] Thạch."""
    before = _WORD_BEFORE.search(text, max(0, pos - 12), pos)
    if before is None:
        return False
    head, places = folded[before.start() : before.end(1)], surname_places()
    if len(found) > 2 and is_family(found[1].key) is not None:
        unit = _UNIT_BEFORE.search(folded, max(0, before.start() - 12), before.start())
        if unit is not None:
            return True
    return f"{head} {found[0].key}" in places or " ".join([head, *(word.key for word in found[:2])]) in places


def _first_name(found: list[Word]) -> int:
    """How many words belong to the first of two names printed side by side: a new one begins at a strong family name."""
    if len(found) <= _MOST:
        return len(found)
    known = surnames()
    for number in range(2, min(len(found) - 1, _MOST + 1)):
        if known.get(found[number].key):
            return number
    return _MOST


def _one_case(text: str, found: list[Word]) -> list[Word]:
    """``found`` as long as all words are written alike: NGUYỄN VĂN AN or Nguyễn Văn An, but not Đoàn ĐBQH."""
    if not found:
        return found
    first = found[0] if found[0].end - found[0].start > 1 else found[min(1, len(found) - 1)]
    capitals = text[first.start : first.end].isupper() and first.end - first.start > 1
    for number, word in enumerate(found):
        if word.end - word.start > 1 and text[word.start : word.end].isupper() != capitals:
            return found[:number]
    return found
