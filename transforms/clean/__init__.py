"""Cleaning: the bytes of a document become its text, block by block, each with its role and its place in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.clean.cleaning import Cleaned
    from transforms.document import RawDocument

__all__ = ["clean"]


def clean(raw: RawDocument) -> Cleaned:
    """Decode a document, find its blocks, and put its text together.

    Deterministic, and linear in the length of the document. Raises UndecodableError for what can't become a text.

    >>> from transforms.document import RawDocument
    >>> source = "Họp báo thường kỳ\\n05/07/2024 | 12\\nSáng 5/7, tỉnh họp báo về lúa hè thu và nói về kế hoạch.".encode()
    >>> document = clean(RawDocument("0" * 20, "s", "a.txt", "text/plain", source)).document
    >>> document.title, document.published_precision, [block.role for block in document.blocks]
    ('Họp báo thường kỳ', 'day', ['title', 'dateline', 'body'])
    """
    from transforms.clean.cleaning import run  # document.py needs this package's unicode module: no import at the top

    return run(raw)
