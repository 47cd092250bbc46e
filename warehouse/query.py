"""Reading: one SELECT against a catalog that can read the warehouse and nothing else, and exports of ``main``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from schemas import tables
from schemas.errors import UsageError
from schemas.render import quoted
from warehouse.layout import Layout

if TYPE_CHECKING:
    import duckdb

EXPORTED = (*tables.HISTORY, *(t for t in tables.JOURNAL if t is not tables.RAW))
FORMATS = ("parquet", "csv", "jsonl")


@contextmanager
def opened(layout: Layout, snapshot_id: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection that can reach the Parquet files of the snapshot and the journal, and no other file."""
    import duckdb

    layout.require()
    state = layout.state()
    snapshot = layout.snapshot(state.snapshot_id if snapshot_id is None else snapshot_id)
    assert snapshot is not None
    path = layout.catalog if snapshot_id is None else layout.catalog_of(snapshot.snapshot_id)
    if not path.exists():
        raise UsageError(f"{path} is missing: build it again with `khobao relocate --warehouse {layout.root}`")
    paths = {str(layout.root / f) for files in (*snapshot.files.values(), *state.journal.values()) for f in files}
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        con = duckdb.connect(str(path), read_only=True, config=config)
    except duckdb.Error as error:
        raise UsageError(f"can't open {path}: {_first_line(error)}") from None
    try:
        paths |= _referenced(con)
        con.execute(f"SET allowed_paths = [{', '.join(quoted(p) for p in sorted(paths))}]")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con
    finally:
        con.close()


def _referenced(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The files that the views of this catalog name: those of its own moment, which the newest state may have left behind."""
    import re

    found = con.execute("SELECT sql FROM duckdb_views() WHERE NOT internal AND sql LIKE '%read_parquet%'").fetchall()
    return {path.replace("''", "'") for (sql,) in found for path in re.findall(r"'((?:[^']|'')+\.parquet)'", sql)}


def run(con: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyRelation:
    """Run exactly one SELECT (or FROM, VALUES, DESCRIBE, SUMMARIZE, which DuckDB takes for one). Else raises UsageError."""
    import duckdb

    try:
        found = con.extract_statements(query)
        if len(found) != 1 or found[0].type != duckdb.StatementType.SELECT:
            raise UsageError("give exactly one SELECT: the warehouse is read-only")
        relation = con.sql(query)
    except duckdb.Error as error:
        raise UsageError(_first_line(error)) from None
    if relation is None:
        raise UsageError("the statement gives no rows")
    return relation


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).split("\n") if line.strip()]
    hint = next((line for line in lines if line.startswith(("Candidate bindings", "Did you mean"))), "")
    return " ".join(part for part in (lines[0] if lines else type(error).__name__, hint) if part)


def export(layout: Layout, folder: Path, form: str) -> dict[str, int]:
    """Write every table of ``main`` into ``folder``, one file each; returns the rows per table."""
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}: one of {', '.join(FORMATS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"can't write to {folder}: {error.strerror}") from None
    import duckdb

    counts = {}
    layout.require()
    with duckdb.connect(str(layout.catalog), read_only=True) as con:
        for table in EXPORTED:
            target = folder / f"{table.name}.{form}"
            order = ", ".join(f'"{key}"' for key in table.key)
            options = {
                "parquet": "FORMAT parquet, COMPRESSION zstd",
                "csv": "FORMAT csv, HEADER",
                "jsonl": "FORMAT json, ARRAY false",
            }[form]
            con.execute(f"COPY (SELECT * FROM main.{table.name} ORDER BY {order}) TO {quoted(str(target))} ({options})")
            counts[table.name] = con.execute(f"SELECT count(*) FROM main.{table.name}").fetchall()[0][0]
    return counts
