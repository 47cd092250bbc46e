"""What a printed name looks like, and what stands before it in a run of capitals: initials, villages, states."""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable
from transforms.extract.foreign_names import heads
from transforms.extract.names import Word, is_family

_INITIALS = re.compile(r"\.+ ?[a-zà-ỹđ(,;]| \((?:sn|sinh) ?", re.I)
_MORE_INITIALS = re.compile(r"(?: [A-ZĐ])?\.[A-ZĐ](?!\w)| [A-ZĐ]\. [A-ZĐ]\.")
_ALL_INITIALS = re.compile(r"(?:[A-ZĐ]\.?){1,3}")
_CONTESTS = ("Nữ hoàng", "nữ hoàng", "Hoàng tử", "Công chúa", "Đô đốc", "Người đẹp")
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}


def is_initials(text: str, pos: int, end: int, count: int) -> bool:
    """Whether a name is hidden behind initials; ``Huỳnh Thị Nhật L.``, of which only the given name is, tells who it is."""
    pieces = text[pos:end].split()
    first, last = pieces[0], pieces[-1]
    if all(len(piece) == 1 or ("." in piece and _ALL_INITIALS.fullmatch(piece)) for piece in pieces):
        return True
    if len(pieces) == 2 and first[-1] == "." and _ALL_INITIALS.fullmatch(first) and is_syllable(last.lower()):
        return True  # "chị P.A. Sau đó …": another sentence
    if is_family(first.lower()) is not None:
        if "." in last or _MORE_INITIALS.match(text, end):
            return True  # "Nguyễn Thị H.M."
        if count > 2 and len(first) > 1:
            return False
    if len(last) == 1 and count > 1:
        return bool(_INITIALS.match(text, end))
    return count > 1 and len(last) <= 2 and last.isascii() and not set(last.lower()) & set("aeiouy")  # "Nguyễn Th"


def is_shouted(piece: str) -> bool:
    """Whether a word is in capitals; ``K.H`` are initials."""
    return len(piece) > 1 and piece.isupper() and "." not in piece


def caps_fit(text: str, end: int) -> bool:
    """A name in capitals ends where small letters or punctuation begin, else nobody knows where."""
    after = text[end : end + 2]
    return not (after[:1] == " " and after[1:2].isupper())


def is_quoted(text: str, pos: int, end: int) -> bool:
    """Whether quotation marks stand right around the name: a film's, a song's."""
    return pos > 0 and text[end : end + 1] == _QUOTES.get(text[pos - 1], "\n")


def is_show(text: str, lead: int, end: int) -> bool:
    """Whether a title and what follows it are a heading (``NHÀ LÃNH ĐẠO XUẤT SẮC``) or a contest (``“Nữ hoàng Hoa Mai”``)."""
    if text[lead:end].isupper():
        return True
    return lead > 0 and text[lead - 1] in _QUOTES and text.startswith(_CONTESTS, lead) and is_quoted(text, lead, end)


def after_village(folded: str, found: list[Word]) -> int | None:
    """Where a name begins in ``Trưởng thôn Đại An Nguyễn Văn Phú``, ``Thống đốc tỉnh Sơn Đông Quách Thụ Thanh``."""
    first = is_family(found[0].key)
    key = found[0].key
    if first is None and len(found) > 3 and is_family(found[1].key) and not (is_syllable(key) or key in heads()):
        return found[1].start  # "Chủ tịch VN Oil Nguyễn Văn An"
    if first or (first is False and not folded.endswith((" tỉnh ", " thành phố "), 0, found[0].start)):
        return None
    if not all(is_syllable(word.key) for word in found):
        return None
    for number in range(1, min(4, len(found) - 2)):
        if is_family(found[number].key) and len(found) - number in (3, 4):
            return found[number].start
    return None


def after_state(places: dict[int, int], found: list[Word]) -> int | None:
    """Where a foreigner's name begins in ``Bộ trưởng Bộ Tư pháp Liên bang Australia Michael Keenan``."""
    for number in range(1, len(found) - 1):
        end = places.get(found[number].start)
        later = [word for word in found[number:] if end is not None and word.start > end]
        if later and not is_syllable(later[0].key):
            return later[0].start
    return None
