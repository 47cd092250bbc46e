"""The province that a document is about."""

from __future__ import annotations

from transforms.document import Article, Facts, Home


def settle(article: Article, facts: Facts) -> Home | None:
    return None
