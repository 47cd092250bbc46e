"""Asking the rules: of all rows as they came, beside Great Expectations; then what may be broken, of the rows still accepted.

The tables stand as views under their own names and hold the rows that are still accepted, so a row that refers to a rejected one
is found in the next round; rounds go on until nothing more is rejected. What a row (and its document) tells by itself is asked in
one sweep over each table, and spans in one sweep over all: texts are large, and read once.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from schemas import tables
from schemas.model import Severity
from schemas.render import quoted, sql_type
from schemas.row_rules import SPAN_TRUE
from schemas.tables import DOCUMENTS, PER_DOCUMENT
from warehouse import rules
from warehouse.parquet import scan
from warehouse.rules import OF_THE_DOCUMENT, PLACE, Rule

Costs = dict[str, float]


def prepare(con: duckdb.DuckDBPyConnection, staged: Mapping[str, Sequence[Path]], units: Path) -> None:
    """Lay the staged tables out as views: of the rows still accepted, and in the schema ``came`` of all that came.

    ``bad`` and ``gone`` take the rejected, ``broken`` every row that breaks a rule.
    """
    con.execute("SET enable_progress_bar = false")
    con.execute("CREATE TABLE bad (tbl VARCHAR, file VARCHAR, file_row BIGINT, reason_code VARCHAR, reason VARCHAR)")
    con.execute("CREATE TABLE broken (tbl VARCHAR, rule VARCHAR, file VARCHAR, file_row BIGINT)")
    con.execute("CREATE TABLE gone (doc_id VARCHAR)")
    # What an earlier stage refused stands beside what it made: that document is in quarantine already, its blocks go with it.
    refused = [path for file in staged.get(DOCUMENTS.name, ()) if (path := file.with_name("refused.parquet")).exists()]
    if refused:
        con.execute(f"INSERT INTO gone SELECT DISTINCT doc_id FROM {scan(refused)} WHERE doc_id IS NOT NULL")
    con.execute("CREATE TABLE refused AS SELECT * FROM gone")
    con.execute("CREATE SCHEMA came")
    con.execute(f"CREATE TABLE units AS SELECT code, code_set, level, name, parent_code FROM {scan([units])}")
    for table in PER_DOCUMENT:
        files = staged.get(table.name, ())
        source = scan(files, filename=True, file_row_number=True)
        if not files:  # a scan over no files is an error
            columns = ", ".join(f"NULL::{sql_type(c)} AS \"{c.name}\"" for c in table.columns)
            source = f"(SELECT {columns}, '' AS filename, 0::BIGINT AS file_row_number WHERE false)"
        con.execute(f"CREATE VIEW staged_{table.name} AS SELECT * FROM {source}")
        con.execute(
            f"CREATE VIEW came.{table.name} AS SELECT * FROM main.staged_{table.name} t "
            "WHERE NOT EXISTS (SELECT 1 FROM main.refused WHERE refused.doc_id = t.doc_id)"
        )
        con.execute(
            f"""CREATE VIEW {table.name} AS SELECT * FROM staged_{table.name} t
            WHERE NOT EXISTS (SELECT 1 FROM bad
                WHERE tbl = {quoted(table.name)} AND file = t.filename AND file_row = t.file_row_number)
            AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.doc_id = t.doc_id)"""
        )


def look(con: duckdb.DuckDBPyConnection, costs: Costs) -> set[Rule]:
    """The rules that some row breaks as the rows came: no other can be broken by what is accepted of them, but by references.

    Meant for a thread of its own. ``costs`` takes the seconds of each sweep and of each rule that is asked alone.
    """
    came = con.cursor()
    came.execute("SET enable_progress_bar = false")
    came.execute("SET search_path = 'came,main'")
    may: set[Rule] = set()
    every = _every()
    for number, (label, asked) in enumerate(_sweeps(every)):
        begun = time.perf_counter()
        came.execute(f"CREATE TABLE main.swept_{number} AS {_swept(asked)}")
        for table, mask in came.execute(f"SELECT tbl, bit_or(mask) FROM main.swept_{number} GROUP BY tbl").fetchall():
            may |= {rule for rule in asked if rule.table == table and mask & _bits(asked)[str(rule.condition)]}
        costs[label] = time.perf_counter() - begun
    for rule in every:
        if rule.condition is None:
            begun = time.perf_counter()
            if came.execute(f"SELECT EXISTS ({rule.violations})").fetchall()[0][0]:
                may.add(rule)
            costs[_cost(rule)] = time.perf_counter() - begun
    came.close()
    return may


def judge(con: duckdb.DuckDBPyConnection, may: set[Rule], costs: Costs) -> dict[Rule, int]:
    """Reject the rows that break a rule, round by round, until none does. Returns how many rows each rule found.

    ``may`` are the rules that ``look`` found broken. What a rule has rejected is still told of by the rules of the same sweep,
    and by no other. ``costs`` takes the seconds of everything that is asked again.
    """
    every = _every()
    alone = [rule for rule in every if rule.condition is None]
    critical = [rule for rule in alone if rule.severity is Severity.CRITICAL]
    references = [rule for rule in critical if rule.reason_code == "reference"]
    begun = time.perf_counter()
    reject_documents(con)
    # Documents first: the rows of a rejected one are no orphans, they go with it.
    for own in (True, False):
        for number, (_, asked) in enumerate(_sweeps(every)):
            if (asked[0].table == DOCUMENTS.name) is own and may.intersection(asked):
                _mark_swept(con, number, asked)
        reject_documents(con)
        for rule in critical:
            if rule in may and (rule.table == DOCUMENTS.name) is own:
                _ask(con, rule)
    before = 0
    while (rejected := con.execute("SELECT count(*) FROM bad").fetchall()[0][0]) > before:
        before = rejected
        for rule in references:  # taking rows out can only leave references without a target
            _ask(con, rule)
    for rule in alone:
        if rule.severity is not Severity.CRITICAL and rule in may:
            _ask(con, rule)
    costs["what was broken, asked again"] = time.perf_counter() - begun
    found = con.execute("SELECT tbl, rule, count(*) FROM broken GROUP BY ALL").fetchall()
    counts = {(table, meaning): count for table, meaning, count in found}
    return {rule: counts.get((rule.table, rule.meaning), 0) for rule in every}


def _every() -> list[Rule]:
    return [rule for table in PER_DOCUMENT for rule in rules.rules(table)]


def _cost(rule: Rule) -> str:
    return f"{rule.table}: {rule.name} {rule.column or ''}".rstrip()


def _sweeps(asked: Sequence[Rule]) -> list[tuple[str, list[Rule]]]:
    """The rules that can be asked together: those of a row by table, and spans of all tables; each with a label."""
    sweeps = []
    for table in PER_DOCUMENT:
        own = [rule for rule in asked if rule.table == table.name and rule.condition and rule.name != SPAN_TRUE.name]
        sweeps.append((f"{table.name}: {len(own)} rules of a row", own))
    sweeps.append(("spans of all tables", [rule for rule in asked if rule.name == SPAN_TRUE.name]))
    return [(label, own) for label, own in sweeps if own]


def _bits(asked: Sequence[Rule]) -> dict[str, int]:
    """A bit for each condition of a sweep."""
    return {condition: 1 << number for number, condition in enumerate(dict.fromkeys(str(rule.condition) for rule in asked))}


def _swept(asked: Sequence[Rule]) -> str:
    """The SELECT of the rows that break one of several rules, with the bits of those that they break."""
    bits = _bits(asked)
    mask = " + ".join(f"CASE WHEN {condition} THEN {bit}::UBIGINT ELSE 0 END" for condition, bit in bits.items())
    spans = asked[0].name == SPAN_TRUE.name
    columns = "filename, file_row_number, doc_id, start_char, end_char, surface" if spans else "*"
    rows = " UNION ALL ".join(
        f"SELECT {columns}, {quoted(table)} AS tbl FROM {table}" for table in dict.fromkeys(rule.table for rule in asked)
    )
    beside = any(OF_THE_DOCUMENT.search(condition) for condition in bits)
    joined = "LEFT JOIN documents d ON d.doc_id = r.doc_id" if beside else ""
    return f"SELECT * FROM (SELECT r.tbl, r.doc_id, {PLACE}, {mask} AS mask FROM ({rows}) r {joined}) WHERE mask > 0"


def _mark_swept(con: duckdb.DuckDBPyConnection, number: int, asked: Sequence[Rule]) -> None:
    """What a sweep found, of the rows still accepted. Of a row that breaks more than one rule, the first is its reason."""
    con.execute(f"""CREATE OR REPLACE TEMP TABLE swept AS SELECT * FROM swept_{number} s
        WHERE NOT EXISTS (SELECT 1 FROM bad WHERE bad.tbl = s.tbl AND bad.file = s.file AND bad.file_row = s.file_row)
        AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.doc_id = s.doc_id)""")
    for rule in asked:
        bit = _bits(asked)[str(rule.condition)]
        _mark(con, rule, f"SELECT file, file_row FROM swept WHERE tbl = {quoted(rule.table)} AND mask & {bit} > 0")


def _ask(con: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    if _mark(con, rule, rule.violations) and rule.table == DOCUMENTS.name:
        reject_documents(con)


def _mark(con: duckdb.DuckDBPyConnection, rule: Rule, violations: str) -> int:
    """Note the rows that break a rule, and reject them where it is critical. Returns how many they are."""
    table, meaning = quoted(rule.table), quoted(rule.meaning)
    marked = con.execute(
        f"INSERT INTO broken SELECT DISTINCT {table}, {meaning}, file, file_row FROM ({violations})"
    ).fetchall()[0][0]  # fmt: skip
    if marked and rule.severity is Severity.CRITICAL:
        con.execute(
            f"""INSERT INTO bad SELECT tbl, file, file_row, {quoted(rule.reason_code)}, rule FROM broken b
            WHERE tbl = {table} AND rule = {meaning} AND NOT EXISTS
            (SELECT 1 FROM bad WHERE bad.tbl = b.tbl AND bad.file = b.file AND bad.file_row = b.file_row)"""
        )
    return int(marked)


def broken_rows(con: duckdb.DuckDBPyConnection, rule: Rule, at_most: int) -> list[str]:
    """The keys of the first rows that break a rule, as evidence."""
    key = ", ".join(f't."{name}"' for name in tables.BY_NAME[rule.table].key)
    query = f"""SELECT concat_ws(' ', {key}) FROM staged_{rule.table} t JOIN broken b
        ON t.filename = b.file AND t.file_row_number = b.file_row
        WHERE b.tbl = {quoted(rule.table)} AND b.rule = {quoted(rule.meaning)} ORDER BY b.file, b.file_row LIMIT {at_most}"""
    return [one for (one,) in con.execute(query).fetchall()]


def reject_documents(con: duckdb.DuckDBPyConnection) -> None:
    """The rows of a rejected document go with it, without being counted as wrong."""
    con.execute(
        """INSERT INTO gone SELECT DISTINCT d.doc_id FROM staged_documents d
        JOIN bad ON bad.tbl = 'documents' AND bad.file = d.filename AND bad.file_row = d.file_row_number
        WHERE d.doc_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.doc_id = d.doc_id)"""
    )
