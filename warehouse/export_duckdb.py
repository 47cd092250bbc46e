"""One DuckDB file to hand to somebody else: the rows themselves, with comments, views, reports and macros, and no path in it.

It is the catalog of a snapshot with tables where the catalog has views over Parquet files. The bytes as received are left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from schemas import tables
from schemas.errors import UsageError
from schemas.render import quoted
from warehouse import catalog
from warehouse.export import writing
from warehouse.layout import Layout, Snapshot, State
from warehouse.query import MEMORY

if TYPE_CHECKING:
    import duckdb

_SCAN = re.compile(r"CREATE VIEW (?P<relation>\w+\.(?P<name>\w+)) AS (?P<select>SELECT .* FROM read_parquet\(.*)", re.DOTALL)
_RAW = re.compile(r"(?:CREATE VIEW|COMMENT ON (?:VIEW|COLUMN)) (?:journal|history)\.raw\b")
_MARK = "made by khobao export"


def export_duckdb(layout: Layout, file: Path, *, snapshot_id: int | None = None, force: bool = False) -> dict[str, int]:
    """Write ``file``; returns the rows per table of ``main``. What stood there is replaced in one step."""
    layout.require()
    target = file.absolute()
    if not force:
        _guard(target)
    state = layout.state()
    snapshot = layout.snapshot(state.snapshot_id if snapshot_id is None else snapshot_id)
    assert snapshot is not None
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    with writing(target, aside):
        counts = _fill(aside, layout, snapshot, state)
        aside.replace(target)
    return counts


def _guard(target: Path) -> None:
    """Raise UsageError where something else than such a file would be replaced."""
    if target.is_dir():
        raise UsageError(f"{target} is a folder: give a file")
    if target.exists() and not _ours(target):
        raise UsageError(f"{target} is not an export of khobao: give another file, or --force to replace it")


def _ours(target: Path) -> bool:
    import duckdb

    try:
        with duckdb.connect(str(target), read_only=True) as con:
            query = "SELECT comment FROM duckdb_tables() WHERE schema_name = 'history' AND table_name = 'snapshot'"
            return any(_MARK in (comment or "") for (comment,) in con.execute(query).fetchall())
    except duckdb.Error:
        return False


def _fill(aside: Path, layout: Layout, snapshot: Snapshot, state: State) -> dict[str, int]:
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": MEMORY,
        "temp_directory": f"{aside}.temp",
    }
    with duckdb.connect(str(aside), config=config) as con:
        con.execute("BEGIN")
        for statement in statements(layout, snapshot, state):
            con.execute(statement)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
        return _counts(con)


def statements(layout: Layout, snapshot: Snapshot, state: State) -> Iterator[str]:
    """Those of the catalog, with each view over files made a table, its rows sorted by key."""
    filled = set()
    for statement in catalog.statements(layout, snapshot, state):
        if _RAW.match(statement):
            continue
        found = _SCAN.match(statement)
        if found:
            filled.add(found["relation"])
            order = ", ".join(f'"{key}"' for key in tables.BY_NAME[found["name"]].key)
            yield f"CREATE TABLE {found['relation']} AS {found['select']} ORDER BY {order}"
            continue
        commented = re.match(r"COMMENT ON VIEW (\S+) IS ", statement)
        if commented and commented[1] in filled:
            statement = statement.replace("COMMENT ON VIEW", "COMMENT ON TABLE", 1)
        yield statement
    yield f"COMMENT ON TABLE history.snapshot IS {quoted(f'the snapshot that this file holds; {_MARK}')}"


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    names = [t.name for t in (*tables.HISTORY, *tables.JOURNAL) if t is not tables.RAW]
    return {name: con.execute(f"SELECT count(*) FROM main.{name}").fetchall()[0][0] for name in names}
