"""What a printed name looks like, and what stands before it in a run of capitals: initials, villages, states."""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable
from transforms.extract.names import Word, is_family

_INITIALS = re.compile(r"\.+ ?[a-zà-ỹđ(,;]| \((?:sn|sinh) ?", re.I)
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}


def is_initials(text: str, pos: int, end: int, count: int) -> bool:
    """Whether a name is hidden behind initials."""
    last = text[pos:end].rsplit(" ", 1)[-1]
    if len(last) == 1 and count > 1:
        return bool(_INITIALS.match(text, end))
    if count > 1 and len(last) <= 2 and last.isascii() and not set(last.lower()) & set("aeiouy"):
        return True  # "Nguyễn Văn Th"
    return all(len(piece) == 1 for piece in text[pos:end].split())


def caps_fit(text: str, end: int) -> bool:
    """A name in capitals ends where small letters or punctuation begin, else nobody knows where."""
    after = text[end : end + 2]
    return not (after[:1] == " " and after[1:2].isupper())


def is_quoted(text: str, pos: int, end: int) -> bool:
    """Whether quotation marks stand right around the name: a film's, a song's."""
    return pos > 0 and text[end : end + 1] == _QUOTES.get(text[pos - 1], "\n")


def after_village(folded: str, found: list[Word]) -> int | None:
    """Where a name begins in ``Trưởng thôn Đại An Nguyễn Văn Phú``, ``Thống đốc tỉnh Sơn Đông Quách Thụ Thanh``."""
    first = is_family(found[0].key)
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
