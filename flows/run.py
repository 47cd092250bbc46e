"""A run from sources to snapshot: ingest, clean, extract, validate, publish. What happens, and in which order.

``execute`` knows nothing of Prefect: an ``Engine`` carries the stages out. What is counted and recorded: ``flows.record``.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import Signals

import pyarrow as pa

from flows import stages
from flows.corrected import Corrected, file_of
from flows.corrected import judged as judged_corrections
from flows.engine import Engine
from flows.page import data_docs, with_page
from flows.progress import Progress
from flows.record import Outcome, Progressed, close, open_warehouse
from flows.settings import Settings
from flows.version import extractor_version
from schemas import tables
from schemas.errors import BlockedError, KhobaoError, RunFailedError
from transforms import units
from transforms.tabulate import to_arrow
from warehouse import catalog, counting, journal, replay, retention
from warehouse.counting import Tally
from warehouse.ingest import KnownIds, land, plan
from warehouse.layout import Layout, Snapshot, State, write_json
from warehouse.lock import held
from warehouse.measures import Audited
from warehouse.parquet import write_table
from warehouse.publish import Staged, publish
from warehouse.quality import Audit, audit, overdue, silent
from warehouse.sources import resolve
from warehouse.validate import Verdict, validate

_REJECTED = pa.schema([("table", pa.string()), ("file", pa.string()), ("file_row", pa.int64())])


def execute(settings: Settings, engine: Engine, progress: Progress) -> Outcome:
    """Carry out one run. Raises BlockedError or RunFailedError after the journal has recorded it."""
    sources = resolve(settings.sources, settings.names, settings.fields)
    layout = Layout(settings.warehouse)
    with held(layout, settings.wait):
        state = open_warehouse(layout, settings)
        work = Progressed(settings.new_run_id(), settings.now(), sources, extractor_version())
        staging = layout.staging(work.run_id)
        write_json(staging / "run.json", {"run_id": work.run_id, "started_at": work.started_at.isoformat()})

        def end(status: str, message: str | None, snapshot: Snapshot | None) -> Outcome:
            run = work.row(status, message, snapshot, engine.flow_run_id, settings.now())
            outcome = close(layout, state, work, run, snapshot)
            return outcome if status == "nothing_new" else with_page(layout, outcome)

        try:
            snapshot = _Stages(settings, engine, progress, layout, state, work, staging).carry_out()
            return end("completed" if snapshot else "nothing_new", None, snapshot)
        except BaseException as error:
            message = _one_line(error)
            published = layout.state()
            if published.sequence > state.sequence:  # what came after the commit has failed, and takes nothing back
                with suppress(Exception):
                    catalog.build(layout, [published.snapshot_id or 0], published)
                if isinstance(error, KhobaoError) or not isinstance(error, Exception):
                    raise
                raise RunFailedError(f"the run is on record, but what comes after that failed: {message}") from error
            outcome = end("blocked" if isinstance(error, BlockedError) else "failed", message, None)
            if isinstance(error, KhobaoError):
                error.outcome = outcome
            if isinstance(error, KhobaoError) or not isinstance(error, Exception):
                raise
            failed = RunFailedError(f"the run failed, nothing was published: {message}")
            failed.outcome = outcome
            raise failed from error
        finally:
            retention.clear_staging(layout, work.run_id)


def _one_line(error: BaseException) -> str:
    """What the journal says of the end of a run. A request to end comes as an exception that has no words of its own."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped by an interrupt (SIGINT)"
    if number := getattr(error, "signal", None):
        return f"stopped by a request to end ({Signals(number).name})"
    told = str(error).split("\n", 1)[0]
    if isinstance(error, KhobaoError):
        return told
    return f"{type(error).__name__}: {told}" if told else type(error).__name__


@dataclass(frozen=True, slots=True)
class _Stages:
    """The stages of one run over one warehouse."""

    settings: Settings
    engine: Engine
    progress: Progress
    layout: Layout
    state: State
    work: Progressed
    staging: Path

    def carry_out(self) -> Snapshot | None:
        """All stages. None where nothing was new."""
        old = self.layout.snapshot(self.state.snapshot_id)
        assert old is not None
        tally = self._ingest(old)
        if not tally.chunks and not tally.moved:
            self._note_silence()
            return None
        self.engine.expect_validation()
        staged = self._extract(self._clean(tally))
        if self.settings.replay and not counting.documents(staged):
            return None  # all of them refused again: the tables stay as they are
        verdict = Verdict([], [], False, None)
        if tally.chunks:
            verdict = self._validate(staged)
        if verdict.blocked:
            raise BlockedError(f"quality gate: {verdict.message}; nothing was published, the previous snapshot stays")
        return self._publish(old, staged, verdict)

    def _note_silence(self) -> None:
        """A run that brings nothing judges nothing, but for this: whether a source has been silent for too long."""
        late = overdue(self.layout, self.state, self.work.started_at)
        if late:
            self.engine.expect_validation()
            self.work.results += self.engine.validate(silent, self.work.run_id, late)
            self.engine.end_validation()

    def _ingest(self, old: Snapshot) -> Tally:
        """Land what is new in the raw store, and count."""
        work, batch_size = self.work, self.settings.batch_size
        known = self.staging / "known.npy"
        KnownIds.write(known, journal.known_ids(self.layout, self.state))
        with self._stage("ingest", sum(len(source.files) for source in work.sources)):
            calls = [(unit, self.staging, work.run_id, known, batch_size) for unit in plan(work.sources, batch_size)]
            for landed in self.engine.map("ingest", land, calls):
                if landed.new:
                    self.engine.expect_validation()
                work.landed.append(landed)
                self.progress.advance("ingest", landed.seen)
            work.landed.sort(key=lambda landed: landed.folder)
            again = self.settings.reprocess
            tally = counting.tally(
                self.layout, old, self.state, work.landed, self.staging, work.version, again, batch_size, self._replayed(),
                Corrected.of(file_of(self.layout)).digests,
            )  # fmt: skip
            work.seen, work.known, work.stale = tally.seen, tally.known, tally.stale
            work.new, work.reprocessed, work.quarantined = tally.new, tally.reprocessed, tally.refused
            refused = [landed.folder / "refused.parquet" for landed in work.landed]
            work.refused += counting.refusals(refused, work.run_id, work.started_at)
        return tally

    def _replayed(self) -> Path | None:
        """Where the documents of a replay are listed; None where it is none."""
        if not self.settings.replay:
            return None
        target = self.staging / "replay.parquet"
        if not target.exists():
            self.work.replayed_from = replay.lay_out(self.layout, self.state, self.settings.replay, target)
        return target

    def _clean(self, tally: Tally) -> list[Path]:
        calls = [
            (chunk, self.staging / "clean" / f"{number:05d}", skip, self.work.run_id, self.work.version)
            for number, (chunk, skip) in enumerate(tally.chunks)
        ]
        with self._stage("clean", tally.new + tally.reprocessed):
            return sorted(self._made(made) for made in self.engine.map("clean", stages.clean_chunk, calls))

    def _extract(self, cleaned: list[Path]) -> dict[str, list[Path]]:
        """The staged files of every table."""
        corrections = file_of(self.layout)
        calls = [(folder, self.staging / "extract" / folder.name, corrections) for folder in cleaned]
        with self._stage("extract", self.work.new + self.work.reprocessed):
            extracted = sorted(self._made(made) for made in self.engine.map("extract", stages.extract_chunk, calls))
        per_table = (tables.DOCUMENTS, *tables.FACTS)
        files = {table.name: [folder / f"{table.name}.parquet" for folder in extracted] for table in per_table}
        files["blocks"] = [folder / "blocks.parquet" for folder in cleaned]
        files["signatures"] = [folder / "signatures.parquet" for folder in cleaned]
        return files

    def _made(self, made: stages.Made) -> Path:
        if made.refused:
            rows = counting.refusals([made.folder / "refused.parquet"], self.work.run_id, self.work.started_at)
            self.work.refuse(rows, self.staging)
        self.progress.advance(made.folder.parent.name, made.documents + made.refused)
        return made.folder

    def _validate(self, staged: dict[str, list[Path]]) -> Verdict:
        units_path = self.staging / "units.parquet"
        write_table(units_path, to_arrow(tables.UNITS, units.gazetteer()))
        count = counting.documents(staged)
        with self._stage("validate", count):
            verdict: Verdict = self.engine.validate(
                validate,
                {name: files for name, files in staged.items() if name != "signatures"},
                self.work.run_id,
                units=units_path,
                memory_limit=self.settings.memory_limit,
                tolerance=self.settings.tolerance,
                docs_dir=data_docs(self.layout, self.work.run_id),
            )
            self.work.judged(verdict, staged["documents"], self.staging)
            self.progress.advance("validate", count)
        return verdict

    def _publish(self, old: Snapshot, staged: dict[str, list[Path]], verdict: Verdict) -> Snapshot:
        work, rejected = self.work, self.staging / "rejected.parquet"
        rows = [{"table": r.table, "file": r.file, "file_row": r.file_row} for r in verdict.rejected]
        write_table(rejected, pa.Table.from_pylist(rows, _REJECTED))
        left_out = self.staging / "left_out.parquet"
        gone = {r.doc_id for r in verdict.rejected if r.table == "documents" and r.doc_id}
        gone |= counting.refused_after(self.staging, "extract")
        write_table(left_out, pa.table({"doc_id": pa.array(sorted(gone), pa.string())}))
        job = Staged(
            work.run_id,
            staged,
            [landed.folder / "index.parquet" for landed in work.landed],
            rejected,
            left_out,
            self.staging / "reprocess.parquet",
            to_arrow(tables.UNITS, units.gazetteer()),
            self.staging / "temp",
            stages.numbered,
            self.settings.memory_limit,
            replayed=self._replayed(),
        )
        count = counting.documents(staged)
        with self._stage("publish", count):
            created = self.settings.now().isoformat(sep=" ", timespec="seconds")
            snapshot = self.engine.once("publish", publish, self.layout, old, self.state, job, created, work.version)
            work.run_tables = counting.run_tables(staged, rejected, left_out, work.run_id)
            work.results += judged_corrections(self.layout, snapshot, work.run_id)
            self._audit(old, snapshot)
            self.layout.write_snapshot(snapshot)
            self.progress.advance("publish", count)
        return snapshot

    def _audit(self, old: Snapshot, new: Snapshot) -> None:
        """Judge the whole warehouse as it would be published. Raises BlockedError where a critical rule is broken."""
        work = self.work
        whole = Counter(row.source_name for row in work.refused if row.table_name is None)
        counts = (work.seen, work.new, work.known, work.reprocessed, work.quarantined)
        chunks = [landed.folder / name for landed in work.landed for name, _ in landed.chunks]
        audited = Audited(
            self.layout.root, work.run_id, work.started_at, old, new, self.state, counts, work.run_tables, dict(whole), chunks,
            self.settings.memory_limit,
        )  # fmt: skip
        found: Audit = self.engine.validate(audit, audited)
        self.engine.end_validation()
        work.results += found.results
        if found.message is not None:
            raise BlockedError(f"quality gate: {found.message}; nothing was published, the previous snapshot stays")

    @contextmanager
    def _stage(self, name: str, total: int) -> Iterator[None]:
        begun = time.monotonic()
        self.progress.begin(name, total)
        try:
            yield
        finally:
            self.work.seconds[name] = round(time.monotonic() - begun, 3)
            self.progress.finish(name)
