"""The quarantine as it stands: what waits in it and why, the evidence, what to try again, and giving up with a reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from schemas import codes
from schemas.errors import UsageError
from schemas.render import arrow_schema, quoted
from schemas.tables import QUARANTINE, RAW, RUNS
from warehouse import catalog
from warehouse.layout import Layout, Snapshot, State
from warehouse.parquet import connect, scan, write_query

if TYPE_CHECKING:
    import duckdb

# Documents to take again from the raw store: where each was met, and in which run.
CHOSEN = pa.schema(
    [("doc_id", pa.string()), ("source_name", pa.string()), ("source_uri", pa.string()), ("first_run_id", pa.string())]
)
EXAMPLE = 160  # characters of the evidence that a list shows
_SHORTEST = 4  # of an id that is given in part


class Choice(NamedTuple):
    """What a replay takes up. ``unread`` are entries whose bytes could not be read: only their source can bring those again."""

    documents: tuple[str, ...]
    entries: int
    unread: int


def _connected(layout: Layout, state: State) -> duckdb.DuckDBPyConnection:
    """A connection with the views ``item`` (the quarantine), ``kept`` (the raw store) and ``document`` (the head)."""
    snapshot = layout.snapshot(state.snapshot_id)
    assert snapshot is not None
    con = connect()
    con.execute(f"CREATE VIEW item AS {_whole(layout, state)}")
    con.execute(f"CREATE VIEW kept AS SELECT * FROM {scan(layout.absolute(state.journal[RAW.name]))}")
    con.execute(f"CREATE VIEW document AS SELECT * FROM {scan(layout.absolute(snapshot.files['documents']))}")
    con.execute(f"CREATE VIEW run AS SELECT run_id, status, started_at FROM {scan(layout.absolute(state.journal[RUNS.name]))}")
    return con


def _whole(layout: Layout, state: State) -> str:
    """The quarantine with all its columns, also those that were added after its file was written."""
    return catalog.projection(layout, QUARANTINE, state.journal[QUARANTINE.name])


# A document that a run held back with everything else: its bytes are kept, and nothing is wrong with it that anyone knows.
_HELD = """SELECT doc_id FROM kept k
    WHERE first_run_id IN (SELECT run_id FROM run WHERE status IN ('blocked', 'failed'))
    AND doc_id NOT IN (SELECT doc_id FROM document)
    AND NOT EXISTS (
        SELECT 1 FROM item i WHERE i.doc_id = k.doc_id AND i.table_name IS NULL AND i.status IN ('open', 'dropped'))"""


def by_reason(layout: Layout, status: str | None = "open") -> list[dict[str, Any]]:
    """One entry per reason: how many documents and rows, from which sources, since when, and an example."""
    where = f"WHERE status = {quoted(status)}" if status else ""
    with _connected(layout, layout.state()) as con:
        found = con.execute(
            f"""SELECT reason_code, count(*) FILTER (table_name IS NULL), count(*) FILTER (table_name IS NOT NULL),
                list_sort(list(DISTINCT source_name)), list_sort(list(DISTINCT stage)), min(quarantined_at), max(quarantined_at),
                first({{'quarantine_id': quarantine_id, 'source_uri': source_uri, 'table_name': table_name, 'reason': reason,
                    'payload': left(payload, {EXAMPLE})}} ORDER BY quarantined_at, quarantine_id)
            FROM item {where} GROUP BY reason_code ORDER BY count(*) DESC, reason_code"""
        ).fetchall()
    names = ("reason_code", "documents", "rows", "sources", "stages", "since", "until", "example")
    return [_meant(dict(zip(names, row, strict=True))) for row in found]


def _meant(entry: dict[str, Any]) -> dict[str, Any]:
    code = next((c for c in codes.REASONS.codes if c.code == entry["reason_code"]), None)
    return entry | {"meaning": code.meaning if code else "", "meaning_vi": code.meaning_vi if code else ""}


def held(layout: Layout) -> int:
    """How many documents wait because the run that brought them published nothing."""
    with _connected(layout, layout.state()) as con:
        return int(con.execute(f"SELECT count(*) FROM ({_HELD})").fetchall()[0][0])


def entries(layout: Layout, wanted: str, at_most: int) -> tuple[list[dict[str, Any]], int]:
    """The entries of a reason, a document or an id (its beginning is enough), the open ones first; and how many there are.

    Raises UsageError where there is none.
    """
    with _connected(layout, layout.state()) as con:
        where = f"reason_code = {quoted(wanted)}" if wanted in codes.REASONS.values else _named(con, wanted)
        count = con.execute(f"SELECT count(*) FROM item WHERE {where}").fetchall()[0][0]
        if not count:
            raise UsageError(f"nothing is in quarantine for the reason {wanted!r}: `khobao quarantine` lists what is")
        found = con.execute(
            f"""SELECT i.*, k.raw_bytes, k.content FROM (
                SELECT * FROM item WHERE {where} ORDER BY status <> 'open', quarantined_at, quarantine_id LIMIT {at_most}
            ) i LEFT JOIN kept k USING (doc_id) ORDER BY i.status <> 'open', i.quarantined_at, i.quarantine_id"""
        ).fetchall()
    names = (*QUARANTINE.names, "raw_bytes", "content")
    return [_meant(dict(zip(names, row, strict=True))) for row in found], count


def _named(con: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """The condition for an id or the beginning of one. Raises UsageError where it names nothing, or more than one thing."""
    start = wanted.lower()
    if len(start) < _SHORTEST or not all(c in "0123456789abcdef" for c in start):
        reasons = ", ".join(code for (code,) in con.execute("SELECT DISTINCT reason_code FROM item ORDER BY 1").fetchall())
        raise UsageError(f"{wanted!r} is no id and no reason found in quarantine; reasons there: {reasons or 'none'}")
    pattern = quoted(start + "%")
    ids = con.execute(
        f"""SELECT 'quarantine_id', quarantine_id FROM item WHERE quarantine_id LIKE {pattern}
        UNION SELECT 'doc_id', doc_id FROM item WHERE doc_id LIKE {pattern}"""
    ).fetchall()
    if len(ids) != 1:
        several = f"{len(ids)} ids begin with" if ids else "nothing in quarantine has the id"
        raise UsageError(f"{several} {wanted!r}: `khobao quarantine` lists what is there")
    return f"{ids[0][0]} = {quoted(ids[0][1])}"


def choose(layout: Layout, ids: Sequence[str], reason: str | None, with_held: bool) -> Choice:
    """The documents of the open entries that are named by id or reason (all of them where neither is given).

    ``with_held`` adds the documents of runs that published nothing. Raises UsageError for an unknown id or reason.
    """
    with _connected(layout, layout.state()) as con:
        conditions = [] if not ids else ["(" + " OR ".join(_named(con, one) for one in ids) + ")"]
        if reason is not None:
            _known_reason(reason)
            conditions.append(f"reason_code = {quoted(reason)}")
        where = " AND ".join(["status = 'open'", *conditions])
        if with_held and not conditions:
            where = "false"  # --held alone means those and nothing else
        con.execute(f"CREATE TABLE chosen AS SELECT doc_id FROM item WHERE {where}")
        total, readable = con.execute(
            "SELECT count(*), count(*) FILTER (doc_id IN (SELECT doc_id FROM kept)) FROM chosen"
        ).fetchall()[0]
        documents = "SELECT doc_id FROM chosen SEMI JOIN kept USING (doc_id)"
        if with_held:
            documents += f" UNION SELECT doc_id FROM ({_HELD})"
        found = con.execute(f"SELECT DISTINCT doc_id FROM ({documents}) ORDER BY doc_id").fetchall()
    return Choice(tuple(doc_id for (doc_id,) in found), total, total - readable)


def closed(layout: Layout, ids: Sequence[str]) -> str:
    """Why entries that are named by id are not open; empty where none is named or all are."""
    if not ids:
        return ""
    with _connected(layout, layout.state()) as con:
        where = " OR ".join(_named(con, one) for one in ids)
        found = con.execute(
            f"""SELECT status, count(*), any_value(resolution) FROM item
            WHERE status <> 'open' AND ({where}) GROUP BY status ORDER BY status"""
        ).fetchall()
    told = {"dropped": "{:,} given up", "replayed": "{:,} passed already"}
    return ", ".join(told[status].format(count) + (f" ({why})" if why else "") for status, count, why in found)


def _known_reason(reason: str) -> None:
    if reason not in codes.REASONS.values:
        raise UsageError(f"unknown reason {reason!r}: one of {', '.join(codes.REASONS.values)}")


def lay_out(layout: Layout, state: State, doc_ids: Sequence[str], target: Path) -> tuple[str, ...]:
    """Write where each document of a replay was met first, as CHOSEN: by its refusal, else by the raw store.

    Returns the names of their sources.
    """
    listed = ", ".join(map(quoted, doc_ids))
    with _connected(layout, state) as con:
        query = f"""SELECT doc_id, source_name, source_uri, first_run_id FROM (
                SELECT doc_id, source_name, source_uri, run_id AS first_run_id, 0 AS place FROM item WHERE table_name IS NULL
                UNION ALL SELECT doc_id, source_name, source_uri, first_run_id, 1 FROM kept
            ) WHERE doc_id IN ({listed}) AND doc_id IN (SELECT doc_id FROM kept)
            QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY place, first_run_id, source_name, source_uri) = 1
            ORDER BY doc_id"""
        write_query(con, target, CHOSEN, query)
        names = con.execute(f"SELECT DISTINCT source_name FROM {scan([target])} ORDER BY 1").fetchall()
    return tuple(name for (name,) in names)


def outcome(layout: Layout, doc_ids: Sequence[str]) -> tuple[int, int]:
    """How many entries of these documents have passed in the last run, and how many are open."""
    state = layout.state()
    listed = ", ".join(map(quoted, doc_ids))
    with _connected(layout, state) as con:
        passed, left = con.execute(
            f"""SELECT count(*) FILTER (
                status = 'replayed' AND resolved_run_id = (SELECT max_by(run_id, (started_at, run_id)) FROM run)),
            count(*) FILTER (status = 'open') FROM item WHERE doc_id IN ({listed})"""
        ).fetchall()[0]
    return int(passed), int(left)


def drop(layout: Layout, ids: Sequence[str], because: str, at: datetime) -> int:
    """Give open entries up, with a reason; they stay in the journal. Returns how many. The writer's lock must be held."""
    state = layout.state()
    name = f"journal/{QUARANTINE.name}/dropped-{state.sequence + 1:08d}.parquet"
    with _connected(layout, state) as con:
        where = " OR ".join(_named(con, one) for one in ids)
        con.execute("CREATE TABLE changed AS SELECT * FROM item")
        count = con.execute(
            f"""UPDATE changed SET status = 'dropped', resolved_at = {quoted(at.isoformat())}::TIMESTAMP,
            resolution = {quoted(because)} WHERE status = 'open' AND ({where})"""
        ).fetchall()[0][0]
        if not count:
            raise UsageError("none of these is open: what has passed or was given up stays as it is")
        write_query(con, layout.root / name, arrow_schema(QUARANTINE), "SELECT * FROM changed ORDER BY quarantine_id")
    after = State(state.sequence + 1, state.snapshot_id, {**state.journal, QUARANTINE.name: [name]})
    layout.commit(after)
    catalog.build(layout, [after.snapshot_id or 0], after)
    return int(count)


def row_of(entry: dict[str, Any]) -> dict[str, Any]:
    """The refused row of an entry; empty for a whole document, or where it was cut too short to be read."""
    try:
        return dict(json.loads(entry["payload"])) if entry["table_name"] else {}
    except (TypeError, ValueError):
        return {}


def text_of(layout: Layout, snapshot: Snapshot, doc_id: str) -> str | None:
    """The cleaned text of a published document."""
    with connect() as con:
        documents = scan(layout.absolute(snapshot.files["documents"]))
        found = con.execute(f"SELECT text FROM {documents} WHERE doc_id = {quoted(doc_id)}").fetchall()
    return found[0][0] if found else None
