"""The whole command as a user runs it: a Prefect flow in a process of its own, twice over the samples, and a run that fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("flow")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with a Prefect home of its own, so that nothing of the user's is read or written."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "KHOBAO_"))}
    return environment | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect")), "PYTHONPATH": str(ROOT)}


def khobao(home: dict[str, str], *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a new process; ``before`` is code that runs first in it."""
    code = f"import sys; {before}\nfrom flows.cli import main\nstatus = main({list(arguments)!r})\n"
    code += "print('LOADED', sorted(m for m in ('great_expectations', 'prefect') if m in sys.modules))\nsys.exit(status)"
    return subprocess.run([sys.executable, "-c", code], env=home, capture_output=True, text=True, timeout=240)


@pytest.fixture(scope="module")
def first(home: dict[str, str], samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    root = tmp_path_factory.mktemp("flow") / "warehouse"
    command = [sys.executable, "-m", "flows", "run", str(samples), "--warehouse", str(root)]
    done = subprocess.run(command, env=home, capture_output=True, text=True, timeout=240, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return root, done.stdout + done.stderr


def ask(root: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(root / "khobao.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def test_the_run_ends_with_its_summary(first: tuple[Path, str]) -> None:
    root, printed = first
    assert ": completed, snapshot 1" in printed
    for word in ("seen", "new", "known", "quarantined", "binary 1", "rows", "documents", "khobao sql"):
        assert word in printed
    stages = ("ingest", "clean", "extract", "validate", "publish")
    assert all(f"{stage} " in printed for stage in stages)
    assert "Traceback" not in printed
    report = root / "quality" / str(ask(root, "SELECT run_id FROM runs")[0][0]) / "index.html"
    assert str(report) in printed and report.exists()
    assert ask(root, "SELECT count(*) FROM quality_results WHERE NOT success AND severity = 'critical'") == [(0,)]
    assert ask(root, "SELECT count(*) FROM quality_results")[0][0] > 100  # type: ignore[operator]
    assert ask(root, "SELECT flow_run_id IS NOT NULL FROM runs") == [(True,)]


def test_the_second_run_says_that_nothing_is_new_and_loads_no_validation(
    first: tuple[Path, str], home: dict[str, str], samples: Path
) -> None:
    root, _ = first
    blocked = "import importlib.abc\nclass No(importlib.abc.MetaPathFinder):\n    def find_spec(self, name, *_):\n"
    blocked += "        assert name != 'great_expectations', 'loaded'\nsys.meta_path.insert(0, No())"
    done = khobao(home, "run", str(samples), "--warehouse", str(root), before=blocked)
    assert done.returncode == 0, done.stderr
    assert ": nothing new, no new snapshot" in done.stdout
    assert ask(
        root, "SELECT status, snapshot_id, documents_new, seconds_validate FROM runs ORDER BY started_at DESC LIMIT 1"
    ) == [("nothing_new", None, 0, None)]
    assert "LOADED ['prefect']" in done.stdout


def test_a_failing_run_is_one_line_exit_1_and_in_the_journal(
    first: tuple[Path, str], home: dict[str, str], tmp_path: Path
) -> None:
    root, _ = first
    (tmp_path / "new.txt").write_text("Sở Y tế tỉnh Lào Cai họp giao ban.\nCó 40 đại biểu dự.", encoding="utf-8")
    before = ask(root, "SELECT snapshot_id FROM history.snapshot")
    broken = "import flows.run\ndef fail(*_): raise OSError(28, 'No space left on device')\nflows.run.publish = fail"
    done = khobao(home, "run", str(tmp_path), "--warehouse", str(root), before=broken)
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if line.startswith("khobao: ")]
    assert len(told) == 1 and "No space left" in told[0]
    assert "Traceback" not in done.stderr
    assert ask(root, "SELECT snapshot_id FROM history.snapshot") == before
    assert ask(root, "SELECT status FROM runs ORDER BY started_at DESC LIMIT 1") == [("failed",)]


def test_a_run_that_cannot_be_told_of_stands_and_says_so(home: dict[str, str], tmp_path: Path) -> None:
    root = tmp_path / "warehouse"
    (tmp_path / "new.txt").write_text("Sở Y tế tỉnh Lào Cai họp giao ban.\nCó 40 đại biểu dự.", encoding="utf-8")
    broken = "import flows.pipeline as p\ndef fail(*_): raise RuntimeError('no pages today')\np._tell = fail"
    done = khobao(home, "run", str(tmp_path), "--warehouse", str(root), before=broken)
    assert done.returncode == 0, done.stderr
    warning = "the Prefect pages do not tell of this run: RuntimeError: no pages today"
    assert "completed, snapshot 1" in done.stdout and warning in done.stdout
    flow_run_id = ask(root, "SELECT flow_run_id FROM runs WHERE status = 'completed'")[0][0]
    with sqlite3.connect(Path(home["PREFECT_HOME"]) / "prefect.db") as database:
        state = database.execute(
            "SELECT s.type, s.message FROM flow_run f JOIN flow_run_state s ON s.id = f.state_id WHERE f.id = ?", (flow_run_id,)
        ).fetchall()
    assert state[0][0] == "COMPLETED" and warning in state[0][1], "on record"


def test_the_artifact_carries_the_summary(first: tuple[Path, str], home: dict[str, str]) -> None:
    root, _ = first
    with sqlite3.connect(Path(home["PREFECT_HOME"]) / "prefect.db") as database:
        stored = database.execute("SELECT data FROM artifact WHERE key = 'khobao-run' ORDER BY created LIMIT 1").fetchall()
    assert len(stored) == 1
    run_id = str(ask(root, "SELECT run_id FROM runs ORDER BY started_at LIMIT 1")[0][0])
    assert run_id in stored[0][0] and "quarantined" in stored[0][0]


def test_a_failed_gate_fails_the_flow_run_with_its_reason_an_artifact_and_an_event(
    first: tuple[Path, str], home: dict[str, str], tmp_path: Path
) -> None:
    root, _ = first
    (tmp_path / "new.txt").write_text("Sở Y tế tỉnh Lào Cai họp tổng kết.\nCó 40 đại biểu dự.", encoding="utf-8")
    before = ask(root, "SELECT snapshot_id FROM history.snapshot")
    broken = "import flows.run as r; A = r.Audited; r.Audited = lambda *a: A(*a[:6], (9, 1, 0, 0, 0), *a[7:])"
    done = khobao(home, "run", str(tmp_path), "--warehouse", str(root), before=broken)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("khobao: ")]
    assert len(told) == 1 and told[0].startswith("khobao: quality gate: runs: 8 of 9 break the rule that documents seen are")
    assert ask(root, "SELECT snapshot_id FROM history.snapshot") == before
    run_id, flow_run_id = ask(root, "SELECT run_id, flow_run_id FROM runs WHERE status = 'blocked'")[0]
    with sqlite3.connect(Path(home["PREFECT_HOME"]) / "prefect.db") as database:
        state = database.execute(
            "SELECT s.type, s.message FROM flow_run f JOIN flow_run_state s ON s.id = f.state_id WHERE f.id = ?", (flow_run_id,)
        ).fetchall()
        artifact = database.execute("SELECT data FROM artifact WHERE key = 'khobao-quality' AND data LIKE ?", (f"%{run_id}%",))
        pages = artifact.fetchall()
        found = database.execute("SELECT payload, related FROM events WHERE event = 'khobao.quality.critical'").fetchall()
    events = [event for event in found if str(run_id) in event[0]]
    assert state[0][0] == "FAILED" and "quality gate: runs: 8 of 9" in state[0][1]
    assert len(pages) == 1 and "not passed" in pages[0][0]
    assert len(events) == 1 and "8 of 9" in events[0][0] and str(flow_run_id) in events[0][1]
