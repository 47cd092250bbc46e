"""The lexicon of units and counted nouns, ready for matching right behind a number."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.extract.lexicon_files import table
from transforms.text import LOWER, UPPER

_LETTER = f"{LOWER}{UPPER}"


class Units(NamedTuple):
    """The lexicon of units, ready for matching at a place of the folded text."""

    measures: dict[str, re.Pattern[str]]  # by their first letters: a pattern of all would try hundreds, one after the other
    canonical: dict[str, tuple[str, str]]
    compound: re.Pattern[str]
    compounds: dict[str, re.Pattern[str]]  # the same, by the first two letters
    heads: dict[str, str]  # every noun that can be counted: its kind (count, single, classifier)
    single: frozenset[str]
    classifier: frozenset[str]
    refused: frozenset[str]


# "tám căn nhà ở vùng núi": houses there, but "100 nhà ở xã hội".
_SOMEWHERE = "vùng|phường|thị|huyện|quận|thôn|ấp|xóm|bản|làng|trung|khu vực|gần|cạnh|giữa|hai bên|ven|xã(?! hội)"


def _alternatives(forms: list[str]) -> str:
    found = "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f)))
    return found.replace(r"nhà\ ở", rf"nhà\ ở(?! (?:{_SOMEWHERE})(?!\w))")


def _by_opening(forms: list[str], letters: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form in forms:
        found.setdefault(form[:letters], []).append(form)
    return found


@cache
def units() -> Units:
    """The lexicon, read once."""
    measures: list[str] = []
    canonical: dict[str, tuple[str, str]] = {}
    heads: dict[str, str] = {}
    refused = set()
    for row in table("units_of_measure.tsv"):
        unit, kind = row["unit"], row["kind"]
        if kind in ("measure", "money", "share"):
            for form in row["forms"].split("|"):
                measures.append(form)
                canonical[form] = (unit, kind)
        elif kind in ("duration", "no"):
            refused.add(unit)
        else:
            heads[unit] = kind
    nouns = [unit for unit, kind in heads.items() if kind == "count"]
    compound = rf" ({{}})(?![{_LETTER}\d])"
    # A word set solid with its square or cubic metres still follows them: 700 m2sàn.
    measure = rf" ?(?:{{}})(?![{_LETTER}\d])| ?(?:km2|m2|m3)(?=[{LOWER}]{{{{2}}}})| ?[%‰]"
    return Units(
        {first: re.compile(measure.format(_alternatives(forms))) for first, forms in _by_opening(measures, 1).items()},
        canonical,
        re.compile(compound.format(_alternatives(nouns))),
        {first: re.compile(compound.format(_alternatives(forms))) for first, forms in _by_opening(nouns, 2).items()},
        heads,
        frozenset(unit for unit, kind in heads.items() if kind == "single"),
        frozenset(unit for unit, kind in heads.items() if kind == "classifier"),
        frozenset(refused),
    )
