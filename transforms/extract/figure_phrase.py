"""Where a counted phrase ends that was read word by word: before a list of names, before an attribute whose measure follows."""

from __future__ import annotations

import re

from transforms.extract.numbers import words_of
from transforms.text import LOWER, UPPER

# After a phrase that ends in a name: another name, so that what is counted are the names together.
_NAMES = re.compile(
    rf"(?: \([^()\n]{{1,20}}\))?(?: và | ?[-–] ?|, (?=(?:[{UPPER}][{LOWER}]* ?){{1,4}}(?:,| \(| và )))[{UPPER}][{LOWER}]"
)
NAMES_AT_HEAD = re.compile(rf"(?:,| và| -| –) [{UPPER}]")
# What names belong to and a phrase cannot end with: "9 tỉnh miền Trung và Tây Nguyên".
_OF_NAMES = frozenset(["miền", "vùng", "tỉnh", "nước", "khu", "tên", "gặp", "nối", "trận", "đấu"])
_FORMER = frozenset(["cựu", "tân", "phó", "cái"])  # what follows is of the head: "hai cựu Ngoại trưởng"
# "3 màn hình kích thước 17 inch": of the measure that follows; "loại ma túy chất lượng kém": of the word that ends the phrase.
_ATTRIBUTES = words_of("attribute")
_OF_ATTRIBUTE = re.compile(r" (?:\d|kém |trước |từ |khoảng |hơn |lên |dưới |trên )")
_COMPARED = frozenset(["nhiều", "ít", "cao", "thấp", "lớn", "nhỏ", "mạnh", "tốt", "nhanh", "dài"])
# Measures that tell how large a thing is: what follows them is its next attribute or its name, not what is measured.
_SIZES = frozenset(["inch", "mm", "kV", "kVA", "MP", "megapixel", "Hz", "GHz", "MHz", "mAh", "mã lực"])

Words = list[tuple[int, int]]


def cut_back(text: str, folded: str, words: Words, stop: int) -> Words:
    """The words of a phrase without a name that begins a list of names, and without an attribute that is told behind it."""
    if len(words) < 2:
        return words
    end = words[-1][1]
    if folded[words[-1][0] : end] in _COMPARED and folded.startswith(" hơn", end):
        return words[:-1]  # 1 điểm nhiều hơn
    if len(words) > 2 and folded[words[-2][0] : end] in _ATTRIBUTES and _OF_ATTRIBUTE.match(folded, end, stop):
        return words[:-2]
    former = folded[words[0][0] : words[0][1]] in _FORMER
    since = 1 if not former else 3 if text[words[1][0]].isupper() else 2
    first = next((at for at, (begin, _) in enumerate(words) if at >= since and text[begin].isupper()), 0)
    if first <= 1:
        return words
    last = text[words[first][0] : end]
    if not text[words[-1][0]].isupper() or last.isupper() or not _NAMES.match(text, end, stop):
        return words
    while first > since and folded[words[first - 1][0] : words[first - 1][1]] in _OF_NAMES:
        first -= 1
    return words[:first]


def tells_size(unit: str, words: Words) -> bool:
    """Whether the words after a measure are none of what it measures: ``70mm Air-to-ground``, ``5,5 inch màu xám``."""
    return unit in _SIZES and bool(words)
