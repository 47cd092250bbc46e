"""The journal's rows: what each run saw, made, refused and found wrong. Append-only, never rolled back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple

from schemas import codes
from schemas.model import Column

RunId = Annotated[str, Column("the run")]
SourceName = Annotated[str, Column("the configured source")]


def _count(meaning: str) -> Column:
    return Column(meaning, "rows" if "rows" in meaning else "documents", low=0, big=True)


def _seconds(stage: str) -> Column:
    return Column(f"time spent in {stage}", "seconds", low=0.0)


class Run(NamedTuple):
    run_id: RunId
    flow_run_id: Annotated[str | None, Column("Prefect's id of the flow run")]
    started_at: Annotated[datetime, Column("start", "local time, UTC+7")]
    finished_at: Annotated[datetime | None, Column("end", "local time, UTC+7")]
    status: Annotated[str, Column("how it ended", codes=codes.RUN_STATUSES)]
    sources: Annotated[tuple[str, ...], Column("names of the sources")]
    documents_seen: Annotated[int, _count("documents seen")]
    documents_new: Annotated[int, _count("documents new to the warehouse")]
    documents_known: Annotated[int, _count("documents whose bytes were known")]
    documents_reprocessed: Annotated[int, _count("documents extracted again")]
    documents_quarantined: Annotated[int, _count("documents quarantined whole, or held with a failed run")]
    documents_stale: Annotated[int, _count("documents that an older version extracted")]
    rows_written: Annotated[int, _count("rows written")]
    snapshot_id: Annotated[int | None, Column("the snapshot published, NULL where none was", low=1)]
    extractor_version: Annotated[str, Column("version of rules and lexicons")]
    seconds_ingest: Annotated[float | None, _seconds("ingest")] = None
    seconds_clean: Annotated[float | None, _seconds("clean")] = None
    seconds_extract: Annotated[float | None, _seconds("extract")] = None
    seconds_validate: Annotated[float | None, _seconds("validate")] = None
    seconds_publish: Annotated[float | None, _seconds("publish")] = None
    message: Annotated[str | None, Column("why it failed or was blocked, one line")] = None


class RunTable(NamedTuple):
    run_id: RunId
    source_name: SourceName
    table_name: Annotated[str, Column("table")]
    documents_with_rows: Annotated[int, _count("documents with a row in it")]
    rows_written: Annotated[int, _count("rows written")]
    rows_quarantined: Annotated[int, _count("rows quarantined")]


class Sighting(NamedTuple):
    source_name: SourceName
    source_uri: Annotated[str, Column("where in the source")]
    doc_id: Annotated[str, Column("the document seen there", pattern=r"[0-9a-f]{20}")]
    first_run_id: Annotated[str, Column("the run that first saw it there")]
    last_run_id: Annotated[str, Column("the run that last saw it there")]
    is_current: Annotated[bool, Column("true for the newest version at this URI")]


class QualityResult(NamedTuple):
    run_id: RunId
    suite: Annotated[str, Column("expectation suite")]
    table_name: Annotated[str, Column("table")]
    column_name: Annotated[str | None, Column("column, where it is about one")]
    expectation: Annotated[str, Column("expectation, as Great Expectations names it, or the rule's name")]
    severity: Annotated[str, Column("severity", codes=codes.SEVERITIES)]
    success: Annotated[bool, Column("true where it was met")]
    element_count: Annotated[int | None, Column("values checked", low=0, big=True)]
    unexpected_count: Annotated[int | None, Column("values that failed", low=0, big=True)]
    unexpected_percent: Annotated[float | None, Column("share of values that failed", "percent", low=0.0, high=100.0)]
    observed: Annotated[str | None, Column("what was found, as JSON")]


class QuarantineRow(NamedTuple):
    quarantine_id: Annotated[str, Column("digest of document, place, stage, table, reason and row", pattern=r"[0-9a-f]{20}")]
    run_id: RunId
    doc_id: Annotated[str | None, Column("the document; NULL where its bytes could not be read", pattern=r"[0-9a-f]{20}")]
    source_name: SourceName
    source_uri: Annotated[str, Column("where in the source")]
    stage: Annotated[str, Column("stage that refused it", codes=codes.STAGES)]
    table_name: Annotated[str | None, Column("table of the row; NULL for a whole document")]
    reason_code: Annotated[str, Column("reason", codes=codes.REASONS)]
    reason: Annotated[str, Column("reason in words")]
    payload: Annotated[str | None, Column("the row as JSON, or the first 4 KiB of the bytes, escaped")]
    quarantined_at: Annotated[datetime, Column("when", "local time, UTC+7")]
    status: Annotated[str, Column("status", codes=codes.QUARANTINE_STATUSES)] = "open"
    resolved_run_id: Annotated[str | None, Column("the run in which it passed")] = None
    resolved_at: Annotated[datetime | None, Column("when it passed or was given up", "local time, UTC+7")] = None
    resolution: Annotated[str | None, Column("why it was given up")] = None
