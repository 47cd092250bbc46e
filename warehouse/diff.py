"""What two snapshots say differently: facts gained, lost and changed, and what made them so.

A fact is the same where its document, its place and all its columns are; running numbers don't count. Of what is left, a lost and
a gained row of one table at one place of one document are a changed one. Why, is told by the document: it is only in one of
the snapshots (the source changed), or its rows were made by other rules, or with other corrections.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from schemas import tables
from schemas.model import Table
from warehouse.layout import Layout, Snapshot
from warehouse.parquet import connect, scan

COMPARED = (tables.DOCUMENTS, *tables.FACTS)
# What says when and by what a document was read, and where, but not what it says; and the numbers of rows.
_PASSED_OVER = {"run_id", "extractor_version", "supersedes", "source_name", "source_uri", "row_no"}


class Count(NamedTuple):
    """How many facts of a table differ, for one reason."""

    table: str
    why: str
    gained: int
    lost: int
    changed: int


class Difference(NamedTuple):
    """One fact that differs: ``sign`` is ``+``, ``-`` or ``~``; ``columns``: old and new value of each that changed."""

    table: str
    why: str
    sign: str
    doc_id: str
    start_char: int | None
    end_char: int | None
    surface: str | None
    columns: dict[str, tuple[Any, Any]]


def scans(layout: Layout, snapshot: Snapshot) -> dict[str, str]:
    """The SQL of each compared table as a snapshot has it."""
    return {table.name: scan(layout.absolute(snapshot.files[table.name])) for table in COMPARED if snapshot.files.get(table.name)}


class Comparison:
    """Two states of the tables, given as SQL scans by table name, laid beside each other. Close it after use."""

    def __init__(self, old: Mapping[str, str], new: Mapping[str, str], memory_limit: str = "1GB") -> None:
        self._con = connect(memory_limit=memory_limit)
        self._old, self._new = old, new
        self._con.execute(
            f"""CREATE TEMP TABLE doc AS SELECT coalesce(o.doc_id, n.doc_id) AS doc_id, CASE
                WHEN o.doc_id IS NULL OR n.doc_id IS NULL THEN 'source'
                WHEN split_part(o.extractor_version, '.c', 1) <> split_part(n.extractor_version, '.c', 1) THEN 'rules'
                WHEN o.extractor_version <> n.extractor_version THEN 'correction' ELSE 'rules' END AS why
            FROM {old["documents"]} o FULL JOIN {new["documents"]} n ON o.doc_id = n.doc_id"""
        )

    def close(self) -> None:
        self._con.close()

    def counts(self) -> list[Count]:
        """One row for each table and reason for which anything differs."""
        found = []
        for table in COMPARED:
            if table.name in self._old and table.name in self._new:
                query = f"""SELECT why, count(*) FILTER (sign = '+'), count(*) FILTER (sign = '-'), count(*) FILTER (sign = '~')
                    FROM {self._rows(table)} GROUP BY why ORDER BY why"""
                found += [Count(table.name, *row) for row in self._con.execute(query).fetchall()]
        return found

    def differences(self, table: Table, limit: int) -> list[Difference]:
        """The first differing facts of a table: those of documents that both have, then the others; by document and place."""
        names = _compared(table)
        pairs = ", ".join(f'o."{name}", n."{name}"' for name in names)
        query = f"""SELECT why, sign, doc_id, {pairs} FROM {self._rows(table)}
            ORDER BY why = 'source', doc_id, place, sign LIMIT {limit}"""
        found = []
        for why, sign, doc_id, *values in self._con.execute(query).fetchall():
            old, new = dict(zip(names, values[::2], strict=True)), dict(zip(names, values[1::2], strict=True))
            shown = old if sign == "-" else new
            if sign == "~":
                columns = {name: (old[name], new[name]) for name in names if old[name] != new[name]}
            else:
                columns = {name: (old[name], new[name]) for name in names if shown[name] is not None}
            columns = {name: pair for name, pair in columns.items() if name not in ("start_char", "end_char", "surface")}
            place = shown.get("start_char"), shown.get("end_char")
            found.append(Difference(table.name, why, sign, doc_id, *place, shown.get("surface") or shown.get("title"), columns))
        return found

    def _rows(self, table: Table) -> str:
        """The SQL of a table's differing rows: ``why``, ``sign``, ``doc_id``, ``place``, and the two rows as ``o`` and ``n``."""
        names = _compared(table)
        columns = ", ".join(f'"{name}"' for name in ("doc_id", *names))
        at = "start_char, end_char" if table.has_span else "0"

        def left(one: str, other: str) -> str:
            return f"""SELECT *, row_number() OVER (PARTITION BY doc_id, {at} ORDER BY {columns}) AS turn
                FROM (SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other})"""

        same = " AND ".join(f"o.{name} IS NOT DISTINCT FROM n.{name}" for name in ("start_char", "end_char") if table.has_span)
        return f"""(SELECT d.why, CASE WHEN o.doc_id IS NULL THEN '+' WHEN n.doc_id IS NULL THEN '-' ELSE '~' END AS sign,
                d.doc_id, {"coalesce(o.start_char, n.start_char)" if table.has_span else "0"} AS place, o, n
            FROM ({left(self._old[table.name], self._new[table.name])}) o
            FULL JOIN ({left(self._new[table.name], self._old[table.name])}) n
                ON o.doc_id = n.doc_id AND o.turn = n.turn{" AND " + same if same else ""}
            JOIN doc d ON d.doc_id = coalesce(o.doc_id, n.doc_id))"""


def _compared(table: Table) -> list[str]:
    return [name for name in table.names if name not in _PASSED_OVER and name != "doc_id"]


def table_of(name: str) -> Table | None:
    return next((table for table in COMPARED if table.name == name), None)
