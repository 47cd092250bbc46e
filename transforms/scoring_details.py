"""Scores of what the common form of annotation leaves out: exact places, levels, issuers, periods, speakers.

An annotation may have these keys besides (or instead of) those of ``transforms.scoring``:

``spans``                 per table ``[surface, n]``: the n-th place (from 0) at which the surface stands in the text
``organisation_levels``   ``[name, level]``
``citation_issuers``      ``[key, issuer or null]``
``figure_periods``        ``[value, unit, from or null, to or null]``
``statement_speakers``    ``[first words of the sentence, speaker or null]``
``statement_periods``     ``[first words of the sentence, from or null, to or null]``

Spans are scored as sets, so all mentions of a table must be annotated; of the others any choice may be: each is right or wrong.
Where ``dates`` are annotated, ``date_surfaces`` tells whether the annotated wording was found for its interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from transforms.scoring_tally import Rows, Tally, day, fold, number


def score_details(tallies: dict[str, Tally], source: str, gold: Mapping[str, Any], text: str, rows: Mapping[str, Rows]) -> None:
    """Add the counts of what one document's annotation has of these; ``text`` is the cleaned text that the rows point into."""
    for table, wanted in gold.get("spans", {}).items():
        got = {(row["surface"], occurrence(text, row["surface"], row["start_char"])) for row in rows[table]}
        tallies[f"spans_{table}"].add_sets(source, {(surface, place) for surface, place in wanted}, got)
    for surface, first, last in gold.get("dates", ()):
        printed = {fold(row["surface"]) for row in rows["dates"] if (day(row["date_from"]), day(row["date_to"])) == (first, last)}
        _judge(tallies["date_surfaces"], f"{source} {first}", fold(surface), printed)
    for name, level in gold.get("organisation_levels", ()):
        levels = [row["level"] for row in rows["organisations"] if fold(row["name"]) == fold(name)]
        _judge(tallies["organisation_level"], f"{source} {name}", level, levels, every=True)
    for key, issuer in gold.get("citation_issuers", ()):
        issuers = [fold(row["issuer"]) for row in rows["citations"] if fold(row["key"]) == fold(key)]
        _judge(tallies["citation_issuer"], f"{source} {key}", fold(issuer), issuers)
    for value, unit, first, last in gold.get("figure_periods", ()):
        periods = [_period(row) for row in rows["figures"] if number(row["value"]) == number(value) and _same(row["unit"], unit)]
        _judge(tallies["figure_period"], f"{source} {value} {unit}", (first, last), periods)
    for start, speaker in gold.get("statement_speakers", ()):
        speakers = [fold(row["speaker"]) for row in _sentences(rows["statements"], start)]
        _judge(tallies["statement_speaker"], f"{source} {start[:40]!r}", fold(speaker), speakers)
    for start, first, last in gold.get("statement_periods", ()):
        periods = [_period(row) for row in _sentences(rows["statements"], start)]
        _judge(tallies["statement_period"], f"{source} {start[:40]!r}", (first, last), periods)


def _judge(tally: Tally, place: str, wanted: Any, found: Iterable[Any], every: bool = False) -> None:
    """Right where the wanted value is among those found; with ``every`` where nothing else is. Nothing found is wrong."""
    values = set(found)
    right = wanted in values and (len(values) == 1 or not every)
    tally.add_value(place, wanted, wanted if right else (sorted(map(str, values)) or "nothing"))


def occurrence(text: str, surface: str, start: int) -> int:
    """Which of the places at which a surface stands in a text this one is.

    >>> occurrence("Sở Y tế, Sở Nội vụ", "Sở", 9)
    1
    """
    count, at = 0, text.find(surface)
    while 0 <= at < start:
        count, at = count + 1, text.find(surface, at + 1)
    return count


def _period(row: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return day(row["period_from"]), day(row["period_to"])


def _same(unit: str | None, wanted: str | None) -> bool:
    """Units are the same when one is the beginning of the other, as in ``lượt`` and ``lượt người``."""
    got, noun = fold(unit) or "", fold(wanted) or ""
    return got.startswith(noun) or (bool(got) and noun.startswith(got))


def _sentences(rows: Rows, start: str) -> Rows:
    wanted = fold(start) or ""
    return [row for row in rows if (fold(row["surface"]) or "").startswith(wanted)]
