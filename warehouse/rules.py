"""Rules that only SQL can say, over what a run staged: keys, references, spans, lists. DuckDB finds the rows that break them.

They are asked by ``judging``, of views that bear the names of the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.model import Column, Reference, Severity, SqlRule, Table
from schemas.render import quoted
from schemas.tables import BLOCKS, DOCUMENTS, OF_DOCUMENT

PLACE = "r.filename AS file, r.file_row_number AS file_row"
OF_THE_DOCUMENT = re.compile(r"\bd\.")
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


def rules(table: Table) -> Iterator[Rule]:
    """The SQL rules of one table, in the order in which they are judged."""
    yield from _value_rules(table)
    # Of rows that share a key none can be told to be the right one: all of them are refused.
    name, key = table.name, ", ".join(f'"{k}"' for k in table.key)
    select = f"SELECT {PLACE} FROM {name} r JOIN (SELECT {key} FROM {name} GROUP BY ALL HAVING count(*) > 1) USING ({key})"
    keys = ", ".join(table.key)
    yield Rule(name, "key_unique", "key", f"({keys}) occurs once", f"({keys}) không lặp lại", select)
    for reference in table.references:
        yield _reference_rule(table, reference)
    for rule in table.rules:
        yield _row_rule(table, rule)
    if table is DOCUMENTS:
        select = f"SELECT {PLACE} FROM documents r WHERE NOT EXISTS (SELECT 1 FROM {BLOCKS.name} b WHERE b.doc_id = r.doc_id)"
        yield Rule(name, "has_blocks", "reference", "every document has blocks", "văn bản nào cũng có khối", select)


_FOUND = {
    "documents": ("a row belongs to a document of its batch ({})", "dòng thuộc một văn bản của lô ({})"),
    "people": ("{} is a person named in the document", "{} là người được nêu tên trong văn bản"),
    "events": ("{} is an event of the document", "{} là một sự kiện của văn bản"),
    "figures": ("{} is a figure of the document", "{} là một số liệu của văn bản"),
    "statements": ("{} is a sentence of the document", "{} là một câu của văn bản"),
    "units": ("{} is a unit of the gazetteer, in its set of codes", "{} là đơn vị có trong danh mục, đúng bộ mã của nó"),
}


def _reference_rule(table: Table, reference: Reference) -> Rule:
    pairs = list(zip(reference.columns, reference.target_columns, strict=True))
    known = " AND ".join(f'r."{c}" IS NOT NULL' for c, _ in pairs)
    equal = " AND ".join(f't."{b}" = r."{a}"' for a, b in pairs)
    lost = f"{known} AND NOT EXISTS (SELECT 1 FROM {reference.target} t WHERE {equal})"
    named = reference.columns[0 if reference.target == "units" else -1]
    meaning, meaning_vi = (told.format(named) for told in _FOUND[reference.target])
    return Rule(
        table.name, f"in_{reference.target}", "reference", meaning, meaning_vi,
        f"SELECT {PLACE} FROM {table.name} r WHERE {lost}",
        column=named,
        condition="r.doc_id IS NOT NULL AND d.doc_id IS NULL" if reference == OF_DOCUMENT else None,
    )  # fmt: skip


def _row_rule(table: Table, rule: SqlRule) -> Rule:
    beside = "JOIN documents d USING (doc_id)" if OF_THE_DOCUMENT.search(rule.violation) else ""
    condition = None if "SELECT" in rule.violation else f"({rule.violation})" + (" AND d.doc_id IS NOT NULL" if beside else "")
    select = f"SELECT {PLACE} FROM {table.name} r {beside} WHERE {rule.violation}"
    return Rule(
        table.name, rule.name, rule.reason_code, rule.meaning, rule.meaning_vi, select, rule.severity, condition=condition
    )  # fmt: skip


def _value_rules(table: Table) -> Iterator[Rule]:
    """What a single value may be, where Great Expectations can't tell: lists, long texts, numbers that are none."""

    def rule(name: str, code: str, meaning: str, meaning_vi: str, condition: str, column: str | None = None) -> Rule:
        select = f"SELECT {PLACE} FROM {table.name} r WHERE {condition}"
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
    if printed := [column for column in lists if not column.codes]:
        unclean = each(printed, f"len(list_filter({{0}}, x -> regexp_matches(x, '[\\n{_CONTROLS}]|^[\\s\\pZ]|[\\s\\pZ]$'))) > 0")
        yield rule(
            "clean_items",
            "spelling",
            "what a list holds has no control or invisible characters, and no space at either end",
            "phần tử của danh sách không có ký tự điều khiển hay ký tự vô hình, không có dấu cách ở hai đầu",
            unclean,
        )
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
    if inner := [column for column in made if column.name not in _LINES]:
        yield rule(
            "one_line",
            "spelling",
            "a value has no line breaks",
            "giá trị không có dấu xuống dòng",
            each(inner, "contains({0}, chr(10))"),
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


_LINES = ("text", "lead")  # which have paragraphs
# Kept as they came, or (a surface) as the text has it, which is checked itself.
_AS_GIVEN = ("surface", "source_name", "source_uri", "run_id", "extractor_version", "supersedes")
