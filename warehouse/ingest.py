"""Landing: read sources, hash, skip known bytes, keep the rest as chunks of raw documents in the run's staging folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from schemas.render import arrow_schema
from schemas.tables import RAW
from warehouse.parquet import write_table
from warehouse.sources import CONTAINERS, Found, Source, kind_of, read

INDEX = pa.schema(
    [
        ("source_name", pa.string()),
        ("source_uri", pa.string()),
        ("place", pa.int64()),
        ("doc_id", pa.string()),
        ("is_known", pa.bool_()),
        ("is_refused", pa.bool_()),
        ("chunk", pa.string()),
        ("origin", pa.string()),  # of a document that was read; NULL for what was refused
    ]
)
REFUSED = pa.schema(
    [
        ("doc_id", pa.string()),
        ("source_name", pa.string()),
        ("source_uri", pa.string()),
        ("stage", pa.string()),
        ("reason_code", pa.string()),
        ("reason", pa.string()),
        ("payload", pa.string()),
    ]
)
UNIT_BYTES = 16 << 20  # of files that one ingest task reads, so that tasks stay coarse but none holds much


class Unit(NamedTuple):
    """What one ingest task reads: some files of a source, or one container; ``place`` counts files over all sources."""

    number: int
    source: Source
    files: tuple[tuple[int, Path], ...]


class Landed(NamedTuple):
    """What one ingest task made. ``chunks`` are file names with their number of documents."""

    folder: Path
    chunks: tuple[tuple[str, int], ...]
    seen: int
    new: int
    refused: int


def plan(sources: Sequence[Source], batch_size: int) -> list[Unit]:
    """Cut sources into units of at most ``batch_size`` files or UNIT_BYTES; each container is a unit of its own."""
    units: list[Unit] = []
    place = 0
    for source in sources:
        waiting: list[tuple[int, Path]] = []
        size = 0
        for path in source.files:
            if kind_of(path) in CONTAINERS:
                units.append(Unit(len(units), source, ((place, path),)))
            else:
                waiting.append((place, path))
                size += _size(path)
                if len(waiting) >= batch_size or size >= UNIT_BYTES:
                    units.append(Unit(len(units), source, tuple(waiting)))
                    waiting, size = [], 0
            place += 1
        if waiting:
            units.append(Unit(len(units), source, tuple(waiting)))
    return units


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class KnownIds:
    """The doc_ids that a plain run skips: a sorted array of 20-byte strings, mapped from disk by every worker."""

    def __init__(self, path: Path) -> None:
        self._ids = np.load(path, mmap_mode="r")

    def __contains__(self, doc_id: str) -> bool:
        key = doc_id.encode()
        at = int(np.searchsorted(self._ids, key))
        return at < len(self._ids) and self._ids[at] == key

    @staticmethod
    def write(path: Path, doc_ids: Iterable[str]) -> None:
        np.save(path, np.array(sorted(doc_ids), dtype="S20"))


def anything_new(sources: Sequence[Source], known: set[str], limit: int = 200) -> bool:
    """Whether one of the first ``limit`` documents is new: a quick look, to know early what will have to be loaded."""
    looked = 0
    for source in sources:
        for path in source.files:
            for found in read(source, path):
                if found.doc_id is not None and found.doc_id not in known:
                    return True
                looked += 1
                if looked >= limit:
                    return False
    return False


def land(unit: Unit, staging: Path, run_id: str, known_path: Path, batch_size: int) -> Landed:
    """Read one unit into ``staging/ingest/NNNNN/``: chunks of raw documents, an index of all seen, the refused.

    The folder appears under its name when it is whole.
    """
    known = KnownIds(known_path)
    folder = staging / "ingest" / f"{unit.number:05d}"
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    aside.mkdir(parents=True, exist_ok=True)
    index: list[tuple[Any, ...]] = []
    refused: list[tuple[Any, ...]] = []
    chunks: list[tuple[str, int]] = []
    waiting: list[tuple[Any, ...]] = []
    here: set[str] = set()

    def flush() -> None:
        if waiting:
            name = f"{len(chunks):05d}.parquet"
            write_table(aside / name, _table(arrow_schema(RAW), waiting))
            chunks.append((name, len(waiting)))
            waiting.clear()

    size = 0
    for place, found in _documents(unit):
        if not isinstance(found, Found):
            # Bytes that were refused before and still wait in quarantine are known: no second row for them.
            is_known = found.doc_id is not None and found.doc_id in known
            if not is_known:
                refused.append(
                    (found.doc_id, unit.source.name, found.uri, "ingest", found.reason_code, found.reason, escaped(found.data))
                )
            index.append((unit.source.name, found.uri, place, found.doc_id, is_known, not is_known, None, None))
            continue
        doc_id = found.doc_id
        is_known = doc_id in known
        chunk = None
        if not is_known and doc_id not in here:
            here.add(doc_id)
            chunk = f"{unit.number:05d}/{len(chunks):05d}.parquet"
            waiting.append(
                (
                    doc_id,
                    len(found.data),
                    found.media_type,
                    found.record is not None,
                    unit.source.name,
                    found.uri,
                    run_id,
                    found.data,
                )
            )
            size += len(found.data)
        index.append((unit.source.name, found.uri, place, doc_id, is_known, False, chunk, found.origin))
        if len(waiting) >= batch_size or size >= UNIT_BYTES:
            flush()
            size = 0
    flush()
    write_table(aside / "index.parquet", _table(INDEX, index))
    write_table(aside / "refused.parquet", _table(REFUSED, refused))
    aside.rename(folder)
    return Landed(folder, tuple(chunks), len(index), len(here), len(refused))


def _documents(unit: Unit) -> Iterator[tuple[int, Any]]:
    for place, path in unit.files:
        for number, found in enumerate(read(unit.source, path)):
            # Order within and between files, for versions of one URI that arrive in the same run.
            yield place * 1_000_000_000 + number, found


def _table(schema: pa.Schema, found: list[tuple[Any, ...]]) -> pa.Table:
    columns = list(zip(*found, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def escaped(data: bytes | None, limit: int = 4096) -> str | None:
    """The first 4 KiB of some bytes as printable ASCII.

    >>> escaped(b"a\\x00\\xe1")
    'a\\\\x00\\\\xe1'
    """
    return None if data is None else data[:limit].decode("latin-1").encode("unicode_escape").decode("ascii")
