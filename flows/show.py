"""``khobao show``: one document as a page that opens offline."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from schemas.errors import KhobaoError
from warehouse.layout import Layout
from warehouse.pages import document
from warehouse.pages.kit import write_page


def show(options: argparse.Namespace) -> int:
    """Write the page of a document to ``--output`` ("-": standard output), else to ``DOC_ID.html`` here; say where it is."""
    from flows.settings import warehouse_path

    html, doc_id = page(Layout(warehouse_path(options.warehouse)), options.doc_id)
    if options.output == "-":
        sys.stdout.write(html)
        return 0
    print(write_page(Path(options.output or f"{doc_id}.html"), html))
    return 0


def page(layout: Layout, prefix: str) -> tuple[str, str]:
    """The page of the document whose ``doc_id`` begins with ``prefix``, and the whole ``doc_id``. Raises UsageError."""
    doc_id = document.find(layout, prefix)
    stored = document.stored(layout, doc_id)
    return document.page(stored, _decoded(doc_id, stored.raw)), doc_id


def _decoded(doc_id: str, raw: dict[str, Any]) -> str | None:
    """The document as received, as text. None where today's rules refuse it: its page then says so."""
    from transforms.clean import clean
    from transforms.document import RawDocument

    content = raw["content"]
    record = json.loads(content) if raw["is_record"] else None
    try:
        return clean(RawDocument(doc_id, raw["source_name"], raw["source_uri"], raw["media_type"], content, record)).decoded_text
    except KhobaoError:
        return None
