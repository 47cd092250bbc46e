"""Writing Parquet so that the same rows always give the same bytes, and reading it through DuckDB."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.render import quoted

if TYPE_CHECKING:
    import duckdb

ROW_GROUP = 50_000
COMPRESSION = {"compression": "zstd", "compression_level": 3}


def connect(temp: Path | None = None, memory_limit: str = "1GB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB of bounded size that spills to ``temp`` and never loads an extension."""
    import duckdb

    config: dict[str, Any] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if temp is not None:
        config["temp_directory"] = str(temp)
    return duckdb.connect(":memory:", config=config)


def scan(paths: Sequence[str | Path], **options: bool) -> str:
    """The SQL of a scan over Parquet files.

    >>> scan(["a.parquet"], filename=True)
    "read_parquet(['a.parquet'], union_by_name=true, filename=true)"
    """
    files = ", ".join(quoted(str(path)) for path in paths)
    extra = "".join(f", {name}={str(value).lower()}" for name, value in options.items())
    return f"read_parquet([{files}], union_by_name=true{extra})"


def write_table(path: Path, table: pa.Table) -> int:
    """Write an Arrow table; atomic. Returns the number of rows."""
    return write_batches(path, table.schema, table.to_batches(max_chunksize=ROW_GROUP))


def write_batches(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Write record batches as one file of equal row groups, whatever sizes the batches had; atomic."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    waiting: list[pa.RecordBatch] = []
    rows = held = 0
    with pq.ParquetWriter(aside, schema, **COMPRESSION) as writer:
        for batch in batches:
            while held + batch.num_rows >= ROW_GROUP:
                part = batch.slice(0, ROW_GROUP - held)
                writer.write_table(pa.Table.from_batches([*waiting, part], schema), row_group_size=ROW_GROUP)
                batch, waiting, held = batch.slice(part.num_rows), [], 0
                rows += ROW_GROUP
            if batch.num_rows:
                waiting.append(batch)
                held += batch.num_rows
        if held:
            writer.write_table(pa.Table.from_batches(waiting, schema), row_group_size=ROW_GROUP)
            rows += held
    flush(aside)
    aside.replace(path)
    return rows


def write_query(con: duckdb.DuckDBPyConnection, path: Path, schema: pa.Schema, query: str) -> int:
    """Write what a query gives, streamed, cast to ``schema``."""
    reader = con.execute(query).to_arrow_reader(ROW_GROUP)
    names = schema.names

    def conform() -> Iterable[pa.RecordBatch]:
        for batch in reader:
            columns = [batch.column(batch.schema.get_field_index(n)) for n in names]
            cast = [c if c.type == f.type else c.cast(f.type) for c, f in zip(columns, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(cast, schema=schema)

    return write_batches(path, schema, conform())


def flush(path: Path) -> None:
    """Have the file's bytes on the disk before its name counts."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
