"""Mentions of named bodies."""

from __future__ import annotations

from schemas.rows import Organisation
from transforms.document import Article, Facts


def read_body(article: Article, pos: int) -> tuple[int, str] | None:
    """The end and the canonical name of the body whose name begins at ``pos``."""
    return None


def extract(article: Article, facts: Facts) -> list[Organisation]:
    return []
