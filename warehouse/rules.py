"""Rules that only SQL can say, over what a run staged: keys, references, spans, lists. DuckDB finds the rows that break them.

The tables stand as views under their own names and hold the rows that are still accepted, so a row that refers to a rejected one
is found in the next round; rounds go on until nothing more is rejected.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas import tables
from schemas.model import Column, Severity, Table
from schemas.render import arrow_schema, quoted
from schemas.tables import BLOCKS, DOCUMENTS, PER_DOCUMENT
from warehouse.parquet import scan

_PLACE = "r.filename AS file, r.file_row_number AS file_row"


@dataclass(frozen=True, slots=True)
class Rule:
    """``violations`` is a SELECT of ``file, file_row`` of the rows of ``table`` that are wrong."""

    table: str
    name: str
    reason_code: str
    meaning: str
    meaning_vi: str
    violations: str
    severity: Severity = Severity.CRITICAL
    column: str | None = None


def prepare(con: duckdb.DuckDBPyConnection, staged: Mapping[str, Sequence[Path]], units: Path) -> None:
    """Lay the staged tables out as views of the rows still accepted; ``bad`` and ``gone`` take the rejected."""
    con.execute("CREATE TABLE bad (tbl VARCHAR, file VARCHAR, file_row BIGINT, reason_code VARCHAR, reason VARCHAR)")
    con.execute("CREATE TABLE gone (doc_id VARCHAR)")
    # What an earlier stage refused stands beside what it made: that document is in quarantine already, its blocks go with it.
    refused = [path for file in staged.get(DOCUMENTS.name, ()) if (path := file.with_name("refused.parquet")).exists()]
    if refused:
        con.execute(f"INSERT INTO gone SELECT DISTINCT doc_id FROM {scan(refused)} WHERE doc_id IS NOT NULL")
    con.execute(f"CREATE VIEW units AS SELECT * FROM {scan([units])}")
    for table in PER_DOCUMENT:
        files = staged.get(table.name, ())
        source = scan(files, filename=True, file_row_number=True)
        if not files:  # a scan over no files is an error
            con.register(f"no_{table.name}", arrow_schema(table).empty_table())
            source = f"(SELECT *, '' AS filename, 0::BIGINT AS file_row_number FROM no_{table.name})"
        con.execute(f"CREATE VIEW staged_{table.name} AS SELECT * FROM {source}")
        con.execute(
            f"""CREATE VIEW {table.name} AS SELECT * FROM staged_{table.name} t
            WHERE NOT EXISTS (SELECT 1 FROM bad
                WHERE tbl = {quoted(table.name)} AND file = t.filename AND file_row = t.file_row_number)
            AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.doc_id = t.doc_id)"""
        )


def rules(table: Table) -> Iterator[Rule]:
    """The SQL rules of one table, in the order in which they are judged."""
    yield from _value_rules(table)
    # Of rows that share a key none can be told to be the right one: all of them are refused.
    name, key = table.name, ", ".join(f'"{k}"' for k in table.key)
    select = f"SELECT {_PLACE} FROM {name} r JOIN (SELECT {key} FROM {name} GROUP BY ALL HAVING count(*) > 1) USING ({key})"
    keys = ", ".join(table.key)
    yield Rule(name, "key_unique", "key", f"({keys}) occurs once", f"({keys}) không lặp lại", select)
    for reference in table.references:
        pairs = list(zip(reference.columns, reference.target_columns, strict=True))
        known = " AND ".join(f'r."{c}" IS NOT NULL' for c, _ in pairs)
        equal = " AND ".join(f't."{b}" = r."{a}"' for a, b in pairs)
        select = f"SELECT {_PLACE} FROM {name} r WHERE {known} AND NOT EXISTS (SELECT 1 FROM {reference.target} t WHERE {equal})"
        meaning = f"{', '.join(reference.columns)} is found in {reference.target}"
        meaning_vi = f"{', '.join(reference.columns)} có trong bảng {reference.target}"
        column = reference.columns[0] if reference.target == "units" else reference.columns[-1]
        yield Rule(name, f"in_{reference.target}", "reference", meaning, meaning_vi, select, column=column)
    for rule in table.rules:
        beside = "JOIN documents d USING (doc_id)" if "d." in rule.violation else ""
        select = f"SELECT {_PLACE} FROM {name} r {beside} WHERE {rule.violation}"
        yield Rule(name, rule.name, rule.reason_code, rule.meaning, rule.meaning_vi, select, rule.severity)
    if table is DOCUMENTS:
        select = f"SELECT {_PLACE} FROM documents r WHERE NOT EXISTS (SELECT 1 FROM {BLOCKS.name} b WHERE b.doc_id = r.doc_id)"
        yield Rule(name, "has_blocks", "reference", "every document has blocks", "văn bản nào cũng có khối", select)


def _value_rules(table: Table) -> Iterator[Rule]:
    """What a single value may be, where Great Expectations can't tell: lists, long texts, numbers that are none."""

    def rule(name: str, code: str, meaning: str, meaning_vi: str, violation: str, column: str | None = None) -> Rule:
        select = f"SELECT {_PLACE} FROM {table.name} r WHERE {violation}"
        return Rule(table.name, name, code, meaning, meaning_vi, select, column=column)

    def each(columns: list[Column], condition: str) -> str:
        return " OR ".join(condition.format(f'r."{column.name}"') for column in columns)

    for column in table.columns:
        if column.kind == "list<string>" and column.codes:
            values = ", ".join(map(quoted, column.codes.values))
            wrong = f'len(list_filter(r."{column.name}", x -> x NOT IN ({values}))) > 0'
            meaning = f"{column.name} holds codes of the {column.codes.name} list only"
            meaning_vi = f"{column.name} chỉ gồm các mã của danh mục {column.codes.name}"
            yield rule("codes_in_list", "code", meaning, meaning_vi, wrong, column.name)
    if lists := [column for column in table.columns if column.kind == "list<string>"]:
        wrong = each(lists, "len(list_filter({0}, x -> x IS NULL OR NOT regexp_matches(x, '[^\\s\\pZ]'))) > 0")
        yield rule("no_empty_items", "missing", "a list has no empty items", "danh sách không có phần tử rỗng", wrong)
    if texts := [c for c in table.columns if c.kind == "string" and not (c.codes or c.pattern or c.name == "raw_text")]:
        yield rule(
            "no_empty_text",
            "missing",
            "a text is never empty: what is unknown is NULL",
            "chuỗi không bao giờ rỗng: điều chưa biết là NULL",
            each(texts, "NOT regexp_matches({0}, '[^\\s\\pZ]')"),
        )
    if numbers := [column for column in table.columns if column.kind == "float64"]:
        yield rule("finite", "range", "a number is finite", "số phải hữu hạn", each(numbers, "NOT isfinite({0})"))


def judge(con: duckdb.DuckDBPyConnection, costs: dict[str, float]) -> dict[Rule, int]:
    """Reject the rows that break a rule, round by round, until none does. Returns how many rows each rule found.

    ``costs`` takes the seconds of each rule.
    """
    every = [rule for table in PER_DOCUMENT for rule in rules(table)]
    counts = dict.fromkeys(every, 0)
    judged = [rule for rule in every if rule.severity is Severity.CRITICAL]
    reject_documents(con)
    while judged:
        rejected = 0
        for rule in judged:
            begun = time.perf_counter()
            inserted = con.execute(
                f"INSERT INTO bad SELECT DISTINCT {quoted(rule.table)}, file, file_row, {quoted(rule.reason_code)}, "
                f"{quoted(rule.meaning)} FROM ({rule.violations})"
            ).fetchall()[0][0]
            cost = f"{rule.table}: {rule.name}"
            costs[cost] = costs.get(cost, 0.0) + time.perf_counter() - begun
            counts[rule] += inserted
            rejected += inserted
            if inserted and rule.table == DOCUMENTS.name:
                reject_documents(con)  # before its rows are judged: they are not orphans, they go with it
        # Taking rows out can only leave references without a target.
        judged = [rule for rule in judged if rule.reason_code == "reference"] if rejected else []
    for rule in every:
        if rule.severity is not Severity.CRITICAL:
            counts[rule] = con.execute(f"SELECT count(*) FROM ({rule.violations})").fetchall()[0][0]
    return counts


def broken_rows(con: duckdb.DuckDBPyConnection, rule: Rule, at_most: int) -> list[str]:
    """The keys of the first rows that break a rule, as evidence."""
    rows = f"SELECT file, file_row FROM bad WHERE tbl = {quoted(rule.table)} AND reason = {quoted(rule.meaning)}"
    if rule.severity is not Severity.CRITICAL:
        rows = rule.violations
    key = ", ".join(f't."{name}"' for name in tables.BY_NAME[rule.table].key)
    query = f"""SELECT concat_ws(' ', {key}) FROM staged_{rule.table} t JOIN ({rows}) b
        ON t.filename = b.file AND t.file_row_number = b.file_row ORDER BY b.file, b.file_row LIMIT {at_most}"""
    return [one for (one,) in con.execute(query).fetchall()]


def reject_documents(con: duckdb.DuckDBPyConnection) -> None:
    """The rows of a rejected document go with it, without being counted as wrong."""
    con.execute(
        """INSERT INTO gone SELECT DISTINCT d.doc_id FROM staged_documents d
        JOIN bad ON bad.tbl = 'documents' AND bad.file = d.filename AND bad.file_row = d.file_row_number
        WHERE d.doc_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.doc_id = d.doc_id)"""
    )
