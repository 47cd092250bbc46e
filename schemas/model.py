"""The shapes in which tables, columns and rules are described. Pure data, no translation: see ``render``.

A table is declared once, as a typed row class (``NamedTuple`` whose fields are ``Annotated`` with a ``Column``). The
extractors build that class, and everything else (Arrow, SQL comments, expectations, dictionary) is derived from it.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How much a failed rule weighs."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Code(NamedTuple):
    """One value of a closed list, with its meaning in English and Vietnamese."""

    code: str
    meaning: str
    meaning_vi: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list: what a coded column may hold."""

    name: str
    codes: tuple[Code, ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(code.code for code in self.codes)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means and which values it may hold; ``Annotated`` onto a field of a row class.

    ``low``/``high`` bound numbers and dates (inclusive, ISO text for dates); ``pattern`` is a full-match regular
    expression; ``required`` is derived from the annotation (``T | None`` is not required) and set by ``columns_of``.
    """

    meaning: str
    unit: str | None = None
    codes: CodeList | None = None
    low: float | str | None = None
    high: float | str | None = None
    pattern: str | None = None
    canonical: bool = False  # folded to the modern tone placement, no control characters
    big: bool = False  # BIGINT instead of INTEGER
    name: str = ""
    kind: str = ""  # string, int32, int64, float64, bool, date, timestamp, list<string>, binary
    required: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """``columns`` must be found in ``target_columns`` of ``target``, or be NULL (all of them)."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """``first <= second`` wherever both are known."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class SqlRule:
    """A row rule that only SQL can say: rows for which ``violation`` is true are wrong.

    ``violation`` is a DuckDB expression over the row, which stands as ``r``; the document's row, where it is named, as ``d``.
    """

    name: str
    violation: str
    meaning: str
    reason_code: str
    meaning_vi: str
    severity: Severity = Severity.CRITICAL


@dataclass(frozen=True, slots=True)
class Table:
    """A published table: its grain, key and columns, what it refers to, and what must hold for its rows.

    ``supplied`` names the leading columns that tabulation adds to the row class (``doc_id``, ``row_no``, ``surface``).
    """

    name: str
    row: type
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    schema: str = "history"
    references: tuple[Reference, ...] = ()
    ordered: tuple[Ordered, ...] = ()
    rules: tuple[SqlRule, ...] = ()
    supplied: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def has_span(self) -> bool:
        return "surface" in self.names


_KINDS: Mapping[Any, str] = {
    str: "string", int: "int32", float: "float64", bool: "bool", date: "date", datetime: "timestamp",
    tuple[str, ...]: "list<string>", bytes: "binary",
}  # fmt: skip


def columns_of(row: type) -> tuple[Column, ...]:
    """Read the columns of a row class from its annotations, in order.

    >>> class Pair(NamedTuple):
    ...     left: typing.Annotated[int, Column("the left one")]
    ...     right: typing.Annotated[str | None, Column("the right one")] = None
    >>> [(c.name, c.kind, c.required) for c in columns_of(Pair)]
    [('left', 'int32', True), ('right', 'string', False)]
    """
    columns = []
    for name, hint in typing.get_type_hints(row, include_extras=True).items():
        base, *marks = typing.get_args(hint) if typing.get_origin(hint) is typing.Annotated else (hint,)
        column = next((mark for mark in marks if isinstance(mark, Column)), None)
        if column is None:
            raise TypeError(f"{row.__name__}.{name} has no Column annotation")
        required = True
        if typing.get_origin(base) in (typing.Union, types.UnionType):
            options = [option for option in typing.get_args(base) if option is not type(None)]
            required = len(options) == len(typing.get_args(base))
            base = options[0]
        kind = "int64" if column.big else _KINDS[base]
        columns.append(
            Column(
                column.meaning, column.unit, column.codes, column.low, column.high, column.pattern,
                column.canonical, column.big, name, kind, required,
            )
        )  # fmt: skip
    return tuple(columns)
