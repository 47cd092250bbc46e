"""A run from sources to snapshot: ingest, clean, extract, validate, publish. What happens, in which order, and what is recorded.

``execute`` knows nothing of Prefect: an ``Engine`` carries the stages out. Whatever happens, the journal tells, and the balance holds:
``documents_seen = documents_new + documents_known + documents_reprocessed + documents_quarantined``.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from warehouse.validate import Verdict, validate

from flows import stages
from flows.engine import Engine
from flows.progress import Progress
from flows.settings import Settings
from flows.version import extractor_version
from schemas import tables
from schemas.errors import BlockedError, KhobaoError, RunFailedError
from schemas.journal import QualityResult, QuarantineRow, Run, RunTable
from transforms import units
from transforms.tabulate import to_arrow
from warehouse import catalog, counting, journal, retention
from warehouse.ingest import KnownIds, Landed, land, plan
from warehouse.layout import Layout, Snapshot, State, write_json
from warehouse.lock import held
from warehouse.parquet import write_table
from warehouse.publish import Staged, empty, publish
from warehouse.sources import Source, resolve


@dataclass(slots=True)
class Outcome:
    """What came of a run, for the summary."""

    run: Run
    warehouse: Path
    tables: dict[str, int] = field(default_factory=dict)  # rows written by this run
    quarantined: dict[str, int] = field(default_factory=dict)  # by reason code, documents and rows
    ignored_files: int = 0
    quality: Path | None = None
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Progressed:
    """What is known of a run while it goes on; the journal's rows are made from it however it ends."""

    run_id: str
    started_at: Any
    sources: list[Source]
    version: str
    seen: int = 0
    new: int = 0
    known: int = 0
    reprocessed: int = 0
    quarantined: int = 0
    stale: int = 0
    rows_written: int = 0
    snapshot_id: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    run_tables: list[RunTable] = field(default_factory=list)
    results: list[QualityResult] = field(default_factory=list)
    refused: list[QuarantineRow] = field(default_factory=list)
    landed: list[Landed] = field(default_factory=list)
    sightings: str | None = None


def execute(settings: Settings, engine: Engine, progress: Progress) -> Outcome:
    """Carry out one run. Raises BlockedError or RunFailedError after the journal has recorded it."""
    sources = resolve(settings.sources, settings.names, settings.fields)
    layout = Layout(settings.warehouse)
    with held(layout, settings.wait):
        state = open_warehouse(layout, settings)
        work = _Progressed(settings.new_run_id(), settings.now(), sources, extractor_version())
        staging = layout.staging(work.run_id)
        write_json(staging / "run.json", {"run_id": work.run_id, "started_at": work.started_at.isoformat()})
        try:
            snapshot = _stages(settings, engine, progress, layout, state, work, staging)
            status = "completed" if snapshot else "nothing_new"
            outcome = _record(settings, engine, layout, state, work, staging, status, None, snapshot)
        except BaseException as error:
            status = "blocked" if isinstance(error, BlockedError) else "failed"
            message = str(error).split("\n")[0] if isinstance(error, KhobaoError) else f"{type(error).__name__}: {error}".split("\n")[0]
            _record(settings, engine, layout, state, work, staging, status, message, None)
            if isinstance(error, KhobaoError) or not isinstance(error, Exception):
                raise
            raise RunFailedError(f"the run failed, nothing was published: {message}") from error
        finally:
            retention.clear_staging(layout, work.run_id)
        return outcome


def open_warehouse(layout: Layout, settings: Settings) -> State:
    """The state of the warehouse; a new one is laid out first, and runs that died are recorded."""
    if not layout.exists():
        created = settings.now().isoformat(sep=" ", timespec="seconds")
        snapshot = empty(layout, to_arrow(tables.UNITS, units.gazetteer()), created)
        files = journal.start(layout)
        snapshot.files["sightings"] = files["sightings"]
        layout.write_snapshot(snapshot)
        state = State(1, 0, files)
        layout.commit(state)
        catalog.build(layout, [0], state)
        return state
    state = layout.state()
    for run_id in retention.leftovers(layout):
        state = _record_dead(layout, state, run_id, settings)
    return state


def _record_dead(layout: Layout, state: State, run_id: str, settings: Settings) -> State:
    note = layout.staging(run_id) / "run.json"
    started = json.loads(note.read_text())["started_at"] if note.exists() else settings.now().isoformat()
    from datetime import datetime

    if not journal.has_run(layout, state, run_id):
        run = Run(
            run_id, None, datetime.fromisoformat(started), None, "failed", (), 0, 0, 0, 0, 0, 0, 0, None, extractor_version(),
            message="ended without a word: killed, or the machine went down",
        )  # fmt: skip
        files = journal.record(layout, state, run_id, {"runs": [run]}, [], None, [])
        state = State(state.sequence + 1, state.snapshot_id, files)
        layout.commit(state)
    retention.clear_staging(layout, run_id)
    return state


@contextmanager
def _stage(work: _Progressed, progress: Progress, name: str, total: int) -> Iterator[None]:
    begun = time.monotonic()
    progress.begin(name, total)
    try:
        yield
    finally:
        work.seconds[name] = round(time.monotonic() - begun, 3)
        progress.finish(name)


def _stages(
    settings: Settings, engine: Engine, progress: Progress, layout: Layout, state: State, work: _Progressed, staging: Path
) -> Snapshot | None:
    old = layout.snapshot(state.snapshot_id)
    assert old is not None
    known_path = staging / "known.npy"
    KnownIds.write(known_path, journal.known_ids(layout, state))
    with _stage(work, progress, "ingest", sum(len(s.files) for s in work.sources)):
        calls = [(unit, staging, work.run_id, known_path, settings.batch_size) for unit in plan(work.sources, settings.batch_size)]
        for landed in engine.map("ingest", land, calls):
            if landed.new:
                engine.expect_validation()
            work.landed.append(landed)
            progress.advance("ingest", landed.seen)
        work.landed.sort(key=lambda landed: landed.folder)
        tally = counting.tally(
            layout, old, state, work.landed, staging, work.version, settings.reprocess, settings.batch_size
        )
        work.seen, work.known, work.stale = tally.seen, tally.known, tally.stale
        work.new, work.reprocessed, work.quarantined = tally.new, tally.reprocessed, tally.refused
        work.refused += counting.refusals([landed.folder / "refused.parquet" for landed in work.landed], work.run_id, work.started_at)
    if not tally.chunks and not tally.moved:
        return None
    if tally.chunks:
        engine.expect_validation()
    total = tally.new + tally.reprocessed
    cleaned = []
    with _stage(work, progress, "clean", total):
        clean_calls = [
            (chunk, staging / "clean" / f"{number:05d}", skip, work.run_id, work.version)
            for number, (chunk, skip) in enumerate(tally.chunks)
        ]
        for made in engine.map("clean", stages.clean_chunk, clean_calls):
            cleaned.append(made.folder)
            _refuse(work, made)
            progress.advance("clean", made.documents + made.refused)
    extracted = []
    with _stage(work, progress, "extract", total - (work.quarantined - tally.refused)):
        for made in engine.map("extract", stages.extract_chunk, [(folder, staging / "extract" / folder.name) for folder in sorted(cleaned)]):
            extracted.append(made.folder)
            _refuse(work, made)
            progress.advance("extract", made.documents + made.refused)
    staged = _staged_files(sorted(cleaned), sorted(extracted))
    count = counting.documents(staged)
    verdict = Verdict([], [], False, None)
    if tally.chunks:
        with _stage(work, progress, "validate", count):
            verdict = _validate(settings, engine, layout, work, staging, staged)
            progress.advance("validate", count)
    if verdict.blocked:
        raise BlockedError(f"quality gate: {verdict.message}; nothing was published, the previous snapshot stays")
    with _stage(work, progress, "publish", count):
        snapshot = _publish(settings, engine, layout, old, state, work, staging, staged, verdict)
        progress.advance("publish", count)
    return snapshot


def _refuse(work: _Progressed, made: stages.Made) -> None:
    if made.refused:
        rows = counting.refusals([made.folder / "refused.parquet"], work.run_id, work.started_at)
        work.refused += rows
        _move_to_quarantined(work, {row.doc_id for row in rows if row.doc_id}, made.folder.parent.parent)


def _move_to_quarantined(work: _Progressed, doc_ids: set[str], staging: Path) -> None:
    """Documents refused after ingest leave ``new`` or ``reprocessed``: each was counted once there."""
    again = set(pq.read_table(staging / "reprocess.parquet")["doc_id"].to_pylist()) if doc_ids else set()
    repeated = len(doc_ids & again)
    work.reprocessed -= repeated
    work.new -= len(doc_ids) - repeated
    work.quarantined += len(doc_ids)


def _staged_files(cleaned: list[Path], extracted: list[Path]) -> dict[str, list[Path]]:
    files = {table.name: [folder / f"{table.name}.parquet" for folder in extracted] for table in (tables.DOCUMENTS, *tables.FACTS)}
    files["blocks"] = [folder / "blocks.parquet" for folder in cleaned]
    files["signatures"] = [folder / "signatures.parquet" for folder in cleaned]
    return files


def _validate(
    settings: Settings, engine: Engine, layout: Layout, work: _Progressed, staging: Path, staged: dict[str, list[Path]]
) -> Verdict:
    units_path = staging / "units.parquet"
    write_table(units_path, to_arrow(tables.UNITS, units.gazetteer()))
    checked = {name: files for name, files in staged.items() if name != "signatures"}
    verdict = engine.validate(
        validate, checked, work.run_id, units=units_path, memory_limit=settings.memory_limit, tolerance=settings.tolerance,
        docs_dir=layout.quality(work.run_id),
    )  # fmt: skip
    work.results = list(verdict.results)
    places = counting.places_of(staged["documents"], {r.doc_id for r in verdict.rejected if r.doc_id})
    whole: set[str] = set()
    for row in verdict.rejected:
        name, uri = places.get(row.doc_id or "", ("", ""))
        is_document = row.table == "documents"
        if is_document and row.doc_id:
            whole.add(row.doc_id)
        work.refused.append(
            QuarantineRow(
                "", work.run_id, row.doc_id, name, uri, "validate", None if is_document else row.table, row.reason_code, row.reason,
                row.payload, work.started_at,
            )  # fmt: skip
        )
    _move_to_quarantined(work, whole, staging)
    return verdict


def _publish(
    settings: Settings, engine: Engine, layout: Layout, old: Snapshot, state: State, work: _Progressed, staging: Path,
    staged: dict[str, list[Path]], verdict: Verdict,
) -> Snapshot:  # fmt: skip
    rejected = staging / "rejected.parquet"
    columns = {"table": [r.table for r in verdict.rejected], "file": [r.file for r in verdict.rejected]}
    write_table(rejected, pa.table(columns | {"file_row": pa.array([r.file_row for r in verdict.rejected], pa.int64())}, schema=pa.schema(
        [("table", pa.string()), ("file", pa.string()), ("file_row", pa.int64())])))
    left_out = staging / "left_out.parquet"
    gone = sorted({r.doc_id for r in verdict.rejected if r.table == "documents" and r.doc_id} | counting.refused_after(staging, "extract"))
    write_table(left_out, pa.table({"doc_id": pa.array(gone, pa.string())}))
    job = Staged(
        work.run_id, staged, [landed.folder / "index.parquet" for landed in work.landed], rejected, left_out,
        staging / "reprocess.parquet", to_arrow(tables.UNITS, units.gazetteer()), staging / "temp", stages.similarity,
        settings.memory_limit,
    )  # fmt: skip
    snapshot = engine.once("publish", publish, layout, old, state, job, settings.now().isoformat(sep=" ", timespec="seconds"), work.version)
    work.run_tables = counting.run_tables(staged, rejected, left_out, work.run_id)
    work.rows_written = sum(row.rows_written for row in work.run_tables)
    work.snapshot_id = snapshot.snapshot_id
    work.sightings = snapshot.files["sightings"][0]
    layout.write_snapshot(snapshot)
    return snapshot


def _record(
    settings: Settings, engine: Engine, layout: Layout, state: State, work: _Progressed, staging: Path, status: str,
    message: str | None, snapshot: Snapshot | None,
) -> Outcome:  # fmt: skip
    """Write the journal, commit the new state, and swap the catalog in."""
    index = [landed.folder / "index.parquet" for landed in work.landed]
    sightings = work.sightings if snapshot else None
    if status == "nothing_new" and index:
        sightings = journal.touch_sightings(layout, state, work.run_id, index)
    run = Run(
        work.run_id, engine.flow_run_id, work.started_at, settings.now(), status, tuple(s.name for s in work.sources), work.seen,
        work.new, work.known, work.reprocessed, work.quarantined, work.stale, work.rows_written if snapshot else 0,
        work.snapshot_id if snapshot else None, work.version, *(work.seconds.get(s) for s in ("ingest", "clean", "extract", "validate", "publish")),
        message,
    )  # fmt: skip
    quarantined = [row._replace(quarantine_id=journal.quarantine_id(row)) for row in work.refused]
    rows: dict[str, Any] = {"runs": [run], "run_tables": work.run_tables if snapshot else [], "quality_results": work.results}
    chunks = [landed.folder / name for landed in work.landed for name, _ in landed.chunks]
    files = journal.record(layout, state, work.run_id, rows, quarantined, sightings, chunks)
    new_state = State(state.sequence + 1, snapshot.snapshot_id if snapshot else state.snapshot_id, files)
    layout.commit(new_state)
    catalog.build(layout, [new_state.snapshot_id or 0], new_state)
    retention.collect(layout, new_state, time.time())
    quality = layout.quality(work.run_id)
    written = Counter()
    for row in run_rows(work, snapshot):
        written[row.table_name] += row.rows_written
    return Outcome(
        run, layout.root, dict(written), dict(Counter(row.reason_code for row in quarantined)),
        sum(s.ignored for s in work.sources), quality if quality.is_dir() else None,
        tuple(f"{r.table_name}: {r.expectation} {r.column_name or ''}".strip() for r in work.results if not r.success),
    )  # fmt: skip


def run_rows(work: _Progressed, snapshot: Snapshot | None) -> list[RunTable]:
    return work.run_tables if snapshot else []
