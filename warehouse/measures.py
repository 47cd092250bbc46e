"""Measures of the whole warehouse as a run would leave it: what must add up, what may not hang loose, what may not occur twice.

Computed in DuckDB over the Parquet files of a snapshot that nobody sees yet; judged in ``warehouse.quality``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schemas import tables
from schemas.journal import RunTable
from schemas.model import Severity, Table
from schemas.render import quoted
from warehouse import catalog, declared
from warehouse.layout import Layout, Snapshot, State
from warehouse.measure import Measure
from warehouse.parquet import scan

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Audited:
    """What is audited: the snapshot that a run is about to publish, beside the one before it and the run's own counts.

    ``counts`` are seen, new, known, reprocessed and quarantined documents; ``refused`` the documents quarantined whole, by
    source; ``chunks`` the raw documents that the run has landed and that are not in the journal yet.
    """

    root: Path
    run_id: str
    started_at: datetime
    old: Snapshot
    new: Snapshot
    state: State
    counts: tuple[int, int, int, int, int]
    run_tables: Sequence[RunTable]
    refused: dict[str, int] = field(default_factory=dict)
    chunks: Sequence[Path] = ()
    memory_limit: str = "1GB"


def prepare(con: duckdb.DuckDBPyConnection, audited: Audited) -> None:
    """Views ``new_TABLE`` and ``old_TABLE`` of both snapshots, and ``made``: the documents whose rows this run made."""
    layout = Layout(audited.root)
    for name in (*(t.name for t in tables.HISTORY), tables.SIGHTINGS.name):
        con.execute(f"CREATE VIEW old_{name} AS SELECT * FROM {scan(layout.absolute(audited.old.files[name]))}")
        files = layout.absolute(audited.new.files.get(name, []))
        now = scan(files) if files else f"old_{name} WHERE false"  # a table that was lost has no rows; that is told as such
        con.execute(f"CREATE VIEW new_{name} AS SELECT * FROM {now}")
    con.execute(
        f"CREATE TABLE made AS SELECT doc_id, source_name, doc_id IN (SELECT doc_id FROM old_documents) AS was_there "
        f"FROM new_documents WHERE run_id = {quoted(audited.run_id)}"
    )


def integrity(con: duckdb.DuckDBPyConnection, audited: Audited) -> Iterator[Measure]:
    """Everything that must hold of any snapshot, every one of these critical; then what must hold of the journal."""
    yield from _balances(con, audited)
    for one in _loose(audited):
        yield _counted(con, one)
    for table in tables.HISTORY:
        yield _duplicate_keys(con, table)
    for table in (*tables.DERIVED, tables.SIGHTINGS):  # those of documents are judged before they come here
        yield from declared.broken(con, table, f"new_{table.name}")
    for one in (*_REFERENCES, *_PLACES):
        yield _counted(con, one)
    yield from _journal(con, audited)


class _Must(NamedTuple):
    """What must hold of a table; ``wrong`` is what stands after FROM for the rows, or groups of rows, that break it."""

    rule: str
    table: str
    column: str | None
    wrong: str
    meaning: str
    meaning_vi: str


def _counted(con: duckdb.DuckDBPyConnection, must: _Must) -> Measure:
    return Measure(
        must.rule, must.table, _one(con, f"SELECT count(*) FROM {must.wrong}"), must.meaning, must.meaning_vi,
        column=must.column, elements=_one(con, f"SELECT count(*) FROM new_{must.table}"),
    )  # fmt: skip


def _loose(audited: Audited) -> Iterator[_Must]:
    """What may not hang loose."""
    for table in (*tables.PER_DOCUMENT[1:], tables.DUPLICATES):
        yield _orphans(table)
    raw: list[str | Path] = [*Layout(audited.root).absolute(audited.state.journal[tables.RAW.name]), *audited.chunks]
    yield _Must(
        "bytes_kept", "documents", None, f"new_documents WHERE doc_id NOT IN (SELECT doc_id FROM {scan(raw)})",
        "the bytes of every document are in the raw store", "kho gốc giữ đủ byte của mọi tài liệu",
    )  # fmt: skip
    yield _Must(
        "version_before_is_there", "documents", "supersedes",
        "new_documents WHERE supersedes IS NOT NULL AND supersedes NOT IN (SELECT doc_id FROM new_documents)",
        "the version that a document supersedes is there", "phiên bản trước của mỗi tài liệu vẫn còn",
    )  # fmt: skip
    yield _Must(
        "bodies_listed", "organisations", "body_id",
        "new_organisations WHERE body_id IS NOT NULL AND body_id NOT IN (SELECT body_id FROM new_bodies)",
        "every body that a mention names is among the bodies", "mọi cơ quan được nhắc đến đều có trong danh mục",
    )  # fmt: skip


def _orphans(table: Table) -> _Must:
    return _Must(
        "no_orphans", table.name, "doc_id", f"new_{table.name} WHERE doc_id NOT IN (SELECT doc_id FROM new_documents)",
        "every row belongs to a document", "mọi dòng đều thuộc một tài liệu",
    )  # fmt: skip


_UNIT = "AND NOT EXISTS (SELECT 1 FROM new_units u WHERE u.code = t.{} AND u.code_set = t.{})"
# What the derived tables refer to: units that are there, in their set of codes; and copies of something.
_REFERENCES = (
    _Must(
        "in_units", "bodies", "place_code",
        f"new_bodies t WHERE place_code IS NOT NULL {_UNIT.format('place_code', 'place_code_set')}",
        "a body's unit is one of the gazetteer, in its set of codes",
        "địa bàn của cơ quan là đơn vị có trong danh mục hành chính, đúng bộ mã của nó",
    ),
    _Must(
        "in_units", "units", "parent_code",
        f"new_units t WHERE parent_code IS NOT NULL {_UNIT.format('parent_code', 'code_set')}",
        "the unit above a unit is there, in the same set of codes", "đơn vị cấp trên có trong danh mục, cùng bộ mã",
    ),
    _Must(
        "copies_together", "duplicates", "cluster_id",
        "(SELECT cluster_id FROM new_duplicates GROUP BY cluster_id HAVING count(*) = 1)",
        "a cluster of copies has at least two documents", "mỗi nhóm bản sao có ít nhất hai tài liệu",
    ),
)  # fmt: skip
_PLACES = (
    _Must(
        "documents_seen_somewhere", "sightings", None,
        "new_documents WHERE doc_id NOT IN (SELECT doc_id FROM new_sightings)",
        "every document was seen somewhere", "mọi tài liệu đều có nơi được thấy",
    ),
    _orphans(tables.SIGHTINGS),
    _Must(
        "one_current", "sightings", "is_current",
        "(SELECT 1 FROM new_sightings GROUP BY source_name, source_uri HAVING count(*) FILTER (is_current) <> 1)",
        "at every place one document is the current one", "tại mỗi địa chỉ chỉ một tài liệu là hiện hành",
    ),
)  # fmt: skip


def _one(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(query).fetchall()[0][0] or 0)


def _balances(con: duckdb.DuckDBPyConnection, audited: Audited) -> Iterator[Measure]:
    seen, new, known, reprocessed, quarantined = audited.counts
    yield Measure(
        "run_adds_up", "runs", abs(seen - new - known - reprocessed - quarantined),
        "documents seen are new, known, reprocessed or quarantined, each once",
        "mỗi tài liệu đã gặp là mới, đã có, xử lý lại hoặc bị cách ly, tính một lần", elements=seen,
    )  # fmt: skip
    written = {table.name: 0 for table in tables.PER_DOCUMENT}
    for row in audited.run_tables:
        written[row.table_name] += row.rows_written
    yield Measure(
        "documents_arrived", "documents", abs(new + reprocessed - written["documents"]),
        "every document that a run took up and did not refuse has been written",
        "mọi tài liệu được tiếp nhận và không bị loại đều đã được ghi", elements=new + reprocessed,
    )  # fmt: skip
    again = _one(con, "SELECT count(*) FROM made WHERE was_there")
    for table in tables.PER_DOCUMENT:
        replaced = 0
        if again:
            replaced = _one(con, f"SELECT count(*) FROM old_{table.name} WHERE doc_id IN (SELECT doc_id FROM made)")
        after = _one(con, f"SELECT count(*) FROM new_{table.name}")
        before = _one(con, f"SELECT count(*) FROM old_{table.name}")
        yield Measure(
            "rows_add_up", table.name, abs(after - (before - replaced + written[table.name])),
            "the rows are those of before, less those made anew, plus those written",
            "số dòng bằng số dòng trước đó, trừ số được làm lại, cộng số đã ghi", elements=after,
        )  # fmt: skip


def _duplicate_keys(con: duckdb.DuckDBPyConnection, table: Table) -> Measure:
    """Rows beyond the first of a key. Keys are counted by their hash, which is fast; only where two agree they are compared."""
    key = ", ".join(f'"{name}"' for name in table.key)
    rows, distinct = con.execute(f"SELECT count(*), count(DISTINCT hash({key})) FROM new_{table.name}").fetchall()[0]
    if rows > distinct:
        distinct = _one(con, f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM new_{table.name})")
    return Measure(
        "keys_unique", table.name, rows - distinct, f"({', '.join(table.key)}) occurs once in the whole table",
        f"({', '.join(table.key)}) chỉ xuất hiện một lần trong toàn bảng", elements=rows,
    )  # fmt: skip


def _journal(con: duckdb.DuckDBPyConnection, audited: Audited) -> Iterator[Measure]:
    """What must hold of the journal as the runs before have left it.

    A warning always: what is written there stays written, and to hold every later run back would mend nothing.
    """
    layout = Layout(audited.root)
    for table in tables.JOURNAL:
        if table is not tables.SIGHTINGS:  # which is part of the snapshot
            files = audited.state.journal[table.name]
            con.execute(f"CREATE VIEW old_{table.name} AS {catalog.projection(layout, table, files)}")
            for one in declared.broken(con, table, f"old_{table.name}"):
                yield replace(one, severity=Severity.WARNING)
