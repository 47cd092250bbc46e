"""Sources: what SOURCE on the command line names, and reading it document by document, in an order of its own.

A file is one document; a container (``.jsonl``, ``.ndjson``, ``.parquet``) holds a record per document. Each may be
compressed (``.gz``, ``.zst``). Whatever can't be read is reported as an ``Unreadable`` in its place, never raised.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from schemas.errors import UsageError

FILES = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
CONTAINERS = (".jsonl", ".ndjson", ".parquet")
COMPRESSED = (".gz", ".zst")
MAX_BYTES = 16 * 1024 * 1024  # of one document, decompressed: no article is larger, many bombs are
_NAMES, _NAME = 12, 40  # fields of a record that a refusal lists, and characters of each


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Which fields of a record hold what; the first that is there counts."""

    text: tuple[str, ...] = ("text", "content", "body", "html")
    url: tuple[str, ...] = ("url", "link", "source_url")
    id: tuple[str, ...] = ("id", "doc_id", "_id")
    title: tuple[str, ...] = ("title", "headline")
    date: tuple[str, ...] = ("date", "published_at", "published", "pub_date")

    def pick(self, record: dict[str, Any]) -> dict[str, str]:
        """The mapped fields of a record, as text; absent and empty ones left out."""
        found = {}
        for role in ("text", "url", "id", "title", "date"):
            for name in getattr(self, role):
                value = record.get(name)
                if value is not None and str(value).strip():
                    found[role] = str(value)
                    break
        return found


@dataclass(frozen=True, slots=True)
class Source:
    """A configured source: its name, the folder to which URIs are relative, and its files in order.

    Among the files stand the folders that can't be listed: reading one tells why, in its place.
    """

    name: str
    root: Path
    files: tuple[Path, ...]
    ignored: tuple[str, ...] = ()  # the endings of the files of other types in the folder, one for each file
    fields: FieldMap = FieldMap()


class Found(NamedTuple):
    """One document as received. ``record`` holds the mapped fields where ``data`` is their canonical JSON.

    ``origin`` is where its bytes lie in the source, which no mapping changes; its URI may be a field of the record.
    """

    uri: str
    media_type: str
    data: bytes
    record: dict[str, str] | None
    origin: str

    @property
    def doc_id(self) -> str:
        return hashlib.sha256(self.data).hexdigest()[:20]


class Unreadable(NamedTuple):
    """A document that can't be had: why, with what could be read of it."""

    uri: str
    reason_code: str
    reason: str
    data: bytes | None

    @property
    def doc_id(self) -> str | None:
        return hashlib.sha256(self.data).hexdigest()[:20] if self.data is not None else None


def kind_of(path: Path) -> str | None:
    """``.txt``, ``.jsonl``, … without the compression; None for a type that is not ours.

    >>> kind_of(Path("a/b.jsonl.gz")), kind_of(Path("x.HTML")), kind_of(Path("x.pdf"))
    ('.jsonl', '.html', None)
    """
    suffixes = [s.lower() for s in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in COMPRESSED:
        suffixes.pop()
    kind = suffixes[-1] if suffixes else ""
    return kind if kind in FILES or kind in CONTAINERS else None


def resolve(arguments: Sequence[str], names: Sequence[str] = (), fields: FieldMap | None = None) -> list[Source]:
    """Turn SOURCE arguments (files, folders, globs) into sources; each argument is one.

    A source is named after its folder or file unless ``names`` gives one; two of one name are told apart by their parent folder.
    Raises UsageError for a missing path, a folder that can't be listed, an unknown format or nothing to read; a folder within
    one that can't be listed is no error, but refused in its place.
    """
    if names and len(names) != len(arguments):
        raise UsageError(f"--name was given {len(names)} times for {len(arguments)} sources: give one for each, or none")
    sources: list[Source] = []
    for number, argument in enumerate(arguments):
        source = _resolve(argument, fields or FieldMap())
        name = names[number] if names else source.name
        if not names and any(name == other.name for other in sources):
            name = f"{source.root.resolve().parent.name}-{name}"
        if any(name == other.name for other in sources):
            raise UsageError(f"two sources are named {name!r}: tell them apart with --name")
        sources.append(Source(name, source.root, source.files, source.ignored, source.fields))
    return sources


def _resolve(argument: str, fields: FieldMap) -> Source:
    try:
        return _found(argument, Path(argument), fields)
    except OSError as error:
        raise UsageError(f"can't read {error.filename or argument}: {error.strerror}; check its permissions") from None


def _found(argument: str, path: Path, fields: FieldMap) -> Source:
    supported = " ".join((*FILES, *CONTAINERS))
    if path.is_dir():
        files, ignored = _walk(path)
        if not files:
            raise UsageError(f"nothing to read in {argument}: it holds no {supported} (or those with .gz, .zst)")
        return Source(path.resolve().name or "root", path, tuple(files), tuple(map(_ending, ignored)), fields)
    if path.is_file():
        if kind_of(path) is None:
            raise UsageError(f"unknown format: {argument}; khobao reads {supported}, each also .gz or .zst")
        return Source(_stem(path), path.parent, (path,), (), fields)
    if glob.has_magic(argument):
        base = Path(argument)
        while glob.has_magic(str(base)):
            base = base.parent
        matched = sorted(Path(p) for p in glob.glob(argument, recursive=True) if not Path(p).is_dir())  # noqa: PTH207
        files = [p for p in matched if kind_of(p)]
        if not files:
            raise UsageError(f"no readable file matches {argument!r}; khobao reads {supported}")
        others = tuple(_ending(p) for p in matched if not kind_of(p))
        return Source(base.resolve().name or "root", base, tuple(files), others, fields)
    raise UsageError(f"no such file or folder: {argument}")


def _ending(path: Path) -> str:
    """
    >>> _ending(Path("a.b.CSV")), _ending(Path("a.pdf.gz")), _ending(Path("Makefile"))
    ('.csv', '.pdf.gz', 'no ending')
    """
    ending = "".join(path.suffixes[-2:] if path.suffix.lower() in COMPRESSED else path.suffixes[-1:]).lower()
    return ending if ending.isprintable() and ending else "no ending"


def _stem(path: Path) -> str:
    name = path.name
    while Path(name).suffix.lower() in (*FILES, *CONTAINERS, *COMPRESSED):
        name = Path(name).stem
    return name


def _walk(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files that are read, with the folders that can't be, and those of other types. Raises OSError for ``folder`` itself."""
    files: list[Path] = []
    ignored: list[Path] = []

    def refuse(error: OSError) -> None:
        path = Path(error.filename)
        if path == folder:
            raise error
        files.append(path)

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = Path(parent) / name
            if kind_of(path):
                files.append(path)
            else:
                ignored.append(path)
    return sorted(files), ignored


def read(source: Source, path: Path) -> Iterator[Found | Unreadable]:
    """Every document of one file, in order."""
    uri = path.relative_to(source.root).as_posix()
    kind = kind_of(path)
    try:
        if kind is None:
            uri += "/"
            next(os.scandir(path), None)
            yield Unreadable(uri, "unreadable", "the folder could not be listed when the run began; another run reads it", None)
        elif kind == ".parquet":
            yield from _parquet(source, path, uri)
        elif kind in CONTAINERS:
            yield from _lines(source, path, uri)
        else:
            yield _single(path, uri, FILES[kind])
    except OSError as error:
        yield Unreadable(uri, "unreadable", f"can't be read: {error.strerror or error}", None)
    except MemoryError:
        yield Unreadable(uri, "too_large", "does not fit into memory", None)


def _opened(path: Path) -> Any:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return gzip.open(path, "rb")
    if suffix == ".zst":
        import zstandard

        return zstandard.open(path, "rb")
    return path.open("rb")


def _single(path: Path, uri: str, media_type: str) -> Found | Unreadable:
    try:
        with _opened(path) as stream:
            data = stream.read(MAX_BYTES + 1)
    except _damage() as error:
        return Unreadable(
            uri, "truncated", f"the compressed file is damaged or cut short: {error}", path.read_bytes()[:MAX_BYTES]
        )
    if len(data) > MAX_BYTES:
        return Unreadable(uri, "too_large", f"larger than {MAX_BYTES >> 20} MiB", data[:4096])
    if not data:
        return Unreadable(uri, "empty", "the file is empty", b"")
    return Found(uri, media_type, data, None, uri)


def _damage() -> tuple[type[Exception], ...]:
    import zstandard

    return (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError)


def _lines(source: Source, path: Path, uri: str) -> Iterator[Found | Unreadable]:
    number = 0
    try:
        with _opened(path) as stream:
            while True:
                line = stream.readline(MAX_BYTES + 1)
                if not line:
                    return
                if len(line) > MAX_BYTES:
                    yield Unreadable(f"{uri}#{number}", "too_large", f"a line larger than {MAX_BYTES >> 20} MiB", line[:4096])
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(MAX_BYTES)
                    number += 1
                    continue
                if line.strip():
                    yield _record_line(source, uri, number, line)
                number += 1
    except _damage() as error:
        yield Unreadable(f"{uri}#{number}", "truncated", f"the compressed file is damaged or cut short: {error}", None)


def _record_line(source: Source, uri: str, number: int, line: bytes) -> Found | Unreadable:
    place = f"{uri}#{number}"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable(place, "bad_record", f"not a JSON object: {error}", line)
    if not isinstance(record, dict):
        return Unreadable(place, "bad_record", "a line of a JSONL file must be a JSON object", line)
    return _record(source, place, record, list(record), line)


def _record(source: Source, place: str, record: dict[str, Any], names: Sequence[str], line: bytes | None) -> Found | Unreadable:
    """A record as a document; ``names`` are those of all its fields."""
    fields = source.fields.pick(record)
    if "text" not in fields:
        wanted, there = ", ".join(source.fields.text), _listed(names)
        evidence = line if line is not None else json.dumps(record, ensure_ascii=False, default=str).encode()
        reason = f"the record has no text (looked for: {wanted}; its fields: {there}); name its field with --text-field"
        return Unreadable(place, "bad_record", reason, evidence)
    media_type = "text/html" if fields["text"].lstrip()[:1] == "<" else "text/plain"
    data = canonical(fields)
    if len(data) > MAX_BYTES:
        return Unreadable(place, "too_large", f"larger than {MAX_BYTES >> 20} MiB", data[:4096])
    return Found(fields.get("url") or fields.get("id") or place, media_type, data, fields, place)


def _listed(names: Sequence[str]) -> str:
    """The first names of fields, in one line of bounded length.

    >>> _listed(["noi dung", "a\\nb"]), _listed([]), _listed([str(n) for n in range(15)])
    ('noi dung, a\\\\nb', 'none', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more')
    """
    told = ["".join(c if c.isprintable() else ascii(c)[1:-1] for c in name[:_NAME]) for name in names[:_NAMES]]
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return (", ".join(told) or "none") + more


def canonical(fields: dict[str, str]) -> bytes:
    """The bytes of a record: canonical JSON (sorted keys, no spaces) of its mapped fields, in UTF-8.

    >>> canonical({"title": "Tin", "id": "7"})
    b'{"id":"7","title":"Tin"}'
    """
    # A lone surrogate can't be encoded; as an escape it is the same JSON.
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _parquet(source: Source, path: Path, uri: str) -> Iterator[Found | Unreadable]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with _opened(path) as stream:
            file = pq.ParquetFile(pa.BufferReader(stream.read()) if path.suffix.lower() in COMPRESSED else path)
            wanted = {n for role in ("text", "url", "id", "title", "date") for n in getattr(source.fields, role)}
            columns = [n for n in file.schema_arrow.names if n in wanted]
            for batch in file.iter_batches(batch_size=1000, columns=columns):
                for record in batch.to_pylist():
                    yield _record(source, f"{uri}#{number}", record, file.schema_arrow.names, None)
                    number += 1
    except (pa.ArrowException, *_damage()) as error:
        yield Unreadable(f"{uri}#{number}", "truncated", f"not a whole Parquet file: {str(error).splitlines()[0]}", None)
