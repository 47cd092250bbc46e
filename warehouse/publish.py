"""Publishing: what a run staged, less what was rejected, becomes one new part of immutable Parquet and a new snapshot.

A *part* is one file per table that share a stem: all rows of the documents of one or more runs, sorted by key. Those that were
extracted again leave their old part, and small old parts are merged on the way (as in a log-structured merge tree), so that a
table never has more than a few files however many runs there were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from schemas import tables
from schemas.render import arrow_schema, quoted
from warehouse.duplicates import PAIRS, PAIRS_SCHEMA, SIGNATURES, SIGNATURES_SCHEMA, new_pairs, write_duplicates
from warehouse.layout import Layout, Snapshot, State
from warehouse.parquet import connect, scan, write_query, write_table

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    from numpy.typing import NDArray

MOST_PARTS = 8  # beyond this many the smallest are merged whatever their size
PART_TABLES = (*(t.name for t in tables.PER_DOCUMENT), SIGNATURES)


@dataclass(frozen=True, slots=True)
class Staged:
    """What a run hands over to be published: Parquet files by table, and what is to be left out.

    ``rejected`` is a Parquet file of (table, file, file_row); ``left_out`` one of (doc_id); ``index`` those of all
    documents seen; ``reprocessed`` one of (doc_id); ``replayed`` one of ``warehouse.replay.CHOSEN``.
    """

    run_id: str
    files: Mapping[str, Sequence[Path]]
    index: Sequence[Path]
    rejected: Path
    left_out: Path
    reprocessed: Path
    units: pa.Table
    temp: Path
    shingled: Callable[[str], NDArray[np.int64]]
    memory_limit: str = "1GB"
    counts: dict[str, int] = field(default_factory=dict)
    replayed: Path | None = None


def publish(layout: Layout, old: Snapshot, state: State, staged: Staged, created_at: str, extractor_version: str) -> Snapshot:
    """Write the new part and the tables derived from the whole, and return the new snapshot (not yet committed)."""
    staged.temp.mkdir(parents=True, exist_ok=True)
    with connect(staged.temp, staged.memory_limit) as con:
        _prepare(con, layout, old, staged)
        merged, kept = _choose_parts(con, layout, old)
        files: dict[str, list[str]] = {}
        for name in PART_TABLES:
            target = f"tables/{name}/{staged.run_id}.parquet"
            schema = SIGNATURES_SCHEMA if name == SIGNATURES else arrow_schema(tables.BY_NAME[name])
            write_query(con, layout.root / target, schema, _part_query(layout, old, state, staged, name, merged))
            files[name] = [*(f"tables/{name}/{stem}.parquet" for stem in kept), target]
        sightings = f"tables/sightings/{staged.run_id}.parquet"
        _write_sightings(con, layout, old, state, staged, layout.root / sightings)
        files["sightings"] = [sightings]
        files |= _derive(con, layout, old, staged, files)
    rows = {name: sum(pq.read_metadata(layout.root / f).num_rows for f in paths) for name, paths in files.items()}
    return Snapshot(old.snapshot_id + 1, staged.run_id, created_at, extractor_version, files, rows)


_KEY_ORDER = {SIGNATURES: "doc_id"} | {t.name: ", ".join(t.key) for t in tables.PER_DOCUMENT}


def empty(layout: Layout, units: pa.Table, created_at: str) -> Snapshot:
    """Snapshot 0: every table, without rows (units apart)."""
    files: dict[str, list[str]] = {}
    for table in (*tables.HISTORY, tables.SIGHTINGS):
        content = units if table is tables.UNITS else arrow_schema(table).empty_table()
        files[table.name] = [f"tables/{table.name}/empty.parquet"]
        write_table(layout.root / files[table.name][0], content)
    for name, schema in ((SIGNATURES, SIGNATURES_SCHEMA), (PAIRS, PAIRS_SCHEMA)):
        files[name] = [f"tables/{name}/empty.parquet"]
        write_table(layout.root / files[name][0], schema.empty_table())
    return Snapshot(0, "", created_at, "", files, {tables.UNITS.name: units.num_rows})


def _prepare(con: duckdb.DuckDBPyConnection, layout: Layout, old: Snapshot, staged: Staged) -> None:
    con.execute(f"CREATE TABLE rejected AS SELECT * FROM {scan([staged.rejected])}")
    con.execute(f"CREATE TABLE left_out AS SELECT DISTINCT doc_id FROM {scan([staged.left_out])}")
    con.execute(f"CREATE TABLE reprocessed AS SELECT DISTINCT doc_id FROM {scan([staged.reprocessed])}")
    documents = staged.files["documents"]
    source = scan(documents) if documents else "(SELECT NULL::VARCHAR AS doc_id WHERE false)"
    con.execute(f"CREATE TABLE accepted AS SELECT doc_id FROM {source} ANTI JOIN left_out USING (doc_id)")
    # A document that was extracted again but then refused keeps its old rows.
    con.execute("DELETE FROM reprocessed WHERE doc_id NOT IN (SELECT doc_id FROM accepted)")
    # Documents that come out of quarantine: the warehouse has never had them, and no source tells where they stand.
    con.execute("CREATE TABLE released (doc_id VARCHAR, source_name VARCHAR, source_uri VARCHAR, first_run_id VARCHAR)")
    if staged.replayed:
        con.execute(
            f"""INSERT INTO released SELECT doc_id, source_name, source_uri, first_run_id FROM {scan([staged.replayed])}
            WHERE doc_id IN (SELECT doc_id FROM accepted)
            AND doc_id NOT IN (SELECT doc_id FROM {scan(layout.absolute(old.files["documents"]))})"""
        )


def _choose_parts(con: duckdb.DuckDBPyConnection, layout: Layout, old: Snapshot) -> tuple[list[str], list[str]]:
    """The stems of old parts to merge into the new one, and of those to keep."""
    sizes = {Path(f).stem: pq.read_metadata(layout.root / f).num_rows for f in old.files["documents"]}
    merged = [stem for stem, size in sizes.items() if size == 0]
    touched: set[str] = set()
    if con.execute("SELECT count(*) FROM reprocessed").fetchall()[0][0]:
        documents = scan(layout.absolute(old.files["documents"]), filename=True)
        query = f"SELECT DISTINCT filename FROM {documents} SEMI JOIN reprocessed USING (doc_id)"
        touched = {Path(row[0]).stem for row in con.execute(query).fetchall()}
        merged += [stem for stem in sizes if stem in touched and sizes[stem]]
    total = con.execute("SELECT count(*) FROM accepted").fetchall()[0][0] + sum(sizes[s] for s in merged)
    rest = sorted((size, stem) for stem, size in sizes.items() if stem not in merged)
    while rest and (rest[0][0] <= total or len(rest) >= MOST_PARTS):
        size, stem = rest.pop(0)
        total += size
        merged.append(stem)
    return merged, sorted(stem for _, stem in rest)


def _part_query(layout: Layout, old: Snapshot, state: State, staged: Staged, name: str, merged: Iterable[str]) -> str:
    """All rows of one table for the new part: staged ones less the rejected, and those of merged parts less the reprocessed."""
    sources = []
    columns = SIGNATURES_SCHEMA.names if name == SIGNATURES else list(tables.BY_NAME[name].names)
    listed = ", ".join(f't."{c}"' for c in columns)
    if staged.files.get(name):
        fresh = f"{scan(staged.files[name], filename=True, file_row_number=True)} t"
        select = listed
        join = ""
        if name == "documents":
            select = ", ".join("v.supersedes" if c == "supersedes" else f't."{c}"' for c in columns)
            join = f" LEFT JOIN {_versions(layout, old, state, staged)} v USING (doc_id)"
        sources.append(
            f"SELECT {select} FROM {fresh}{join} WHERE t.doc_id NOT IN (SELECT doc_id FROM left_out) AND NOT EXISTS "
            f'(SELECT 1 FROM rejected x WHERE x."table" = {quoted(name)} '
            "AND x.file = t.filename AND x.file_row = t.file_row_number)"
        )
    old_files = [layout.root / f"tables/{name}/{stem}.parquet" for stem in merged]
    if old_files:
        sources.append(f"SELECT {listed} FROM {scan(old_files)} t ANTI JOIN reprocessed USING (doc_id)")
    if not sources:
        empty_file = layout.root / "tables" / name / "empty.parquet"
        sources.append(f"SELECT {listed} FROM {scan([empty_file])} t")
    return " UNION ALL BY NAME ".join(sources) + f" ORDER BY {_KEY_ORDER[name]}"


def _versions(layout: Layout, old: Snapshot, state: State, staged: Staged) -> str:
    """(doc_id, supersedes) of the documents seen in this run: what stood at their first URI before them.

    A document extracted again keeps what it had; one from quarantine follows what stood there before it was refused.
    """
    before = scan(layout.absolute(state.journal["sightings"]))
    return f"""(
        SELECT doc_id, first(supersedes ORDER BY source_name, source_uri) AS supersedes FROM (
            SELECT i.doc_id, i.source_name, i.source_uri, coalesce(
                lag(i.doc_id) OVER (PARTITION BY i.source_name, i.source_uri ORDER BY i.place), o.doc_id) AS supersedes
            FROM ({_arrivals(staged)}) i LEFT JOIN (
                SELECT source_name, source_uri, doc_id FROM {before} WHERE is_current
            ) o USING (source_name, source_uri)
        ) WHERE supersedes IS DISTINCT FROM doc_id AND doc_id NOT IN (SELECT doc_id FROM reprocessed) GROUP BY doc_id
        UNION ALL
        SELECT doc_id, supersedes FROM {scan(layout.absolute(old.files["documents"]))} SEMI JOIN reprocessed USING (doc_id)
        UNION ALL
        SELECT r.doc_id, arg_max(s.doc_id, s.first_run_id) AS supersedes FROM released r JOIN (
            SELECT source_name, source_uri, doc_id, first_run_id FROM {before}
            UNION ALL SELECT source_name, source_uri, doc_id, first_run_id FROM released
        ) s ON s.source_name = r.source_name AND s.source_uri = r.source_uri AND s.first_run_id < r.first_run_id
        GROUP BY r.doc_id
    )"""


def _arrivals(staged: Staged) -> str:
    """Documents seen at a URI in this run that are in the warehouse or will be: refused ones never stand for a page."""
    if not staged.index:  # everything came from the raw store
        return "SELECT ''::VARCHAR AS source_name, '' AS source_uri, '' AS doc_id, 0::BIGINT AS place WHERE false"
    return (
        f"SELECT source_name, source_uri, doc_id, max(place) AS place FROM {scan(staged.index)} "
        "WHERE doc_id IS NOT NULL AND NOT is_refused AND (is_known OR doc_id IN (SELECT doc_id FROM accepted)) "
        "GROUP BY ALL"
    )


def _write_sightings(
    con: duckdb.DuckDBPyConnection, layout: Layout, old: Snapshot, state: State, staged: Staged, target: Path
) -> None:
    """The new state of ``sightings``: every document at every place; the last one seen at a place is current."""
    before = scan(layout.absolute(state.journal["sightings"]))
    documents = scan(layout.absolute(old.files["documents"]))
    con.execute(
        f"""CREATE TEMP TABLE arrivals AS SELECT * FROM ({_arrivals(staged)})
        WHERE doc_id IN (SELECT doc_id FROM accepted UNION ALL SELECT doc_id FROM {documents})"""
    )
    run = quoted(staged.run_id)
    query = f"""
        SELECT source_name, source_uri, doc_id, coalesce(b.first_run_id, {run}) AS first_run_id,
            CASE WHEN a.place IS NOT NULL THEN {run} ELSE b.last_run_id END AS last_run_id,
            CASE WHEN bool_or(a.place IS NOT NULL) OVER w
                 THEN a.place IS NOT NULL AND a.place = max(a.place) OVER w
                 ELSE b.is_current END AS is_current
        FROM {before} b FULL JOIN arrivals a USING (source_name, source_uri, doc_id)
        WINDOW w AS (PARTITION BY source_name, source_uri)
        ORDER BY source_name, source_uri, doc_id"""
    if staged.replayed:
        query = _with_released(query)
    write_query(con, target, arrow_schema(tables.SIGHTINGS), query)


def _with_released(sightings: str) -> str:
    """The sightings as if the documents from quarantine had passed at once: current unless something was seen there since."""
    return f"""
        WITH s AS ({sightings}), r AS (
            SELECT source_name, source_uri, doc_id, first_run_id, row_number() OVER (
                PARTITION BY source_name, source_uri ORDER BY first_run_id DESC, doc_id) = 1 AND NOT EXISTS (
                    SELECT 1 FROM s WHERE s.source_name = n.source_name AND s.source_uri = n.source_uri
                    AND s.last_run_id >= n.first_run_id) AS is_current
            FROM released n
        )
        SELECT s.source_name, s.source_uri, s.doc_id, s.first_run_id, s.last_run_id, s.is_current AND NOT EXISTS (
            SELECT 1 FROM r WHERE r.is_current AND r.source_name = s.source_name AND r.source_uri = s.source_uri) AS is_current
        FROM s
        UNION ALL SELECT source_name, source_uri, doc_id, first_run_id, first_run_id, is_current FROM r
        ORDER BY source_name, source_uri, doc_id"""


def _derive(
    con: duckdb.DuckDBPyConnection, layout: Layout, old: Snapshot, staged: Staged, files: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """Tables that rest on the whole history: duplicates, bodies, units."""
    run = staged.run_id
    now = {name: scan(layout.absolute(paths)) for name, paths in files.items()}
    derived = {name: [f"tables/{name}/{run}.parquet"] for name in (PAIRS, "duplicates", "bodies", "units")}
    path = {name: layout.root / paths[0] for name, paths in derived.items()}
    pairs = new_pairs(con, now, layout.absolute(old.files[PAIRS]), staged.shingled)
    write_table(path[PAIRS], pairs)
    write_duplicates(con, now, path[PAIRS], path["duplicates"])
    write_table(path["units"], staged.units)
    write_query(con, path["bodies"], arrow_schema(tables.BODIES), _bodies(now, path["units"]))
    return derived


def _bodies(now: Mapping[str, str], units: Path) -> str:
    """Every body that could be told apart; its name is the commonest, then the longest, then the first in the alphabet."""
    return f"""
        WITH mention AS (
            SELECT o.*, d.dated_from, d.dated_to FROM {now["organisations"]} o JOIN {now["documents"]} d USING (doc_id)
            WHERE o.body_id IS NOT NULL
        ), named AS (
            SELECT body_id, name, kind, level, place_code, place_code_set, row_number() OVER (
                PARTITION BY body_id
                ORDER BY count(*) DESC, length(name) DESC, name, kind, level, place_code, place_code_set) AS place
            FROM mention GROUP BY body_id, name, kind, level, place_code, place_code_set
        ), span AS (
            SELECT body_id, min(dated_from) AS first_doc_date, max(dated_to) AS last_doc_date FROM mention GROUP BY body_id
        ),
        unit AS (
            SELECT u.code, u.code_set,
                CASE WHEN u.level = 'province' THEN u.code WHEN p.level = 'province' THEN p.code ELSE p.parent_code END
                AS province
            FROM {scan([units])} u LEFT JOIN {scan([units])} p ON p.code = u.parent_code AND p.code_set = u.code_set
        ),
        province AS (
            SELECT code, coalesce(successor_code, code) AS now FROM {scan([units])}
            WHERE level = 'province' AND code_set = '2024'
        )
        SELECT n.body_id, n.name, n.kind, n.level, n.place_code, n.place_code_set,
            CASE n.place_code_set WHEN '2025' THEN u.province ELSE p.now END AS province_code_now,
            s.first_doc_date, s.last_doc_date
        FROM named n JOIN span s USING (body_id)
        LEFT JOIN unit u ON u.code = n.place_code AND u.code_set = n.place_code_set
        LEFT JOIN province p ON p.code = u.province
        WHERE n.place = 1 ORDER BY n.body_id"""
