"""What worker processes run: a chunk of documents in, Parquet files in the run's staging folder out.

A document on which the code fails is refused with its reason; the chunk goes on. Nothing here imports Prefect.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.corrected import Corrected
from schemas import tables
from schemas.codes import TEXT_ROLES
from schemas.errors import UndecodableError
from schemas.render import arrow_schema
from transforms import units
from transforms.clean import clean
from transforms.clean.dedupe import numbered, sign
from transforms.corrections import apply
from transforms.document import Article, Facts, RawDocument
from transforms.extract import extract, extract_many
from transforms.match import TOGETHER
from transforms.tabulate import document_row, fact_rows, to_arrow
from transforms.text import Paragraph
from warehouse.duplicates import SIGNATURES, SIGNATURES_SCHEMA
from warehouse.ingest import REFUSED, escaped
from warehouse.parquet import write_table

__all__ = ["Made", "clean_chunk", "extract_chunk", "numbered", "warm_up"]


class Made(NamedTuple):
    """What a stage made of a chunk: the folder, how many documents went on, and how many were refused."""

    folder: Path
    documents: int
    refused: int


def warm_up() -> None:
    """Load what the stages need (modules, lexicons), so that workers are ready when the first chunk comes."""
    extract(Article.from_text("Ngày 01/02/2024, tại tỉnh Lào Cai, Sở Y tế họp."))


def raw_documents(chunk: Path) -> Iterator[RawDocument]:
    for row in pq.read_table(chunk).to_pylist():
        record = json.loads(row["content"]) if row["is_record"] else None
        yield RawDocument(row["doc_id"], row["source_name"], row["source_uri"], row["media_type"], row["content"], record)


def clean_chunk(chunk: Path, out: Path, skip: frozenset[str], run_id: str, version: str) -> Made:
    """Clean every raw document of a chunk but those in ``skip`` (taken from another chunk)."""
    documents: list[tuple[Any, ...]] = []
    blocks: list[tuple[Any, ...]] = []
    signatures: list[tuple[Any, ...]] = []
    refused: list[tuple[Any, ...]] = []
    for raw in raw_documents(chunk):
        if raw.doc_id in skip:
            continue
        try:
            document = clean(raw).document
        except UndecodableError as error:
            refused.append(_refusal(raw, "clean", error.reason_code, error.reason))
            continue
        except Exception as error:
            refused.append(_refusal(raw, "clean", "crash", _crash(error)))
            continue
        documents.append(document_row(document, run_id, version))
        blocks += document.blocks
        signatures.append((document.doc_id, *sign(document.text)))
    contents = {
        "documents": to_arrow(tables.DOCUMENTS, documents),
        "blocks": to_arrow(tables.BLOCKS, blocks),
        SIGNATURES: _from_rows(SIGNATURES_SCHEMA, signatures),
        "refused": _from_rows(REFUSED, refused),
    }
    return Made(_put(out, contents), len(documents), len(refused))


def extract_chunk(cleaned: Path, out: Path, corrections: Path | None = None) -> Made:
    """Extract the facts of a cleaned chunk, and complete its documents with what the facts tell: date and province.

    ``corrections`` is the file of ``transforms.corrections``; a corrected document's version tells with which.
    """
    documents = pq.read_table(cleaned / "documents.parquet")
    blocks = pq.read_table(cleaned / "blocks.parquet", columns=["doc_id", "role", "start_char", "end_char"]).to_pylist()
    paragraphs: dict[str, list[Paragraph]] = {}
    for block in blocks:
        if block["start_char"] is not None and block["role"] in TEXT_ROLES:
            paragraphs.setdefault(block["doc_id"], []).append(Paragraph(block["start_char"], block["end_char"], block["role"]))
    found: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in tables.FACTS}
    settled: dict[str, list[Any]] = {name: [] for name in units.SETTLED}
    refused: list[tuple[Any, ...]] = []
    kept: list[int] = []
    corrected = Corrected.of(corrections)
    versions = documents["extractor_version"].to_pylist()
    needed = documents.select(["doc_id", "text", "title", "published_at", "outlet", "source_name", "source_uri"]).to_pylist()
    for number, (row, facts) in enumerate(zip(needed, _facts(needed, paragraphs), strict=True)):
        text = row["text"]
        try:
            if isinstance(facts, Exception):
                raise facts
            if own := corrected.of_document.get(row["doc_id"]):
                apply(facts, text, own)
                versions[number] += f".c{corrected.digests[row['doc_id']]}"
            rows = fact_rows(row["doc_id"], text, facts)
        except Exception as error:
            refused.append(
                (row["doc_id"], row["source_name"], row["source_uri"], "extract", "crash", _crash(error), escaped(text.encode()))
            )
            continue
        kept.append(number)
        for name, more in rows.items():
            found[name] += more
        for name, value in units.settled(facts).items():
            settled[name].append(value)
    schema = arrow_schema(tables.DOCUMENTS)
    at = schema.get_field_index("extractor_version")
    complete = documents.set_column(at, schema.field(at), pa.array(versions, pa.string())).take(pa.array(kept, pa.int64()))
    for name, values in settled.items():
        at = schema.get_field_index(name)
        complete = complete.set_column(at, schema.field(name), pa.array(values, schema.field(name).type))
    contents = {"documents": complete.cast(schema), "refused": _from_rows(REFUSED, refused)}
    for table in tables.FACTS:
        contents[table.name] = to_arrow(table, found[table.name])
    return Made(_put(out, contents), len(kept), len(refused))


def _facts(rows: Sequence[dict[str, Any]], paragraphs: dict[str, list[Paragraph]]) -> Iterator[Facts | Exception]:
    """The facts of each document, or what went wrong; a few are read together, and one by one where that fails."""

    def article(row: dict[str, Any]) -> Article:
        published, blocks = row["published_at"], tuple(paragraphs.get(row["doc_id"], ()))
        printed = published and published.date()
        return Article.from_parts(row["text"], blocks, printed, row["outlet"], row["source_name"], row["title"])

    for begin in range(0, len(rows), TOGETHER):
        some = rows[begin : begin + TOGETHER]
        try:
            found: Sequence[Facts | Exception] = extract_many([article(row) for row in some])
        except Exception:
            found = [_tried(article, row) for row in some]
        yield from found


def _tried(article: Callable[[dict[str, Any]], Article], row: dict[str, Any]) -> Facts | Exception:
    try:
        return extract(article(row))
    except Exception as error:
        return error


def _refusal(raw: RawDocument, stage: str, code: str, reason: str) -> tuple[Any, ...]:
    return (raw.doc_id, raw.source_name, raw.source_uri, stage, code, reason, escaped(raw.data))


def _crash(error: Exception) -> str:
    """One line that leads to the fault: type, message, and the innermost place."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return f"{type(error).__name__}: {str(error)[:200]}{where}"


def _from_rows(schema: pa.Schema, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _put(folder: Path, contents: dict[str, pa.Table]) -> Path:
    """Write a folder of Parquet files that appears under its name when it is whole."""
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    for name, table in contents.items():
        write_table(aside / f"{name}.parquet", table)
    aside.rename(folder)
    return folder
