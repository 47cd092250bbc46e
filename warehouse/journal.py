"""The journal: append-only tables of runs, and the two that keep a state (sightings, quarantine). Published on every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from schemas.journal import QualityResult, QuarantineRow
from schemas.model import Table
from schemas.render import arrow_schema, quoted
from schemas.tables import JOURNAL, QUALITY_RESULTS, QUARANTINE, RAW, RUN_TABLES, RUNS, SIGHTINGS
from warehouse.layout import Layout, State
from warehouse.parquet import connect, scan, write_query, write_table

if TYPE_CHECKING:
    import duckdb

MOST_FILES = 16  # of an appended table; beyond that they are merged into one


class Passed(NamedTuple):
    """What a run that didn't fail tells of earlier refusals, and when.

    ``documents`` is the SQL scan of its snapshot's documents, where it made one; ``read`` that of the index of its sources.
    """

    documents: str | None
    read: str | None
    at: datetime


def quarantine_id(row: QuarantineRow) -> str:
    """The digest that makes two rows the same refusal: document, place, stage, table, reason, and the row that was refused."""
    # A whole document is told by its doc_id; its payload may differ from run to run (validation shows its row, and the run).
    evidence = row.payload if row.table_name is not None or row.doc_id is None else None
    parts = (row.doc_id, row.source_name, row.source_uri, row.stage, row.table_name, row.reason_code, evidence)
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()[:20]


def start(layout: Layout) -> dict[str, list[str]]:
    """The journal of a new warehouse: every table, empty."""
    files = {}
    for table in JOURNAL:
        files[table.name] = [f"journal/{table.name}/empty.parquet"]
        write_table(layout.root / files[table.name][0], arrow_schema(table).empty_table())
    return files


def record(
    layout: Layout,
    state: State,
    run_id: str,
    rows: Mapping[str, Sequence[tuple[Any, ...]]],
    quarantined: Sequence[QuarantineRow],
    sightings: str | None,
    raw_chunks: Sequence[Path],
    passed: Passed | None = None,
) -> dict[str, list[str]]:
    """Write a run's rows and return the journal's files after it.

    ``sightings`` is the new state file, if there is one; ``passed`` is given where the run neither failed nor was held back.
    """
    files = {name: list(paths) for name, paths in state.journal.items()}
    for table in (RUNS, RUN_TABLES, QUALITY_RESULTS):
        if rows.get(table.name):
            _append(layout, files, table, run_id, as_table(table, rows[table.name]))
    if raw_chunks:
        _append_raw(layout, files, run_id, raw_chunks)
    if quarantined or passed:
        _merge_quarantine(layout, files, run_id, quarantined, passed)
    if sightings is not None:
        files[SIGHTINGS.name] = [sightings]
    return files


def append_results(layout: Layout, state: State, stem: str, results: Sequence[QualityResult]) -> State:
    """Commit quality results that come from no run of their own (scores). The writer's lock must be held."""
    files = {name: list(paths) for name, paths in state.journal.items()}
    _append(layout, files, QUALITY_RESULTS, stem, as_table(QUALITY_RESULTS, results))
    after = State(state.sequence + 1, state.snapshot_id, files)
    layout.commit(after)
    return after


def as_table(table: Table, rows: Iterable[Sequence[Any]]) -> pa.Table:
    schema = arrow_schema(table)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _append(layout: Layout, files: dict[str, list[str]], table: Table, run_id: str, content: pa.Table) -> None:
    paths = [p for p in files[table.name] if not p.endswith("/empty.parquet")]
    target = f"journal/{table.name}/{run_id}.parquet"
    if len(paths) >= MOST_FILES:
        aside = layout.root / f"journal/{table.name}/{run_id}.new.parquet"
        write_table(aside, content)
        merged = f"journal/{table.name}/{run_id}.merged.parquet"
        with connect() as con:
            everything = scan([*layout.absolute(paths), aside])
            write_query(con, layout.root / merged, content.schema, f"SELECT * FROM {everything} ORDER BY ALL")
        aside.unlink()
        files[table.name] = [merged]
    else:
        write_table(layout.root / target, content)
        files[table.name] = [*paths, target]


def _append_raw(layout: Layout, files: dict[str, list[str]], run_id: str, chunks: Sequence[Path]) -> None:
    """Keep the bytes of all documents that the warehouse does not have yet, also of those that were refused later."""
    target = f"journal/{RAW.name}/{run_id}.parquet"
    had = scan(layout.absolute(files[RAW.name]))
    with connect() as con:
        query = (
            f"SELECT * FROM {scan(chunks)} ANTI JOIN (SELECT doc_id FROM {had}) USING (doc_id) "
            "QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY source_name, source_uri) = 1 ORDER BY doc_id"
        )
        if write_query(con, layout.root / target, arrow_schema(RAW), query):
            files[RAW.name] = [*(p for p in files[RAW.name] if not p.endswith("/empty.parquet")), target]
        else:
            (layout.root / target).unlink()


def _merge_quarantine(
    layout: Layout, files: dict[str, list[str]], run_id: str, rows: Sequence[QuarantineRow], passed: Passed | None
) -> None:
    """Add refusals that are not there yet, and close the earlier ones of documents that have passed now.

    The first refusal of the same thing stands, unless it had passed meanwhile: then it is open again. A document has passed when
    this run made its rows. What could not be read (a file, a record, a folder) has, when another document was read where it lies.
    So has a record that was refused later, when that place has another name now: it was mapped in another way, and nothing will
    be looked for under the old one.
    """
    aside = layout.root / f"journal/{QUARANTINE.name}/{run_id}.new.parquet"
    write_table(aside, as_table(QUARANTINE, rows))
    target = f"journal/{QUARANTINE.name}/{run_id}.parquet"
    with connect() as con:
        con.execute(f"CREATE TABLE fresh AS SELECT quarantine_id FROM {scan([aside])}")
        everything = scan([*layout.absolute(files[QUARANTINE.name]), aside])
        con.execute(
            f"""CREATE TABLE item AS SELECT * FROM {everything} QUALIFY row_number() OVER (
                PARTITION BY quarantine_id ORDER BY status = 'replayed', quarantined_at, run_id, reason) = 1"""
        )
        closed = _close(con, passed, run_id) if passed else 0
        if rows or closed:
            write_query(con, layout.root / target, arrow_schema(QUARANTINE), "SELECT * FROM item ORDER BY quarantine_id")
            files[QUARANTINE.name] = [target]
    aside.unlink()


def _close(con: duckdb.DuckDBPyConnection, passed: Passed, run_id: str) -> int:
    """Close the open entries of ``item`` that have passed now, unless they are ``fresh``; returns how many."""
    ways = []
    if passed.documents is not None:
        ways.append(f"doc_id IN (SELECT doc_id FROM {passed.documents} WHERE run_id = {quoted(run_id)})")
    if passed.read is not None:
        # A container and a folder are told by what lies in them: records as FILE#N, files as FOLDER/FILE.
        con.execute(
            f"""CREATE TABLE was_read AS SELECT source_name, source_uri, doc_id, origin FROM {passed.read}
            WHERE origin IS NOT NULL"""
        )
        ways.append(
            """table_name IS NULL AND EXISTS (SELECT 1 FROM was_read r
                WHERE r.source_name = item.source_name AND r.origin = item.source_uri
                AND r.doc_id IS DISTINCT FROM item.doc_id AND (item.stage = 'ingest' OR r.source_uri <> r.origin))
            OR reason_code = 'unreadable' AND EXISTS (SELECT 1 FROM was_read r WHERE r.source_name = item.source_name
                AND (starts_with(r.origin, item.source_uri || '#')
                    OR ends_with(item.source_uri, '/') AND starts_with(r.origin, item.source_uri)))"""
        )
    if not ways:
        return 0
    closed = con.execute(
        f"""UPDATE item SET status = 'replayed', resolved_run_id = {quoted(run_id)},
            resolved_at = {quoted(passed.at.isoformat())}::TIMESTAMP
        WHERE status = 'open' AND quarantine_id NOT IN (SELECT quarantine_id FROM fresh) AND ({" OR ".join(ways)})"""
    ).fetchall()[0][0]
    return int(closed)


def touch_sightings(layout: Layout, state: State, run_id: str, index: Sequence[Path]) -> str:
    """A state file of sightings for a run that published nothing: only ``last_run_id`` of what was seen moves on."""
    target = f"journal/{SIGHTINGS.name}/{run_id}.parquet"
    before = scan(layout.absolute(state.journal[SIGHTINGS.name]))
    with connect() as con:
        query = f"""
            SELECT b.source_name, b.source_uri, b.doc_id, b.first_run_id,
                CASE WHEN i.doc_id IS NULL THEN b.last_run_id ELSE {quoted(run_id)} END AS last_run_id, b.is_current
            FROM {before} b LEFT JOIN (SELECT DISTINCT source_name, source_uri, doc_id FROM {scan(index)}) i
            USING (source_name, source_uri, doc_id) ORDER BY source_name, source_uri, doc_id"""
        write_query(con, layout.root / target, arrow_schema(SIGHTINGS), query)
    return target


def known_ids(layout: Layout, state: State) -> list[str]:
    """What a plain run skips: documents in the head snapshot, and whole documents that wait in quarantine or were given up."""
    snapshot = layout.snapshot(state.snapshot_id)
    assert snapshot is not None
    with connect() as con:
        query = f"""
            SELECT doc_id FROM {scan(layout.absolute(snapshot.files["documents"]))}
            UNION SELECT doc_id FROM {scan(layout.absolute(state.journal[QUARANTINE.name]))}
            WHERE table_name IS NULL AND status IN ('open', 'dropped') AND doc_id IS NOT NULL"""
        return [row[0] for row in con.execute(query).fetchall()]


def waiting(layout: Layout, state: State) -> tuple[int, int]:
    """How many documents and how many single rows are in quarantine, and open."""
    with connect() as con:
        documents, rows = con.execute(
            f"""SELECT count(*) FILTER (table_name IS NULL), count(table_name)
            FROM {scan(layout.absolute(state.journal[QUARANTINE.name]))} WHERE status = 'open'"""
        ).fetchall()[0]
    return int(documents), int(rows)


def has_run(layout: Layout, state: State, run_id: str) -> bool:
    with connect() as con:
        query = f"SELECT count(*) FROM {scan(layout.absolute(state.journal[RUNS.name]))} WHERE run_id = {quoted(run_id)}"
        return bool(con.execute(query).fetchall()[0][0])
