"""Clusters of copies over the whole warehouse: candidates by shared MinHash bands, verified pairs, connected components.

Pairs are kept between *texts* (by the hash of the folded text), so that a thousand exact copies cost one signature, and a pair
once verified is never looked at again. Candidates come from a join on bands, which DuckDB does in bounded memory.

A thousand bulletins of one template share bands with each other without being copies, and their pairs would be half a million.
In a band that so many share, each text is compared with its neighbours only, in the order of the bands that follow (as an LSH
forest does): copies share more of these than strangers, and stand side by side in the order of one band or another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from schemas.render import arrow_schema
from schemas.tables import DUPLICATES
from warehouse.parquet import scan, write_table

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

SIGNATURES = "signatures"
PAIRS = "pairs"
SIGNATURES_SCHEMA = pa.schema(
    [("doc_id", pa.string()), ("text_hash", pa.string()), ("bands", pa.list_(pa.field("element", pa.uint64())))]
)
PAIRS_SCHEMA = pa.schema([("a", pa.string()), ("b", pa.string()), ("similarity", pa.float64())])
THRESHOLD = 0.8
_AT_ONCE = 2000  # candidate pairs whose texts are in memory together
CROWD = 128  # texts that share a band, from which on only neighbours are compared
_NEIGHBOURS = 8  # on either side


def new_pairs(
    con: duckdb.DuckDBPyConnection, now: Mapping[str, str], old_pairs: Sequence[str], shingled: Callable[[str], NDArray[np.int64]]
) -> pa.Table:
    """Verified pairs of texts (``a < b``, Jaccard similarity at or above the threshold) of the whole warehouse.

    ``now`` gives the SQL scan of each table as it will be, ``shingled`` the distinct shingles of a text as sorted numbers. Only
    pairs with a text that was not there before are verified.
    """
    con.execute(
        "CREATE TEMP TABLE text AS SELECT text_hash, min(doc_id) AS doc_id, first(bands ORDER BY doc_id) AS bands "
        f"FROM {now[SIGNATURES]} GROUP BY text_hash"
    )
    con.execute(f"CREATE TEMP TABLE old_pair AS SELECT * FROM {scan(old_pairs)}")
    # Texts of documents of this run: those in `accepted`, which the publisher has made.
    con.execute(f"CREATE TEMP TABLE fresh AS SELECT DISTINCT text_hash FROM {now[SIGNATURES]} SEMI JOIN accepted USING (doc_id)")
    con.execute(_CANDIDATES)
    found = con.execute("SELECT p.a, p.b, p.similarity FROM old_pair p SEMI JOIN text x ON p.a = x.text_hash "
                        "SEMI JOIN text y ON p.b = y.text_hash").fetchall()  # fmt: skip
    candidates = con.execute("SELECT a, b FROM candidate ANTI JOIN old_pair USING (a, b) ORDER BY a, b").fetchall()
    for at in range(0, len(candidates), _AT_ONCE):
        wanted = candidates[at : at + _AT_ONCE]
        sets = {text_hash: shingled(text) for text_hash, text in _texts(con, now, {h for pair in wanted for h in pair})}
        for a, b in wanted:
            similarity = _jaccard(sets[a], sets[b])
            if similarity >= THRESHOLD:
                found.append((a, b, similarity))
    found.sort()
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, PAIRS_SCHEMA, strict=True)], schema=PAIRS_SCHEMA)


_CANDIDATES = f"""
    CREATE TEMP TABLE band AS SELECT text_hash, unnest(bands) AS band, generate_subscripts(bands, 1) AS place FROM text;
    CREATE TEMP TABLE crowd AS SELECT band FROM band GROUP BY band HAVING count(*) > {CROWD};
    CREATE TEMP TABLE candidate AS
    WITH free AS (SELECT text_hash, band FROM band ANTI JOIN crowd USING (band)),
    queue AS (
        SELECT b.band, b.text_hash, row_number() OVER (
            PARTITION BY b.band ORDER BY list_concat(t.bands[b.place + 1 :], t.bands[: b.place]), b.text_hash) AS place
        FROM band b SEMI JOIN crowd USING (band) JOIN text t USING (text_hash)
    ), pair AS (
        SELECT x.text_hash AS x, y.text_hash AS y FROM free x SEMI JOIN fresh USING (text_hash) JOIN free y USING (band)
        UNION ALL
        SELECT x.text_hash, y.text_hash
        FROM (SELECT *, unnest(range(place + 1, place + {_NEIGHBOURS + 1})) AS next FROM queue) x
        JOIN queue y ON x.band = y.band AND x.next = y.place
        WHERE x.text_hash IN (FROM fresh) OR y.text_hash IN (FROM fresh)
    )
    SELECT DISTINCT least(x, y) AS a, greatest(x, y) AS b FROM pair WHERE x <> y"""


def _jaccard(a: NDArray[np.int64], b: NDArray[np.int64]) -> float:
    both = len(np.intersect1d(a, b, assume_unique=True))
    return both / (len(a) + len(b) - both)


def _texts(con: duckdb.DuckDBPyConnection, now: Mapping[str, str], hashes: set[str]) -> list[tuple[str, str]]:
    con.register("wanted", pa.table({"text_hash": sorted(hashes)}))
    query = f"SELECT t.text_hash, d.text FROM wanted JOIN text t USING (text_hash) JOIN {now['documents']} d USING (doc_id)"
    return con.execute(query).fetchall()


def write_duplicates(con: duckdb.DuckDBPyConnection, now: Mapping[str, str], pairs: Path, target: Path) -> None:
    """The table ``duplicates``: connected components of equal and near texts, versions of one URI apart.

    Two documents that were only ever seen at the same URIs are versions of each other, never duplicates.
    """
    shared = con.execute(
        f"""WITH signed AS (SELECT doc_id, text_hash FROM {now[SIGNATURES]}),
        crowded AS (
            SELECT text_hash FROM signed GROUP BY text_hash HAVING count(*) > 1
            UNION SELECT a FROM {scan([pairs])} UNION SELECT b FROM {scan([pairs])}
        )
        SELECT s.doc_id, s.text_hash, list(DISTINCT g.source_name || chr(31) || g.source_uri) AS places
        FROM signed s SEMI JOIN crowded USING (text_hash) JOIN {now["sightings"]} g USING (doc_id)
        GROUP BY ALL ORDER BY s.doc_id"""
    ).fetchall()
    places = {doc_id: frozenset(where) for doc_id, _, where in shared}
    carriers: dict[str, list[str]] = {}
    for doc_id, text_hash, _ in shared:
        carriers.setdefault(text_hash, []).append(doc_id)
    edges: list[tuple[str, str, float]] = []
    for documents in carriers.values():
        edges += _edges(documents, documents, places, 1.0)
    for a, b, similarity in con.execute(f"SELECT a, b, similarity FROM {scan([pairs])} ORDER BY a, b").fetchall():
        edges += _edges(carriers.get(a, []), carriers.get(b, []), places, similarity)
    write_table(target, _clusters(edges))


def _edges(
    left: Sequence[str], right: Sequence[str], places: Mapping[str, frozenset[str]], similarity: float
) -> list[tuple[str, str, float]]:
    """Enough edges to connect two groups and give each member its similarity: a star from the first that is no mere version."""
    found = []
    for group, hubs in ((left, right), (right, left)):
        for doc_id in group:
            hub = next((h for h in hubs if h != doc_id and places[h] != places[doc_id]), None)
            if hub is not None:
                found.append((doc_id, hub, similarity))
        if left is right:
            break
    return found


def _clusters(edges: Sequence[tuple[str, str, float]]) -> pa.Table:
    parent: dict[str, str] = {}
    best: dict[str, float] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b, similarity in edges:
        low, high = sorted((root(a), root(b)))
        parent[high] = low  # the lowest doc_id is the root, so it names the cluster
        for node in (a, b):
            best[node] = max(best.get(node, 0.0), similarity)
    rows = [(doc_id, root(doc_id), best[doc_id], "exact" if best[doc_id] == 1.0 else "minhash") for doc_id in sorted(best)]
    schema = arrow_schema(DUPLICATES)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
