"""Who is who in a run: new, known, seen twice, extracted again, refused. All counts are made here, from the run's own files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.journal import QuarantineRow, RunTable
from schemas.render import arrow_schema, quoted
from schemas.tables import RAW
from warehouse.ingest import INDEX, Landed
from warehouse.layout import Layout, Snapshot, State
from warehouse.parquet import connect, scan, write_query, write_table

if TYPE_CHECKING:
    import duckdb


class Tally(NamedTuple):
    """What a run is to do. Every place at which something was seen counts once in ``new + known + reprocessed + refused``.

    ``chunks`` are the raw documents to process, each with the doc_ids in it that another chunk carries; ``moved`` tells that a
    known document now stands where another one, or none, stood.
    """

    seen: int
    new: int
    known: int
    reprocessed: int
    refused: int
    stale: int
    chunks: tuple[tuple[Path, frozenset[str]], ...]
    moved: bool


# The digest of the corrections with which a document was extracted; empty where it had none.
CORRECTION = r"regexp_extract(extractor_version, '\.c([0-9a-f]{8})$', 1)"


def tally(
    layout: Layout,
    old: Snapshot,
    state: State,
    landed: Sequence[Landed],
    staging: Path,
    version: str,
    reprocess: bool,
    batch_size: int,
    replay: Path | None = None,
    corrected: Mapping[str, str] | None = None,
) -> Tally:
    """Read the indexes of what has landed; lay out from the raw store what is done again.

    That are with ``reprocess`` the stale documents, those of ``replay`` (``warehouse.replay.CHOSEN``), and always those whose
    corrections changed: ``corrected`` has the digest of each corrected document's, which is the end of its version.
    """
    index = scan([part.folder / "index.parquet" for part in landed]) if landed else _nothing(staging)
    documents = scan(layout.absolute(old.files["documents"]))
    again_path = staging / "reprocess.parquet"
    with connect(staging / "temp") as con:
        con.execute(f"CREATE TABLE seen AS SELECT * FROM {index}")
        listed = ", ".join(f"({quoted(doc_id)}, {quoted(digest)})" for doc_id, digest in (corrected or {}).items())
        con.execute(
            f"""CREATE TABLE stale AS SELECT doc_id, source_name, source_uri,
                {CORRECTION} <> coalesce(c.digest, '') AS recorrected
            FROM {documents} d LEFT JOIN (VALUES {listed or "(NULL, NULL)"}) c(id, digest) ON c.id = d.doc_id
            WHERE split_part(extractor_version, '.c', 1) <> {quoted(version)} OR recorrected"""
        )
        again = f"SELECT doc_id, source_name, source_uri FROM stale WHERE recorrected OR {str(reprocess).lower()}"
        if replay:  # one that is published stands where it stands; one that was refused, where it was met
            again += (
                f" UNION SELECT c.doc_id, coalesce(d.source_name, c.source_name), coalesce(d.source_uri, c.source_uri) "
                f"FROM {scan([replay])} c LEFT JOIN {documents} d USING (doc_id)"
            )
        con.execute(f"CREATE TABLE again AS {again} ORDER BY doc_id")
        write_query(con, again_path, pa.schema([("doc_id", pa.string())]), "SELECT doc_id FROM again ORDER BY doc_id")
        # The same new bytes at several places, or in several units: the first place in the alphabet has the document.
        con.execute(
            """CREATE TABLE taken AS SELECT doc_id, first(chunk ORDER BY source_name, source_uri, place) AS chunk FROM seen
            WHERE chunk IS NOT NULL GROUP BY doc_id"""
        )
        (total, refused, new, stale, repeated, unseen) = con.execute(
            """SELECT (SELECT count(*) FROM seen), (SELECT count(*) FROM seen WHERE is_refused), (SELECT count(*) FROM taken),
            (SELECT count(*) FROM stale), (SELECT count(*) FROM again),
            (SELECT count(*) FROM again ANTI JOIN seen USING (doc_id))"""
        ).fetchall()[0]
        lost = con.execute("SELECT s.chunk, s.doc_id FROM seen s JOIN taken t USING (doc_id) WHERE s.chunk <> t.chunk").fetchall()
        sightings = scan(layout.absolute(state.journal["sightings"]))
        moved = con.execute(
            f"""SELECT count(*) FROM seen s SEMI JOIN {documents} d USING (doc_id) ANTI JOIN
            (SELECT source_name, source_uri, doc_id FROM {sightings} WHERE is_current) c
            USING (source_name, source_uri, doc_id)"""
        ).fetchall()[0][0]
        chunks = _chunks(landed, lost)
        if repeated:
            chunks += _laid_out_again(con, layout, state, staging, batch_size)
    known = total + unseen - new - repeated - refused
    return Tally(total + unseen, new, known, repeated, refused, stale, tuple(chunks), bool(moved))


def _nothing(staging: Path) -> str:
    path = staging / "no-index.parquet"
    write_table(path, INDEX.empty_table())
    return scan([path])


def _chunks(landed: Sequence[Landed], lost: Iterable[tuple[str, str]]) -> list[tuple[Path, frozenset[str]]]:
    skip: dict[str, set[str]] = {}
    for chunk, doc_id in lost:
        skip.setdefault(chunk, set()).add(doc_id)
    found = []
    for part in landed:
        for name, size in part.chunks:
            left = frozenset(skip.get(f"{part.folder.name}/{name}", ()))
            if len(left) < size:
                found.append((part.folder / name, left))
    return found


def _laid_out_again(
    con: duckdb.DuckDBPyConnection, layout: Layout, state: State, staging: Path, batch_size: int
) -> list[tuple[Path, frozenset[str]]]:
    raw = scan(layout.absolute(state.journal[RAW.name]))
    # Source and URI are those of the document's row: the raw store may have met the bytes elsewhere, in a run that failed.
    columns = ", ".join(f'{"a" if name.startswith("source_") else "r"}."{name}"' for name in RAW.names)
    reader = con.execute(f"SELECT {columns} FROM {raw} r JOIN again a USING (doc_id) ORDER BY doc_id").to_arrow_reader(batch_size)
    chunks = []
    for number, batch in enumerate(reader):
        path = staging / "again" / f"{number:05d}.parquet"
        write_table(path, pa.Table.from_batches([batch]).cast(arrow_schema(RAW)))
        chunks.append((path, frozenset[str]()))
    return chunks


def refusals(paths: Iterable[Path], run_id: str, at: datetime) -> list[QuarantineRow]:
    """The refused documents of some ``refused.parquet`` files, as rows of the quarantine (without their id yet)."""
    rows = []
    for path in paths:
        for r in pq.read_table(path).to_pylist():
            rows.append(
                QuarantineRow(
                    "",
                    run_id,
                    r["doc_id"],
                    r["source_name"],
                    r["source_uri"],
                    r["stage"],
                    None,
                    r["reason_code"],
                    r["reason"],
                    r["payload"],
                    at,
                )
            )
    return rows


def refused_after(staging: Path, stage: str) -> set[str]:
    """Documents that a stage refused: what earlier stages made of them must not be published."""
    found: set[str] = set()
    for path in sorted((staging / stage).glob("*/refused.parquet")):
        found |= set(pq.read_table(path, columns=["doc_id"])["doc_id"].to_pylist())
    return found


def documents(staged: Mapping[str, Sequence[Path]]) -> int:
    return sum(pq.read_metadata(path).num_rows for path in staged["documents"])


def places_of(files: Sequence[Path], doc_ids: set[str]) -> dict[str, tuple[str, str]]:
    """(source_name, source_uri) of some staged documents."""
    found = {}
    if doc_ids:
        for path in files:
            for row in pq.read_table(path, columns=["doc_id", "source_name", "source_uri"]).to_pylist():
                if row["doc_id"] in doc_ids:
                    found[row["doc_id"]] = (row["source_name"], row["source_uri"])
    return found


def run_tables(staged: Mapping[str, Sequence[Path]], rejected: Path, left_out: Path, run_id: str) -> list[RunTable]:
    """What the run wrote and refused, by source and table."""
    rows: list[RunTable] = []
    if not staged["documents"]:
        return rows
    with connect() as con:
        con.execute(f"CREATE TABLE doc AS SELECT doc_id, source_name FROM {scan(staged['documents'])}")
        con.execute(f"CREATE TABLE gone AS SELECT doc_id FROM {scan([left_out])}")
        con.execute(f"CREATE TABLE bad AS SELECT * FROM {scan([rejected])}")
        for name, files in sorted(staged.items()):
            if name == "signatures":
                continue
            query = f"""
                SELECT doc.source_name, count(DISTINCT t.doc_id) FILTER (NOT bad),
                    count(*) FILTER (NOT bad), count(*) FILTER (bad)
                FROM (
                    SELECT t.doc_id, t.doc_id IN (SELECT doc_id FROM gone) OR EXISTS (
                        SELECT 1 FROM bad x WHERE x."table" = {quoted(name)}
                        AND x.file = t.filename AND x.file_row = t.file_row_number
                    ) AS bad FROM {scan(files, filename=True, file_row_number=True)} t
                ) t JOIN doc USING (doc_id) GROUP BY ALL ORDER BY ALL"""
            rows += [RunTable(run_id, source, name, *counts) for source, *counts in con.execute(query).fetchall()]
    return rows
