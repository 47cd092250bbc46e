"""Running Great Expectations over what a run staged: column expectations on batches of bounded size, and verdicts on counts.

Only the columns that are checked are given to it, never texts; positions of failing rows are mapped to rows here.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from schemas.model import Table
from schemas.render import Expectation, expectations

if TYPE_CHECKING:
    import pandas as pd

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
AT_ONCE = 200_000  # rows per batch
EXAMPLES = 5


@dataclass(slots=True)
class Found:
    """What one expectation found over all batches of a table. ``rows`` are (file, file_row)."""

    expectation: Expectation
    checked: int = 0
    rows: list[tuple[str, int]] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)


class Judge:
    """An ephemeral Great Expectations context; made once per process, since importing the library takes seconds."""

    def __init__(self) -> None:
        import great_expectations as gx

        logging.getLogger("great_expectations").setLevel(logging.ERROR)
        self._gx = gx
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False, "metric_calculations": False}  # type: ignore[assignment]
        asset = context.data_sources.add_pandas("staged").add_dataframe_asset("rows")
        self._batches = asset.add_batch_definition_whole_dataframe("all")

    def validate(self, frame: pd.DataFrame, suite: str, wanted: Sequence[Expectation]) -> Any:
        """The validation result of one frame; results stand in the order of ``wanted``."""
        import great_expectations.expectations as classes

        found = self._gx.ExpectationSuite(name=suite)
        for number, expectation in enumerate(wanted):
            make: Callable[..., Any] = getattr(classes, _class_name(expectation.type))
            # The number keeps apart expectations that differ in their severity only.
            found.add_expectation(make(**expectation.kwargs, meta={"number": number}))
        batch = self._batches.get_batch(batch_parameters={"dataframe": frame})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = batch.validate(found, result_format={"result_format": "COMPLETE", "return_unexpected_index_query": False})
        result.results.sort(key=_number)
        return result


def _number(result: Any) -> int:
    return int(result.expectation_config.meta["number"])


def _class_name(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))


def check(judge: Judge, con: duckdb.DuckDBPyConnection, table: Table) -> tuple[list[Found], list[Any]]:
    """Judge every column expectation of a table over its staged rows. Also the library's own results, for Data Docs."""
    wanted = expectations(table)
    found = [Found(expectation) for expectation in wanted]
    reports = []
    for frame, places in _frames(con, table, _columns(wanted)):
        report = judge.validate(frame, table.name, wanted)
        reports.append(report)
        for one, result in zip(found, report.results, strict=True):
            if result.exception_info and result.exception_info.get("raised_exception"):
                raise RuntimeError(f"{table.name}: {one.expectation.type}: {result.exception_info.get('exception_message')}")
            one.checked += len(frame)
            positions = result.result.get("unexpected_index_list") or []
            one.rows += [places(position) for position in positions]
            values = result.result.get("partial_unexpected_list") or []
            one.examples += [str(value)[:80] for value in values[: EXAMPLES - len(one.examples)]]
    return found, reports


def _columns(wanted: Sequence[Expectation]) -> list[str]:
    names: dict[str, None] = {}
    for expectation in wanted:
        for argument in ("column", "column_A", "column_B"):
            if argument in expectation.kwargs:
                names[expectation.kwargs[argument]] = None
    return list(names)


def _frames(
    con: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[str]
) -> Iterator[tuple[pd.DataFrame, Callable[[int], tuple[str, int]]]]:
    """Batches of the checked columns, each with the map from position to (file, file_row)."""
    listed = ", ".join(f'"{name}"' for name in columns)
    query = f"SELECT {listed}, filename, file_row_number FROM staged_{table.name}"
    reader = con.execute(query).to_arrow_reader(AT_ONCE)
    for batch in _gathered(reader):
        files, rows = batch["filename"], batch["file_row_number"]
        frame = batch.select(list(columns)).to_pandas(date_as_object=False)

        def place(position: int, files: pa.ChunkedArray = files, rows: pa.ChunkedArray = rows) -> tuple[str, int]:
            return files[position].as_py(), rows[position].as_py()

        yield frame, place


def _gathered(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """DuckDB's small batches put together to tables of at most about ``AT_ONCE`` rows."""
    waiting: list[pa.RecordBatch] = []
    held = 0
    for batch in reader:
        if held + batch.num_rows > AT_ONCE and waiting:
            yield pa.Table.from_batches(waiting)
            waiting, held = [], 0
        waiting.append(batch)
        held += batch.num_rows
    if held:
        yield pa.Table.from_batches(waiting)
