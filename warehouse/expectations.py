"""Running Great Expectations over what a run staged: column expectations on batches of bounded size, and the verdict on counts.

Only the columns that are checked are given to it, never texts; positions of failing rows are mapped to rows here.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from schemas.model import Severity, Table
from schemas.render import Expectation, expectations

if TYPE_CHECKING:
    import pandas as pd

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # nothing leaves the machine
AT_ONCE = 100_000  # rows per batch
EXAMPLES, EXAMPLE_LENGTH = 5, 80
_MIDNIGHT = re.compile(r"[T ]00:00:00(?:\.0+)?$")
# Asked which rows are wrong, the library takes three times as long as asked whether any is: so that comes first.
_WHETHER = {"result_format": "BOOLEAN_ONLY"}
_WHICH = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "partial_unexpected_count": EXAMPLES}
WITHIN = Expectation(
    "expect_column_pair_values_a_to_be_greater_than_b",
    {"column_A": "allowed", "column_B": "violations", "or_equal": True},
    Severity.CRITICAL,
    "range",
    "no rule is broken by more rows than it allows",
    "không quy tắc nào bị vi phạm nhiều hơn mức cho phép",
)


@dataclass(slots=True)
class Found:
    """What one expectation found over all batches of a table. ``rows`` holds file and file_row of the failing rows."""

    expectation: Expectation
    count: int = 0
    rows: list[pa.Table] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)


class Judge:
    """An ephemeral Great Expectations context; made once per process, since importing the library takes seconds."""

    def __init__(self) -> None:
        import great_expectations as gx

        logging.getLogger("great_expectations").setLevel(logging.ERROR)
        self._gx = gx
        self._suites: dict[str, tuple[list[Expectation], Any]] = {}
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False, "metric_calculations": False}  # type: ignore[assignment]
        asset = context.data_sources.add_pandas("staged").add_dataframe_asset("rows")
        self._batches = asset.add_batch_definition_whole_dataframe("all")

    def broken(self, frame: pd.DataFrame, suite: str, wanted: Sequence[Expectation]) -> dict[int, tuple[list[int], list[Any]]]:
        """The expectations that a frame does not meet, by their place in ``wanted``: positions of wrong rows, a few values."""
        batch = self._batches.get_batch(batch_parameters={"dataframe": frame})
        whether = self._validate(batch, suite, wanted, _WHETHER)
        failed = [place for place, result in enumerate(whether) if not result.success]
        found = {}
        for place, result in zip(failed, self._validate(batch, suite, [wanted[n] for n in failed], _WHICH), strict=True):
            positions = result.result.get("unexpected_index_list")
            if not positions:  # what can't be computed is no error to the library, but an empty result
                one = wanted[place]
                raise RuntimeError(f"{suite}: {one.type} on {one.column} can't be judged: {_fault(result.exception_info)}")
            found[place] = (list(positions), list(result.result.get("partial_unexpected_list") or ()))
        return found

    def _validate(self, batch: Any, suite: str, wanted: Sequence[Expectation], result_format: dict[str, Any]) -> list[Any]:
        """The library's results, in the order of ``wanted``."""
        if not wanted:
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            report = batch.validate(self._suite(suite, wanted), result_format=result_format)
        return sorted(report.results, key=_number)

    def prepare(self, table: Table) -> None:
        """Build the suite of a table ahead of its rows."""
        self._suite(table.name, expectations(table))

    def _suite(self, name: str, wanted: Sequence[Expectation]) -> Any:
        """The library's suite; the one first built under a name is kept, since all batches of a table need the same."""
        import great_expectations.expectations as classes

        made, suite = self._suites.get(name, (None, None))
        if made != list(wanted):
            suite = self._gx.ExpectationSuite(name=name)
            for number, expectation in enumerate(wanted):
                make: Callable[..., Any] = getattr(classes, _class_name(expectation.type))
                # The number keeps apart expectations that differ in their severity only.
                kwargs = {name: _as_number(value) for name, value in expectation.kwargs.items()}
                suite.add_expectation(make(**kwargs, meta={"number": number}))
            self._suites.setdefault(name, (list(wanted), suite))
        return suite

    def within(self, violations: Sequence[int], allowed: Sequence[float]) -> list[bool]:
        """Judge the counts of a whole run: for each rule, whether it is broken by at most as many rows as it allows."""
        import pandas as pd

        frame = pd.DataFrame({"violations": violations, "allowed": allowed}, dtype="float64")
        positions, _ = self.broken(frame, "verdict", [WITHIN]).get(0, ([], []))
        beyond = set(positions)
        return [position not in beyond for position in range(len(frame))]


def _number(result: Any) -> int:
    return int(result.expectation_config.meta["number"])


def _fault(info: Any) -> str:
    """The message in an exception_info, which is keyed by metric or not."""
    if not isinstance(info, dict):
        return "no result"
    return str(info.get("exception_message") or next((_fault(value) for value in info.values() if isinstance(value, dict)), info))


def _class_name(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))


def check(judge: Judge, con: duckdb.DuckDBPyConnection, table: Table) -> list[Found]:
    """Judge every column expectation of a table over its staged rows."""
    wanted = expectations(table)
    found = [Found(expectation) for expectation in wanted]
    for batch in _batches(con, table, _columns(wanted)):
        frame = batch.drop_columns(["file", "file_row"]).to_pandas()
        for place, (positions, values) in judge.broken(frame, table.name, wanted).items():
            one = found[place]
            one.count += len(positions)
            one.rows.append(batch.select(["file", "file_row"]).take(pa.array(positions, pa.int64())))
            if one.expectation.type == "expect_column_values_to_not_be_null":
                continue  # what is missing has no examples, and a day that is missing is no number
            kind = table.column(str(one.expectation.column)).kind
            few = values[: EXAMPLES - len(one.examples)]
            one.examples += [shown(_as_day(value) if kind == "date" else value) for value in few]
    return found


# Days are given to the library as numbers: those it compares all at once, days one by one.
_FIRST_DAY = datetime(1970, 1, 1)


def _as_number(value: Any) -> Any:
    return (value - _FIRST_DAY).days if isinstance(value, datetime) else value


def _as_day(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_as_day, value))
    return (_FIRST_DAY + timedelta(days=int(value))).date()


def shown(value: object) -> str:
    r"""A value as evidence in one short line: what can't be seen is written out. A pair comes as (later, earlier).

    >>> shown("Lò\x01 Văn\u202e" + "!" * 100)[:20]
    'Lò\\x01 Văn\\u202e!!!!'
    >>> from datetime import datetime
    >>> shown((datetime(2024, 4, 1), datetime(2024, 4, 5, 7, 30)))
    '2024-04-05 07:30:00 … 2024-04-01'
    """
    if isinstance(value, tuple):
        return " … ".join(map(shown, reversed(value)))
    text = str(value)
    if not isinstance(value, str):
        text = _MIDNIGHT.sub("", text)
    # A mark standing alone is escaped too: nobody would see the difference between the two spellings of a name.
    visible = (c if c.isprintable() and not "\u0300" <= c <= "\u036f" else ascii(c)[1:-1] for c in text[:EXAMPLE_LENGTH])
    return "".join(visible)[:EXAMPLE_LENGTH]


def _columns(wanted: Sequence[Expectation]) -> list[str]:
    names: dict[str, None] = {}
    for expectation in wanted:
        for argument in ("column", "column_A", "column_B"):
            if argument in expectation.kwargs:
                names[expectation.kwargs[argument]] = None
    return list(names)


def _batches(con: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The checked columns with file and file_row, in batches of bounded size. Lists stand as their length, texts as 'x'."""
    listed = ", ".join(f'{_small(table, name)} AS "{name}"' for name in columns)
    query = f"SELECT {listed}, filename AS file, file_row_number AS file_row FROM staged_{table.name}"
    for batch in con.execute(query).to_arrow_reader(AT_ONCE):
        yield pa.Table.from_batches([batch])


def _small(table: Table, name: str) -> str:
    """A column in SQL, without what Great Expectations has no use for: the content where it only asks whether it is NULL."""
    column = table.column(name)
    if column.kind == "list<string>":
        return f'len("{name}")'
    if column.kind == "string" and not (column.codes or column.pattern or column.canonical):
        return f"""CASE WHEN "{name}" IS NOT NULL THEN 'x' END"""
    if column.kind == "date":
        return f"""("{name}" - DATE '1970-01-01')::BIGINT"""
    if column.kind == "int32":
        return f'"{name}"::BIGINT'  # which is compared at once, other integers are one by one
    return f'"{name}"'
