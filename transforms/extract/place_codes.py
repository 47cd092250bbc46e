"""Codes for mentions of units: by the document's date, class word, neighbours, and the province it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from schemas.rows import Place, UnitRow
from transforms.document import Article, Facts
from transforms.extract import gazetteer
from transforms.extract.place_names import CLASSES, DOTTED, IN_FULL

_WITHIN = re.compile(r"\)?\s*(?:,|-|–|\(|thuộc|của|/)?\s*(?:thuộc\s+)?")
_WORD = re.compile(rf"({'|'.join(word for word in CLASSES if word not in DOTTED)}|[{''.join(DOTTED)}](?=\.))(?!\w)")
_place = partial(tuple.__new__, Place)  # half the time of Place(…)
_latest: list[tuple[Article, str, list[tuple[Any, ...]], list[list[UnitRow]]]] = []  # the article being read is asked for twice
_UNDECIDED = None, None, None, None
_SMALL = ("district", "commune")
_ORDER = {"country": 0, "province": 1, "district": 2, "commune": 3}


def code_set(facts: Facts, places: Sequence[Place]) -> str:
    """The set in force at the document's date; without a date the older one, unless only the newer has what is named."""
    if facts.dated:
        return "2025" if facts.dated[0] >= gazetteer.SWITCH else "2024"
    if facts.dates:
        last = max(mention.date_from for mention in facts.dates)
        if last < gazetteer.SWITCH:
            return "2024"
    if any(place.level == "district" for place in places):
        return "2024"
    names = {(gazetteer.unit_key(place.name), place.level) for place in places if place.level in ("province", "commune")}
    known = [{unit.code_set for unit in gazetteer.by_name().get(name, ())} for name in names]
    newer = sum(sets == {"2025"} for sets in known)
    return "2025" if newer and not any(sets == {"2024"} for sets in known) else "2024"


@lru_cache(maxsize=4096)
def _candidates(name: str, level: str, chosen: str) -> list[UnitRow]:
    """The units that a mention may mean by its name and level; not to be changed."""
    known = gazetteer.by_name().get((gazetteer.unit_key(name), level), ())
    return [unit for unit in known if unit.code_set == chosen]


def _narrow_by_class(article: Article, places: Sequence[Place], options: list[list[UnitRow]]) -> None:
    """By the class word printed, where some of the units are of that class now: classes change, so neighbours go first."""
    for number, (place, units) in enumerate(zip(places, options, strict=True)):
        word = _WORD.match(article.folded, place.start_char, place.end_char) if len(units) > 1 else None
        if word:
            name = IN_FULL.get(word[1], word[1])
            options[number] = [unit for unit in units if gazetteer.class_word(unit) == name] or units


def resolve(article: Article, facts: Facts) -> list[Place]:
    """The places of ``facts`` with their codes; NULL where they can't be decided."""
    places = facts.places
    options = _options(article, places, code_set(facts, places))
    if any(len(units) > 1 for units in options):
        if facts.home:
            _narrow_by_home(facts, options)
            _narrow_by_neighbours(article, places, options)
        else:
            _narrow_by_shared(options)
    _drop_misnamed(article, facts, places, options)
    _drop_misplaced(article, places, options)
    return [_coded(place, units) for place, units in zip(places, options, strict=True)]


def _options(article: Article, places: Sequence[Place], chosen: str) -> list[list[UnitRow]]:
    """The units that each mention may mean as far as the text tells, whatever the document's province."""
    printed = [place[:4] for place in places]
    if _latest and _latest[0][0] is article and _latest[0][1:3] == (chosen, printed):  # before the province was known
        return [*_latest[0][3]]
    options = [_candidates(place.name, place.level, chosen) for place in places]
    if chosen == "2025":  # "huyện" in a report on days gone by: the old unit
        options = [units or _candidates(place.name, place.level, "2024") for units, place in zip(options, places, strict=True)]
    if any(len(units) > 1 for units in options):  # else there is nothing to choose
        _narrow_by_neighbours(article, places, options)
        _narrow_by_fellows(places, options)  # before classes, which change: the district of that day may be a town now
        _narrow_by_class(article, places, options)
        _narrow_by_neighbours(article, places, options)
        _narrow_by_fellows(places, options)
    _latest[:] = [(article, chosen, printed, options)]
    return [*options]


def _coded(place: Place, units: list[UnitRow]) -> Place:
    codes: tuple[str | None, ...] = _UNDECIDED
    if len(units) == 1:
        codes = _codes(*units[0][:2])
    elif units:
        provinces = {_codes(*unit[:2])[1:] for unit in units}
        codes = (None, *provinces.pop()) if len(provinces) == 1 else _UNDECIDED
    return place if place[4:] == codes else _place((*place[:4], *codes))  # as most are the second time


@cache
def _codes(code: str, chosen: str) -> tuple[str, str, str, str]:
    """The columns of a unit: its code and set, its province, and its province now."""
    province = gazetteer.parents()[code, chosen]
    return code, chosen, province, gazetteer.province_now(province, chosen)


def _narrow_by_neighbours(article: Article, places: Sequence[Place], options: list[list[UnitRow]]) -> None:
    """``xã A, huyện B, tỉnh C``: a unit lies in the larger one named right after it."""
    for number in _enclosed(article, places, options):
        inside = [unit for unit in options[number] if any(gazetteer.is_within(unit, whole) for whole in options[number + 1])]
        if inside:
            options[number] = inside
            holding = [whole for whole in options[number + 1] if any(gazetteer.is_within(unit, whole) for unit in inside)]
            options[number + 1] = holding


def _enclosed(article: Article, places: Sequence[Place], options: list[list[UnitRow]]) -> Iterator[int]:
    """The mentions that have a larger unit right after them, from the last to the first; both may be something."""
    for number in range(len(places) - 2, -1, -1):
        place, larger = places[number], places[number + 1]
        if not options[number] or not options[number + 1] or _ORDER[place.level] <= _ORDER[larger.level]:
            continue
        gap = article.folded[place.end_char : larger.start_char]
        if len(gap) <= 14 and _WITHIN.fullmatch(gap):
            yield number


def _drop_misplaced(article: Article, places: Sequence[Place], options: list[list[UnitRow]]) -> None:
    """``xã A, huyện B`` where every xã A that is known lies in another province: one of that name that is gone.

    Within a province units are moved from one district to another, so the same name there is likely the same unit. A list may
    have a town before a province, but no name without a class word has a province in brackets that isn't its own.
    """
    gone = set()
    for number in _enclosed(article, places, options):
        place, gap = places[number], article.text[places[number].end_char : places[number + 1].start_char]
        if "(" not in gap and ("," not in gap or not _WORD.match(article.folded, place.start_char, place.end_char)):
            continue
        if _provinces(options[number]).isdisjoint(_provinces(options[number + 1])):
            gone.add((place.name, place.level))
    if gone:
        for number, place in enumerate(places):
            options[number] = [] if (place.name, place.level) in gone else options[number]


def _provinces(units: list[UnitRow]) -> set[str]:
    """The provinces of today in which units lie, or lay."""
    return {gazetteer.province_now(gazetteer.province_of(unit), unit.code_set) for unit in units}


def _narrow_by_fellows(places: Sequence[Place], options: list[list[UnitRow]]) -> None:
    """One name means one unit throughout, if some mention leaves no choice."""
    settled: dict[tuple[str, str], UnitRow | None] = {}
    for place, units in zip(places, options, strict=True):
        if len(units) == 1:
            key = (place.name, place.level)
            settled[key] = units[0] if settled.get(key, units[0]) == units[0] else None
    for number, place in enumerate(places):
        unit = settled.get((place.name, place.level))
        if unit is not None and len(options[number]) > 1 and unit in options[number]:
            options[number] = [unit]


def _drop_misnamed(article: Article, facts: Facts, places: Sequence[Place], options: list[list[UnitRow]]) -> None:
    """``thị trấn X`` where only a ``xã X`` is known, in a province of which nothing else speaks: a unit that is gone."""
    doubtful = set()
    for number, (place, units) in enumerate(zip(places, options, strict=True)):
        word = _WORD.match(article.folded, place.start_char, place.end_char) if units and place.level in _SMALL else None
        if word and all(gazetteer.class_word(unit) != IN_FULL.get(word[1], word[1]) for unit in units):
            doubtful.add(number)
    if not doubtful:
        return
    sure = {gazetteer.province_of(unit) for number, units in enumerate(options) if number not in doubtful for unit in units}
    if facts.home:
        sure.add(facts.home.province_code)
    for number in doubtful:
        options[number] = [unit for unit in options[number] if gazetteer.province_of(unit) in sure]


def _narrow_by_home(facts: Facts, options: list[list[UnitRow]]) -> None:
    home = facts.home
    assert home is not None
    for number, units in enumerate(options):
        if len(units) > 1:
            inside = [unit for unit in units if (gazetteer.province_of(unit), unit.code_set) == home[:2]]
            around = [unit for unit in inside if home.place_code in (unit.code, unit.parent_code)]
            options[number] = around if len(around) == 1 else inside or units


def _narrow_by_shared(options: list[list[UnitRow]]) -> None:
    """Without a home: the one district or province in which all undecided communes can lie together, if the text names it."""
    named = [units[0] for units in options if len(units) == 1 and units[0].level in ("province", "district")]
    provinces = {gazetteer.province_of(unit) for unit in named}
    if len(provinces) != 1:
        return
    province = provinces.pop()
    for number, units in enumerate(options):
        if len(units) > 1:
            inside = [unit for unit in units if gazetteer.province_of(unit) == province]
            options[number] = inside or units
