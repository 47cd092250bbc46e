"""Reports: questions that people ask, answered by views and table macros inside the published DuckDB file.

Each is a file in ``warehouse/reports``: a head of ``-- field: value`` lines (``question``, ``question_vi``, ``grain``,
``columns``, ``caveats``, ``order``; ``parameters`` and ``example`` where it has any) and one SELECT. A report without
parameters becomes a view, one with parameters a table macro, so that plain DuckDB users have them without khobao.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import UsageError
from schemas.render import quoted

FOLDER = Path(__file__).parent / "reports"
_HEAD = ("question", "question_vi", "grain", "columns", "caveats", "order")
# Names are found whatever their accents, case or tone placement; DuckDB's strip_accents leaves đ.
FOLD = "CREATE MACRO fold(printed) AS lower(strip_accents(replace(replace(printed, 'đ', 'd'), 'Đ', 'D')))"


@dataclass(frozen=True, slots=True)
class Report:
    """One report as its file declares it. ``example`` gives a value (SQL) for its parameter."""

    name: str
    question: str
    question_vi: str
    grain: str
    columns: str
    caveats: str
    order: str
    sql: str
    parameters: tuple[str, ...] = ()
    example: str | None = None

    @property
    def comment(self) -> str:
        return f"{self.question} / {self.question_vi} One row: {self.grain}. Mind: {self.caveats}."

    def call(self, values: Mapping[str, str]) -> str:
        """The relation to select from, with values as SQL literals. Raises UsageError for missing or unknown parameters."""
        unknown = sorted(set(values) - set(self.parameters))
        missing = [name for name in self.parameters if name not in values]
        if unknown:
            known = ", ".join(self.parameters) or "none"
            raise UsageError(f"report {self.name} has no parameter {unknown[0]!r}: it has {known}")
        if missing:
            raise UsageError(f"report {self.name} needs --param {missing[0]}=VALUE, such as {missing[0]}={self.example}")
        if not self.parameters:
            return self.name
        return f"{self.name}({', '.join(f'{name} := {quoted(values[name])}' for name in self.parameters)})"


def parse(name: str, source: str) -> Report:
    """Read a report file. Raises ValueError where its head lacks a field.

    >>> head = ["-- question: Q?", "-- question_vi: H?", "-- grain: g", "-- columns: c", "-- caveats: v", "-- order: a"]
    >>> parse("r", "\\n".join([*head, "SELECT 1 AS a"])).sql
    'SELECT 1 AS a'
    """
    head: dict[str, str] = {}
    body: list[str] = []
    for line in source.splitlines():
        field = re.fullmatch(r"-- (\w+): (.+)", line)
        if field and not body:
            head[field[1]] = field[2].strip()
        else:
            body.append(line)
    missing = [field for field in _HEAD if field not in head]
    if missing:
        raise ValueError(f"report {name} has no {', '.join(missing)}")
    parameters = tuple(part.strip() for part in head.pop("parameters", "").split(",") if part.strip())
    return Report(name, sql="\n".join(body).strip(), parameters=parameters, example=head.pop("example", None), **head)


@functools.cache
def reports() -> Sequence[Report]:
    """All reports by name."""
    return tuple(parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.sql")))


def report(name: str) -> Report:
    found = {report.name: report for report in reports()}
    if name not in found:
        raise UsageError(f"no report {name!r}: `khobao report` lists them")
    return found[name]


def statements() -> Iterator[str]:
    """The SQL that puts the macros, views and their comments into a catalog."""
    yield FOLD
    yield "COMMENT ON MACRO fold IS 'lower case without accents and with d for đ: compare names by it'"
    for found in reports():
        ordered = f"SELECT * FROM (\n{found.sql}\n)\nORDER BY {found.order}"
        if found.parameters:
            yield f"CREATE MACRO {found.name}({', '.join(found.parameters)}) AS TABLE {ordered}"
            yield f"COMMENT ON MACRO TABLE {found.name} IS {quoted(found.comment)}"
        else:
            yield f"CREATE VIEW {found.name} AS {ordered}"
            yield f"COMMENT ON VIEW {found.name} IS {quoted(found.comment)}"
