"""``khobao show``: one document as a page that opens offline."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from flows.page import cleaned_again
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
    cleaned = cleaned_again(stored.raw)
    return document.page(stored, cleaned.decoded_text if cleaned else None), doc_id
