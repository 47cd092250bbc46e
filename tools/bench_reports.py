"""How long each report takes on the samples and on a warehouse of 100,000 documents (``make bench-reports``).

``python -m tools.bench_reports [DOCUMENTS [FOLDER]]``. Times are the best of three in one process, all rows fetched as Arrow
batches, files in the page cache; ``first`` is a new connection's first answer, with what DuckDB reads of the files' ends; ``cpu``
is what all threads together worked, which tells more than the clock where others use the machine. Exit status 1 where a report
takes longer than 0.5 s on the samples or 3 s on the large warehouse. FOLDER keeps that warehouse for the next time.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb

from tools.golden import build
from tools.many import publish_copies
from warehouse.layout import Layout
from warehouse.query import opened
from warehouse.reports import Report, reports

MOST_SMALL, MOST_LARGE = 0.5, 3.0
ROUNDS = 3
# Where the samples' example finds a few hundred rows among the copies, as a real question does.
ASKED = {"person_timeline": "person_timeline('nong thi thao van 7')"}


class Answered(NamedTuple):
    """What an answer cost, in seconds, and how many rows it had."""

    wall: float
    cpu: float
    rows: int


def ask(con: duckdb.DuckDBPyConnection, relation: str) -> Answered:
    """One answer, every row fetched."""
    wall, cpu = time.perf_counter(), time.process_time()
    rows = sum(batch.num_rows for batch in con.execute(f"FROM {relation}").to_arrow_reader(100_000))
    return Answered(time.perf_counter() - wall, time.process_time() - cpu, rows)


def measure(layout: Layout, found: Report, large: bool) -> tuple[Answered, Answered]:
    """The first answer of a connection, and the best of the next ones."""
    relation = ASKED.get(found.name, found.example) if large else found.example
    with opened(layout) as con:
        return ask(con, relation), min(ask(con, relation) for _ in range(ROUNDS))


def large_warehouse(folder: Path, documents: int) -> Layout:
    layout = Layout(folder / "large")
    if not layout.catalog.exists():
        begun = time.perf_counter()
        build(layout.root)
        made = publish_copies(layout, documents // 25, folder / "temp")
        print(f"a warehouse of {made:,} documents made in {time.perf_counter() - begun:.0f} s\n")
    return layout


def main() -> int:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    late = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary)
        large = large_warehouse(folder, documents)
        small = build(Path(temporary) / "small")
        print(f"{'report':<28}{'samples':>9}{'rows':>7}   {f'{documents:,}':>9}{'cpu':>8}{'first':>8}{'rows':>11}")
        for found in reports():
            _, quick = measure(small, found, large=False)
            first, slow = measure(large, found, large=True)
            over = quick.wall > MOST_SMALL or slow.wall > MOST_LARGE
            late += over
            told = f"{found.name:<28}{quick.wall:>8.3f}s{quick.rows:>7,}   {slow.wall:>8.2f}s{slow.cpu:>7.2f}s{first.wall:>7.2f}s"
            told += f"{slow.rows:>11,}"
            print(told + "  TOO SLOW" * over, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{os.cpu_count()} cores, DuckDB {duckdb.__version__}, peak memory of this process {peak:,.0f} MB")
    return int(late > 0)


if __name__ == "__main__":
    sys.exit(main())
