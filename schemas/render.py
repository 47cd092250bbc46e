"""The one place where a Table is translated: to Arrow, to SQL comments, to expectations, to the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from schemas.model import Column, Severity, Table

_ARROW: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "list<string>": pa.list_(pa.field("element", pa.string())),
    "binary": pa.binary(),
}
_SQL = {
    "string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "list<string>": "VARCHAR[]",
    "binary": "BLOB",
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table: types and nullability; each field's metadata holds its meaning.

    >>> from schemas.tables import DATES
    >>> arrow_schema(DATES).field("date_from").type
    DataType(date32[day])
    """
    return pa.schema(
        [
            pa.field(c.name, _ARROW[c.kind], nullable=not c.required, metadata={"comment": column_comment(c)})
            for c in table.columns
        ],
        metadata={"table": table.name, "comment": table.grain},
    )


def sql_type(column: Column) -> str:
    """The DuckDB type of a column."""
    return _SQL[column.kind]


def column_comment(column: Column) -> str:
    """What a reader of the column needs to know, in one line: meaning, unit, values."""
    parts = [column.meaning]
    if column.unit:
        parts.append(f"[{column.unit}]")
    if column.codes and len(column.codes.codes) <= 25:
        parts.append("one of: " + ", ".join(column.codes.values))
    return " ".join(parts)


def quoted(text: str) -> str:
    """A SQL string literal.

    >>> quoted("o'clock")
    "'o''clock'"
    """
    return "'" + text.replace("'", "''") + "'"


def comment_statements(table: Table, relation: str, noun: str = "VIEW") -> Iterator[str]:
    """SQL statements that comment ``relation`` (a table or view with this table's columns) and its columns."""
    yield f"COMMENT ON {noun} {relation} IS {quoted(table.grain)}"
    for column in table.columns:
        yield f'COMMENT ON COLUMN {relation}."{column.name}" IS {quoted(column_comment(column))}'


class Expectation(NamedTuple):
    """One expectation on one column (or pair), named and parametrised as Great Expectations has it."""

    type: str
    kwargs: dict[str, Any]
    severity: Severity
    reason_code: str
    meaning: str
    meaning_vi: str

    @property
    def column(self) -> str | None:
        return self.kwargs.get("column") or self.kwargs.get("column_A")


def _expectations_of(column: Column) -> Iterator[Expectation]:
    name = column.name
    if column.required:
        yield Expectation(
            "expect_column_values_to_not_be_null", {"column": name}, Severity.CRITICAL, "missing", f"{name} is always known",
            f"{name} luôn có giá trị",
        )  # fmt: skip
    if column.kind in ("list<string>", "binary"):
        return  # lists are checked as SQL rules: Great Expectations sees scalars only
    if column.codes:
        yield Expectation(
            "expect_column_values_to_be_in_set",
            {"column": name, "value_set": list(column.codes.values)},
            Severity.CRITICAL,
            "code",
            f"{name} is a code of the list '{column.codes.name}'",
            f"{name} là một mã của danh mục '{column.codes.name}'",
        )
    if column.low is not None or column.high is not None:
        low, high = (_bound(column, b) for b in (column.low, column.high))
        yield Expectation(
            "expect_column_values_to_be_between",
            {"column": name, "min_value": low, "max_value": high},
            Severity.CRITICAL,
            "range",
            f"{name} is {_extent(column, 'at least', 'at most', 'from', 'to')}",
            f"{name} {_extent(column, 'ít nhất là', 'nhiều nhất là', 'từ', 'đến')}",
        )
    if column.pattern:
        yield Expectation(
            "expect_column_values_to_match_regex",
            {"column": name, "regex": full_match(column.pattern)},
            Severity.CRITICAL,
            "pattern",
            f"{name} has the form {column.pattern}",
            f"{name} có dạng {column.pattern}",
        )
    if column.canonical:
        # A control character, a decomposed or old-style tone mark in a canonical value splits one name in two.
        yield Expectation(
            "expect_column_values_to_not_match_regex",
            {"column": name, "regex": NOT_CANONICAL},
            Severity.CRITICAL,
            "spelling",
            f"{name} is in canonical spelling: NFC, modern tone placement, trimmed",
            f"{name} viết theo dạng chuẩn: NFC, dấu thanh kiểu mới, không thừa dấu cách",
        )


# Control and invisible characters, combining tone marks, brackets of markup, a space at either end or two together, or an open
# syllable with the tone mark on its second vowel ("thuỷ", "hoà"; not "quý", whose u belongs to the consonant). No \b, \s, \u or
# lookbehind: Arrow's engine, which knows them for ASCII or not at all, is ten times faster than Python's.
_SPACES = " \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_NO_LETTER = r"(?:[^0-9A-Za-z_" + "\u00aa-\u024f\u1e00-\u1eff" + r"]|\Z)"
NOT_CANONICAL = (
    r"[\x00-\x1f\x7f-\x9f<>" + "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
    rf"|\A[{_SPACES}]|[{_SPACES}]\Z|[{_SPACES}][{_SPACES}]"
    rf"|(?i:o[àáảãạèéẻẽẹ]{_NO_LETTER}|(?:\A|[^q])u[ỳýỷỹỵ]{_NO_LETTER})"
)


def full_match(pattern: str) -> str:
    r"""A search pattern that only a whole value satisfies, in the same way for every regex engine.

    ``$`` lets a newline at the end pass in Python, and ``\d`` the digits of any script.

    >>> full_match(r"\d{2}")
    '\\A(?:[0-9]{2})\\Z'
    """
    return rf"\A(?:{pattern})\Z".replace(r"\d", "[0-9]")


def _extent(column: Column, least: str, most: str, since: str, until: str) -> str:
    if column.high is None:
        return f"{least} {column.low}"
    return f"{most} {column.high}" if column.low is None else f"{since} {column.low} {until} {column.high}"


def _bound(column: Column, value: float | str | None) -> Any:
    # A frame holds days as datetimes, which can't be compared with dates.
    return datetime.fromisoformat(value) if isinstance(value, str) and column.kind == "date" else value


def expectations(table: Table) -> tuple[Expectation, ...]:
    """Every column and pair expectation of a table, in column order."""
    found = [e for column in table.columns for e in _expectations_of(column)]
    for pair in table.ordered:
        found.append(
            Expectation(
                "expect_column_pair_values_a_to_be_greater_than_b",
                {"column_A": pair.second, "column_B": pair.first, "or_equal": True, "ignore_row_if": "either_value_is_missing"},
                Severity.CRITICAL,
                "order",
                f"{pair.first} is not after {pair.second}",
                f"{pair.first} không lớn hơn và không muộn hơn {pair.second}",
            )
        )
    return tuple(found)


def dictionary(tables: Iterable[Table]) -> str:
    """The data dictionary in Markdown: every table, column and closed list."""
    lines = ["# Data dictionary", "", "Generated from `schemas/` by `make docs`; do not edit.", ""]
    lists: dict[str, Any] = {}
    for table in tables:
        lines += [
            f"## {table.name}",
            "",
            f"{table.grain[0].upper()}{table.grain[1:]}. Schema `{table.schema}`. Key: {', '.join(f'`{k}`' for k in table.key)}.",
            "",
        ]
        for ref in table.references:
            lines.append(f"- `{', '.join(ref.columns)}` refers to `{ref.target}` (`{', '.join(ref.target_columns)}`)")
        lines += [f"- Rule `{rule.name}` ({rule.severity.value}): {rule.meaning}" for rule in table.rules]
        lines += ["", "| column | type | null | meaning | values |", "| --- | --- | --- | --- | --- |"]
        for c in table.columns:
            unit = f" ({c.unit})" if c.unit else ""
            values = f"[{c.codes.name}](#{_anchor(c.codes.name)})" if c.codes else _interval(c)
            if c.codes:
                lists[c.codes.name] = c.codes
            lines.append(
                f"| {c.name} | {sql_type(c)} | {'no' if c.required else 'yes'} | {_cell(c.meaning + unit)} | {_cell(values)} |"
            )
        lines.append("")
    lines += ["# Closed lists", ""]
    for name in sorted(lists):
        lines += [f"## {name}", "", "| code | meaning | tiếng Việt |", "| --- | --- | --- |"]
        lines += [f"| `{code.code}` | {_cell(code.meaning)} | {_cell(code.meaning_vi)} |" for code in lists[name].codes]
        lines.append("")
    return "\n".join(lines)


def _anchor(name: str) -> str:
    return name.lower().replace(" ", "-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _interval(column: Column) -> str:
    if column.pattern:
        return f"`{column.pattern}`"
    if column.low is None and column.high is None:
        return ""
    return f"{'' if column.low is None else column.low} … {'' if column.high is None else column.high}".strip()
