"""The record of a run: what is counted while it goes on, and what the journal is told however it ends.

The balance holds at every ending: ``documents_seen = documents_new + documents_known + documents_reprocessed +
documents_quarantined`` (a document of a run that failed or was blocked counts as what it would have been).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.settings import Settings
from flows.version import extractor_version
from schemas import tables
from schemas.journal import QualityResult, QuarantineRow, Run, RunTable
from transforms import units
from transforms.tabulate import to_arrow
from warehouse import catalog, counting, journal, retention
from warehouse.ingest import Landed
from warehouse.layout import Layout, Snapshot, State
from warehouse.parquet import scan
from warehouse.publish import empty
from warehouse.sources import Source
from warehouse.validate import Verdict


@dataclass(slots=True)
class Outcome:
    """What came of a run, for the summary."""

    run: Run
    warehouse: Path
    tables: dict[str, int] = field(default_factory=dict)  # rows written by this run
    quarantined: dict[str, int] = field(default_factory=dict)  # documents by reason code
    refused_rows: dict[str, int] = field(default_factory=dict)  # single rows by reason code
    ignored_files: dict[str, int] = field(default_factory=dict)  # files of other types by their ending
    quality: Path | None = None
    warnings: tuple[str, ...] = ()
    waiting: tuple[int, int] = (0, 0)  # documents and single rows in quarantine now, whichever run has refused them


@dataclass(slots=True)
class Progressed:
    """What is known of a run while it goes on; the journal's rows are made from it however it ends."""

    run_id: str
    started_at: datetime
    sources: list[Source]
    version: str
    seen: int = 0
    new: int = 0
    known: int = 0
    reprocessed: int = 0
    quarantined: int = 0
    stale: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    run_tables: list[RunTable] = field(default_factory=list)
    results: list[QualityResult] = field(default_factory=list)
    refused: list[QuarantineRow] = field(default_factory=list)
    landed: list[Landed] = field(default_factory=list)
    replayed_from: tuple[str, ...] = ()  # sources of documents that come from the raw store

    def refuse(self, rows: list[QuarantineRow], staging: Path) -> None:
        """Take rows into quarantine. Whole documents among them leave ``new`` or ``reprocessed``: each was counted once there."""
        self.refused += rows
        whole = {row.doc_id for row in rows if row.table_name is None and row.doc_id}
        again = set(pq.read_table(staging / "reprocess.parquet")["doc_id"].to_pylist()) if whole else set()
        repeated = len(whole & again)
        self.reprocessed -= repeated
        self.new -= len(whole) - repeated
        self.quarantined += len(whole)

    def judged(self, verdict: Verdict, documents: list[Path], staging: Path) -> None:
        """Take in what validation said."""
        self.results = list(verdict.results)
        places = counting.places_of(documents, {r.doc_id for r in verdict.rejected if r.doc_id})
        self.refuse(
            [
                QuarantineRow(
                    "",
                    self.run_id,
                    row.doc_id,
                    *places.get(row.doc_id or "", ("", "")),
                    "validate",
                    None if row.table == "documents" else row.table,
                    row.reason_code,
                    row.reason,
                    row.payload,
                    self.started_at,
                )
                for row in verdict.rejected
            ],
            staging,
        )

    def row(self, status: str, message: str | None, snapshot: Snapshot | None, flow_run_id: str | None, now: datetime) -> Run:
        """The run as the journal has it."""
        return Run(
            self.run_id,
            flow_run_id,
            self.started_at,
            now,
            status,
            tuple(source.name for source in self.sources) or self.replayed_from,
            self.seen,
            self.new,
            self.known,
            self.reprocessed,
            self.quarantined,
            self.stale,
            sum(row.rows_written for row in self.run_tables) if snapshot else 0,
            snapshot.snapshot_id if snapshot else None,
            self.version,
            self.seconds.get("ingest"),
            self.seconds.get("clean"),
            self.seconds.get("extract"),
            self.seconds.get("validate"),
            self.seconds.get("publish"),
            message,
        )


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
        state = _bury(layout, state, run_id, settings)
    return state


def _bury(layout: Layout, state: State, run_id: str, settings: Settings) -> State:
    """Record a run whose process ended without a word, and clear its staging folder."""
    note = layout.staging(run_id) / "run.json"
    started = datetime.fromisoformat(json.loads(note.read_text())["started_at"]) if note.exists() else settings.now()
    if not journal.has_run(layout, state, run_id):
        dead = Progressed(run_id, started, [], extractor_version())
        run = dead.row("failed", "ended without a word: killed, or the machine went down", None, None, settings.now())
        files = journal.record(layout, state, run_id, {"runs": [run._replace(finished_at=None)]}, [], None, [])
        state = State(state.sequence + 1, state.snapshot_id, files)
        layout.commit(state)
    retention.clear_staging(layout, run_id)
    return state


def _passed(layout: Layout, snapshot: Snapshot | None, run: Run, index: list[Path]) -> journal.Passed:
    documents = scan(layout.absolute(snapshot.files["documents"])) if snapshot else None
    return journal.Passed(documents, scan(index) if index else None, run.finished_at or run.started_at)


def close(layout: Layout, state: State, work: Progressed, run: Run, snapshot: Snapshot | None) -> Outcome:
    """Write the journal, commit the new state, and swap the catalog in."""
    sightings = snapshot.files["sightings"][0] if snapshot else None
    index = [landed.folder / "index.parquet" for landed in work.landed]
    if run.status == "nothing_new" and index:
        sightings = journal.touch_sightings(layout, state, work.run_id, index)
    quarantined = [row._replace(quarantine_id=journal.quarantine_id(row)) for row in work.refused]
    written = work.run_tables if snapshot else []
    rows: dict[str, Any] = {"runs": [run], "run_tables": written, "quality_results": work.results}
    chunks = [landed.folder / name for landed in work.landed for name, _ in landed.chunks]
    passed = _passed(layout, snapshot, run, index) if run.status in ("completed", "nothing_new") else None
    files = journal.record(layout, state, work.run_id, rows, quarantined, sightings, chunks, passed)
    new_state = State(state.sequence + 1, snapshot.snapshot_id if snapshot else state.snapshot_id, files)
    layout.commit(new_state)
    catalog.build(layout, [new_state.snapshot_id or 0], new_state)
    retention.collect(layout, new_state, time.time())
    counts: Counter[str] = Counter()
    for row in written:
        counts[row.table_name] += row.rows_written
    quality = layout.quality(work.run_id)
    return Outcome(
        run,
        layout.root,
        dict(counts),
        dict(Counter(row.reason_code for row in quarantined if row.table_name is None)),
        dict(Counter(row.reason_code for row in quarantined if row.table_name is not None)),
        dict(Counter(ending for source in work.sources for ending in source.ignored)),
        quality if quality.is_dir() else None,
        tuple(
            f"not met: {r.table_name} {r.expectation} {r.column_name or ''}".strip()
            for r in work.results
            if not r.success and r.severity != "info"
        ),
        journal.waiting(layout, new_state),
    )
