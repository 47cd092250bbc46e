"""The offices that a text gives people."""

from __future__ import annotations

import re
from bisect import bisect_left

from schemas.rows import DateMention, Position
from transforms.document import Article, Facts
from transforms.extract.people import analyse

_BORN = re.compile(r"\b(?:sinh|sn)\b", re.I)
_STOP = re.compile(r"[.!?]\s|\n")
LEADER = "Hồ Chí Minh"  # the late president keeps the title for ever: no day attests it


def extract(article: Article, facts: Facts) -> list[Position]:
    """One row per office given to somebody, in text order; the span is the office as printed, its body included.

    Shape: chains before the name, after it (comma, dash, brackets), or given by a verb (``được bầu giữ chức``).
    Chained offices inherit nothing that is not printed, but a committee that closes a chain closes it for its members too.
    Not handled: offices of people who are not named; bodies told only by the sentence before.

    >>> text = "Đồng chí Cao Văn Dũng, Nguyên Phó bí thư huyện ủy phát biểu."
    >>> [(p.person, p.title, p.organisation, p.tenure) for p in extract(Article.from_text(text), Facts())]
    [('Cao Văn Dũng', 'Nguyên Phó Bí thư', 'Huyện ủy', 'former')]
    """
    analysis = analyse(article, facts)
    bodies: dict[str, set[str | None]] = {}
    for body in facts.organisations:
        bodies.setdefault(body.name, set()).add(body.body_id)
    rows = []
    for held in analysis.held:
        mention, office = analysis.mentions[held.holder], held.office
        known = bodies.get(held.organisation or "", set()) - {None}
        row = Position(office.start, office.end, mention.name, analysis.ids.get(mention.name), office.title, held.organisation)
        body_id = next(iter(known)) if len(known) == 1 else None
        rows.append(row._replace(body_id=body_id, tenure=None if mention.name == LEADER else held.tenure))
    return attested(article, facts, sorted(set(rows), key=lambda row: (row.start_char, row.end_char, row.person)))


def attested(article: Article, facts: Facts, rows: list[Position]) -> list[Position]:
    """The rows with the date for which the document attests them; none where only a period in passing tells its date."""
    since = until = None
    if facts.dated and (facts.dated[2] != "period" or _is_headline(article, facts)) and not _is_history(facts):
        since, until = facts.dated[:2]
    dated = []
    for row in rows:
        if row.person != LEADER:
            day = _given_on(article, facts, row) if since and row.tenure in ("appointed", "left") else None
            row = row._replace(as_of_from=day.date_from if day else since, as_of_to=day.date_to if day else until)
        dated.append(row)
    return dated


def _given_on(article: Article, facts: Facts, row: Position) -> DateMention | None:
    """The date at which a sentence on the past has an office given: ``Tháng 7/2006, ông A được bầu làm Bí thư``."""
    assert facts.dated is not None
    number = bisect_left(facts.dates, row.start_char, key=lambda day: day.start_char) - 1
    day = facts.dates[number] if number >= 0 else None
    if day is None or row.start_char - day.end_char > 170 or (facts.dated[0] - day.date_to).days <= 366:
        return None
    between = article.text[day.end_char : row.start_char]
    is_birth = _BORN.search(article.text, max(0, day.start_char - 20), day.start_char)
    return None if is_birth or _STOP.search(between) else day


def _is_history(facts: Facts) -> bool:
    """Whether the text looks back on its event: it names a day more than a year later."""
    assert facts.dated is not None
    until = facts.dated[1]
    return facts.dated[2] == "event" and any(m.grain == "day" and (m.date_from - until).days > 366 for m in facts.dates)


def _is_headline(article: Article, facts: Facts) -> bool:
    """Whether the period that dates the document stands in its first line."""
    first = article.text.find("\n")
    return any((m.date_from, m.date_to, "period") == facts.dated for m in facts.dates if m.end_char <= first)
