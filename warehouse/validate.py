"""Validation of what a run staged: Great Expectations on columns, SQL rules on rows and tables, one verdict.

Rows that fail a critical expectation are rejected and go to quarantine, the rest goes on; where more than a tolerated share
of a table fails, the whole run is held back. Called in a process of its own (``flows.pools``).
"""

from __future__ import annotations

import functools
import json
import math
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.journal import QualityResult
from schemas.model import Severity, Table
from schemas.render import arrow_schema, quoted
from schemas.row_rules import FEW_REFUSED
from schemas.tables import DOCUMENTS, PER_DOCUMENT
from warehouse import judging
from warehouse.data_docs import write_docs
from warehouse.expectations import EXAMPLES, Found, Judge, check, shown
from warehouse.parquet import connect
from warehouse.rules import Rule

_PAYLOAD = 4096  # bytes of a rejected row as JSON
_FEW_REFUSED = (
    "few rows of the table break any rule, all rules together",
    "tổng số dòng vi phạm mọi quy tắc của bảng ở mức ít",
)
_EVIDENCE = 1000  # rejected rows per table that a held-back run shows


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
    judge = _judge()
    for table in PER_DOCUMENT:
        judge.prepare(table)


def validate(
    staged: Mapping[str, Sequence[Path]],
    run_id: str,
    *,
    units: Path,
    memory_limit: str = "512MB",
    tolerance: float = 0.05,
    min_rows: int = 20,
    docs_dir: Path | None = None,
    costs: dict[str, float] | None = None,
) -> Verdict:
    """Judge the staged Parquet files of a run (a list of files per table of ``PER_DOCUMENT``).

    Rows that break a critical rule are rejected. The rule itself has failed, and holds the run back, when they are more than
    ``tolerance`` of the table's rows, where a table of fewer than ``min_rows`` rows counts as that many: one wrong row of five
    is refused and holds nobody up; with a tolerance of 0 every one does. All rejected rows of a table together may not be more
    either, however many rules share them. The evidence of a run that is held back is cut at
    some rows per table: a systematic fault breaks millions of rows in the same way, and the counts tell. ``costs`` takes the
    seconds that each table's expectations and each rule took.
    """
    wrong = _wrong_types(staged)
    if wrong:
        results = [_type_result(run_id, table, difference) for table, difference in wrong]
        held = [f"{table.name}: {difference}" for table, difference in wrong]
        if docs_dir is not None:
            write_docs(docs_dir, run_id, results, held)
        return Verdict(results, [], True, held[0])
    with tempfile.TemporaryDirectory(prefix="validate-", dir=units.parent) as temp, connect(Path(temp), memory_limit) as con:
        judging.prepare(con, staged, units)
        sizes = {table.name: con.execute(f"SELECT count(*) FROM staged_{table.name}").fetchall()[0][0] for table in PER_DOCUMENT}
        counted: list[_Counted] = []
        costs = {} if costs is None else costs
        # DuckDB's part runs beside that of Great Expectations, which keeps Python busy.
        with ThreadPoolExecutor(1) as beside:
            looking = beside.submit(judging.look, con, costs)
            for table in PER_DOCUMENT:
                begun = time.perf_counter()
                for one in check(_judge(), con, table):
                    counted.append(_Counted.of_expectation(table, one))
                    if one.expectation.severity is Severity.CRITICAL:
                        _reject(con, table.name, one)
                costs[f"{table.name}: expectations"] = time.perf_counter() - begun
        for rule, count in judging.judge(con, looking.result(), costs).items():
            keys = [shown(key) for key in judging.broken_rows(con, rule, EXAMPLES)] if count else []
            counted.append(_Counted.of_rule(rule, count, keys))
        refused = dict(con.execute("SELECT tbl, count(*) FROM bad GROUP BY tbl").fetchall())
        counted += [_Counted.of_table(table, refused.get(table.name, 0)) for table in PER_DOCUMENT]
        allowed = [
            tolerance * max(sizes[c.table], min_rows) if c.severity is Severity.CRITICAL else 0.0 for c in counted
        ]  # a warning says that something is there, however little
        verdicts = _judge().within([c.broken_by for c in counted], allowed)
        held = [
            c.held_back(sizes[c.table], tolerance)
            for c, met in zip(counted, verdicts, strict=True)
            if not met and c.severity is Severity.CRITICAL
        ]
        begun = time.perf_counter()
        rejected = _rejected(con, _EVIDENCE if held else None)
        costs["rejected rows as evidence"] = time.perf_counter() - begun
    results = [c.result(run_id, sizes[c.table], met) for c, met in zip(counted, verdicts, strict=True)]
    results.sort(key=lambda r: (r.suite, r.table_name, r.column_name or "", r.expectation))
    if docs_dir is not None:
        write_docs(docs_dir, run_id, results, held)
    return Verdict(results, rejected, bool(held), held[0] if held else None)


class _Counted(NamedTuple):
    """One expectation or rule, and how many rows of its table broke it."""

    table: str
    column: str | None
    name: str
    severity: Severity
    meaning: str
    meaning_vi: str
    broken_by: int
    examples: Sequence[str] = ()

    @classmethod
    def of_expectation(cls, table: Table, found: Found) -> _Counted:
        made = found.expectation
        column = f"{made.kwargs['column_B']}, {made.kwargs['column_A']}" if "column_A" in made.kwargs else made.column
        return cls(table.name, column, made.type, made.severity, made.meaning, made.meaning_vi, found.count, found.examples)

    @classmethod
    def of_rule(cls, rule: Rule, count: int, keys: Sequence[str]) -> _Counted:
        return cls(rule.table, rule.column, rule.name, rule.severity, rule.meaning, rule.meaning_vi, count, keys)

    @classmethod
    def of_table(cls, table: Table, refused: int) -> _Counted:
        return cls(table.name, None, FEW_REFUSED, Severity.CRITICAL, *_FEW_REFUSED, refused)

    def held_back(self, size: int, tolerance: float) -> str:
        wrong = f"{self.broken_by:,} of {size:,} rows of {self.table}"
        if self.name == FEW_REFUSED:
            return f"{wrong} break some rule (at most {tolerance:.0%} may)"
        return f"{wrong} break the rule that {self.meaning} (at most {tolerance:.0%} may)"

    def result(self, run_id: str, size: int, success: bool) -> QualityResult:
        share = round(100.0 * self.broken_by / size, 3) if size else 0.0
        observed = {
            "meaning": self.meaning,
            "meaning_vi": self.meaning_vi,
            **({"examples": list(self.examples)} if self.examples else {}),
        }
        return QualityResult(
            run_id, self.table, self.table, self.column, self.name, self.severity.value, success,
            size, self.broken_by, share, json.dumps(observed, ensure_ascii=False),
        )  # fmt: skip


def _wrong_types(staged: Mapping[str, Sequence[Path]]) -> list[tuple[Table, str]]:
    """Files whose columns are not the declared ones: a fault of the program, so nothing of the run is trusted."""
    wrong = []
    for table in PER_DOCUMENT:
        wanted = arrow_schema(table)
        for path in staged.get(table.name, ()):
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
    observed = json.dumps(
        {
            "found": difference,
            "meaning": f"the files have the declared columns and types ({difference})",
            "meaning_vi": f"các tệp có đúng cột và kiểu dữ liệu đã khai báo ({difference})",
        },
        ensure_ascii=False,
    )
    return QualityResult(run_id, table.name, table.name, None, "columns_as_declared", "critical", False, 1, 1, 100.0, observed)


def _reject(con: duckdb.DuckDBPyConnection, table: str, found: Found) -> None:
    """Each row once: the first reason, in the order of the columns, stands."""
    if not found.rows:
        return
    con.register("failing", pa.concat_tables(found.rows))
    con.execute(
        f"""INSERT INTO bad SELECT {quoted(table)}, file, file_row, {quoted(found.expectation.reason_code)},
        {quoted(found.expectation.meaning)} FROM failing f WHERE NOT EXISTS
        (SELECT 1 FROM bad b WHERE b.tbl = {quoted(table)} AND b.file = f.file AND b.file_row = f.file_row)"""
    )
    con.unregister("failing")


def _rejected(con: duckdb.DuckDBPyConnection, at_most: int | None) -> list[Rejected]:
    """The rejected rows with their content; rows that merely went with their document are not among them."""
    rejected = []
    for table in PER_DOCUMENT:
        # Of a long text the beginning is evidence enough: the document's raw bytes are kept.
        kept = ", ".join(
            f'left(t."{c.name}", {_WIDTHS[0] + 1})' if c.kind == "string" else f't."{c.name}"' for c in table.columns
        )
        with_document = "" if table is DOCUMENTS else "AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.doc_id = t.doc_id)"
        query = f"""SELECT b.file, b.file_row, b.reason_code, b.reason, {kept}
            FROM bad b JOIN staged_{table.name} t ON t.filename = b.file AND t.file_row_number = b.file_row
            WHERE b.tbl = {quoted(table.name)} {with_document} ORDER BY b.file, b.file_row"""
        if at_most is not None:
            query += f" LIMIT {at_most}"
        for file, number, code, reason, *values in con.execute(query).fetchall():
            row = dict(zip(table.names, values, strict=True))
            rejected.append(Rejected(table.name, file, number, row["doc_id"], code, reason, _payload(row)))
    return rejected


_WIDTHS = (300, 100, 30, 10)  # characters of a text value, the first that lets the whole row fit


def _payload(row: Mapping[str, Any]) -> str:
    """A row as JSON of at most 4 KiB, texts cut as far as that takes.

    >>> _payload({"doc_id": "0" * 20, "on": date(2024, 1, 2), "value": float("nan"), "repairs": ["nfc"]})
    '{"doc_id": "00000000000000000000", "on": "2024-01-02", "value": "nan", "repairs": ["nfc"]}'
    >>> len(_payload({f"column {n}": "ệ" * 5000 for n in range(31)}).encode()) <= 4096
    True
    """

    def plain(value: Any, width: int) -> Any:
        if isinstance(value, str):
            return value if len(value) <= width else value[:width] + "…"
        if isinstance(value, list):
            return [plain(item, width) for item in value[:10]]
        if isinstance(value, date):
            return value.isoformat()
        return str(value) if isinstance(value, float) and not math.isfinite(value) else value

    for width in _WIDTHS:
        text = json.dumps({name: plain(value, width) for name, value in row.items()}, ensure_ascii=False)
        if len(text.encode()) <= _PAYLOAD:
            break
    return text
