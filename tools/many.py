"""A warehouse of any size out of the samples, through the publish layer: their rows again and again, as other documents.

Every copy is a story of its own, but for one in twenty that is a reprint: other ``doc_id`` and signature, another day within
eight years, another of today's provinces, its people and bodies among a few hundred namesakes, its figures moved a little. Text,
spans and sentences stay, so spans stay true. Blocks and raw bytes are left out: no report reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from schemas import tables
from schemas.model import Column, Table
from schemas.render import arrow_schema
from transforms import units
from transforms.clean import dedupe
from transforms.tabulate import to_arrow
from warehouse import catalog
from warehouse.duplicates import SIGNATURES, SIGNATURES_SCHEMA
from warehouse.ingest import INDEX
from warehouse.layout import Layout, State
from warehouse.parquet import connect, scan, write_query, write_table
from warehouse.publish import Staged, publish

RUN_ID = "20260402T070000-copies"
_COPIED = (*tables.FACTS, tables.DOCUMENTS)
# What a copy makes of a column; `i` is its number, `p` its province, `back` the days by which it is earlier.
_OTHER = {
    "doc_id": "left(sha256(t.doc_id || i), 20)",
    "source_uri": "i || '/' || t.source_uri",
    "source_name": "'source ' || lpad((i % 40)::VARCHAR, 2, '0')",
    "supersedes": "NULL",
    "run_id": f"'{RUN_ID}'",
    "province_code": "CASE WHEN t.province_code IS NULL THEN NULL ELSE p.code END",
    "province_name": "CASE WHEN t.province_code IS NULL THEN NULL ELSE p.name END",
    "province_code_set": "CASE WHEN t.province_code IS NULL THEN NULL ELSE '2025' END",
    "province_code_now": "CASE WHEN t.province_code_now IS NULL THEN NULL ELSE p.code END",
    "province_name_now": "CASE WHEN t.province_code IS NULL THEN NULL ELSE p.name END",
    "value": "t.value + i % 5",
    "value_to": "t.value_to + i % 5",
}
_PEOPLE = {"person", "speaker", "name", "participant"}


def publish_copies(layout: Layout, copies: int, temp: Path) -> int:
    """Add ``copies`` of every document of the newest snapshot; returns the number of documents there are then."""
    state = layout.state()
    old = layout.snapshot(state.snapshot_id)
    assert old is not None
    temp.mkdir(parents=True, exist_ok=True)
    gazetteer = to_arrow(tables.UNITS, units.gazetteer())
    with connect(temp / "spill", "2GB") as con:
        con.register("gazetteer", gazetteer)
        con.execute(
            "CREATE TABLE p AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, code, name FROM gazetteer "
            "WHERE level = 'province' AND code_set = '2025'"
        )
        numbered = "SELECT i, (hash(i) % 34)::INT AS n, (hash(i + 1) % 2900)::INT AS back"
        con.execute(f"CREATE TABLE c AS {numbered} FROM range({copies}) r(i)")
        files = {}
        for table in _COPIED:
            files[table.name] = [temp / f"{table.name}.parquet"]
            source = scan(layout.absolute(old.files[table.name]))
            query = f"SELECT {', '.join(map(_other(table), table.columns))} FROM {source} t CROSS JOIN c JOIN p USING (n)"
            write_query(con, files[table.name][0], arrow_schema(table), query)
        files["blocks"] = []
        files[SIGNATURES] = [temp / "signatures.parquet"]
        story = "(i - (i % 20 = 1)::INT)"  # one in twenty has the text of the one before it
        signed = (
            f"SELECT {_OTHER['doc_id']} AS doc_id, sha256(text_hash || {story}) AS text_hash, "
            f"list_transform(bands, lambda b: hash(b, {story})) AS bands "
            f"FROM {scan(layout.absolute(old.files[SIGNATURES]))} t CROSS JOIN c"
        )
        write_query(con, files[SIGNATURES][0], SIGNATURES_SCHEMA, signed)
        seen = (
            "SELECT source_name, source_uri, 0::BIGINT AS place, doc_id, false AS is_known, false AS is_refused, NULL AS chunk "
            f"FROM {scan(files['documents'])}"
        )
        write_query(con, temp / "index.parquet", INDEX, seen)
    write_table(temp / "rejected.parquet", pa.table({"table": pa.array([], pa.string()), "file": pa.array([], pa.string()),
                                                     "file_row": pa.array([], pa.int64())}))  # fmt: skip
    write_table(temp / "none.parquet", pa.table({"doc_id": pa.array([], pa.string())}))
    nothing = temp / "none.parquet"
    staged = Staged(
        RUN_ID, files, [temp / "index.parquet"], temp / "rejected.parquet", nothing, nothing, gazetteer, temp / "work",
        dedupe.numbered, "2GB",
    )  # fmt: skip
    snapshot = publish(layout, old, state, staged, "2026-04-02 07:00:00", old.extractor_version)
    layout.write_snapshot(snapshot)
    new_state = State(state.sequence + 1, snapshot.snapshot_id, state.journal | {"sightings": snapshot.files["sightings"]})
    layout.commit(new_state)
    catalog.build(layout, [snapshot.snapshot_id], new_state)
    return snapshot.rows["documents"]


def _other(table: Table) -> Callable[[Column], str]:
    def expression(column: Column) -> str:
        name = column.name
        if name in _OTHER:
            return f'{_OTHER[name]} AS "{name}"'
        if column.kind in ("date", "timestamp"):
            return f'(t."{name}" - to_days(back))::{"DATE" if column.kind == "date" else "TIMESTAMP"} AS "{name}"'
        if name in ("person_id", "body_id", "source_body_id", "addressee_body_id"):
            return f"replace(t.\"{name}\", '@', ' ' || i % 300 || '@') AS \"{name}\""
        if name in _PEOPLE and table.name in ("people", "positions", "statements", "participants"):
            return f"t.\"{name}\" || CASE WHEN i = 0 THEN '' ELSE ' ' || i % 300 END AS \"{name}\""
        if name == "place_code":
            return f'CASE WHEN t."{name}" IS NULL THEN NULL ELSE p.code END AS "{name}"'
        return f't."{name}"'

    return expression
