"""The DuckDB file that readers open: views with comments over the Parquet files of one snapshot, and the journal.

It holds no rows, needs no extension, and is derived: it can be built again from ``snapshots/`` and ``state/`` at any time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pyarrow.parquet as pq

from schemas import tables
from schemas.model import Column, Table
from schemas.render import comment_statements, quoted, sql_type
from warehouse import reports
from warehouse.layout import Layout, Snapshot, State
from warehouse.parquet import scan

# Which documents stand for their story: current (the newest version at one of their URIs), and of a cluster of copies the
# earliest published, then the first seen, then the lowest doc_id. A view, so the order of arrival plays no part.
_REPRESENTATIVES = """
CREATE VIEW history.representatives AS
WITH seen AS (
    SELECT doc_id, bool_or(is_current) AS is_current, min(first_run_id) AS first_run_id FROM history.sightings GROUP BY doc_id
), ranked AS (
    SELECT doc_id, cluster_id,
           count(*) OVER (PARTITION BY cluster_id) - 1 AS copies,
           row_number() OVER (PARTITION BY cluster_id ORDER BY published_at NULLS LAST, first_run_id, doc_id) AS place
    FROM (
        SELECT d.doc_id, d.published_at, s.first_run_id, u.cluster_id
        FROM history.duplicates u JOIN history.documents d USING (doc_id) JOIN seen s USING (doc_id) WHERE s.is_current
    )
)
SELECT s.doc_id, r.cluster_id, coalesce(r.copies, 0) AS copies
FROM seen s LEFT JOIN ranked r USING (doc_id)
WHERE s.is_current AND coalesce(r.place, 1) = 1
"""
COPIES = Column("how many more documents carry the same story", "documents", low=0, big=True, name="copies", kind="int64")
_SHOWN = "SEMI JOIN history.representatives USING (doc_id)"


def statements(layout: Layout, snapshot: Snapshot, state: State) -> Iterator[str]:
    """The SQL that makes a catalog, in order."""
    yield "CREATE SCHEMA history"
    yield "CREATE SCHEMA journal"
    for table in (*tables.HISTORY, tables.SIGHTINGS):
        yield from _view(f"history.{table.name}", table, projection(layout, table, snapshot.files[table.name]))
    yield _REPRESENTATIVES
    yield "COMMENT ON VIEW history.representatives IS 'one row per document shown in main, with the number of its copies'"
    yield "COMMENT ON COLUMN history.representatives.doc_id IS 'the document that stands for its story'"
    yield "COMMENT ON COLUMN history.representatives.cluster_id IS 'its cluster of copies; NULL where it has none'"
    yield f"COMMENT ON COLUMN history.representatives.copies IS {quoted(COPIES.meaning)}"
    for table in tables.JOURNAL:
        files = state.journal.get(table.name)
        if files:
            yield from _view(f"journal.{table.name}", table, projection(layout, table, files))
            if table is tables.RAW:
                yield from _view("history.raw", table, "SELECT * FROM journal.raw")
            else:
                yield from _view(f"main.{table.name}", table, f"SELECT * FROM journal.{table.name}")
    for table in tables.HISTORY:
        if table is tables.DOCUMENTS:
            yield (
                "CREATE VIEW main.documents AS SELECT d.*, r.copies FROM history.documents d "
                "JOIN history.representatives r USING (doc_id)"
            )
            yield from comment_statements(table, "main.documents")
            yield f"COMMENT ON COLUMN main.documents.copies IS {quoted(COPIES.meaning)}"
        elif table in (tables.BODIES, tables.UNITS):
            yield from _view(f"main.{table.name}", table, f"SELECT * FROM history.{table.name}")
        elif table is tables.DUPLICATES:
            yield from _view("main.duplicates", table, "SELECT * FROM history.duplicates")
        else:
            yield from _view(f"main.{table.name}", table, f"SELECT t.* FROM history.{table.name} t {_SHOWN}")
    yield (
        "CREATE TABLE history.snapshot AS SELECT "
        f"{snapshot.snapshot_id}::INTEGER AS snapshot_id, {quoted(snapshot.run_id)} AS run_id, "
        f"{quoted(snapshot.created_at)}::TIMESTAMP AS created_at, {quoted(snapshot.extractor_version)} AS extractor_version"
    )
    yield "COMMENT ON TABLE history.snapshot IS 'the snapshot that this file shows'"
    for column, meaning in (
        ("snapshot_id", "its number"),
        ("run_id", "the run that published it"),
        ("created_at", "when, local time"),
        ("extractor_version", "the version of rules and lexicons of that run"),
    ):
        yield f"COMMENT ON COLUMN history.snapshot.{column} IS {quoted(meaning)}"
    yield from reports.statements()


def projection(layout: Layout, table: Table, files: list[str]) -> str:
    """The SELECT of all columns of a table from its files."""
    # Qualified, because a macro's parameter would otherwise be confused with a column of the same name in a view that it reads.
    lacking = _lacking(layout, table, files)
    columns = ", ".join(f'NULL::{sql_type(c)} AS "{c.name}"' if c.name in lacking else f'p."{c.name}"' for c in table.columns)
    return f"SELECT {columns} FROM {scan(layout.absolute(files))} p"


def _lacking(layout: Layout, table: Table, files: list[str]) -> set[str]:
    """Columns that were added to a journal table after all of its files were written. (History is made anew, by a reprocess.)"""
    if table not in tables.JOURNAL:
        return set()
    written = {name for path in files for name in pq.read_schema(layout.root / path).names}
    return set(table.names) - written


def _view(relation: str, table: Table, select: str) -> Iterator[str]:
    yield f"CREATE VIEW {relation} AS {select}"
    yield from comment_statements(table, relation)


def build(layout: Layout, snapshot_ids: list[int], state: State) -> None:
    """Build the catalogs of these snapshots against the journal of ``state``, and swap each in.

    Whoever has an old file open keeps it, and with it the old snapshot; whoever opens next sees the new one.
    """
    import duckdb

    for snapshot_id in snapshot_ids:
        snapshot = layout.snapshot(snapshot_id)
        assert snapshot is not None
        target = layout.catalog_of(snapshot_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{os.getpid()}")
        aside.unlink(missing_ok=True)
        with duckdb.connect(
            str(aside), config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        ) as con:
            con.execute("BEGIN")
            for statement in statements(layout, snapshot, state):
                con.execute(statement)
            con.execute("COMMIT")
            con.execute("CHECKPOINT")
        aside.replace(target)
        if snapshot_id == state.snapshot_id:
            swapped = layout.catalog.with_name(f".{layout.catalog.name}.{os.getpid()}")
            shutil.copyfile(target, swapped)
            swapped.replace(layout.catalog)
