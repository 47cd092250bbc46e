"""The Prefect flow: ``ingest -> clean -> extract -> validate -> publish``, tasks over batches, work on a process pool.

Importing this module imports Prefect; nothing else in khobao does.
"""

from __future__ import annotations

import hashlib
import os

# Before Prefect is imported: it reads its settings then. No telemetry; its log lines give way to the progress display.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
# Its own server takes seconds to start, but a minute where a slow disk is read for the first time; 20 s are given otherwise.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "300")

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.events import emit_event
from prefect.exceptions import MissingContextError
from prefect.futures import as_completed
from prefect.logging import get_run_logger
from prefect.runtime import deployment, flow_run
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.engine import Engine
from flows.pools import Pools
from flows.progress import for_terminal
from flows.quality import as_markdown, verdict
from flows.record import Outcome
from flows.run import execute
from flows.settings import LOCAL, Settings, warehouse_path
from flows.summary import line, markdown
from schemas.errors import KhobaoError, TransientError
from warehouse.layout import Layout
from warehouse.sources import FieldMap

T = TypeVar("T")


def _is_transient(_task: Any, _run: Any, state: Any) -> bool:
    try:
        state.result()
    except (TransientError, TimeoutError, ConnectionError):
        return True
    except Exception:
        return False
    return False


_OPTIONS: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": 1,
    "retry_condition_fn": _is_transient,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


class PrefectEngine(Engine):
    """Each batch is a Prefect task run; the work itself is done by ``pools``."""

    def __init__(self, pools: Pools) -> None:
        self._pools = pools
        self.flow_run_id = str(flow_run.id) if flow_run.id else None

    def map(self, stage: str, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        step = task(name=stage, **_OPTIONS)(self._in_pool)
        futures = [
            step.with_options(task_run_name=f"{stage} {n + 1} of {len(calls)}").submit(function, call)
            for n, call in enumerate(calls)
        ]
        for future in as_completed(futures):
            yield future.result()

    def _in_pool(self, function: Callable[..., T], call: tuple[Any, ...]) -> T:
        return self._pools.run(function, *call)

    def once(self, stage: str, function: Callable[..., T], *arguments: Any) -> T:
        result: T = task(name=stage, task_run_name=stage, **_OPTIONS | {"retries": 0})(lambda: function(*arguments))()
        return result

    def validate(self, function: Callable[..., T], *arguments: Any, **options: Any) -> T:
        def check() -> T:
            return self._pools.validate(function, *arguments, **options)

        name = getattr(function, "__name__", "validate")
        result: T = task(name=name, task_run_name=name, **_OPTIONS)(check)()
        return result

    def expect_validation(self) -> None:
        self._pools.expect_validation()

    def end_validation(self) -> None:
        self._pools.end_validation()


_ready: Pools | None = None  # pools that the command line has started before this module was imported
outcomes: list[Outcome] = []  # of the flows of this process, for the command line's summary


def use(pools: Pools) -> None:
    global _ready
    _ready = pools


def _run_name() -> str:
    """What the Prefect pages call a run: its sources by their last names, and the time for which it was due."""
    given = flow_run.parameters or {}
    names = given.get("names") or [Path(source).name or source for source in given.get("sources") or ()]
    what = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    if given.get("replay"):
        what = f"replay of {len(given['replay'])} documents"
    elif given.get("reprocess"):
        what = f"{what}, stale ones again" if what else "stale documents again"
    due = flow_run.scheduled_start_time
    return f"{what} {due.astimezone(LOCAL):%Y-%m-%d %H:%M}" if due else what


@flow(
    name="khobao",
    flow_run_name=_run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=8),  # type: ignore[arg-type]  # its future is a subclass of the wanted one
    persist_result=False,
    validate_parameters=True,
)
def khobao(
    sources: list[str],
    warehouse: str | None = None,
    names: list[str] | None = None,
    fields: dict[str, list[str]] | None = None,
    batch_size: int = 500,
    workers: int | None = None,
    reprocess: bool = False,
    wait: bool = False,
    run_id: str | None = None,
    clock: str | None = None,
    tolerance: float = 0.05,
    memory_limit: str = "1GB",
    replay: list[str] | None = None,
) -> Any:
    """Bring raw Vietnamese public-affairs texts into a warehouse: ingest, clean, extract, validate, publish.

    Known bytes are skipped. Nothing that fails a critical expectation is published.

    Args:
        sources: Files, folders or globs with texts (.txt .md .html .jsonl .ndjson .parquet, also .gz .zst).
        warehouse: Folder of the warehouse; else KHOBAO_WAREHOUSE, else warehouse/data.
        names: Name of each source in the tables; else its folder or file.
        fields: Which fields of a record hold its text, url, id, title and date; else the usual names.
        batch_size: Documents per batch.
        workers: Worker processes; else one per core.
        reprocess: Extract again what an older version extracted.
        wait: Wait for another run on the same warehouse instead of giving up.
        run_id: Name of the run in the journal; else made from the time.
        clock: The time that goes into the tables, for tests; else the real one.
        tolerance: Share of failing rows above which the whole run is held back.
        memory_limit: Memory of the sorting engine.
        replay: Documents (doc_id) to take again from the raw store.
    """
    given = {"workers": workers} if workers else {}
    settings = Settings(
        tuple(sources),
        warehouse_path(warehouse),
        tuple(names or ()),
        FieldMap(**{k: tuple(v) for k, v in (fields or {}).items()}),
        batch_size,
        reprocess=reprocess,
        wait=wait,
        run_id=run_id,
        clock=datetime.fromisoformat(clock) if clock else None,
        tolerance=tolerance,
        memory_limit=memory_limit,
        replay=tuple(replay or ()),
        **given,
    )
    pools = _ready or Pools(settings.workers)
    try:
        with for_terminal() as progress:
            outcome = execute(settings, PrefectEngine(pools), progress)
    except KhobaoError as error:
        if isinstance(error.outcome, Outcome):
            error.outcome = _told(error.outcome)
            served(f"run {error.outcome.run.run_id}: {line(error.outcome)}; {error}")
        else:
            served(f"no run: {error}")
        raise
    finally:
        if pools is not _ready:
            pools.stop()
    outcome = _told(outcome)
    outcomes.append(outcome)
    served(f"run {outcome.run.run_id}: {line(outcome)}")
    made = {"run_id": outcome.run.run_id, "status": outcome.run.status, "snapshot_id": outcome.run.snapshot_id}
    untold = f"; {outcome.warnings[-1]}" if outcome.warnings and outcome.warnings[-1].startswith(_UNTOLD) else ""
    return Completed(message=line(outcome) + untold, data=made)


_UNTOLD = "the Prefect pages do not tell of this run"


def _told(outcome: Outcome) -> Outcome:
    """The outcome, told. What is published is published: where it can't be told, that is a warning of the run."""
    try:
        _tell(outcome)
    except Exception as error:
        warning = f"{_UNTOLD}: {type(error).__name__}: {str(error).partition(chr(10))[0]}"
        with suppress(MissingContextError):
            get_run_logger().warning(warning)
        return replace(outcome, warnings=(*outcome.warnings, warning))
    return outcome


SERVED = "KHOBAO_SERVED"  # set by `khobao serve`, whose runs are processes of their own: the time zone of its schedule


def served(told: str) -> None:
    """Where the run is one of ``khobao serve``, say there what came of it, and when the next is due."""
    zone = os.environ.get(SERVED)
    if zone:
        due = _next(ZoneInfo(zone))
        print(f"khobao: {told}" + (f"; next run {due:%Y-%m-%d %H:%M}" if due else ""), flush=True)


def _next(zone: ZoneInfo) -> datetime | None:
    """When the deployment of this flow run is due again; None where nothing is scheduled, or the server can't tell."""
    now = datetime.now(zone)
    try:
        with get_client(sync_client=True) as client:
            found = client.read_flow_runs(
                deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[UUID(deployment.id or "")])),
                flow_run_filter=FlowRunFilter(
                    state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
                    expected_start_time=FlowRunFilterExpectedStartTime(after_=now),  # type: ignore[arg-type]  # it takes any
                ),
                sort=FlowRunSort.EXPECTED_START_TIME_ASC,
                limit=1,
            )
    except Exception:
        return None  # the run has ended as it has ended
    return found[0].expected_start_time.astimezone(zone) if found and found[0].expected_start_time else None


def _tell(outcome: Outcome) -> None:
    """Put what came of a run onto the Prefect pages, and tell automations of its verdict."""
    create_markdown_artifact(markdown(outcome), key="khobao-run", description=line(outcome))
    found = verdict(Layout(outcome.warehouse), outcome.run.run_id)
    if found.judged_run_id != found.run_id and not found.says_something and not found.message:
        return  # nothing new, nothing judged
    create_markdown_artifact(as_markdown(found), key="khobao-quality", description="the verdict on the quality of the run")
    emit_event(
        event=f"khobao.quality.{found.verdict}",
        resource={
            "prefect.resource.id": f"khobao.warehouse.{hashlib.sha256(str(outcome.warehouse).encode()).hexdigest()[:12]}",
            "prefect.resource.name": outcome.warehouse.name,
        },
        related=[{"prefect.resource.id": f"prefect.flow-run.{flow_run.id}", "prefect.resource.role": "flow-run"}],
        payload=found.summary(),
    )
