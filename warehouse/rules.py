"""Rules that only SQL can say, over what a run staged: keys, references, spans, lists. DuckDB finds the rows that break them.

The tables stand as views under their own names and hold the rows that are still accepted, so a row that refers to a rejected one
is found in the next round; rounds go on until nothing more is rejected. What a row (and its document) tells by itself is asked in
one sweep over each table, and spans in one sweep over all: texts are large, and read once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas import tables
from schemas.model import Column, Reference, Severity, SqlRule, Table
from schemas.render import arrow_schema, quoted
from schemas.row_rules import SPAN_TRUE
from schemas.tables import BLOCKS, DOCUMENTS, FACTS, OF_DOCUMENT, PER_DOCUMENT
from warehouse.parquet import scan

_PLACE = "r.filename AS file, r.file_row_number AS file_row"
_OF_DOCUMENT = re.compile(r"\bd\.")
# What cleaning takes out of every text: control, invisible and private-use characters. Line breaks stay.
_CONTROLS = (
    r"\x00-\x09\x0b-\x1f\x7f-\x{9f}\x{ad}\x{200b}\x{200c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}\x{e000}-\x{f8ff}"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """``violations`` is a SELECT of ``file, file_row`` of the rows of ``table`` that are wrong.

    Where a row and its document tell by themselves, ``condition`` is what is true of the wrong ones (``r`` and ``d``): such rules
    are asked together.
    """

    table: str
    name: str
    reason_code: str
    meaning: str
    meaning_vi: str
    violations: str
    severity: Severity = Severity.CRITICAL
    column: str | None = None
    condition: str | None = None


def prepare(con: duckdb.DuckDBPyConnection, staged: Mapping[str, Sequence[Path]], units: Path) -> None:
    """Lay the staged tables out as views of the rows still accepted.

    ``bad`` and ``gone`` take the rejected, ``broken`` every row that breaks a rule of this module.
    """
    con.execute("CREATE TABLE bad (tbl VARCHAR, file VARCHAR, file_row BIGINT, reason_code VARCHAR, reason VARCHAR)")
    con.execute("CREATE TABLE broken (tbl VARCHAR, rule VARCHAR, file VARCHAR, file_row BIGINT)")
    con.execute("CREATE TABLE gone (doc_id VARCHAR)")
    # What an earlier stage refused stands beside what it made: that document is in quarantine already, its blocks go with it.
    refused = [path for file in staged.get(DOCUMENTS.name, ()) if (path := file.with_name("refused.parquet")).exists()]
    if refused:
        con.execute(f"INSERT INTO gone SELECT DISTINCT doc_id FROM {scan(refused)} WHERE doc_id IS NOT NULL")
    con.execute(f"CREATE TABLE units AS SELECT code, code_set, level, name, parent_code FROM {scan([units])}")
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
        yield _reference_rule(table, reference)
    for rule in table.rules:
        yield _row_rule(table, rule)
    if table is DOCUMENTS:
        select = f"SELECT {_PLACE} FROM documents r WHERE NOT EXISTS (SELECT 1 FROM {BLOCKS.name} b WHERE b.doc_id = r.doc_id)"
        yield Rule(name, "has_blocks", "reference", "every document has blocks", "văn bản nào cũng có khối", select)


def _reference_rule(table: Table, reference: Reference) -> Rule:
    pairs = list(zip(reference.columns, reference.target_columns, strict=True))
    known = " AND ".join(f'r."{c}" IS NOT NULL' for c, _ in pairs)
    equal = " AND ".join(f't."{b}" = r."{a}"' for a, b in pairs)
    lost = f"{known} AND NOT EXISTS (SELECT 1 FROM {reference.target} t WHERE {equal})"
    columns = ", ".join(reference.columns)
    return Rule(
        table.name, f"in_{reference.target}", "reference", f"{columns} is found in {reference.target}",
        f"{columns} có trong bảng {reference.target}", f"SELECT {_PLACE} FROM {table.name} r WHERE {lost}",
        column=reference.columns[0] if reference.target == "units" else reference.columns[-1],
        condition="r.doc_id IS NOT NULL AND d.doc_id IS NULL" if reference == OF_DOCUMENT else None,
    )  # fmt: skip


def _row_rule(table: Table, rule: SqlRule) -> Rule:
    beside = "JOIN documents d USING (doc_id)" if _OF_DOCUMENT.search(rule.violation) else ""
    condition = None if "SELECT" in rule.violation else f"({rule.violation})" + (" AND d.doc_id IS NOT NULL" if beside else "")
    select = f"SELECT {_PLACE} FROM {table.name} r {beside} WHERE {rule.violation}"
    return Rule(
        table.name, rule.name, rule.reason_code, rule.meaning, rule.meaning_vi, select, rule.severity, condition=condition
    )  # fmt: skip


def _value_rules(table: Table) -> Iterator[Rule]:
    """What a single value may be, where Great Expectations can't tell: lists, long texts, numbers that are none."""

    def rule(name: str, code: str, meaning: str, meaning_vi: str, condition: str, column: str | None = None) -> Rule:
        select = f"SELECT {_PLACE} FROM {table.name} r WHERE {condition}"
        return Rule(table.name, name, code, meaning, meaning_vi, select, column=column, condition=condition)

    def each(columns: list[Column], condition: str) -> str:
        return " OR ".join(f"""coalesce({condition.replace("{0}", f'r."{column.name}"')}, false)""" for column in columns)

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
    if made := [column for column in texts if not column.canonical and column.name not in _AS_GIVEN]:
        yield rule(
            "clean_text",
            "spelling",
            "a text has no control or invisible characters, and no space at either end",
            "chuỗi không có ký tự điều khiển hay ký tự vô hình, không có dấu cách ở hai đầu",
            each(made, f"regexp_matches({{0}}, '[{_CONTROLS}]|^[\\s\\pZ]|[\\s\\pZ]$')"),
        )
    if marked := [column for column in made if column.name != "text"]:  # the text has its own rule
        yield rule(
            "composed",
            "spelling",
            "a text is in Unicode NFC",
            "chuỗi ở dạng Unicode NFC",
            each(marked, "(regexp_matches({0}, '\\pM') AND nfc_normalize({0}) <> {0})"),
        )
    if numbers := [column for column in table.columns if column.kind == "float64"]:
        yield rule("finite", "range", "a number is finite", "số phải hữu hạn", each(numbers, "NOT isfinite({0})"))


# Kept as they came, or (a surface) as the text has it, which is checked itself.
_AS_GIVEN = ("surface", "source_name", "source_uri", "run_id", "extractor_version", "supersedes")


def judge(con: duckdb.DuckDBPyConnection, costs: dict[str, float]) -> dict[Rule, int]:
    """Reject the rows that break a rule, round by round, until none does. Returns how many rows each rule found.

    A row that a rule has rejected is still asked by the rules of the same sweep, and by no other. ``costs`` takes the seconds of
    each sweep and of each rule that is asked alone.
    """
    every = [rule for table in PER_DOCUMENT for rule in rules(table)]
    alone = [rule for rule in every if rule.condition is None]
    reject_documents(con)
    for table in PER_DOCUMENT:
        own = [rule for rule in every if rule.table == table.name and rule.condition and rule.name != SPAN_TRUE.name]
        begun = time.perf_counter()
        _sweep(con, _with_document(table.name, own), own)
        costs[f"{table.name}: {len(own)} rules of a row"] = time.perf_counter() - begun
        if table is DOCUMENTS:  # before its rows are judged: they are not orphans, they go with it
            reject_documents(con)
            for rule in alone:
                if rule.table == DOCUMENTS.name and rule.severity is Severity.CRITICAL:
                    _ask(con, rule, costs)
            before = _rejected(con)
    begun = time.perf_counter()
    _sweep(con, _SPANS, [rule for rule in every if rule.name == SPAN_TRUE.name])
    costs["spans of all tables"] = time.perf_counter() - begun
    asked = [rule for rule in alone if rule.severity is Severity.CRITICAL and rule.table != DOCUMENTS.name]
    while asked:
        for rule in asked:
            _ask(con, rule, costs)
        now = _rejected(con)
        # Taking rows out can only leave references without a target.
        asked = [r for r in alone if r.reason_code == "reference" and r.severity is Severity.CRITICAL] if now > before else []
        before = now
    for rule in alone:
        if rule.severity is not Severity.CRITICAL:
            _ask(con, rule, costs)
    counts = {
        (name, meaning): count
        for name, meaning, count in con.execute("SELECT tbl, rule, count(*) FROM broken GROUP BY ALL").fetchall()
    }
    return {rule: counts.get((rule.table, rule.meaning), 0) for rule in every}


def _rejected(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute("SELECT count(*) FROM bad").fetchall()[0][0])


def _with_document(table: str, asked: Sequence[Rule]) -> str:
    """A table's rows as ``r``, beside their documents as ``d`` where a rule asks for those."""
    beside = any(_OF_DOCUMENT.search(rule.condition or "") for rule in asked)
    joined = "LEFT JOIN documents d ON d.doc_id = r.doc_id" if beside else ""
    return f"(SELECT *, {quoted(table)} AS tbl FROM {table}) r {joined}"


_SPANS = f"""({
    " UNION ALL ".join(
        f"SELECT {quoted(table.name)} AS tbl, filename, file_row_number, doc_id, start_char, end_char, surface FROM {table.name}"
        for table in FACTS
    )
}) r LEFT JOIN documents d ON d.doc_id = r.doc_id"""


def _sweep(con: duckdb.DuckDBPyConnection, rows: str, asked: Sequence[Rule]) -> None:
    """Ask several rules of the same rows at once. Of a row that breaks more than one, the first is its reason."""
    conditions = list(dict.fromkeys(rule.condition for rule in asked))
    bits = {condition: 1 << number for number, condition in enumerate(conditions)}
    mask = " + ".join(f"CASE WHEN {condition} THEN {bit}::UBIGINT ELSE 0 END" for condition, bit in bits.items())
    con.execute(f"""CREATE OR REPLACE TEMP TABLE swept AS SELECT * FROM
        (SELECT r.tbl, {_PLACE}, {mask} AS mask FROM {rows}) WHERE mask > 0""")
    if not con.execute("SELECT count(*) FROM swept").fetchall()[0][0]:
        return
    for rule in asked:
        bit = bits[rule.condition]
        _mark(con, rule, f"SELECT file, file_row FROM swept WHERE tbl = {quoted(rule.table)} AND mask & {bit} > 0")


def _ask(con: duckdb.DuckDBPyConnection, rule: Rule, costs: dict[str, float]) -> None:
    begun = time.perf_counter()
    marked = _mark(con, rule, rule.violations)
    cost = f"{rule.table}: {rule.name} {rule.column or ''}".rstrip()
    costs[cost] = costs.get(cost, 0.0) + time.perf_counter() - begun
    if marked and rule.table == DOCUMENTS.name:
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
