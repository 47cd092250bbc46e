"""Exports of ``main``: one file per table as Parquet, CSV or JSONL, with a Data Package descriptor that says what they mean.

A folder is written aside and renamed into place; a folder that is not an export of khobao is left alone unless forced.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from schemas import tables
from schemas.errors import UsageError
from schemas.model import Column, Table
from schemas.render import arrow_schema, quoted
from warehouse import datapackage
from warehouse.catalog import COPIES
from warehouse.layout import Layout, Snapshot
from warehouse.parquet import write_query
from warehouse.query import MEMORY, first_line

if TYPE_CHECKING:
    import duckdb

FORMATS = ("parquet", "csv", "jsonl")
EXPORTED = (
    replace(tables.DOCUMENTS, columns=(*tables.DOCUMENTS.columns, COPIES)),
    *(t for t in (*tables.HISTORY, *tables.JOURNAL) if t not in (tables.DOCUMENTS, tables.RAW)),
)

# A spreadsheet runs a cell as a formula that begins with one of these; one that takes ";" or a tab for the separator, or doesn't
# see that a quoted cell goes on over several lines, finds such a beginning in the middle of a text.
_RISKY = "=+@＝＋－＠'" + "-"
_GUARD = rf"""(^|[;\t\r\n])("*)([{_RISKY}])"""
_GUARDED = re.compile(r"""(\A|[;\t\r\n])("*)'""")
_BOM = b"\xef\xbb\xbf"  # without it spreadsheets take UTF-8 for the machine's old code page


def unguarded(cell: str) -> str:
    """The text that a cell of an exported CSV stands for: without the apostrophes that keep it from being run as a formula.

    >>> unguarded("'=1+1;'+x"), unguarded("''tis"), unguarded("a'b")
    ('=1+1;+x', "'tis", "a'b")
    """
    return _GUARDED.sub(r"\1\2", cell)


def export(
    layout: Layout,
    folder: Path,
    form: str,
    *,
    snapshot_id: int | None = None,
    licence: str | None = None,
    force: bool = False,
) -> dict[str, int]:
    """Write every table of ``main`` into ``folder``, with ``datapackage.json`` and a README; returns the rows per table."""
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}: one of {', '.join(FORMATS)}")
    layout.require()
    target = folder.absolute()
    guard(target, force)
    aside = target.parent / f".{target.name}.{os.getpid()}"
    with writing(target, aside), catalog_of(layout, snapshot_id, aside) as (con, snapshot):
        counts = {}
        resources = []
        for table in EXPORTED:
            path = aside / f"{table.name}.{form}"
            _write(con, table, path, form)
            counts[table.name] = con.execute(f"SELECT count(*) FROM main.{table.name}").fetchall()[0][0]
            with path.open("rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
            resources.append(datapackage.resource(table, form, path.stat().st_size, digest, counts[table.name]))
        sources = [name for (name,) in con.execute("SELECT DISTINCT source_name FROM main.documents ORDER BY 1").fetchall()]
        package = datapackage.package(resources, form, snapshot, sources, licence)
        (aside / "README.md").write_text(datapackage.readme(package, form), encoding="utf-8")
        datapackage.write(aside / datapackage.NAME, package)
        shutil.rmtree(aside / "temp", ignore_errors=True)
        _install(aside, target)
    return counts


@contextmanager
def writing(target: Path, aside: Path) -> Iterator[None]:
    """``aside`` is removed at the end, and what goes wrong on disk is one line."""
    import duckdb

    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise UsageError(f"can't write to {target}: {error.strerror or error}") from None
    except duckdb.Error as error:
        raise UsageError(f"can't write to {target}: {first_line(error)}") from None
    finally:
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        elif aside.exists():
            aside.unlink()


@contextmanager
def catalog_of(layout: Layout, snapshot_id: int | None, aside: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Snapshot]]:
    """A reading connection that may write files elsewhere, and the snapshot that it shows."""
    import duckdb

    snapshot = layout.snapshot(layout.state().snapshot_id if snapshot_id is None else snapshot_id)
    assert snapshot is not None
    aside.mkdir(parents=True, exist_ok=True)
    path = layout.catalog if snapshot_id is None else layout.catalog_of(snapshot_id)
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": MEMORY,
        "temp_directory": str(aside / "temp"),
    }
    with duckdb.connect(str(path), read_only=True, config=config) as con:
        shown = con.execute("SELECT snapshot_id FROM history.snapshot").fetchall()[0][0]
        found = layout.snapshot(shown)  # a run may have ended meanwhile
        assert found is not None
        yield con, found


def _write(con: duckdb.DuckDBPyConnection, table: Table, path: Path, form: str) -> None:
    order = ", ".join(f'"{key}"' for key in table.key)
    if form == "parquet":
        names = ", ".join(f'"{name}"' for name in table.names)
        write_query(con, path, arrow_schema(table), f"SELECT {names} FROM main.{table.name} ORDER BY {order}")
        return
    cell = _csv_cell if form == "csv" else _json_value
    columns = ", ".join(f'{cell(column)} AS "{column.name}"' for column in table.columns)
    # Sorted by the values, not by what is written for them.
    query = f"SELECT {columns} FROM (FROM main.{table.name} ORDER BY {order}) t"
    if form == "jsonl":
        con.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT json, ARRAY false)")
        return
    body = path.with_suffix(".part")
    con.execute(f"COPY ({query}) TO {quoted(str(body))} (FORMAT csv, HEADER)")
    with path.open("wb") as out, body.open("rb") as rows:
        out.write(_BOM)
        shutil.copyfileobj(rows, out)
    body.unlink()


def _json_value(column: Column) -> str:
    return f"""replace(t."{column.name}"::VARCHAR, ' ', 'T')""" if column.kind == "timestamp" else f't."{column.name}"'


def _csv_cell(column: Column) -> str:
    if column.kind == "string":
        return _guarded(f't."{column.name}"')
    if column.kind == "list<string>":
        return f'to_json(list_transform(t."{column.name}", lambda x: {_guarded("x")}))::VARCHAR'
    return _json_value(column)


def _guarded(value: str) -> str:
    return f"regexp_replace({value}, {quoted(_GUARD)}, '\\1\\2''\\3', 'g')"


def guard(target: Path, force: bool) -> None:
    """Raise UsageError where writing to ``target`` would take away what isn't an export of khobao."""
    if target.is_file():
        raise UsageError(f"{target} is a file: give a folder")
    if force or not target.is_dir() or not any(target.iterdir()) or datapackage.ours(target) is not None:
        return
    raise UsageError(f"{target} holds something else than an export of khobao: give another folder, or --force to write into it")


def _install(aside: Path, target: Path) -> None:
    """Put the new folder in the place of the old one; where that holds other files too, they stay."""
    package = datapackage.ours(target) if target.is_dir() else None
    if target.is_dir() and not any(target.iterdir()) and target != Path.cwd():
        target.rmdir()
    if not target.exists():
        aside.replace(target)
        return
    before = {str(resource["path"]) for resource in package["resources"]} if package else set()
    here = {path.name for path in target.iterdir()}
    if package and not target.is_symlink() and target != Path.cwd() and here <= before | {datapackage.NAME, "README.md"}:
        old = target.with_name(f"{aside.name}.old")
        target.rename(old)
        aside.rename(target)
        shutil.rmtree(old)
        return
    new = {path.name for path in aside.iterdir()}
    for name in sorted(new - {datapackage.NAME}):
        (aside / name).replace(target / name)
    (aside / datapackage.NAME).replace(target / datapackage.NAME)
    for name in before & here - new:
        (target / name).unlink()
