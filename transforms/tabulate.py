"""Facts to Arrow, by the schema and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import pyarrow as pa

from schemas import rows, tables
from schemas.model import Table
from schemas.render import arrow_schema
from transforms.document import Document, Facts

Rows = dict[str, list[tuple[Any, ...]]]


@cache
def _arranger(table: Table) -> tuple[Callable[[tuple[Any, ...]], tuple[Any, ...]], int, int]:
    """How (doc_id, row_no, surface, *row) becomes a tuple in column order; and where the row has its span."""
    fields: tuple[str, ...] = table.row._fields  # type: ignore[attr-defined]
    source = {"doc_id": 0, "row_no": 1, "surface": 2} | {name: i + 3 for i, name in enumerate(fields)}
    return itemgetter(*(source[name] for name in table.names)), fields.index("start_char"), fields.index("end_char")


def fact_rows(doc_id: str, text: str, facts: Facts) -> Rows:
    """One document's facts as tuples in column order: ``doc_id``, ``row_no`` and ``surface`` are added here."""
    found: Rows = {}
    for table in tables.FACTS:
        arrange, start, end = _arranger(table)
        found[table.name] = [
            arrange((doc_id, number, text[row[start] : row[end]], *row)) for number, row in enumerate(getattr(facts, table.name))
        ]
    return found


def document_row(document: Document, run_id: str, version: str) -> tuple[Any, ...]:
    """The row of ``documents`` after cleaning.

    What the facts tell (date and province) is filled in after extraction; ``supersedes`` when it is published.
    """
    return rows.DocumentRow(
        doc_id=document.doc_id, source_name=document.source_name, source_uri=document.source_uri, supersedes=None,
        run_id=run_id, extractor_version=version, raw_bytes=document.raw_bytes, media_type=document.media_type,
        encoding=document.encoding, repairs=document.repairs, title=document.title, lead=document.lead,
        byline=document.byline, outlet=document.outlet, published_at=document.published_at,
        published_precision=document.published_precision, dated_from=None, dated_to=None, dated_by=None,
        province_code=None, province_name=None, province_code_set=None, province_by=None, province_code_now=None,
        province_name_now=None, place_code=None, text=document.text, word_count=document.word_count,
        language=document.language,
    )  # fmt: skip


def to_arrow(table: Table, found: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows in column order to an Arrow table of exactly the table's schema."""
    schema = arrow_schema(table)
    columns = list(zip(*found, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
