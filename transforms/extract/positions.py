"""The offices that a text gives people."""

from __future__ import annotations

from schemas.rows import Position
from transforms.document import Article, Facts
from transforms.extract.people import analyse


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
    since, until = (facts.dated[0], facts.dated[1]) if facts.dated else (None, None)
    rows = []
    for held in analysis.held:
        mention = analysis.mentions[held.holder]
        rows.append(
            Position(
                held.office.start, held.office.end, mention.name, analysis.ids.get(mention.name), held.office.title, held.organisation,
                None, held.tenure, since, until,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.start_char, row.end_char, row.person))
