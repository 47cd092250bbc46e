"""The administrative units in memory: by name and level, with their provinces and what became of them."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache

from schemas.rows import UnitRow
from transforms.clean.unicode import fold_key
from transforms.extract.lexicon_files import table
from transforms.units import gazetteer

SWITCH = date(2025, 7, 1)  # from this day on: 34 provinces, no districts
HUE_CITY_SINCE = date(2025, 1, 1)  # until then "thành phố Huế" was a city of the province Thừa Thiên Huế

_TIGHT = re.compile(r"\s*[-–—]\s*")
_APOSTROPHE = re.compile(r"\s*['’‘`´]\s*")
_ASCII = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
    "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd",
)


@lru_cache(maxsize=4096)
def unit_key(printed: str) -> str:
    """The form in which names of units are compared: folded, hyphens without space, one spelling of Đắk and apostrophes.

    >>> unit_key("Bà Rịa – Vũng Tàu"), unit_key("Ea H’ Leo"), unit_key("Đăk Hà")
    ('bà rịa-vũng tàu', "ea h'leo", 'đắk hà')
    """
    return tidy(fold_key(printed))


def tidy(key: str) -> str:
    """``unit_key`` of what is folded already."""
    if "-" in key or "–" in key or "—" in key:
        key = _TIGHT.sub("-", key)
    if "'" in key or "’" in key:
        key = _APOSTROPHE.sub("'", key)
    return key.replace("đăk ", "đắk ").replace("đắc ", "đắk ") if key[:1] == "đ" else key


def ascii_key(printed: str) -> str:
    """Letters without accents or spaces, as in web addresses.

    >>> ascii_key("Bình Định")
    'binhdinh'
    """
    return "".join(character for character in fold_key(printed).translate(_ASCII) if character.isalnum())


@cache
def by_name() -> dict[tuple[str, str], tuple[UnitRow, ...]]:
    """Units of both sets by (unit_key of the name, level); former names and other spellings included."""
    found: dict[tuple[str, str], list[UnitRow]] = defaultdict(list)
    for unit in gazetteer():
        found[unit_key(unit.name), unit.level].append(unit)
    for row in table("places.tsv"):
        units = found.get((unit_key(row["name"]), row["level"]), [])
        for alias in filter(None, row["aliases"].split("|")):
            if units and unit_key(alias) != unit_key(row["name"]):
                found[unit_key(alias), row["level"]].extend(units)
    return {key: tuple(dict.fromkeys(units)) for key, units in found.items()}


@cache
def former() -> dict[tuple[str, str], str]:
    """Names of countries, and of units that were gone before the older list was made, to their canonical names."""
    return {
        (unit_key(alias), row["level"]): row["name"]
        for row in table("places.tsv")
        for alias in (row["name"], *filter(None, row["aliases"].split("|")))
    }


def is_known(key: str, level: str) -> bool:
    return (key, level) in by_name() or (key, level) in former()


def canonical(key: str, level: str) -> str | None:
    """The standard spelling of a name, None where the lists do not have it.

    >>> canonical(unit_key("Đăk Nông"), "province"), canonical(unit_key("HCM"), "province")
    ('Đắk Nông', 'Hồ Chí Minh')
    """
    if key.startswith("thừa thiên"):  # its name until 2025, which the list no longer has
        return "Thừa Thiên Huế"
    units = by_name().get((key, level))
    return units[0].name if units else former().get((key, level))


@cache
def parents() -> dict[tuple[str, str], str]:
    """Province code by (code, code set)."""
    direct = {(unit.code, unit.code_set): unit.parent_code or unit.code for unit in gazetteer()}
    found = {}
    for (code, code_set), parent in direct.items():
        while len(parent) > 2:
            parent = direct[parent, code_set]
        found[code, code_set] = parent
    return found


@cache
def by_code() -> dict[tuple[str, str], UnitRow]:
    return {(unit.code, unit.code_set): unit for unit in gazetteer()}


def province_of(unit: UnitRow) -> str:
    """The code of the unit's province, in the unit's own set."""
    return parents()[unit.code, unit.code_set]


@cache
def province_now(code: str, code_set: str) -> str:
    """The province of today to which a province belongs."""
    return code if code_set == "2025" else by_code()[code, code_set].successor_code or code


@cache
def _class_words() -> dict[tuple[str, str], str]:
    return {(unit.code, unit.code_set): unit.full_name[: -len(unit.name)].strip().lower() for unit in gazetteer()}


def class_word(unit: UnitRow) -> str:
    """The unit's class word, lower case.

    >>> class_word(by_name()["thủ đức", "district"][0])
    'thành phố'
    """
    return _class_words()[unit.code, unit.code_set]


def is_within(unit: UnitRow, whole: UnitRow) -> bool:
    """Whether a unit lies in (or is) another of its set."""
    code = unit.code
    while code != whole.code:
        parent = by_code()[code, unit.code_set].parent_code
        if not parent:
            return False
        code = parent
    return unit.code_set == whole.code_set
