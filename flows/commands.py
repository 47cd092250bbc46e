"""What each command of the command line does. Imports stand in the functions: a query must not pay for a run."""

from __future__ import annotations

import argparse
import json
import os
import re
import threading
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.plain import plain
from schemas.errors import UsageError

if TYPE_CHECKING:
    from flows.pools import Pools
    from warehouse.layout import Layout
    from warehouse.sources import Source


def _layout(options: argparse.Namespace) -> Layout:
    from flows.settings import warehouse_path
    from warehouse.layout import Layout

    return Layout(warehouse_path(options.warehouse))


def _checked(options: argparse.Namespace) -> tuple[dict[str, Any], list[Source]]:
    """The flow's parameters, and the sources. Wrong input is told here, before anything heavy is loaded."""
    from flows.settings import warehouse_path
    from warehouse.sources import FieldMap, resolve

    warehouse = warehouse_path(options.warehouse)
    given = {field: getattr(options, f"{field}_field") for field in ("text", "url", "id", "title", "date")}
    fields = {field: [name] for field, name in given.items() if name}
    sources = resolve(options.sources, options.names, FieldMap(**{field: tuple(names) for field, names in fields.items()}))
    _size(options.memory_limit)
    parameters = {
        "sources": list(options.sources),
        "warehouse": str(warehouse),
        "names": options.names,
        "fields": fields,
        "batch_size": options.batch_size,
        "workers": options.workers,
        "reprocess": options.reprocess,
        "wait": options.wait,
        "tolerance": options.tolerance,
        "memory_limit": options.memory_limit,
    }
    return parameters, sources


def run(options: argparse.Namespace) -> int:
    if not options.sources and not options.reprocess:
        raise UsageError("give at least one SOURCE (a file, folder or glob), or --reprocess to extract stale documents again")
    parameters, sources = _checked(options)
    parameters |= {"run_id": options.run_id, "clock": _clock(options.clock)}
    return carry_out(parameters, sources)


def carry_out(parameters: dict[str, Any], sources: list[Source]) -> int:
    """One run of the flow in this process, with its summary at the end."""
    from warehouse.layout import Layout
    from warehouse.lock import held

    warehouse = Path(parameters["warehouse"])
    if not parameters.get("wait") and warehouse.is_dir():
        with held(Layout(warehouse)):  # tell at once if another run holds it; the run itself takes the lock again
            pass

    from flows.pools import Pools, loading

    pools = Pools(parameters.get("workers") or max(1, os.cpu_count() or 1))
    pools.start()
    # While Prefect comes up, look whether there is anything to validate, and begin to load what that needs.
    threading.Thread(target=_look_ahead, args=(warehouse, sources, pools), daemon=True).start()
    try:
        with loading():
            from flows import pipeline
            from flows.summary import text

        pipeline.use(pools)
        pipeline.khobao(**parameters)
        print(text(pipeline.outcomes[-1]))
    finally:
        pools.stop()
    return 0


def serve(options: argparse.Namespace) -> int:
    from flows import schedule

    every = schedule.interval(options.every) if options.every else None
    zone = schedule.zone(options.timezone)
    if options.cron:
        schedule.check_cron(options.cron)
    parameters, _ = _checked(options)
    # The flow runs in other processes, which may stand in other folders.
    parameters["sources"] = [str(Path(source).absolute()) for source in parameters["sources"]]
    parameters["warehouse"] = str(Path(parameters["warehouse"]).absolute())
    now = datetime.now(zone)
    plan = {"deployment": options.deployment, "cron": options.cron, "every": options.every, "timezone": options.timezone}
    note = Path(parameters["warehouse"]) / f"schedule-{options.deployment}.json"
    since = max(
        schedule.remember(note, plan, now), _last_start(Path(parameters["warehouse"]), zone) or datetime.min.replace(tzinfo=zone)
    )
    missed = schedule.last_due(options.cron, every, since, now)
    due = f"; next run {schedule.next_due(options.cron, now):%Y-%m-%d %H:%M}" if options.cron else ""
    with schedule.server() as address:
        print(
            f"khobao: serving on {address}; "
            + (f"a time was missed at {missed:%Y-%m-%d %H:%M}: running now" if missed else f"waiting{due}"),
            flush=True,
        )
        schedule.serve(options.deployment, parameters, options.cron, every, options.timezone, missed is not None)
    return 0


def _last_start(warehouse: Path, zone: tzinfo) -> datetime | None:
    """When the last run of a warehouse began; the journal has local time."""
    from flows.settings import LOCAL
    from warehouse.layout import Layout

    layout = Layout(warehouse)
    if not layout.exists():
        return None
    from warehouse.query import opened

    with opened(layout) as con:
        started: datetime | None = con.execute("SELECT max(started_at) FROM runs").fetchall()[0][0]
    return started and started.replace(tzinfo=LOCAL).astimezone(zone)


def _look_ahead(warehouse: Path, sources: list[Source], pools: Pools) -> None:
    from warehouse import journal
    from warehouse.ingest import anything_new
    from warehouse.layout import Layout

    layout = Layout(warehouse)
    try:
        known = set(journal.known_ids(layout, layout.state())) if layout.exists() else set()
        if anything_new(sources, known):
            pools.expect_validation()
        # Arrow and DuckDB import pandas when they first convert something: that too while this process waits for Prefect.
        import pandas  # noqa: F401

        from transforms import units

        units.gazetteer()
    except Exception:
        return  # only a head start: the run itself meets the same fault and reports it


def _size(text: str) -> None:
    if not re.fullmatch(r"\d+(\.\d+)? ?([KMGT]i?B|B)", text, re.IGNORECASE):
        raise UsageError(f"--memory-limit {text!r} is no size: give a number and a unit, such as 512MB or 2GB")


def _clock(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--clock {text!r} is no ISO time") from None


def status(options: argparse.Namespace) -> int:
    from flows.status import report, show

    found = report(_layout(options))
    if options.format == "json":
        print(json.dumps(found, ensure_ascii=False, default=plain, indent=1))
    else:
        print(show(found))
    return 0


def relocate(options: argparse.Namespace) -> int:
    from warehouse import catalog
    from warehouse.lock import held

    layout = _layout(options)
    layout.require()
    with held(layout):
        state = layout.state()
        ids = layout.snapshot_ids()
        catalog.build(layout, ids, state)
    print(f"{len(ids)} catalogs now point to {layout.root}")
    return 0


def trace(options: argparse.Namespace) -> int:
    from flows.trace import trace as lead_back

    print(lead_back(_layout(options), options.table, options.doc_id, options.row_no))
    return 0
