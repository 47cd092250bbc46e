"""``khobao export``: the tables as files to hand on, or one DuckDB file with everything in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from schemas.errors import UsageError


def export(options: argparse.Namespace) -> int:
    """Write to the folder, or the file of ``--duckdb``; print the rows of each table."""
    from flows.settings import warehouse_path
    from warehouse.layout import Layout

    if (options.folder is None) == (options.duckdb is None):
        raise UsageError("give a folder DIR for files, or --duckdb FILE for one database")
    layout = Layout(warehouse_path(options.warehouse))
    if options.duckdb is not None:
        if options.format or options.licence:
            raise UsageError("--format and --licence are for a folder; --duckdb has neither")
        from warehouse.export_duckdb import export_duckdb

        counts = export_duckdb(layout, Path(options.duckdb), snapshot_id=options.snapshot, force=options.force)
    else:
        from warehouse.export import export as write

        counts = write(
            layout,
            Path(options.folder),
            options.format or "parquet",
            snapshot_id=options.snapshot,
            licence=options.licence,
            force=options.force,
        )
    print(options.duckdb or options.folder)
    for name, count in counts.items():
        print(f"{name:<18}{count:>10,} rows")
    return 0
