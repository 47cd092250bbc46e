"""Names of administrative units as they stand after a class word."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.clean.unicode import fold_tones
from transforms.document import Article, Facts
from transforms.extract import gazetteer
from transforms.extract.names import is_family
from transforms.text import LOWER, UPPER

_TT_HUE = re.compile(r"t\.?t\.?[ -]*huế")
CLASSES = {
    "tỉnh": "province", "thành phố": "city", "tp": "city", "quận": "district", "huyện": "district", "thị xã": "district",
    "tx": "district", "xã": "commune", "phường": "commune", "thị trấn": "commune", "tt": "commune", "đặc khu": "commune",
    "q": "district", "h": "district", "p": "commune", "x": "commune", "f": "commune",
}  # fmt: skip
IN_FULL = {
    "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "q": "quận", "h": "huyện", "p": "phường", "x": "xã", "f": "phường",
}  # fmt: skip
DOTTED = frozenset(word for word in CLASSES if len(word) == 1)  # only with their full stop: Q.1, H. Bình Chánh
# What is smaller than a commune and no unit of the state, in a pattern.
VILLAGES = "thôn|bản|ấp|xóm|khóm|khu phố|khu dân cư|tổ dân phố|buôn|làng"

_NAME = re.compile(rf"[{UPPER}][\w'’]*(?:(?:[ \u00a0]?[-–][ \u00a0]?|[ \u00a0]|['’] )[{UPPER}][\w'’]*){{0,6}}")
_FIRST = re.compile(r"\w*")
_WORD_END = re.compile(r"[\w'’](?![\w'’])")
_NUMBER = re.compile(
    r"\d{1,2}(?![\w.,/]*\d)(?!\w)(?! (?:năm|tháng|tuần|người|triệu|tỷ|nghìn|xã|phường|huyện|quận|tỉnh|hộ|đơn vị)(?!\w))"
)
_UNKNOWN = re.compile(rf"[{UPPER}][{LOWER}]+(?:[ \u00a0][{UPPER}][{LOWER}]+){{1,3}}(?![\w-])")
_NO_NAMES = """
ủy hội ban đoàn công bí chủ trưởng phó đồng trung văn phòng sở hđnd ubnd đảng mặt chi tổ ngày sáng chiều tối ông bà anh chị
khi trong tại theo sau với các những và nhằm tháng năm quý để do từ trường thường nguyên quân
"""
_NO_NAME = frozenset(_NO_NAMES.split())  # first words that begin something else than an unknown unit's name

_SPELT = ("district", "commune")  # whose names may be printed with hyphens between syllables
_HONORIFICS = "ông bà anh chị em cô chú bác cậu thầy cháu dì mợ cụ mẹ bé nsnd nsưt sĩ hài thị văn hữu đình"
PERSONS = frozenset(_HONORIFICS.split())
_STREETS = frozenset(["đường", "lộ", "phố", "ngõ", "ngách", "hẻm"])
_WATERS = frozenset(["sông", "suối", "núi", "đèo"])  # with a province's name they are no province


class Name(NamedTuple):
    """A mention: its span, the folded name without class word, and the level; ``city`` is settled on reading."""

    start: int
    end: int
    key: str
    level: str


def printed_name(article: Article, name: Name) -> str:
    """A unit's name as printed, in one spelling; names in capitals and by initials are written out."""
    printed = article.text[name.start : name.end]
    if name.key.isdigit():
        return name.key
    if printed.isupper() and len(printed) > 3:
        return gazetteer.canonical(name.key, name.level) or fold_tones(printed.title())
    if name.key == "hcm":
        return "Hồ Chí Minh"
    if _TT_HUE.fullmatch(name.key):
        return "Thừa Thiên Huế"
    return fold_tones(" ".join(printed.split()))


def read_name(article: Article, pos: int, level: str, unknown: bool = False, facts: Facts | None = None) -> Name | None:
    """The name of a unit of this level that begins at ``pos``: the longest known one, else one that looks like a name."""
    text = article.text
    if level in ("district", "commune"):
        number = _NUMBER.match(text, pos)
        if number:
            value = str(int(number[0]))
            return Name(pos, number.end(), value, level) if 0 < int(value) <= 28 else None
    run = _NAME.match(text, pos, min(len(text), pos + 60))
    if run is None:
        return None
    first = _FIRST.match(article.folded, pos)
    known = first is not None and first[0] in _first_words(level)  # most are not, and needn't be tried word by word
    for stop in reversed([one.end() for one in _WORD_END.finditer(text, pos, run.end())] if known else ()):
        key = gazetteer.tidy(" ".join(article.folded[pos:stop].split()))
        if level == "city":
            if _is_central(key, facts):
                return Name(pos, stop, key, "province")
            if gazetteer.is_known(key, "district") or gazetteer.is_known(key, "province"):
                district = gazetteer.by_name().get((key, "district")) or key in ("huế",) or _is_seat(key)
                return Name(pos, stop, key, "district" if district else "province")
        elif gazetteer.is_known(key, level):
            return Name(pos, stop, key, level)
        elif "-" in key and level in _SPELT and gazetteer.is_known(spaced := key.replace("-", " "), level):  # "Si-Ma-Cai"
            return Name(pos, stop, spaced, level)
    if unknown and level in ("district", "commune"):
        return _unknown(article, pos, level)
    return None


@cache
def _first_words(level: str) -> frozenset[str]:
    """With what the names of a level begin, as ``gazetteer.tidy`` finds them; ``city``: provinces and districts."""
    levels = ("province", "district") if level == "city" else (level,)
    keys = [key for key, of in (*gazetteer.by_name(), *gazetteer.former()) if of in levels]
    return frozenset(["đăk", "đắc", *(first[0] for first in map(_FIRST.match, keys) if first)])


def _is_central(key: str, facts: Facts | None) -> bool:
    """Whether ``thành phố`` with this name is a centrally run city."""
    units = gazetteer.by_name().get((key, "province"), ())
    if key == "huế" and facts and facts.dated and facts.dated[1] < gazetteer.HUE_CITY_SINCE:
        return False
    return any(gazetteer.class_word(unit) == "thành phố" and unit.code_set == "2024" for unit in units)


def _is_seat(key: str) -> bool:
    """Whether a province of this name is no city itself, so that ``thành phố`` means its seat."""
    units = gazetteer.by_name().get((key, "province"), ())
    return bool(units) and all(gazetteer.class_word(unit) == "tỉnh" for unit in units)


def _unknown(article: Article, pos: int, level: str) -> Name | None:
    run = _UNKNOWN.match(article.text, pos, min(len(article.text), pos + 40))
    if run is None:
        return None
    words = article.folded[pos : run.end()].split()
    if words[0] in _NO_NAME or (len(words) > 2 and is_family(words[0])):  # "Chủ tịch UBND huyện Võ Công Hòa": its holder
        return None
    if len(words) > 2 and words[1] in ("thị", "văn", "a", "seo") and is_family(words[0]) is not None:
        return None  # "xã Vàng Thị Sua"
    stop = run.end()
    for number, word in enumerate(words):
        if number >= 2 and (is_family(word) or word in _NO_NAME):
            stop = pos + len(" ".join(words[:number]))
            words = words[:number]
            break
    return Name(pos, stop, " ".join(words), level) if len(words) <= 3 else None


def previous_word(article: Article, start: int) -> str:
    """The word before, if only a space lies between; else an empty string."""
    before = article.text[max(0, start - 16) : start]
    if not before or before[-1] not in " \u00a0":
        return ""
    words = before.split()
    return words[-1] if words and words[-1][-1].isalnum() else ""


def stands_free(article: Article, found: Name) -> bool:
    """Whether a bare name is no part of a person's or a street's name."""
    word = previous_word(article, found.start)
    lowered = word.lower()
    if lowered in PERSONS or (word[:1].isupper() and is_family(lowered)):
        return False
    if lowered in _WATERS:
        return False
    return not (lowered in _STREETS and not article.text.startswith((" - ", " – "), found.end))
