"""What a table's declaration expects of its columns and rows, as SQL: counted over whole tables in one pass each.

For tables that are too large to be given to Great Expectations again with every run (it judges the counts).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from schemas.model import SqlRule, Table
from schemas.render import Expectation, expectations, quoted
from warehouse.measure import Measure

if TYPE_CHECKING:
    import duckdb


def condition(wanted: Expectation) -> str:
    """What is true of a row that does not meet an expectation; of a value that is unknown nothing is.

    >>> from schemas.tables import DUPLICATES
    >>> [condition(one) for one in expectations(DUPLICATES) if one.column == "similarity"]
    ['"similarity" IS NULL', '"similarity" < 0.0 OR "similarity" > 1.0']
    """
    kwargs, name = wanted.kwargs, f'"{wanted.column}"'
    match wanted.type:
        case "expect_column_values_to_not_be_null":
            return f"{name} IS NULL"
        case "expect_column_values_to_be_in_set":
            return f"{name} NOT IN ({', '.join(map(quoted, kwargs['value_set']))})"
        case "expect_column_values_to_be_between":
            sides = ((kwargs["min_value"], "<"), (kwargs["max_value"], ">"))
            return " OR ".join(f"{name} {sign} {_literal(bound)}" for bound, sign in sides if bound is not None)
        case "expect_column_values_to_match_regex":
            return f"NOT regexp_matches({name}, {_pattern(kwargs['regex'])})"
        case "expect_column_values_to_not_match_regex":
            return f"regexp_matches({name}, {_pattern(kwargs['regex'])})"
        case "expect_column_pair_values_a_to_be_greater_than_b":
            return f'"{kwargs["column_A"]}" < "{kwargs["column_B"]}"'
    raise NotImplementedError(wanted.type)


def _literal(bound: Any) -> str:
    return f"TIMESTAMP {quoted(bound.isoformat(sep=' '))}" if isinstance(bound, datetime) else str(bound)


def _pattern(regex: str) -> str:
    return quoted(regex.replace(r"\Z", r"\z"))  # the end of a text, as RE2 writes it


def broken(con: duckdb.DuckDBPyConnection, table: Table, relation: str) -> Iterator[Measure]:
    """How many rows of ``relation`` do not meet each expectation of a table's columns, and each of its rules for a row by itself.

    Whether bytes are there isn't asked: they would all be read for it.
    """
    asked: list[tuple[str, str | None, str, Expectation | SqlRule]] = [
        (one.type, one.column, condition(one), one)
        for one in expectations(table)
        if one.column is None or table.column(one.column).kind != "binary"
    ]
    asked += [(rule.name, None, rule.violation, rule) for rule in table.rules]
    counts = ", ".join(f"count(*) FILTER ({wrong})" for _, _, wrong, _ in asked)
    total, *found = con.execute(f"SELECT count(*), {counts} FROM {relation} r").fetchall()[0]
    for (name, column, _, one), count in zip(asked, found, strict=True):
        yield Measure(name, table.name, count, one.meaning, one.meaning_vi, severity=one.severity, column=column, elements=total)
