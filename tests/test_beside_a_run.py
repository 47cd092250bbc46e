"""What else goes on while a run does: another run is refused, and a reader keeps what it has open."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas.errors import LockedError
from tests.conftest import Runner
from tests.test_run import FIRST, SECOND, ask, put
from warehouse.layout import Layout
from warehouse.lock import held


def _hold(root: str, ready: Any, done: Any) -> None:
    with held(Layout(Path(root))):
        ready.set()
        done.wait(20)


def test_two_runs_at_once_are_refused(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(root), ready, done))
    other.start()
    try:
        assert ready.wait(20)
        with pytest.raises(LockedError, match="--wait"):
            run(source, warehouse=root)
    finally:
        done.set()
        other.join()
    assert run(source, warehouse=root, wait=True).run.status == "completed"


def _read_while_open(path: str, opened: Any, go_on: Any, answers: Any) -> None:
    con = duckdb.connect(path, read_only=True)
    answers.put(con.execute("SELECT count(*) FROM documents").fetchall()[0][0])
    opened.set()
    go_on.wait(30)
    answers.put(con.execute("SELECT count(*) FROM documents").fetchall()[0][0])


@pytest.mark.usefixtures("quick")
def test_an_open_reader_keeps_its_snapshot_and_blocks_nobody(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    context = multiprocessing.get_context("spawn")
    opened, go_on, answers = context.Event(), context.Event(), context.Queue()
    reader = context.Process(target=_read_while_open, args=(str(root / "khobao.duckdb"), opened, go_on, answers))
    reader.start()
    try:
        assert opened.wait(20)
        put(source, b=SECOND)
        run(source, warehouse=root, run_id="r2")
        assert ask(root, "SELECT count(*) FROM documents") == [(2,)]
    finally:
        go_on.set()
        reader.join()
    assert (answers.get(timeout=5), answers.get(timeout=5)) == (1, 1)
