"""Facts from a cleaned article: one explicit list of extractors, run in order, each reading what came before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

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
from transforms.extract.attested import attested
from transforms.match import TOGETHER, forget, hits_of_all

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


# What runs through for an article before the next one's turn: these ask for what one of them has found out.
_TURNS = (
    ("dates", "citations"), ("places",), ("organisations",), ("people", "positions"), ("events", "participants"),
    ("figures", "statements", "clauses"),
)  # fmt: skip
_MOST = 200_000  # characters of articles that take turns


def extract(article: Article) -> Facts:
    """Run every extractor over an article.

    ``facts.home`` (the province) is settled after the places, from them and the bodies' names; ``facts.dated`` before the
    first extractor that needs a date and again after the events. Where the events date a document to the other side of a reform
    of the units, it is read once more with that date: its units have the codes of the set in force then.
    """
    reading = _Reading(article)
    reading.run(EXTRACTORS)
    return reading.settled()


def extract_many(articles: Sequence[Article]) -> list[Facts]:
    """The facts of each article, as ``extract`` tells them.

    Extractors take turns for a few articles at a time: what one needs, its patterns and lexicons, is then still in the
    processor's cache for the next article, which saves a tenth of the time.

    >>> articles = [Article.from_text("Ngày 01/02/2024, Sở Y tế họp."), Article.from_text("Ông Lê Văn An đến Huế.")]
    >>> extract_many(articles) == [extract(article) for article in articles]
    True
    """
    found: list[Facts] = []
    for group in _groups(articles):
        readings = [_Reading(article) for article in group]
        for reading in readings:
            hits_of_all(reading.article.folded)
        sentence_weights.read_ahead([reading.article for reading in readings])
        for turn in _TURNS:
            extractors = [(name, extractor) for name, extractor in EXTRACTORS if name in turn]
            for reading in readings:
                reading.run(extractors)
        found += [reading.settled() for reading in readings]
        if sum(len(article.text) for article in group) > _MOST:
            forget()
    return found


def _groups(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """A few articles at a time, and a long one by itself, so that what is kept of them stays small."""
    group: list[Article] = []
    room = _MOST
    for article in articles:
        if group and (len(group) == TOGETHER or len(article.text) > room):
            yield group
            group, room = [], _MOST
        group.append(article)
        room -= len(article.text)
    if group:
        yield group


class _Reading:
    """An article and its facts so far. Its date is ``dated`` where that is known; ``chosen`` is the set of its units' codes."""

    __slots__ = ("article", "chosen", "dated", "facts")

    def __init__(self, article: Article, dated: tuple[date, date, str] | None = None) -> None:
        self.article, self.dated, self.facts, self.chosen = article, dated, Facts(dated=dated), ""

    def run(self, extractors: Sequence[tuple[str, Extractor]]) -> None:
        article, facts, dated = self.article, self.facts, self.dated
        for name, extractor in extractors:
            setattr(facts, name, list(extractor(article, facts)))
            if name == "citations":
                facts.dated = dated or dating.settle(article, facts)
            elif name == "places":
                self.chosen = places.code_set(facts, facts.places)
                facts.home = province.settle(article, facts)
                facts.places = places.resolve(article, facts)
            elif name == "events":
                facts.dated = dated or dating.settle(article, facts)
                facts.positions = attested(article, facts, facts.positions)

    def settled(self) -> Facts:
        """The facts, read once more where their date turned out to be another."""
        facts = self.facts
        if facts.dated and places.code_set(facts, facts.places) != self.chosen:
            again = _Reading(self.article, facts.dated)
            again.run(EXTRACTORS)
            return again.facts
        return facts
