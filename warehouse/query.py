"""Reading: one SELECT against a catalog that can read the warehouse and nothing else, within bounds of memory and time."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import UsageError
from schemas.render import quoted
from warehouse.layout import Layout
from warehouse.sandbox import check

if TYPE_CHECKING:
    import duckdb

MEMORY = "2GB"
HEEDS = 5.0  # seconds within which a cancelled query should have ended
BESIDE = 1_000_000_000  # bytes that a process may grow beyond the limit of memory: Python's rows, DuckDB's own needs
_LOOK = 0.2
SPILL = "20GB"  # what sorting and grouping may put on disk when that is not enough


@contextmanager
def opened(layout: Layout, snapshot_id: int | None = None, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection that can reach the Parquet files of the snapshot and the journal, and no other file.

    What doesn't fit into ``memory`` goes into a folder for temporary files outside the warehouse, gone at the end.
    """
    import duckdb

    layout.require()
    state = layout.state()
    snapshot = layout.snapshot(state.snapshot_id if snapshot_id is None else snapshot_id)
    assert snapshot is not None
    path = layout.catalog if snapshot_id is None else layout.catalog_of(snapshot.snapshot_id)
    if not path.exists():
        raise UsageError(f"{path} is missing: build it again with `khobao relocate --warehouse {layout.root}`")
    paths = {str(layout.root / f) for files in (*snapshot.files.values(), *state.journal.values()) for f in files}
    # DuckDB makes the folder only where it needs one: a process that is killed leaves none behind otherwise.
    spill = str(Path(tempfile.gettempdir()) / f"khobao-sql-{secrets.token_hex(8)}")
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,  # else a query sees the variables of this process
        "memory_limit": memory,
        "temp_directory": spill,
        "max_temp_directory_size": SPILL,
    }
    try:
        con = duckdb.connect(str(path), read_only=True, config=config)
    except duckdb.Error as error:
        shutil.rmtree(spill, ignore_errors=True)
        raise UsageError(f"can't open {path}: {first_line(error)}") from None
    try:
        paths |= named(con, layout)
        con.execute(f"SET allowed_paths = [{', '.join(quoted(p) for p in sorted(paths))}]")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con
    finally:
        con.close()
        shutil.rmtree(spill, ignore_errors=True)


def named(con: duckdb.DuckDBPyConnection, layout: Layout) -> set[str]:
    """The files that the views of this catalog name: those of its own moment, which the newest state may have left behind.

    Raises UsageError where they are those of another folder: the catalog names them in full, so it has to follow a move or copy.
    """
    found = con.execute("SELECT sql FROM duckdb_views() WHERE NOT internal AND sql LIKE '%read_parquet%'").fetchall()
    paths = {path.replace("''", "'") for (sql,) in found for path in re.findall(r"'((?:[^']|'')+\.parquet)'", sql)}
    roots = {Path(path).parents[2] for path in paths}  # of ROOT/tables/TABLE/RUN.parquet
    if any(not root.exists() or not root.samefile(layout.root) for root in roots):
        there = shlex.quote(str(layout.root))
        raise UsageError(f"this warehouse was moved: `khobao relocate --warehouse {there}` writes its paths anew")
    return paths


@contextmanager
def bounded(con: duckdb.DuckDBPyConnection, seconds: float | None = None) -> Iterator[None]:
    """What DuckDB raises within becomes a UsageError of one line, Ctrl-C a KeyboardInterrupt; cancelled after ``seconds``."""
    import duckdb

    late = threading.Event()

    def cancel() -> None:
        late.set()
        con.interrupt()

    timer = threading.Timer(seconds, cancel) if seconds else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield
    except duckdb.InterruptException:
        if late.is_set():
            raise UsageError(f"the query took longer than {seconds:g} s and was cancelled: see --timeout") from None
        raise KeyboardInterrupt from None
    except duckdb.OutOfMemoryException:
        raise UsageError("the query needs more memory than it may have: see --memory-limit") from None
    except duckdb.Error as error:
        raise UsageError(first_line(error)) from None
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C
            con.interrupt()  # it has left the query, but its threads go on, and the next query would wait for them
            raise KeyboardInterrupt from None
        raise
    finally:
        if timer:
            timer.cancel()


@contextmanager
def watched(con: duckdb.DuckDBPyConnection, seconds: float | None = None) -> Iterator[None]:
    """End this process where a query heeds neither its limit of memory nor its cancellation.

    DuckDB looks at both between the parts of its work, and one value may be a part that is without end:
    ``list_sort(range(100000000))``.
    """
    told = con.execute("SELECT current_setting('memory_limit'), current_setting('temp_directory')").fetchall()[0]
    limit, spill = _bytes(told[0]), told[1]
    done = threading.Event()

    def end(why: str) -> None:
        print(f"khobao: {why}", file=sys.stderr, flush=True)
        shutil.rmtree(spill, ignore_errors=True)
        os._exit(2)

    def watch() -> None:
        began, before, worked = time.monotonic(), _resident(), time.process_time()
        while not done.wait(_LOOK):
            busy = time.process_time() - worked > _LOOK / 10  # not so while the reader of a pipe takes its time
            worked = time.process_time()
            if _resident() - before > limit + BESIDE:
                end("the query needs more memory than it may have, in a single value: see --memory-limit")
            if seconds and busy and time.monotonic() - began > seconds + HEEDS:
                end(f"the query took longer than {seconds:g} s and could not be cancelled: see --timeout")

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _bytes(told: str) -> float:
    """
    >>> _bytes("1.5 GiB"), _bytes("512 bytes")
    (1610612736.0, 512.0)
    """
    number, unit = told.split()
    return float(number) * 1024.0 ** ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB").index(unit)


def _resident() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0  # no Linux: only time is watched


@contextmanager
def answered(con: duckdb.DuckDBPyConnection, query: str, seconds: float | None = None) -> Iterator[duckdb.DuckDBPyRelation]:
    """The rows of exactly one SELECT (or FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW), to be fetched within."""
    with watched(con, seconds), bounded(con, seconds):
        check(con, query)
        relation = con.sql(query)
        if relation is None:
            raise UsageError("the statement gives no rows")
        yield relation


def first_line(error: Exception) -> str:
    """What to tell of an error of DuckDB: its first line, and the names it suggests."""
    lines = [line for line in str(error).split("\n") if line.strip()]
    hint = next((line for line in lines if line.startswith(("Candidate bindings", "Did you mean"))), "")
    return " ".join(part for part in (lines[0] if lines else type(error).__name__, hint) if part)
