"""What may be deleted: snapshots beyond the newest ten that are older than a day, and files that no kept snapshot needs.

A reader may have a catalog open for a day after the next ten snapshots were published; nothing that it needs goes before.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.layout import Layout, State

KEEP_SNAPSHOTS = 10
KEEP_SECONDS = 24 * 3600


def collect(layout: Layout, state: State, now: float, keep: int = KEEP_SNAPSHOTS, keep_seconds: float = KEEP_SECONDS) -> int:
    """Delete what is no longer needed; returns the number of files. The writer's lock must be held."""
    ids = layout.snapshot_ids()
    doomed = [
        i
        for i in ids[:-keep]
        if i != state.snapshot_id and _older(layout.root / "snapshots" / f"{i:06d}.json", now, keep_seconds)
    ]
    for snapshot_id in doomed:
        (layout.root / "snapshots" / f"{snapshot_id:06d}.json").unlink()
        layout.catalog_of(snapshot_id).unlink(missing_ok=True)
    needed = {f for paths in state.journal.values() for f in paths}
    for snapshot_id in layout.snapshot_ids():
        snapshot = layout.snapshot(snapshot_id)
        if snapshot:
            needed |= {f for paths in snapshot.files.values() for f in paths}
    removed = 0
    for folder in ("tables", "journal"):
        for path in (layout.root / folder).rglob("*"):
            relative = path.relative_to(layout.root).as_posix()
            if path.is_file() and relative not in needed and path.name != "empty.parquet" and _older(path, now, keep_seconds):
                path.unlink()
                removed += 1
    states = sorted((layout.root / "state").glob("*.json"))
    for path in states[:-keep]:
        path.unlink()
    return removed


def _older(path: Path, now: float, seconds: float) -> bool:
    return now - path.stat().st_mtime > seconds


def clear_staging(layout: Layout, run_id: str) -> None:
    shutil.rmtree(layout.staging(run_id), ignore_errors=True)


def leftovers(layout: Layout) -> list[str]:
    """Runs that died: their staging folders are still there. Only the holder of the lock may ask."""
    folder = layout.root / "staging"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
