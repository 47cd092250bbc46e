"""What a table's declaration expects of its columns, as SQL: counted over whole tables in one pass each.

For tables that are too large to be given to Great Expectations again with every run (it judges the counts).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from schemas.model import Table
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
    """For each expectation of a table's columns, how many rows of ``relation`` do not meet it."""
    wanted = expectations(table)
    counts = ", ".join(f"count(*) FILTER ({condition(one)})" for one in wanted)
    total, *found = con.execute(f"SELECT count(*), {counts} FROM {relation}").fetchall()[0]
    for one, count in zip(wanted, found, strict=True):
        yield Measure(
            one.type, table.name, count, one.meaning, one.meaning_vi, severity=one.severity, column=one.column, elements=total
        )
