"""A standing Prefect server, for real: server, worker and the deployment of ``prefect.yaml`` are started, a cron run is seen
scheduled and completed, an overlapping one refused, and everything is stopped again. ``make test-server``."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pytest

from tests.conftest import ROOT
from warehouse.layout import Layout
from warehouse.lock import held

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("flow")]
STAGES = ("ingest", "clean", "extract", "validate", "publish")
T = TypeVar("T")


class Prefect:
    """A server of its own on a free port, with a home of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.api = f"http://127.0.0.1:{port}/api"
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "KHOBAO_"))}
        self.environment = kept | {
            "PREFECT_HOME": str(folder / "home"),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
        }
        self.port = port

    def command(self, *arguments: str) -> str:
        done = subprocess.run(self._words(arguments), env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command that stays; ended politely, by its own process id."""
        with (self.folder / f"{arguments[0]}.log").open("wb") as log:
            child = subprocess.Popen(
                self._words(arguments), env=self.environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield child
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)  # its own session: nobody else's processes
                child.wait(10)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Asked again, as Prefect's own client does, while the server is busy: SQLite answers 503 where two want to write."""
        request = urllib.request.Request(f"{self.api}/{path}", headers={"Content-Type": "application/json"})
        data = None if body is None else json.dumps(body).encode()
        for pause in (1, 2, 3, 5, 5, 5, 10, 10):
            try:
                return self._asked(request, data)
            except urllib.error.HTTPError as error:
                if error.code not in (429, 503):
                    raise
            except (urllib.error.URLError, TimeoutError):
                pass
            time.sleep(pause)
        return self._asked(request, data)

    @staticmethod
    def _asked(request: urllib.request.Request, data: bytes | None) -> Any:
        with urllib.request.urlopen(request, data, timeout=30) as answer:
            return json.load(answer)

    def runs(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC", "limit": 50})
        return found

    def _words(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "prefect", "--no-prompt", *arguments]


def until(seconds: float, what: str, look: Callable[[], T | None]) -> T:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := look():
                return found
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {seconds} s")


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    found = Prefect(tmp_path_factory.mktemp("server"))
    with found.running("server", "start", "--host", "127.0.0.1", "--port", str(found.port)) as server:
        until(90, "the server answers", lambda: urllib.request.urlopen(f"{found.api}/health", timeout=2).status == 200)
        yield found
    assert server.returncode is not None


def test_a_cron_run_completes_and_an_overlapping_one_is_refused(prefect: Prefect, samples: Path, tmp_path: Path) -> None:
    root = tmp_path / "warehouse"
    prefect.command("work-pool", "create", "khobao", "--type", "process")
    given = {"sources": [str(samples)], "warehouse": str(root), "wait": True, "workers": 1}
    prefect.command("deploy", "--name", "daily", "--params", json.dumps(given), "--cron", "* * * * *")
    deployment = prefect.ask("deployments/name/khobao/daily")
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert {schedule["schedule"]["cron"] for schedule in deployment["schedules"]} == {"0 5 * * *", "* * * * *"}
    assert {schedule["schedule"]["timezone"] for schedule in deployment["schedules"]} >= {"Asia/Ho_Chi_Minh"}
    assert deployment["tags"] == ["khobao"] and "quarantined" in deployment["description"]
    described = deployment["parameter_openapi_schema"]["properties"]
    assert all(described[name].get("description") for name in described)

    # The warehouse is held, and the run waits for it: so that the next one overlaps, however fast the machine is.
    with prefect.running("worker", "start", "--pool", "khobao", "--name", "one") as worker:
        with held(Layout(root)):
            first = until(150, "a cron run is scheduled and begins", lambda: _of_state(prefect, "RUNNING"))
            assert first["auto_scheduled"] and first["deployment_id"] == deployment["id"]
            # Later times of the schedule would be refused as well; one asked for by hand stands for them.
            by_hand = {"state": {"type": "SCHEDULED"}, "idempotency_key": "by hand"}  # however often it must be asked for
            second = prefect.ask(f"deployments/{deployment['id']}/create_flow_run", by_hand)
            refused = until(60, "the overlapping run is refused", lambda: _ended(prefect, second["id"]))
            assert refused["state"]["type"] == "CANCELLED" and "concurrency" in refused["state"]["message"].lower()
        done = until(120, "the first run ends", lambda: _ended(prefect, first["id"]))
        until(20, "the log of every stage has come", lambda: _logged(prefect, first["id"], *STAGES))
    assert worker.returncode is not None

    assert done["state"]["type"] == "COMPLETED", done["state"]
    assert done["state"]["message"] == "completed: 20 documents seen, 19 new, 1 quarantined; snapshot 1"
    assert done["name"].startswith("news 20") and {"khobao", "auto-scheduled"} <= set(done["tags"])
    with duckdb.connect(str(root / "khobao.duckdb"), read_only=True) as con:
        journal = con.execute("SELECT flow_run_id, status, documents_new FROM runs ORDER BY started_at LIMIT 1").fetchall()
    assert journal == [(first["id"], "completed", 19)]
    artifacts = prefect.ask("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [first["id"]]}}})
    told = {artifact["key"]: artifact for artifact in artifacts}
    assert "quarantined" in told["khobao-run"]["data"] and told["khobao-run"]["description"] == done["state"]["message"]


def _of_state(prefect: Prefect, state: str) -> dict[str, Any] | None:
    return next((run for run in prefect.runs() if run["state_type"] == state), None)


def _logged(prefect: Prefect, run_id: str, *stages: str) -> bool:
    logs = prefect.ask("logs/filter", {"logs": {"flow_run_id": {"any_": [run_id]}}, "limit": 200})
    printed = "\n".join(entry["message"] for entry in logs)
    return all(re.search(rf"^{stage} +\d+ documents in", printed, re.MULTILINE) for stage in stages)


def _ended(prefect: Prefect, run_id: str) -> dict[str, Any] | None:
    found: dict[str, Any] = prefect.ask(f"flow_runs/{run_id}")
    return found if found["state_type"] in ("COMPLETED", "CANCELLED", "FAILED", "CRASHED") else None


def _of_home(home: Path) -> list[str]:
    """The processes that live by this Prefect home."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"PREFECT_HOME={home}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # ended meanwhile
    return found


class Serving:
    """``khobao serve`` of a schedule that is in place since long, and which nobody has served yet."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.root, self.home, self.out = folder / "warehouse", folder / "home", folder / "out"
        self._source = source
        self.root.mkdir()
        plan = {"deployment": "serve", "cron": None, "every": "1d", "timezone": "Asia/Ho_Chi_Minh"}
        self.note = self.root / "schedule-serve.json"
        self.note.write_text(json.dumps({**plan, "since": "2026-01-01T00:00:00+07:00"}))

    @contextmanager
    def running(self, *more: str) -> Iterator[None]:
        """Ended politely; then nothing of it is left."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "KHOBAO_"))}
        environment |= {"PREFECT_HOME": str(self.home), "PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1"}
        command = [sys.executable, "-m", "flows", "serve", str(self._source), "--every", "1d", "--workers", "1", *more]
        with self.out.open("w") as printed:
            # As a shell starts what is to run in the background: deaf to Ctrl-C.
            child = subprocess.Popen(
                [*command, "--warehouse", str(self.root)], env=environment, cwd=ROOT, stdout=printed, stderr=printed, text=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
            )  # fmt: skip
        try:
            yield
        finally:
            child.send_signal(signal.SIGTERM)
            status = child.wait(90)
        assert (status, "Traceback" in self.out.read_text()) == (0, False), self.out.read_text()
        until(20, "no process is left", lambda: not _of_home(self.home))

    def says(self, words: str) -> None:
        until(300, words, lambda: words in self.out.read_text())

    def runs(self) -> list[tuple[object, ...]]:
        try:
            with duckdb.connect(str(self.root / "khobao.duckdb"), read_only=True) as con:
                return con.execute("SELECT status FROM runs ORDER BY started_at").fetchall()
        except duckdb.Error:
            return []


def test_serve_catches_a_missed_time_up_once_and_stops_without_a_trace(samples: Path, tmp_path: Path) -> None:
    serving = Serving(tmp_path, samples)
    for words in ("a time was missed", "waiting"):
        with serving.running():
            serving.says(words)
            until(300, "the missed time is caught up", serving.runs)
            time.sleep(5)
        if words == "a time was missed":
            told = next(line for line in serving.out.read_text().splitlines() if ": completed: " in line)
            assert told.startswith("khobao: run 20") and "; snapshot 1; next run 20" in told
        assert serving.runs() == [("completed",)], "once"
    assert json.loads(serving.note.read_text())["since"] == "2026-01-01T00:00:00+07:00"


def test_serve_is_stopped_at_its_start_and_in_mid_run(samples: Path, tmp_path: Path) -> None:
    serving = Serving(tmp_path, samples)
    with serving.running():
        serving.says("serving on")  # and Prefect is not even imported
    assert not serving.runs()
    with held(Layout(serving.root)), serving.running("--wait"):  # the run begins, and waits for the warehouse
        until(300, "the run begins", lambda: any("multiprocessing-fork" in command for command in _of_home(serving.home)))
    assert "stopping; the schedule stays" in serving.out.read_text()
    with serving.running():
        serving.says("a time was missed")  # still
        until(300, "it is caught up", lambda: ("completed",) in serving.runs())
    # Stopped as soon as that was seen: it stays. What was stopped in mid-run is on record as failed, if it had begun to write.
    assert [run for run in serving.runs() if run != ("failed",)] == [("completed",)]
