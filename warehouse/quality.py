"""The audit before publishing: rules over the whole warehouse, computed in DuckDB, judged by Great Expectations.

It looks at the snapshot that a run is about to publish. What fails a critical rule is never published; warnings are told.
Called in the process that has loaded Great Expectations (``flows.pools``).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from schemas.journal import QualityResult
from schemas.model import Severity
from warehouse import drift, measures
from warehouse.layout import Layout, State
from warehouse.measure import Measure
from warehouse.measures import Audited
from warehouse.parquet import connect

SUITE = "warehouse"


class Audit(NamedTuple):
    """What the audit says: every result, and why nothing may be published (None: it may)."""

    results: list[QualityResult]
    message: str | None


def audit(audited: Audited) -> Audit:
    """Measure and judge the snapshot that a run is about to publish."""
    with (
        tempfile.TemporaryDirectory(prefix="audit-", dir=audited.root / "staging") as temp,
        connect(Path(temp), audited.memory_limit) as con,
    ):
        measures.prepare(con, audited)
        found = [*measures.integrity(con, audited), *drift.drift(con, audited)]
    verdicts = judged(found)
    results = [_result(audited.run_id, one, met) for one, met in zip(found, verdicts, strict=True)]
    failed = [one for one, met in zip(found, verdicts, strict=True) if not met and one.severity is Severity.CRITICAL]
    return Audit(results, _told(failed) if failed else None)


def overdue(layout: Layout, state: State, now: datetime) -> list[Measure]:
    """The sources that have been silent for longer than they usually are. Cheap: Great Expectations is to judge these only."""
    with connect() as con:
        return [one for one in drift.freshness(con, layout, state, now) if one.high is not None and one.value > one.high]


def silent(run_id: str, found: Sequence[Measure]) -> list[QualityResult]:
    """What is said of overdue sources by a run that brings nothing, which judges nothing else."""
    return [_result(run_id, one, met) for one, met in zip(found, judged(found), strict=True)]


def judged(found: Sequence[Measure]) -> list[bool]:
    """Whether each measure lies within its bounds, as Great Expectations sees it."""
    from warehouse.validate import _judge

    sides: list[tuple[int, Any, float]] = []
    sides += [(place, one.value, one.high) for place, one in enumerate(found) if one.high is not None]
    sides += [(place, -one.value, -one.low) for place, one in enumerate(found) if one.low is not None]
    within = _judge().within([value for _, value, _ in sides], [limit for _, _, limit in sides]) if sides else []
    beyond = {place for (place, _, _), met in zip(sides, within, strict=True) if not met}
    return [place not in beyond for place in range(len(found))]


def _told(failed: Sequence[Measure]) -> str:
    """One line: the first fault, and how many more there are."""
    first = failed[0]
    more = f", and {len(failed) - 1} more rules are broken" if len(failed) > 1 else ""
    return f"{first.table}: {first.value:,g} of {first.elements:,} break the rule that {first.meaning}{more}"


def _result(run_id: str, measure: Measure, met: bool) -> QualityResult:
    """A measure as a quality result. What is no count of wrong things is wrong as a whole, or not."""
    wrong = round(measure.value) if measure.counted else int(not met)
    share = 100.0 * min(1.0, wrong / measure.elements) if measure.counted and measure.elements else 100.0 * bool(wrong)
    observed: dict[str, Any] = {"meaning": measure.meaning, "meaning_vi": measure.meaning_vi}
    if not measure.counted:
        observed |= {
            "source": measure.source, "value": measure.value, "low": measure.low, "high": measure.high,
            "history": list(measure.history),
        }  # fmt: skip
    return QualityResult(
        run_id, f"{drift.SUITE}{measure.source}" if measure.source is not None else SUITE, measure.table, measure.column,
        measure.rule, measure.severity.value, met, measure.elements, wrong, round(share, 3),
        json.dumps(observed, ensure_ascii=False),
    )  # fmt: skip
