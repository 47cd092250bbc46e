"""``khobao report``: the ready-made reports, listed and answered in the form and language that the reader wants."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas.errors import UsageError
from warehouse.layout import Layout
from warehouse.reports import Report, reports
from warehouse.reports import report as named

if TYPE_CHECKING:
    import duckdb

    from flows.renderings import Answer

FORMATS = ("table", "csv", "json", "parquet", "md", "html")
_SHOWN = 1000  # rows of a form that people read, unless told otherwise
_AT_ONCE = 10_000


def report(options: argparse.Namespace) -> int:
    if options.name is None:
        print(_listing(options))
        return 0
    chosen = named(options.name)
    relation = chosen.call(_values(options.param))
    if options.format == "parquet" and not options.output:
        raise UsageError("Parquet is no text: give --output FILE")
    if options.plot and chosen.chart is None:
        drawn = ", ".join(r.name for r in reports() if r.chart)
        raise UsageError(f"report {chosen.name} has no natural chart; these have one: {drawn}")
    layout = Layout(Path(options.warehouse or os.environ.get("KHOBAO_WAREHOUSE") or "warehouse/data"))
    from warehouse.query import opened

    with opened(layout, options.snapshot) as con:
        _answer(con, chosen, relation, options)
    # Where the answer itself is on standard output, nothing else may be.
    for path in filter(None, (options.output, options.plot)):
        print(path, file=sys.stdout if options.output else sys.stderr)
    return 0


def _values(given: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {text!r}: give NAME=VALUE")
        if not value:
            raise UsageError(f"--param {name} has no value: give NAME=VALUE")
        if name in values:
            raise UsageError(f"--param {name} is given twice")
        values[name] = value
    return values


def _listing(options: argparse.Namespace) -> str:
    vietnamese = options.lang == "vi"
    if options.format == "json":
        listed = [
            {
                "name": r.name,
                "parameters": list(r.parameters),
                "question": r.question,
                "question_vi": r.question_vi,
                "grain": r.grain,
                "caveats": r.caveats,
                "columns": [column.name for column in r.columns],
                "example": r.example,
                "chart": r.chart is not None,
            }
            for r in reports()
        ]
        return json.dumps(listed, ensure_ascii=False, indent=1)
    lines = []
    for r in reports():
        lines.append(f"{r.name}({', '.join(r.parameters)})" if r.declared else r.name)
        lines.append(f"    {r.question_vi if vietnamese else r.question}")
    told = "khobao report NAME [--param NAME=VALUE]"
    last = f"chạy: {told}; chi tiết: khobao describe NAME" if vietnamese else f"run: {told}; more: khobao describe NAME"
    return "\n".join([*lines, "", last])


def _answer(con: duckdb.DuckDBPyConnection, chosen: Report, relation: str, options: argparse.Namespace) -> None:
    from warehouse.query import bounded

    limit = options.limit
    if limit is None and options.format in ("table", "md", "html"):
        limit = _SHOWN
    # One row more than is shown tells whether there are more.
    query = f"SELECT * FROM {relation}{chosen.order_by}" + (f" LIMIT {limit + 1}" if limit else "")
    with bounded(con):
        if options.format == "parquet":
            _write_parquet(con, chosen, query, limit, Path(options.output))
        else:
            _write_text(con, chosen, query, limit, options)
        if options.plot:
            _plot(con, chosen, relation, options)


def _write_text(
    con: duckdb.DuckDBPyConnection, chosen: Report, query: str, limit: int | None, options: argparse.Namespace
) -> None:
    from flows import renderings

    answer = renderings.Answer(chosen, _values(options.param), options.lang, _batches(con, query, limit), limit or None)
    width = os.get_terminal_size().columns if sys.stdout.isatty() and not options.output else 200
    pieces = renderings.pieces(answer, options.format, max(width, 80))
    if options.output:
        _write(Path(options.output), pieces)
    else:
        for piece in pieces:
            sys.stdout.write(piece)
    _tell(answer, limit)


def _tell(answer: Answer, limit: int | None) -> None:
    if limit and answer.seen > limit:
        print(f"khobao: the first {limit:,} rows; --limit N shows more, --limit 0 all", file=sys.stderr)


def _batches(con: duckdb.DuckDBPyConnection, query: str, limit: int | None) -> Iterator[list[tuple[Any, ...]]]:
    cursor = con.execute(query)
    while rows := cursor.fetchmany(min(_AT_ONCE, limit + 1) if limit else _AT_ONCE):
        yield rows


def _write(path: Path, pieces: Iterator[str]) -> None:
    """Write a file so that it is there whole or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8", newline="") as out:
            out.writelines(pieces)
        aside.replace(path)
    except OSError as error:
        raise UsageError(f"can't write {path}: {error.strerror}") from None
    finally:
        aside.unlink(missing_ok=True)


def _write_parquet(con: duckdb.DuckDBPyConnection, chosen: Report, query: str, limit: int | None, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    reader = con.execute(query).to_arrow_reader(_AT_ONCE)
    labels = {column.name: f"{column.label} / {column.label_vi}" for column in chosen.columns}
    fields = [field.with_metadata({"comment": labels[field.name]}) for field in reader.schema]
    schema = pa.schema(fields, metadata={"report": chosen.name, "comment": chosen.comment})
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    left = limit or sys.maxsize
    try:
        with pq.ParquetWriter(aside, schema, compression="zstd") as writer:
            for batch in reader:
                part = batch.slice(0, left)
                left -= part.num_rows
                writer.write_batch(pa.RecordBatch.from_arrays(part.columns, schema=schema))
        aside.replace(path)
    except OSError as error:
        raise UsageError(f"can't write {path}: {error.strerror or error}") from None
    finally:
        aside.unlink(missing_ok=True)


def _plot(con: duckdb.DuckDBPyConnection, chosen: Report, relation: str, options: argparse.Namespace) -> None:
    from flows.charts import draw

    rows = con.execute(f"SELECT * FROM {relation}").fetchall()
    _write(Path(options.plot), iter([draw(chosen, rows, options.lang or "en")]))
