"""``khobao sql``: one query from the command line or standard input, or a shell where a person sits at a terminal."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from flows.plain import plain
from warehouse.layout import Layout

if TYPE_CHECKING:
    import duckdb

_ROWS = 1000  # that a table shows of a long answer; DuckDB says how many there are
_AT_ONCE = 10_000


def sql(options: argparse.Namespace) -> int:
    """Answer the query that is given; without one, that of standard input, or start the shell at a terminal."""
    from flows.commands import _size
    from flows.settings import warehouse_path
    from warehouse import query

    _size(options.memory_limit)
    with query.opened(Layout(warehouse_path(options.warehouse)), options.snapshot, options.memory_limit) as con:
        if options.query is None and sys.stdin.isatty() and sys.stdout.isatty():
            from flows.shell import Shell

            Shell(con, options.format, options.timeout).run()
            return 0
        text = sys.stdin.read() if options.query in (None, "-") else options.query
        with query.answered(con, text, options.timeout) as relation:
            width = os.get_terminal_size().columns if sys.stdout.isatty() else 200
            print_answer(relation, options.format, _ROWS, width)
    return 0


def _cells(row: tuple[Any, ...]) -> list[Any]:
    """Lists and structures as JSON, as exports and reports have them, not as Python writes them."""
    return [json.dumps(v, ensure_ascii=False, default=plain) if isinstance(v, list | dict) else v for v in row]


def print_answer(relation: duckdb.DuckDBPyRelation, form: str, rows: int, width: int) -> None:
    """Print the rows as they come; a table at most ``rows`` of them, from both ends."""
    if form == "table":
        relation.show(max_width=max(width, 80), max_rows=rows)
        return
    names = relation.columns
    cursor = relation.execute()
    if form == "csv":
        import csv

        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        while found := cursor.fetchmany(_AT_ONCE):
            writer.writerows(map(_cells, found))
        return
    first = True
    while found := cursor.fetchmany(_AT_ONCE):
        for row in found:
            record = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=plain)
            print(("[" if first else ",") + record)
            first = False
    print("]" if not first else "[]")
