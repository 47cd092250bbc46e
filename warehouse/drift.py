"""Drift: what a source delivered in a run, measured against its own last ten runs. These warn, they never hold a run back.

Only runs that brought a source at least ``FEWEST`` documents are measured and remembered: shares of fewer say nothing. (The
number of documents itself is, from the first such run on: that there are few is the news then.) A measure is judged from the
third such run on: beyond it lies what differs from the median by more than four times the usual deviation (by the median of the
deviations, so that one odd run does not hide the next), and by more than a margin that any source has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from schemas import tables
from schemas.journal import RunTable
from schemas.model import Severity
from schemas.render import quoted
from warehouse.layout import Layout, State
from warehouse.measure import Measure
from warehouse.measures import Audited
from warehouse.parquet import scan

if TYPE_CHECKING:
    import duckdb

FEWEST = 20  # documents of a source in a run
REMEMBERED = 10  # runs
ENOUGH = 3  # runs before, to judge by
QUARANTINED_AT_MOST = 0.2  # of the documents of a source, while there are no runs to judge by
_SHARE = 0.15  # by which a share may differ in any case
SUITE = "source:"  # of the quality results of one source: source:NAME

Bounds = tuple[float | None, float | None]


def bounds(history: Sequence[float], margin: Callable[[float], float]) -> Bounds:
    """Between what a value is expected to lie, by the runs before.

    >>> bounds([0.1, 0.1, 0.12], lambda _: 0.15)
    (-0.05, 0.25)
    >>> bounds([0.1], lambda _: 0.15)
    (None, None)
    """
    if len(history) < ENOUGH:
        return None, None
    middle = median(history)
    deviation = 4 * 1.4826 * median(abs(value - middle) for value in history)
    allowed = max(deviation, margin(middle))
    return round(middle - allowed, 6), round(middle + allowed, 6)


def _few_fold(history: Sequence[float]) -> Bounds:
    """Volumes differ by factors: a fifth to five times the median."""
    if len(history) < ENOUGH:
        return None, None
    return median(history) / 5, median(history) * 5


def drift(con: duckdb.DuckDBPyConnection, audited: Audited) -> Iterator[Measure]:
    """Volume, rows per document, null shares, quarantined share and freshness of every source."""
    past = _Past(con, audited)
    _, new, _, reprocessed, _ = audited.counts
    documents = {row.source_name: row.rows_written for row in audited.run_tables if row.table_name == "documents"}
    for source in sorted({*documents, *audited.refused}):
        written, refused = documents.get(source, 0), audited.refused.get(source, 0)
        # What comes from the raw store again tells how the rules have changed, not how much a source delivers.
        if not reprocessed and (written >= FEWEST or past.of(source, "documents_per_run", "documents")):
            yield _volume(source, written, past)
        if written + refused >= FEWEST:
            yield _quarantined(source, refused, written + refused, past)
        if written >= FEWEST:
            yield from _rows_per_document(source, written, audited.run_tables, past)
            yield from _null_shares(con, source, past)
    yield from freshness(con, Layout(audited.root), audited.state, audited.started_at, audited.run_tables if new else ())


class _Past:
    """Values recorded by earlier runs: (source, rule, table, column) to the last ten, the oldest first."""

    def __init__(self, con: duckdb.DuckDBPyConnection, audited: Audited) -> None:
        layout, journal = Layout(audited.root), audited.state.journal
        results = scan(layout.absolute(journal[tables.QUALITY_RESULTS.name]))
        runs = scan(layout.absolute(journal[tables.RUNS.name]))
        found = con.execute(
            f"""SELECT q.suite, q.expectation, q.table_name, q.column_name, q.observed
            FROM {results} q JOIN {runs} r USING (run_id)
            WHERE starts_with(q.suite, {quoted(SUITE)}) AND r.status = 'completed' ORDER BY r.started_at, r.run_id"""
        ).fetchall()
        self._values: dict[tuple[str, str, str, str | None], list[float]] = {}
        for suite, rule, table, column, observed in found:
            value = json.loads(observed).get("value")
            if value is not None:
                self._values.setdefault((suite.removeprefix(SUITE), rule, table, column), []).append(float(value))

    def of(self, source: str, rule: str, table: str, column: str | None = None) -> tuple[float, ...]:
        return tuple(self._values.get((source, rule, table, column), ())[-REMEMBERED:])


def _measure(
    rule: str, table: str, value: float, meaning: str, meaning_vi: str, limits: Bounds, history: Sequence[float], **more: Any
) -> Measure:
    low, high = limits
    return Measure(
        rule,
        table,
        round(value, 6),
        meaning,
        meaning_vi,
        low,
        high,
        Severity.WARNING,
        counted=False,
        history=tuple(history),
        **more,
    )


def _quarantined(source: str, refused: int, seen: int, past: _Past) -> Measure:
    history = past.of(source, "share_quarantined", "documents")
    _, high = bounds(history, lambda _: _SHARE)
    return _measure(
        "share_quarantined", "documents", refused / seen, "the share of documents that were refused is as usual",
        "tỷ lệ tài liệu bị loại như thường lệ", (None, QUARANTINED_AT_MOST if high is None else high), history, source=source,
        elements=seen,
    )  # fmt: skip


def _volume(source: str, written: int, past: _Past) -> Measure:
    history = past.of(source, "documents_per_run", "documents")
    return _measure(
        "documents_per_run", "documents", written, "a run brings about as many documents as usual",
        "số tài liệu mỗi lượt như thường lệ", _few_fold(history), history, source=source, elements=written,
    )  # fmt: skip


def _rows_per_document(source: str, documents: int, counts: Sequence[RunTable], past: _Past) -> Iterator[Measure]:
    written = {row.table_name: row.rows_written for row in counts if row.source_name == source}
    for table in tables.PER_DOCUMENT[1:]:
        history = past.of(source, "rows_per_document", table.name)
        yield _measure(
            "rows_per_document", table.name, written.get(table.name, 0) / documents,
            "a document has about as many rows as usual", "số dòng mỗi tài liệu như thường lệ",
            bounds(history, lambda middle: 0.5 + middle / 2), history, source=source, elements=documents,
        )  # fmt: skip


def _null_shares(con: duckdb.DuckDBPyConnection, source: str, past: _Past) -> Iterator[Measure]:
    for table in tables.PER_DOCUMENT:
        columns = [column.name for column in table.columns if not column.required]
        if not columns:
            continue
        counted = ", ".join(f'count(t."{name}")' for name in columns)
        total, *known = con.execute(
            f"""SELECT count(*), {counted} FROM new_{table.name} t
            WHERE doc_id IN (SELECT doc_id FROM made WHERE source_name = {quoted(source)})"""
        ).fetchall()[0]
        if total < FEWEST:
            continue
        for name, count in zip(columns, known, strict=True):
            history = past.of(source, "null_share", table.name, name)
            yield _measure(
                "null_share", table.name, 1 - count / total, f"{name} is as often unknown as usual",
                f"tỷ lệ thiếu {name} như thường lệ", bounds(history, lambda _: _SHARE), history, source=source,
                elements=total, column=name,
            )  # fmt: skip


def freshness(
    con: duckdb.DuckDBPyConnection, layout: Layout, state: State, now: datetime, brought: Sequence[RunTable] = ()
) -> Iterator[Measure]:
    """How long ago each source last brought something new, by the time that it usually takes between two deliveries.

    ``brought`` is what the run itself has written, where any of that is new.
    """
    journal = state.journal
    rows = con.execute(
        f"""SELECT t.source_name, r.started_at FROM {scan(layout.absolute(journal[tables.RUN_TABLES.name]))} t
        JOIN {scan(layout.absolute(journal[tables.RUNS.name]))} r USING (run_id)
        WHERE t.table_name = 'documents' AND t.rows_written > 0 AND r.documents_new > 0 AND r.status = 'completed'
        ORDER BY r.started_at"""
    ).fetchall()
    delivered: dict[str, list[datetime]] = {}
    for source, at in rows:
        delivered.setdefault(source, []).append(at)
    for row in brought:
        if row.table_name == "documents" and row.rows_written:
            delivered.setdefault(row.source_name, []).append(now)
    for source, times in sorted(delivered.items()):
        gaps = [(later - earlier) / timedelta(days=1) for earlier, later in pairwise(times)][-REMEMBERED:]
        age = (now - times[-1]) / timedelta(days=1)
        high = max(1.0, 3 * median(gaps)) if len(gaps) >= ENOUGH else None
        yield _measure(
            "days_since_new", "sightings", age, "a source brings something new as often as usual",
            "nguồn có tin mới đều đặn như thường lệ", (None, high), gaps, source=source, elements=len(times),
        )  # fmt: skip
