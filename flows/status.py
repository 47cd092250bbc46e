"""``khobao status``: what the warehouse holds, what its last runs did, what is stale or waits in quarantine."""

from __future__ import annotations

from typing import Any

from flows.version import extractor_version
from schemas.render import quoted
from warehouse.layout import Layout


def report(layout: Layout) -> dict[str, Any]:
    """Everything that ``status`` shows, as plain values."""
    from warehouse.query import opened

    with opened(layout) as con:

        def rows(query: str) -> list[tuple[Any, ...]]:
            return con.execute(query).fetchall()

        snapshot = rows("SELECT snapshot_id, run_id, created_at FROM history.snapshot")[0]
        version = extractor_version()
        shown, held = rows("SELECT (SELECT count(*) FROM main.documents), (SELECT count(*) FROM history.documents)")[0]
        # A literal, not a parameter: binding one makes DuckDB load pandas.
        older = f"split_part(extractor_version, '.c', 1) <> {quoted(version)}"  # without the digest of its corrections
        stale = rows(f"SELECT count(*) FROM history.documents WHERE {older}")[0][0]
        waiting = rows("SELECT reason_code, count(*) FROM quarantine WHERE status = 'open' GROUP BY ALL ORDER BY 2 DESC, 1")
        runs = rows(
            """SELECT run_id, status, documents_seen, documents_new, documents_known, documents_reprocessed,
            documents_quarantined, snapshot_id, message FROM runs ORDER BY started_at DESC, run_id DESC LIMIT 10"""
        )
    names = ("run_id", "status", "seen", "new", "known", "reprocessed", "quarantined", "snapshot_id", "message")
    current = layout.snapshot(snapshot[0])
    assert current is not None
    return {
        "warehouse": str(layout.root),
        "snapshot": {"snapshot_id": snapshot[0], "run_id": snapshot[1], "created_at": snapshot[2]},
        "snapshots_kept": layout.snapshot_ids(),
        "extractor_version": version,
        "documents": {"shown": shown, "with_versions_and_copies": held, "stale": stale},
        "rows": {name: count for name, count in current.rows.items() if name not in ("signatures", "pairs")},
        "quarantine_open": dict(waiting),
        "runs": [dict(zip(names, run, strict=True)) for run in runs],
    }


def show(found: dict[str, Any]) -> str:
    """The report for a terminal."""
    documents, snapshot = found["documents"], found["snapshot"]
    lines = [
        f"warehouse   {found['warehouse']}",
        f"snapshot    {snapshot['snapshot_id']} ({snapshot['created_at']}), kept: {', '.join(map(str, found['snapshots_kept']))}",
        f"documents   {documents['shown']:,} stories, {documents['with_versions_and_copies']:,} with versions and copies, "
        f"{documents['stale']:,} stale (extractor {found['extractor_version']})",
        "rows        " + "  ".join(f"{name} {count:,}" for name, count in found["rows"].items()),
        "quarantine  " + (", ".join(f"{code} {count:,}" for code, count in found["quarantine_open"].items()) or "empty"),
        "",
        f"{'run':<24}{'status':<13}{'seen':>9}{'new':>9}{'known':>9}{'again':>7}{'quar.':>7}{'snapshot':>10}",
    ]
    for run in found["runs"]:
        lines.append(
            f"{run['run_id']:<24}{run['status']:<13}{run['seen']:>9,}{run['new']:>9,}{run['known']:>9,}{run['reprocessed']:>7,}"
            f"{run['quarantined']:>7,}{run['snapshot_id'] if run['snapshot_id'] is not None else '-':>10}"
        )
        if run["message"]:
            lines.append(f"  {run['message']}")
    return "\n".join(lines)
