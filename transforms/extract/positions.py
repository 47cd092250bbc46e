"""The offices that a text gives people."""

from __future__ import annotations

from schemas.rows import Position
from transforms.document import Article, Facts
from transforms.extract.people import analyse

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
    return [row if row.person == LEADER else row._replace(as_of_from=since, as_of_to=until) for row in rows]


def _is_history(facts: Facts) -> bool:
    """Whether the text looks back on its event: it names a day more than a year later."""
    assert facts.dated is not None
    until = facts.dated[1]
    return facts.dated[2] == "event" and any(m.grain == "day" and (m.date_from - until).days > 366 for m in facts.dates)


def _is_headline(article: Article, facts: Facts) -> bool:
    """Whether the period that dates the document stands in its first line."""
    first = article.text.find("\n")
    return any((m.date_from, m.date_to, "period") == facts.dated for m in facts.dates if m.end_char <= first)
