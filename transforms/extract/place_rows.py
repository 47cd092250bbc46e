"""Bare names of units that their neighbours explain: in lists with figures, in the names of stations and schools."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from schemas.rows import UnitRow
from transforms.document import Article
from transforms.extract import gazetteer
from transforms.extract.place_names import Name, read_name

# What stands between the units of a list that tells a figure of each: "huyện Lý Nhân có 4 tổ, Bình Lục 3 tổ".
_FIGURE = re.compile(
    r"(?: (?:có|được|đạt|là|với))?:? (?:\d[\d.,]*|\(\d[^()\n]{0,30}\))[^.;\n]{0,30}?(?:,|;| và) (?:và )?|(?:,| và) "
)
_LONGEST = 70
# After these a unit's name stands in the name of what is there; a school's number or a capital may not follow.
_THERE = re.compile(
    r"(?:[Đđ]ồn [Bb]iên phòng|[Tt]rường (?:PTDTBT |PTDT bán trú )?"
    r"(?:TH&THCS|TH và THCS|Tiểu học và THCS|THCS|Tiểu học|TH|Mầm non|MN)|"
    r"[Tt]rạm [Yy] tế|[Tt]rường Trung học cơ sở) (?=[A-ZĐÁÀẢÃẠÂĂÊÔƠƯÝ])"
)


@lru_cache(maxsize=4096)
def _districts(commune: str) -> frozenset[str]:
    """The codes of the districts that have a commune of a name."""
    units = gazetteer.by_name().get((commune, "commune"), ())
    return frozenset(unit.parent_code for unit in units if unit.code_set == "2024" and unit.parent_code)


def are_neighbours(first: str, second: str, level: str) -> bool:
    """Whether one district has communes of both names, or one province districts.

    >>> are_neighbours("tri phú", "hà lang", "commune"), are_neighbours("tri phú", "mỹ phước", "commune")
    (True, False)
    """
    around = _districts if level == "commune" else _provinces
    return not around(first).isdisjoint(around(second))


def counted(article: Article, maybe: list[Name], sure: list[Name]) -> list[Name]:
    """Bare districts in a list with figures after one of their province: ``huyện Lý Nhân có 4 tổ, Bình Lục 3 tổ``."""
    if not maybe:
        return []
    rows = sorted(one for one in sure if one.level == "district")
    starts = {one.start for one in rows}
    found: list[Name] = []
    for one in maybe:
        if one.level != "district" or one.start in starts:
            continue
        number = bisect_right(rows, (one.start,)) - 1
        last = max([*rows[number : number + 1], *found[-1:]], default=None) if number >= 0 else None
        if last is None or not 0 < one.start - last.end <= _LONGEST:
            continue
        link = _FIGURE.fullmatch(article.folded, last.end, one.start)
        if link is None or (not any(map(str.isdigit, link[0])) and found[-1:] != [last]):
            continue
        if _provinces(last.key) & _provinces(one.key) and not article.text[one.end + 1 : one.end + 2].isupper():
            found.append(one)
    return found


@lru_cache(maxsize=4096)
def _provinces(district: str) -> frozenset[str]:
    units = gazetteer.by_name().get((district, "district"), ())
    return frozenset(gazetteer.province_of(unit) for unit in units if unit.code_set == "2024")


def in_names(article: Article, sure: list[Name]) -> list[Name]:
    """Communes in the names of border posts, schools and health stations, where the text names their district."""
    folded = article.folded
    if not any(word in folded for word in ("biên phòng ", "trường ", "trạm y tế ")):
        return []
    named = {unit.code for one in sure if one.level == "district" for unit in _units(one.key)}
    if not named:
        return []
    found = []
    for there in _THERE.finditer(article.text):
        name = read_name(article, there.end(), "commune")
        if name is None or name.key.isdigit() or " " not in name.key or not named & _districts(name.key):
            continue
        if not article.text[name.end : name.end + 2].strip()[:1].isupper():
            found.append(name)
    return found


def _units(district: str) -> list[UnitRow]:
    units = [unit for unit in gazetteer.by_name().get((district, "district"), ()) if unit.code_set == "2024"]
    return units if len({unit.code for unit in units}) == 1 else []
