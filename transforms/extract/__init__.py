"""Facts from a cleaned article: one explicit list of extractors, run in order, each reading what came before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from transforms import match
from transforms.document import Article, Facts
from transforms.extract import (
    citations,
    clauses,
    dates,
    dating,
    events,
    figures,
    organisations,
    participants,
    people,
    places,
    positions,
    province,
    sentence_weights,
    statements,
)  # fmt: skip

Extractor = Callable[[Article, Facts], Sequence[Any]]

# Order matters: places need the dates' year, bodies need places, people stop where bodies begin, and so on.
EXTRACTORS: tuple[tuple[str, Extractor], ...] = (
    ("dates", dates.extract),
    ("citations", citations.extract),
    ("places", places.extract),
    ("organisations", organisations.extract),
    ("people", people.extract),
    ("positions", positions.extract),
    ("events", events.extract),
    ("participants", participants.extract),
    ("figures", figures.extract),
    ("statements", statements.extract),
    ("clauses", clauses.extract),
)


def extract(article: Article) -> Facts:
    """Run every extractor over an article.

    ``facts.home`` (the province) is settled after the places, from them and the bodies' names; ``facts.dated`` before the
    first extractor that needs a date and again after the events. Where the events date a document to the other side of a reform
    of the units, it is read once more with that date: its units have the codes of the set in force then.
    """
    facts, chosen = _read(article, None)
    if facts.dated and places.code_set(facts, facts.places) != chosen:
        facts, _ = _read(article, facts.dated)
    return facts


def read_ahead(articles: Sequence[Article]) -> None:
    """Make ready what is sooner found in several articles at once: their facts will be asked for next, in any order.

    Changes nothing but the time that it takes, about a twentieth for a handful of articles.
    """
    match.read_ahead([article.folded for article in articles])
    sentence_weights.read_ahead(articles)


def _read(article: Article, dated: tuple[date, date, str] | None) -> tuple[Facts, str]:
    """The facts of an article, whose date is ``dated`` where that is known, and the set of which its units' codes are."""
    facts, chosen = Facts(dated=dated), ""
    for name, extractor in EXTRACTORS:
        setattr(facts, name, list(extractor(article, facts)))
        if name == "citations":
            facts.dated = dated or dating.settle(article, facts)
        elif name == "places":
            chosen = places.code_set(facts, facts.places)
            facts.home = province.settle(article, facts)
            facts.places = places.resolve(article, facts)
        elif name == "events":
            facts.dated = dated or dating.settle(article, facts)
            facts.positions = positions.attested(article, facts, facts.positions)
    return facts, chosen
