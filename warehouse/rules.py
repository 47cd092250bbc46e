"""Rules that only SQL can say, over what a run staged: keys, references, spans, lists. DuckDB finds the rows that break them.

The tables stand as views under their own names and hold the rows that are still accepted, so a row that refers to a rejected one
is found in the next round; rounds go on until nothing more is rejected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.model import Severity, Table
from schemas.render import quoted
from schemas.tables import BLOCKS, DOCUMENTS, PER_DOCUMENT
from warehouse.parquet import scan


@dataclass(frozen=True, slots=True)
class Rule:
    """``violations`` is a SELECT of ``file, file_row`` of the rows of ``table`` that are wrong."""

    table: str
    name: str
    reason_code: str
    meaning: str
    violations: str
    severity: Severity = Severity.CRITICAL
    column: str | None = None


def prepare(con: duckdb.DuckDBPyConnection, staged: Mapping[str, Sequence[Path]], units: Path) -> None:
    """Lay the staged tables out as views of the rows still accepted; ``bad`` and ``gone`` take the rejected."""
    con.execute("CREATE TABLE bad (tbl VARCHAR, file VARCHAR, file_row BIGINT, reason_code VARCHAR, reason VARCHAR)")
    con.execute("CREATE TABLE gone (doc_id VARCHAR)")
    con.execute(f"CREATE VIEW units AS SELECT * FROM {scan([units])}")
    for table in PER_DOCUMENT:
        source = scan(staged[table.name], filename=True, file_row_number=True)
        con.execute(f"CREATE VIEW staged_{table.name} AS SELECT * FROM {source}")
        con.execute(
            f"""CREATE VIEW {table.name} AS SELECT * FROM staged_{table.name} t
            WHERE NOT EXISTS (SELECT 1 FROM bad
                WHERE tbl = {quoted(table.name)} AND file = t.filename AND file_row = t.file_row_number)
            AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.doc_id = t.doc_id)"""
        )


def rules(table: Table) -> Iterator[Rule]:
    """The SQL rules of one table, in the order in which they are judged."""
    name, of_row = table.name, "r.filename AS file, r.file_row_number AS file_row"
    key = ", ".join(f'"{k}"' for k in table.key)
    for column in table.columns:
        if column.kind == "list<string>" and column.codes:
            values = ", ".join(map(quoted, column.codes.values))
            select = f'SELECT {of_row} FROM {name} r WHERE len(list_filter(r."{column.name}", x -> x NOT IN ({values}))) > 0'
            meaning = f"{column.name} holds codes of the {column.codes.name} list only"
            yield Rule(name, "codes_in_list", "code", meaning, select, column=column.name)
    # Of rows that share a key none can be told to be the right one: all of them are refused.
    select = f"SELECT {of_row} FROM {name} r JOIN (SELECT {key} FROM {name} GROUP BY ALL HAVING count(*) > 1) USING ({key})"
    yield Rule(name, "key_unique", "key", f"({', '.join(table.key)}) occurs once", select)
    for reference in table.references:
        pairs = list(zip(reference.columns, reference.target_columns, strict=True))
        known = " AND ".join(f'r."{c}" IS NOT NULL' for c, _ in pairs)
        equal = " AND ".join(f't."{b}" = r."{a}"' for a, b in pairs)
        select = f"SELECT {of_row} FROM {name} r WHERE {known} AND NOT EXISTS (SELECT 1 FROM {reference.target} t WHERE {equal})"
        meaning = f"{', '.join(reference.columns)} is found in {reference.target}"
        yield Rule(name, f"in_{reference.target}", "reference", meaning, select, column=reference.columns[-1])
    for rule in table.rules:
        select = f"SELECT {of_row} FROM {name} r JOIN documents d USING (doc_id) WHERE {rule.violation}"
        yield Rule(name, rule.name, rule.reason_code, rule.meaning, select, rule.severity)
    if table is DOCUMENTS:
        select = f"SELECT {of_row} FROM documents r WHERE NOT EXISTS (SELECT 1 FROM {BLOCKS.name} b WHERE b.doc_id = r.doc_id)"
        yield Rule(name, "has_blocks", "reference", "every document has blocks", select)
        select = f"SELECT {of_row} FROM documents r WHERE trim(r.text) = ''"
        yield Rule(name, "has_text", "missing", "every document has a text", select, column="text")


def judge(con: duckdb.DuckDBPyConnection) -> dict[Rule, int]:
    """Reject the rows that break a rule, round by round, until none does. Returns how many rows each rule found."""
    every = [rule for table in PER_DOCUMENT for rule in rules(table)]
    counts = dict.fromkeys(every, 0)
    reject_documents(con)
    while True:
        rejected = 0
        for rule in every:
            if rule.severity is not Severity.CRITICAL:
                continue
            inserted = con.execute(
                f"INSERT INTO bad SELECT DISTINCT {quoted(rule.table)}, file, file_row, {quoted(rule.reason_code)}, "
                f"{quoted(rule.meaning)} FROM ({rule.violations})"
            ).fetchall()[0][0]
            counts[rule] += inserted
            rejected += inserted
        if not rejected:
            break
        reject_documents(con)
    for rule in every:
        if rule.severity is not Severity.CRITICAL:
            counts[rule] = con.execute(f"SELECT count(*) FROM ({rule.violations})").fetchall()[0][0]
    return counts


def reject_documents(con: duckdb.DuckDBPyConnection) -> None:
    """The rows of a rejected document go with it, without being counted as wrong."""
    con.execute(
        """INSERT INTO gone SELECT DISTINCT d.doc_id FROM staged_documents d
        JOIN bad ON bad.tbl = 'documents' AND bad.file = d.filename AND bad.file_row = d.file_row_number
        WHERE d.doc_id NOT IN (SELECT doc_id FROM gone)"""
    )
