"""Reports: questions that people ask, answered by views and table macros inside the published DuckDB file.

Each is a file in ``warehouse/reports``: a head of ``-- field: value`` lines and one SELECT. The head says ``question``, ``grain``
and ``caveats`` (each also as ``…_vi``), ``columns`` in their order, ``order``, and where it has them ``parameter NAME: example |
meaning | meaning_vi | code list``, ``column NAME: label | label_vi | codes`` (for those that ``columns.tsv`` does not tell),
``chart``, and ``unsorted`` with the reason. A report without parameters becomes a view, one with parameters a table macro, so
that plain DuckDB users have them without khobao.
"""

from __future__ import annotations

import functools
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from schemas.errors import UsageError
from schemas.model import Code
from schemas.render import quoted
from schemas.vocabularies import LISTS
from warehouse import report_base

FOLDER = Path(__file__).parent / "reports"
_HEAD = ("question", "question_vi", "grain", "grain_vi", "caveats", "caveats_vi", "columns", "order")


class ReportColumn(NamedTuple):
    """A column of a report: its labels, and the closed list from which its values come, if any."""

    name: str
    label: str
    label_vi: str
    codes: tuple[Code, ...] = ()

    @property
    def is_month(self) -> bool:
        """Its dates are the first days of months, and stand for these: a column of that name."""
        return self.name == "month"


class Parameter(NamedTuple):
    """What a report must be told. ``example`` is SQL; with ``codes`` only those, or their names, make sense."""

    name: str
    example: str
    meaning: str
    meaning_vi: str
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report as its file declares it. Rows come in ``order`` of themselves, unless ``unsorted`` says why they do not."""

    name: str
    question: str
    question_vi: str
    grain: str
    grain_vi: str
    caveats: str
    caveats_vi: str
    columns: tuple[ReportColumn, ...]
    order: str
    sql: str
    declared: tuple[Parameter, ...] = ()
    chart: str | None = None
    unsorted: str | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(parameter.name for parameter in self.declared)

    @property
    def comment(self) -> str:
        """What the catalog says of it: one line, for those who have no khobao."""
        told = "".join(f" {p.name}: {p.meaning}, such as {p.example}." for p in self.declared)
        return f"{self.question} / {self.question_vi} One row: {self.grain.removeprefix('one row ')}.{told} Mind: {self.caveats}."

    @property
    def example(self) -> str:
        """The relation with example values, to select from."""
        return f"{self.name}({', '.join(p.example for p in self.declared)})" if self.declared else self.name

    @property
    def order_by(self) -> str:
        """What a query must add for the rows to come in order."""
        return f" ORDER BY {self.order}" if self.unsorted else ""

    def call(self, values: Mapping[str, str]) -> str:
        """The relation to select from, with values as SQL literals. Raises UsageError for missing, unknown or impossible ones."""
        for name in values:
            if name not in self.parameters:
                known = f"it has {', '.join(self.parameters)}" if self.parameters else "it has none"
                raise UsageError(f"report {self.name} has no parameter {name!r}: {known}{_nearest(name, self.parameters)}")
        for parameter in self.declared:
            if parameter.name not in values:
                example = parameter.example.removeprefix("DATE ").strip("'")
                raise UsageError(
                    f"report {self.name} needs --param {parameter.name}=VALUE: {parameter.meaning}; try --param "
                    + shlex.quote(f"{parameter.name}={example}")
                )
            _check(parameter, values[parameter.name], self.sql)
        if not self.declared:
            return self.name
        return f"{self.name}({', '.join(f'{name} := {quoted(values[name])}' for name in self.parameters)})"


def _check(parameter: Parameter, value: str, sql: str) -> None:
    """Raises UsageError for what can't be meant: DuckDB would tell of it in words of its own, without naming the parameter."""
    if parameter.example.startswith("DATE ") and not _is_day(value):
        raise UsageError(f"--param {parameter.name}={value} is no day: give it as 2024-06-30")
    if f"period_first({parameter.name})" in sql and not re.fullmatch(report_base.PERIOD, value, re.ASCII):
        raise UsageError(f"--param {parameter.name}={value} is no period: give 2024, 2024-H1, 2024-Q3 or 2024-07")
    if not parameter.codes:
        return
    names = [name for code in parameter.codes for name in code]
    if _fold(value) not in map(_fold, names):
        hint = _nearest(value, names) or f": see `khobao describe {parameter.name}`"
        raise UsageError(f"--param {parameter.name}={value}: there is no such {parameter.name}{hint}")


def _is_day(text: str) -> bool:
    """
    >>> _is_day("2024-06-30"), _is_day("2024-6-3"), _is_day("2024-02-30"), _is_day("30/06/2024")
    (True, True, False, False)
    """
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    try:
        return found is not None and bool(date(*map(int, found.groups())))
    except ValueError:
        return False


def _fold(text: str) -> str:
    """As the macro ``fold`` has it.

    >>> _fold("Đoàn Thúy")
    'doan thuy'
    """
    import unicodedata

    plain = text.translate(str.maketrans("đĐÐð", "dddd"))
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)).lower()


def _nearest(name: str, known: Sequence[str]) -> str:
    found = get_close_matches(name, known, 1, 0.5)
    return f"; did you mean {found[0]!r}?" if found else ""


def parse(name: str, source: str) -> Report:
    """Read a report file. Raises ValueError where its head lacks a field, or a column its label.

    >>> fields = ("question", "question_vi", "grain", "grain_vi", "caveats", "caveats_vi", "columns", "order")
    >>> head = "".join(f"-- {field}: a\\n" for field in fields)
    >>> found = parse("r", head + "-- column a: the a | cái a\\nSELECT 1 AS a")
    >>> found.sql, found.columns[0].label_vi
    ('SELECT 1 AS a', 'cái a')
    """
    head: dict[str, str] = {}
    own = dict(_shared_columns())
    declared = []
    lines = source.splitlines()
    while lines and (field := re.fullmatch(r"-- (\w+)(?: (\w+))?: (.+)", lines[0])):
        kind, subject, value = field.groups()
        parts = [part.strip() for part in value.split("|")]
        if kind == "parameter":
            declared.append(Parameter(subject, parts[0], parts[1], parts[2], _codes(parts[3:])))
        elif kind == "column":
            own[subject] = ReportColumn(subject, parts[0], parts[1], _codes(parts[2:]))
        else:
            head[kind] = value.strip()
        lines.pop(0)
    missing = [field for field in _HEAD if field not in head]
    listed = [column.strip() for column in head.pop("columns", "").split(",")]
    unlabelled = [column for column in listed if column not in own]
    if missing or unlabelled:
        raise ValueError(f"report {name} lacks {', '.join(missing + unlabelled)}")
    columns = tuple(own[column] for column in listed)
    return Report(name, columns=columns, sql="\n".join(lines).strip(), declared=tuple(declared), **head)


def _codes(told: Sequence[str]) -> tuple[Code, ...]:
    """Closed lists by name, joined by ``+``, or codes given where they are used: ``less = thiếu, more = vượt``."""
    codes: list[Code] = []
    for part in told[0].split(" + ") if told and told[0] else ():
        if "=" in part:
            pairs = [pair.split(" = ") for pair in part.split(", ")]
            codes += [Code(code, code, meaning_vi) for code, meaning_vi in pairs]
        else:
            codes += LISTS[part]
    return tuple(codes)


@functools.cache
def _shared_columns() -> Mapping[str, ReportColumn]:
    rows = [line.split("\t") for line in (FOLDER / "columns.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return {name: ReportColumn(name, label, label_vi, _codes([codes])) for name, label, label_vi, codes in rows}


@functools.cache
def reports() -> Sequence[Report]:
    """All reports by name."""
    return tuple(parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.sql")))


def report(name: str) -> Report:
    """Raises UsageError with the nearest name where there is none of that name."""
    found = {report.name: report for report in reports()}
    if name not in found:
        raise UsageError(f"no report {name!r}{_nearest(name, list(found))}; `khobao report` lists them")
    return found[name]


def statements() -> Iterator[str]:
    """The SQL that puts the macros, views and their comments into a catalog that has the views of ``main``."""
    yield from report_base.statements()
    for found in reports():
        ordered = found.sql if found.unsorted else f"SELECT * FROM (\n{found.sql}\n)\nORDER BY {found.order}"
        if found.declared:
            yield f"CREATE MACRO {found.name}({', '.join(found.parameters)}) AS TABLE {ordered}"
            # The columns of a table macro can't carry comments of their own.
            columns = "; ".join(f"{column.name}: {column.label}" for column in found.columns)
            yield f"COMMENT ON MACRO TABLE {found.name} IS {quoted(f'{found.comment} Columns: {columns}.')}"
        else:
            yield f"CREATE VIEW {found.name} AS {ordered}"
            yield f"COMMENT ON VIEW {found.name} IS {quoted(found.comment)}"
            for column in found.columns:
                yield f'COMMENT ON COLUMN {found.name}."{column.name}" IS {quoted(f"{column.label} / {column.label_vi}")}'
