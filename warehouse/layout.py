"""Where things lie in a warehouse, and the two small JSON files that say what belongs to it.

::

    khobao.duckdb               the newest catalog: what readers open
    catalogs/000007.duckdb      the catalog of each kept snapshot
    snapshots/000007.json       which Parquet files are snapshot 7 (immutable)
    state/00000012.json         head: newest snapshot and the journal's files; the highest number counts
    tables/TABLE/RUN.parquet    immutable Parquet, sorted by key
    journal/TABLE/RUN.parquet   the same for the journal and the raw bytes
    staging/RUN/                what a run in progress has made; gone when it ends
    quality/RUN/                quality page of the run, and its Data Docs
    lock                        held by the one writer

The rename of ``state/N.json`` is the commit: whatever dies before it leaves the warehouse as it was, and the catalogs are
derived, so they can be built again from it at any time.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from schemas.errors import UsageError


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of ``history``: for each table the Parquet files (paths relative to the warehouse) that make it up."""

    snapshot_id: int
    run_id: str
    created_at: str
    extractor_version: str
    files: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """The head of the warehouse: the snapshot that readers see (None before the first) and the journal's files."""

    sequence: int = 0
    snapshot_id: int | None = None
    journal: dict[str, list[str]] = field(default_factory=dict)


class Layout:
    """Paths of one warehouse, and reading and committing its state."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()

    @property
    def catalog(self) -> Path:
        return self.root / "khobao.duckdb"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    def catalog_of(self, snapshot_id: int) -> Path:
        return self.root / "catalogs" / f"{snapshot_id:06d}.duckdb"

    def staging(self, run_id: str) -> Path:
        return self.root / "staging" / run_id

    def quality(self, run_id: str) -> Path:
        return self.root / "quality" / run_id

    def exists(self) -> bool:
        return (self.root / "state").is_dir()

    def require(self) -> None:
        """Raise UsageError unless a warehouse is here."""
        if not self.exists():
            raise UsageError(f"no warehouse at {self.root}: make one with `khobao run SOURCE --warehouse {self.root}`")

    def state(self) -> State:
        """The newest committed state; an empty one in a new warehouse."""
        numbers = _numbers(self.root / "state")
        if not numbers:
            return State()
        return State(**json.loads((self.root / "state" / f"{numbers[-1]:08d}.json").read_text(encoding="utf-8")))

    def snapshot(self, snapshot_id: int | None) -> Snapshot | None:
        if snapshot_id is None:
            return None
        path = self.root / "snapshots" / f"{snapshot_id:06d}.json"
        if not path.exists():
            kept = ", ".join(map(str, self.snapshot_ids())) or "none"
            raise UsageError(f"there is no snapshot {snapshot_id} in {self.root}; kept: {kept}")
        return Snapshot(**json.loads(path.read_text(encoding="utf-8")))

    def snapshot_ids(self) -> list[int]:
        return _numbers(self.root / "snapshots")

    def write_snapshot(self, snapshot: Snapshot) -> None:
        write_json(self.root / "snapshots" / f"{snapshot.snapshot_id:06d}.json", asdict(snapshot))

    def commit(self, state: State) -> None:
        """Make ``state`` the head. Atomic: readers of the folder see the old head or the new one."""
        write_json(self.root / "state" / f"{state.sequence:08d}.json", asdict(state))

    def absolute(self, relative: list[str]) -> list[str]:
        return [str(self.root / path) for path in relative]


def _numbers(folder: Path) -> list[int]:
    return sorted(int(p.stem) for p in folder.glob("*.json") if p.stem.isdigit()) if folder.is_dir() else []


def write_json(path: Path, value: object) -> None:
    """Write a small file so that it is there whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as out:
        json.dump(value, out, ensure_ascii=False, indent=1, sort_keys=True)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(path)
