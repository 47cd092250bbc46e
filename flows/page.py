"""The pages of a run: khobao's own quality page, and the way back from a row to its document."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.record import Outcome
from schemas.errors import KhobaoError
from warehouse.layout import Layout
from warehouse.pages import quality

if TYPE_CHECKING:
    from transforms.clean.cleaning import Cleaned


def write_quality_page(layout: Layout, path: Path, run_id: str | None = None) -> Path:
    """Write the quality page of a run (the newest unless named) and return its path. Raises UsageError.

    Rows of documents that were held back are led to their sentence too: the text is made again from the raw bytes.
    """
    return quality.write_quality_page(layout, path, run_id, _text_of)


def data_docs(layout: Layout, run_id: str) -> Path:
    """The folder of a run's Data Docs, beside its quality page (``quality/RUN/index.html``), which links them."""
    return layout.quality(run_id) / quality.DATA_DOCS


def with_page(layout: Layout, outcome: Outcome) -> Outcome:
    """Write the quality page of a run that has ended. A page that can't be written is a warning: the run stands."""
    folder = layout.quality(outcome.run.run_id)
    try:
        write_quality_page(layout, folder / "index.html", outcome.run.run_id)
    except Exception as error:
        if os.environ.get("KHOBAO_DEBUG"):
            raise
        warning = f"no quality page: {str(error).partition(chr(10))[0] or type(error).__name__}"
        return replace(outcome, quality=None, warnings=(*outcome.warnings, warning))
    return replace(outcome, quality=folder)


def _text_of(raw: dict[str, Any]) -> str | None:
    cleaned = cleaned_again(raw)
    return cleaned.document.text if cleaned else None


def cleaned_again(raw: dict[str, Any]) -> Cleaned | None:
    """Clean a raw document (a row of ``raw``) as the flow does; None where today's rules refuse it."""
    from transforms.clean import clean
    from transforms.document import RawDocument

    content = raw["content"]
    record = json.loads(content) if raw["is_record"] else None
    try:
        return clean(RawDocument(raw["doc_id"], raw["source_name"], raw["source_uri"], raw["media_type"], content, record))
    except KhobaoError:
        return None
