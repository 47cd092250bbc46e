"""``khobao trace`` on the rows of a real warehouse: every span leads to the bytes as received."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.trace import trace as shown
from schemas import tables
from schemas.errors import UsageError
from transforms.document import RawDocument
from transforms.trace import trace
from warehouse.layout import Layout
from warehouse.query import opened

SPANNED = [table for table in tables.PER_DOCUMENT if "start_char" in table.names]
ROWS = 3  # of each table in each document


def ask(root: Path, query: str) -> list[Any]:
    with opened(Layout(root)) as con:
        found: list[Any] = con.execute(query).fetchall()
        return found


def raw(warehouse: Path, doc_id: str) -> RawDocument:
    name, uri, media_type, is_record, content = ask(
        warehouse, f"SELECT source_name, source_uri, media_type, is_record, content FROM history.raw WHERE doc_id = '{doc_id}'"
    )[0]
    return RawDocument(doc_id, name, uri, media_type, content, json.loads(content) if is_record else None)


@pytest.mark.parametrize("table", SPANNED, ids=lambda t: t.name)
def test_rows_lead_to_the_bytes_that_say_the_same(warehouse: Path, table: Any) -> None:
    query = f"""SELECT r.doc_id, r.start_char, r.end_char, d.text, d.encoding FROM history.{table.name} r
        JOIN history.documents d ON d.doc_id = r.doc_id WHERE r.start_char IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY r.doc_id ORDER BY hash(r.start_char)) <= {ROWS}"""
    rows = ask(warehouse, query)
    assert len(rows) > 10
    for doc_id, start, end, text, encoding in rows:
        document = raw(warehouse, doc_id)
        found = trace(document, start, end)
        assert found.surface == text[start:end]
        first, last = found.raw_bytes
        assert 0 <= first < last <= len(document.data)
        if encoding == "utf-8" and document.record is None:
            assert document.data[first:last].decode() == found.passage
        letters = [c for c in found.surface if c.isascii() and c.isalnum()]
        assert set(letters) <= set(document.data[first:last].decode("latin-1"))


@pytest.mark.parametrize("table", SPANNED, ids=lambda t: t.name)
def test_the_command_shows_sentence_passage_and_byte_range(warehouse: Path, table: Any) -> None:
    number = next(name for name in ("row_no", "event_no", "sentence_no", "block_no") if name in table.key)
    query = f"""SELECT r.doc_id, r.{number}, substr(d.text, r.start_char + 1, r.end_char - r.start_char)
        FROM history.{table.name} r JOIN history.documents d ON d.doc_id = r.doc_id
        WHERE r.start_char IS NOT NULL AND d.encoding = 'utf-8' ORDER BY ALL LIMIT 1"""
    doc_id, row, surface = ask(warehouse, query)[0]
    said = shown(Layout(warehouse), table.name, doc_id, row)
    assert surface[:40] in said
    assert "bytes" in said and doc_id in said


def test_what_has_no_place_is_told(warehouse: Path) -> None:
    doc_id, block = ask(warehouse, "SELECT doc_id, block_no FROM history.blocks WHERE start_char IS NULL LIMIT 1")[0]
    for table, document, row in (
        ("blocks", doc_id, block),
        ("people", doc_id, 9999),
        ("people", "none", 0),
        ("units", doc_id, 0),
    ):
        with pytest.raises(UsageError):
            shown(Layout(warehouse), table, document, row)


def test_the_beginning_of_an_id_is_enough(warehouse: Path) -> None:
    ids = [row[0] for row in ask(warehouse, "SELECT doc_id FROM history.documents")]
    doc_id, row = ask(warehouse, "SELECT doc_id, row_no FROM history.people ORDER BY ALL LIMIT 1")[0]
    enough = next(n for n in range(1, 21) if sum(other.startswith(doc_id[:n]) for other in ids) == 1)
    assert shown(Layout(warehouse), "people", doc_id[:enough], row) == shown(Layout(warehouse), "people", doc_id, row)
    assert shown(Layout(warehouse), "people", f" {doc_id}\r\n", row) == shown(Layout(warehouse), "people", doc_id, row)
    several = next(d for d in "0123456789abcdef" if sum(other.startswith(d) for other in ids) > 1)
    with pytest.raises(UsageError, match="several"):
        shown(Layout(warehouse), "people", several, 0)
