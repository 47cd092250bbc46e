"""``khobao trace``: from a row of a table back to its sentence, the raw passage and the byte range."""

from __future__ import annotations

import json

from schemas.errors import UsageError
from schemas.tables import PER_DOCUMENT
from transforms.document import RawDocument
from transforms.trace import trace as lead_back
from warehouse.layout import Layout
from warehouse.pages.document import find
from warehouse.query import opened

_CONTEXT = 60  # characters of the raw document on each side


def trace(layout: Layout, table: str, doc_id: str, row_no: int) -> str:
    """What the command prints. ``doc_id`` may be the beginning of one.

    ``row_no`` is the table's running number: of events, statements and blocks their own.

    Raises UsageError where there is no such row, or where it has no place in the text (a block that was left out).
    """
    found = next((t for t in PER_DOCUMENT if t.name == table and "start_char" in t.names), None)
    if found is None:
        known = ", ".join(t.name for t in PER_DOCUMENT if "start_char" in t.names)
        raise UsageError(f"no table {table!r} with places in the text: one of {known}")
    number = next(name for name in ("row_no", "event_no", "sentence_no", "block_no") if name in found.key)
    doc_id = find(layout, doc_id)
    with opened(layout) as con:
        query = f'SELECT start_char, end_char FROM history."{table}" WHERE doc_id = ? AND {number} = ? ORDER BY ALL'
        spans = con.execute(query, [doc_id, row_no]).fetchall()
        stored = con.execute(
            "SELECT source_name, source_uri, media_type, is_record, content FROM history.raw WHERE doc_id = ?", [doc_id]
        ).fetchall()
    if not spans:
        raise UsageError(f"{table} has no row of document {doc_id} with {number} {row_no}")
    start, end = spans[0]
    if start is None:
        raise UsageError(f"{table} {row_no} of document {doc_id} was left out of the text: it has no place there")
    name, uri, media_type, is_record, content = stored[0]
    raw = RawDocument(doc_id, name, uri, media_type, content, json.loads(content) if is_record else None)
    back = lead_back(raw, start, end)
    first, last = back.decoded
    around = back.decoded_text[max(0, first - _CONTEXT) : first], back.decoded_text[last : last + _CONTEXT]
    return "\n".join(
        (
            f"document   {doc_id}  {name}: {uri}",
            f"surface    {back.surface!r} at {start}:{end} of the text",
            f"sentence   {back.sentence_text}",
            f"decoded    {first}:{last}  …{_one_line(around[0])}⟦{_one_line(back.passage)}⟧{_one_line(around[1])}…",
            f"bytes      {back.raw_bytes[0]}:{back.raw_bytes[1]}  {_shown(content[slice(*back.raw_bytes)])}",
        )
    )


def _one_line(text: str) -> str:
    return text.replace("\r", "␍").replace("\n", "␊").replace("\t", "␉")


def _shown(data: bytes, limit: int = 200) -> str:
    """Bytes as text where they are UTF-8, else escaped."""
    cut = data[:limit]
    try:
        text = _one_line(cut.decode("utf-8"))
    except UnicodeDecodeError:
        text = cut.decode("latin-1").encode("unicode_escape").decode("ascii")
    return text + ("…" if len(data) > limit else "")
