"""Validation of what a run staged: Great Expectations on columns, SQL rules on rows and tables, one verdict.

Rows that fail a critical expectation are rejected and go to quarantine, the rest goes on; where more than a tolerated share
of a table fails, the whole run is held back. Called in a process of its own (``flows.pools``).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.journal import QualityResult
from schemas.model import Severity, Table
from schemas.render import Expectation, arrow_schema, quoted
from schemas.tables import PER_DOCUMENT
from warehouse import rules
from warehouse.data_docs import write_docs
from warehouse.expectations import Found, Judge, check
from warehouse.parquet import connect
from warehouse.rules import Rule

_PAYLOAD = 4096  # bytes of a rejected row as JSON


class Rejected(NamedTuple):
    """One staged row that failed; ``payload`` is the row as JSON."""

    table: str
    file: str
    file_row: int
    doc_id: str | None
    reason_code: str
    reason: str
    payload: str


class Verdict(NamedTuple):
    """What validation says of a run: every result, every rejected row, and whether the run is held back, and why."""

    results: list[QualityResult]
    rejected: list[Rejected]
    blocked: bool
    message: str | None


@functools.cache
def _judge() -> Judge:
    return Judge()


def warm_up() -> None:
    """Load Great Expectations, which takes seconds, before there is something to judge."""
    _judge()


def validate(
    staged: Mapping[str, Sequence[Path]],
    run_id: str,
    *,
    units: Path,
    memory_limit: str = "512MB",
    tolerance: float = 0.05,
    min_rows: int = 20,
    docs_dir: Path | None = None,
) -> Verdict:
    """Judge the staged Parquet files of a run (one list of files per table of ``PER_DOCUMENT``).

    A critical rule blocks the run when more than ``tolerance`` of a table's rows break it, and more than that share of
    ``min_rows`` (in a table of five rows one wrong row is quarantined, and holds nobody up).
    """
    wrong = _wrong_types(staged)
    if wrong:
        return Verdict([_type_result(run_id, *one) for one in wrong], [], True, f"{wrong[0][0].name}: {wrong[0][1]}")
    with connect(memory_limit=memory_limit) as con:
        rules.prepare(con, staged, units)
        sizes = {table.name: con.execute(f"SELECT count(*) FROM staged_{table.name}").fetchall()[0][0] for table in PER_DOCUMENT}
        results: list[QualityResult] = []
        reports: list[Any] = []
        held: list[str] = []
        for table in PER_DOCUMENT:
            found, made = check(_judge(), con, table)
            reports += made
            for one in found:
                results.append(_column_result(run_id, table.name, one, sizes[table.name]))
                if one.expectation.severity is Severity.CRITICAL:
                    _reject(con, table.name, one)
                    _hold(held, table.name, one.expectation.meaning, len(one.rows), sizes[table.name], tolerance, min_rows)
        counts = rules.judge(con)
        verdicts, made = _judge_counts(counts)
        reports += made
        for rule, count in counts.items():
            results.append(_rule_result(run_id, rule, count, sizes[rule.table], verdicts[rule]))
            if rule.severity is Severity.CRITICAL:
                _hold(held, rule.table, rule.meaning, count, sizes[rule.table], tolerance, min_rows)
        rejected = _rejected(con)
    if docs_dir is not None:
        write_docs(docs_dir, run_id, results, reports, held)
    results.sort(key=lambda r: (r.suite, r.table_name, r.column_name or "", r.expectation))
    return Verdict(results, rejected, bool(held), held[0] if held else None)


def _hold(held: list[str], table: str, meaning: str, count: int, size: int, tolerance: float, min_rows: int) -> None:
    if count > tolerance * max(size, min_rows):
        held.append(f"{count:,} of {size:,} rows of {table} break the rule that {meaning} (at most {tolerance:.0%} may)")


def _wrong_types(staged: Mapping[str, Sequence[Path]]) -> list[tuple[Table, str]]:
    """Files whose columns are not the declared ones: a fault of the program, so nothing of the run is trusted."""
    wrong = []
    for table in PER_DOCUMENT:
        wanted = arrow_schema(table)
        for path in staged[table.name]:
            got = pq.read_schema(path)
            if [(f.name, f.type) for f in got] != [(f.name, f.type) for f in wanted]:
                wrong.append((table, f"{path.parent.name}/{path.name} {_difference(wanted, got)}"))
    return wrong


def _difference(wanted: pa.Schema, got: pa.Schema) -> str:
    for field in wanted:
        if field.name not in got.names:
            return f"has no column {field.name}"
        if got.field(field.name).type != field.type:
            return f"has {field.name} as {got.field(field.name).type}, not {field.type}"
    return f"has columns in another order, or more than declared: {', '.join(got.names)}"


def _type_result(run_id: str, table: Table, difference: str) -> QualityResult:
    observed = json.dumps({"found": difference}, ensure_ascii=False)
    return QualityResult(run_id, table.name, table.name, None, "columns_as_declared", "critical", False, 1, 1, 100.0, observed)


def _column_result(run_id: str, table: str, found: Found, size: int) -> QualityResult:
    expectation, count = found.expectation, len(found.rows)
    name = expectation.type
    observed = _observed(expectation.meaning, found.examples)
    share = 100.0 * count / size if size else 0.0
    return QualityResult(
        run_id, table, table, _column(expectation), name, expectation.severity.value, not count, size, count, share, observed
    )


def _column(expectation: Expectation) -> str | None:
    if "column_A" in expectation.kwargs:
        return f"{expectation.kwargs['column_B']}, {expectation.kwargs['column_A']}"
    return expectation.column


def _rule_result(run_id: str, rule: Rule, count: int, size: int, success: bool) -> QualityResult:
    share = min(100.0, 100.0 * count / size) if size else 0.0
    observed = _observed(rule.meaning, [])
    return QualityResult(
        run_id, rule.table, rule.table, rule.column, rule.name, rule.severity.value, success, size, count, share, observed
    )


def _observed(meaning: str, examples: Sequence[str]) -> str:
    return json.dumps({"meaning": meaning, **({"examples": list(examples)} if examples else {})}, ensure_ascii=False)


def _judge_counts(counts: Mapping[Rule, int]) -> tuple[dict[Rule, bool], list[Any]]:
    """Great Expectations judges the SQL rules too: one small frame per table, a column of violations per rule."""
    import pandas as pd

    verdicts: dict[Rule, bool] = {}
    reports = []
    for table in dict.fromkeys(rule.table for rule in counts):
        own = [rule for rule in counts if rule.table == table]
        names = [f"violations of {rule.name} {rule.column or ''}".strip() for rule in own]
        frame = pd.DataFrame({name: [counts[rule]] for name, rule in zip(names, own, strict=True)})
        wanted = [
            Expectation(
                "expect_column_values_to_be_between",
                {"column": name, "min_value": 0, "max_value": 0},
                rule.severity,
                rule.reason_code,
                rule.meaning,
            )
            for name, rule in zip(names, own, strict=True)
        ]
        report = _judge().validate(frame, f"{table} rules", wanted)
        reports.append(report)
        verdicts |= {rule: bool(result.success) for rule, result in zip(own, report.results, strict=True)}
    return verdicts, reports


def _reject(con: duckdb.DuckDBPyConnection, table: str, found: Found) -> None:
    """Each row once: the first reason, in the order of the columns, stands."""
    if not found.rows:
        return
    rows = pa.table({"file": [f for f, _ in found.rows], "file_row": [n for _, n in found.rows]})
    con.register("failing", rows)
    con.execute(
        f"""INSERT INTO bad SELECT {quoted(table)}, file, file_row, {quoted(found.expectation.reason_code)},
        {quoted(found.expectation.meaning)} FROM failing f WHERE NOT EXISTS
        (SELECT 1 FROM bad b WHERE b.tbl = {quoted(table)} AND b.file = f.file AND b.file_row = f.file_row)"""
    )
    con.unregister("failing")


def _rejected(con: duckdb.DuckDBPyConnection) -> list[Rejected]:
    """The rejected rows with their content; rows that merely went with their document are not among them."""
    rejected = []
    for table in PER_DOCUMENT:
        # A long text stays out of the evidence: the document's raw bytes are kept.
        kept = ", ".join(
            f'"{c.name}" := left(t."{c.name}", 300)' if c.kind == "string" else f'"{c.name}" := t."{c.name}"'
            for c in table.columns
        )
        query = f"""SELECT b.file, b.file_row, t.doc_id, b.reason_code, b.reason, to_json(struct_pack({kept}))::VARCHAR
            FROM bad b JOIN staged_{table.name} t ON t.filename = b.file AND t.file_row_number = b.file_row
            WHERE b.tbl = {quoted(table.name)} ORDER BY ALL"""
        for file, row, doc_id, code, reason, payload in con.execute(query).fetchall():
            rejected.append(Rejected(table.name, file, row, doc_id, code, reason, payload[:_PAYLOAD]))
    return rejected
