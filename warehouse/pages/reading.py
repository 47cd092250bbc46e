"""Reading rows by name from the published catalog."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from schemas.errors import UsageError
from warehouse.layout import Layout
from warehouse.query import named

if TYPE_CHECKING:
    import duckdb


@contextmanager
def catalog(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """The newest catalog, read through a copy (it holds views, no rows).

    One process shares what it has open by path: a page that is written while a reader has the catalog open would else see
    the reader's older state, or be refused for its other settings.
    """
    import duckdb

    layout.require()
    if not layout.catalog.exists():
        raise UsageError(f"{layout.catalog} is missing: build it again with `khobao relocate --warehouse {layout.root}`")
    with TemporaryDirectory(prefix="khobao-page-") as folder:
        copy = Path(folder) / layout.catalog.name
        shutil.copyfile(layout.catalog, copy)
        with duckdb.connect(str(copy), read_only=True, config={"autoinstall_known_extensions": False}) as con:
            named(con, layout)
            yield con


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The answer as one dictionary per row."""
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
