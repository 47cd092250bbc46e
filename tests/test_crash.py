"""Killed without warning between two steps: nothing is half done, and the next run or replay ends as if nothing had happened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Runner
from tests.test_quarantine import break_cleaning
from tests.test_run import FIRST, SECOND, ask, assert_balanced, put
from warehouse import replay as store
from warehouse.layout import Layout

pytestmark = pytest.mark.xdist_group("validation")

# A replay in a process of its own, which kills itself when it comes to a place.
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from flows import record, run
from flows.engine import Inline
from flows.progress import Silent
from flows.settings import Settings
from warehouse.layout import Layout
from warehouse.validate import Verdict

root, place, document = sys.argv[1:]
owner, name = {"publish": (run, "publish"), "journal": (record.journal, "record"), "commit": (Layout, "commit")}[place]
real = getattr(owner, name)

def last(*given, **named):
    real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)

run.validate = lambda *_, **__: Verdict([], [], False, None)
setattr(owner, name, last)
settings = Settings((), Path(root), clock=datetime(2026, 1, 3), run_id="killed", replay=(document,))
run.execute(settings, Inline(), Silent())
"""


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("place", ["publish", "journal", "commit"])
def test_a_replay_that_is_killed_has_happened_whole_or_not_at_all(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"
    break_cleaning(monkeypatch, "85")
    run(source, warehouse=root, run_id="r1")
    monkeypatch.undo()
    document = ask(root, "SELECT doc_id FROM quarantine")[0][0]
    command = [sys.executable, "-c", KILLED, str(root), place, document]
    died = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=300, check=False)
    assert died.returncode == -9
    # Readers have what they had: the catalog is swapped in last.
    assert ask(root, "SELECT count(*) FROM history.documents") == [(1,)]
    assert ask(root, "SELECT status FROM quarantine") == [("open",)]
    committed = place == "commit"
    choice = store.choose(Layout(root), [], None, False)
    assert (choice.documents == ()) is committed
    if committed:
        run(source, warehouse=root, run_id="r3")
    else:
        run(warehouse=root, run_id="r3", replay=choice.documents)
    told = ask(root, "SELECT run_id, status FROM runs ORDER BY run_id")
    assert told == [("killed", "completed" if committed else "failed"), ("r1", "completed"),
                    ("r3", "nothing_new" if committed else "completed")]  # fmt: skip
    assert ask(root, "SELECT status, resolved_run_id FROM quarantine") == [("replayed", "killed" if committed else "r3")]
    assert ask(root, "SELECT source_uri, is_current FROM sightings ORDER BY 1") == [("a.txt", True), ("b.txt", True)]
    assert_balanced(root)
