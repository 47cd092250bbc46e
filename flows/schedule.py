"""``khobao serve``: the flow on a schedule, in one command, with a server of its own where none is given.

Runs never overlap (an overlapping one is cancelled as refused; the warehouse's lock guards against runs by hand), a time that was
missed while nothing served is caught up once, and stopping leaves warehouse and schedule in place.
"""

from __future__ import annotations

import asyncio
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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.errors import RunFailedError, UsageError

if TYPE_CHECKING:
    from prefect.runner import Runner

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
START_UP = 300  # seconds; the very first start of a server lays its database out, on a busy machine too


def interval(text: str) -> timedelta:
    """A span of time as typed.

    >>> interval("15m")
    datetime.timedelta(seconds=900)
    """
    found = re.fullmatch(r"(\d+)\s*([smhd])", text.strip())
    if not found or int(found[1]) == 0:
        raise UsageError(f"--every {text!r} is no span of time: give a number and s, m, h or d, such as 15m")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(f"--timezone {name!r} is unknown: give a name such as Asia/Ho_Chi_Minh") from None


def last_due(cron: str | None, every: timedelta | None, since: datetime, now: datetime) -> datetime | None:
    """The last time at or before ``now`` at which a run was due after ``since``; None where none was.

    >>> at = datetime.fromisoformat
    >>> last_due("0 5 * * *", None, at("2026-01-01T06:00+07:00"), at("2026-01-03T04:00+07:00")).isoformat()
    '2026-01-02T05:00:00+07:00'
    >>> last_due(None, timedelta(minutes=15), at("2026-01-01T06:00+07:00"), at("2026-01-01T06:10+07:00")) is None
    True
    """
    if every is not None:
        passed = (now - since) // every
        return since + passed * every if passed >= 1 else None
    from cronsim import CronSim

    due = next(CronSim(cron or "", now, reverse=True))
    return due if due > since else None


def next_due(cron: str, now: datetime) -> datetime:
    """The first time after ``now``.

    >>> next_due("0 5 * * *", datetime.fromisoformat("2026-01-03T05:00+07:00")).isoformat()
    '2026-01-04T05:00:00+07:00'
    """
    from cronsim import CronSim

    due: datetime = next(CronSim(cron, now))
    return due


def check_cron(cron: str) -> None:
    from cronsim import CronSim, CronSimError

    try:
        CronSim(cron, datetime(2026, 1, 1))
    except CronSimError as error:
        raise UsageError(f"--cron {cron!r} is no cron expression: {error}") from None


def remember(path: Path, plan: Mapping[str, str | None], now: datetime) -> datetime:
    """Note the schedule beside the warehouse; returns since when this very one is in place."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        if all(noted.get(name) == value for name, value in plan.items()):
            return datetime.fromisoformat(noted["since"])
    except (OSError, ValueError, KeyError):
        pass  # no schedule yet, or none that can be read: this one begins now
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(json.dumps({**plan, "since": now.isoformat()}, indent=1), encoding="utf-8")
    aside.replace(path)
    return now


@contextmanager
def server() -> Iterator[str]:
    """The address of a Prefect server: the one in ``PREFECT_API_URL``, else one started here, which ends with us."""
    given = os.environ.get("PREFECT_API_URL")
    if given:
        yield given
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    # Until somebody listens for it, a request to end would end this process at once and leave the server behind.
    before = _heed(lambda *_: sys.exit(0))
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=_heed_interrupts
    )
    try:
        _wait(address, child)
        os.environ["PREFECT_API_URL"] = address
        yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # its session is its own: the server and what it has started
            child.wait()
        for number, handler in before.items():
            signal.signal(number, handler)


def _heed(handler: Callable[..., object]) -> dict[signal.Signals, Any]:
    """Let ``handler`` answer requests to end, except those that this process was started deaf to (``nohup``, ``&``)."""
    asked = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    return {number: signal.signal(number, handler) for number in asked if signal.getsignal(number) is not signal.SIG_IGN}


def _heed_interrupts() -> None:
    """The server ends itself by an interrupt, which a shell makes its background commands, and their children, ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait(address: str, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_UP
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise RunFailedError(f"the Prefect server ended at once (exit {child.returncode}): try `prefect server start`")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RunFailedError(f"the Prefect server did not answer within {START_UP} s at {address}")


def serve(
    name: str, parameters: dict[str, Any], cron: str | None, every: timedelta | None, timezone: str, catch_up: bool
) -> None:
    """Serve the flow until stopped. Call it within ``server()``: Prefect reads the server's address when it is imported."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.deployments import run_deployment
    from prefect.runner import Runner
    from prefect.schedules import Cron, Interval
    from prefect.types.entrypoint import EntrypointType

    from flows.pipeline import SERVED, khobao

    schedule = Cron(cron, timezone=timezone) if cron else Interval(every or timedelta(hours=1), timezone=timezone)
    # Stopping must not pause the schedule: it is in place again at the next start.
    runner = Runner(name=name, pause_on_shutdown=False, limit=1)
    runner.add_flow(
        khobao,
        name=name,
        schedule=schedule,
        parameters=parameters,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        tags=["khobao"],
        description="Brings raw Vietnamese public-affairs texts into a warehouse: ingest, clean, extract, validate, publish.",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    os.environ[SERVED] = timezone  # the runs inherit it
    if catch_up:
        run_deployment(f"{khobao.name}/{name}", timeout=0, flow_run_name="catching up a missed time")
    asyncio.run(_until_stopped(runner))


async def _until_stopped(runner: Runner) -> None:
    """Serve until told to stop; a run that is going on is cancelled then.

    Prefect's own answer to SIGTERM exits at once, out of the midst of its event loop, and forgets to stop what is running.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked(*_: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    _heed(asked)
    runner.handle_sigterm = asked  # type: ignore[method-assign]  # which it installs when it starts
    serving = asyncio.create_task(runner.start())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        print("khobao: stopping; the schedule stays", flush=True)
        while not runner.started:  # it can't be stopped before
            await asyncio.sleep(0.1)
        await runner.astop()
    stopping.cancel()
    await serving
