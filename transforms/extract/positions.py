"""The offices that a text gives people."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice

from schemas.rows import Position
from transforms.document import Article, Facts, fold
from transforms.extract.holder_bodies import CHIEFS
from transforms.extract.names import is_family
from transforms.extract.offices import Office
from transforms.extract.people import analyse
from transforms.text import LOWER, UPPER

_SHIP = re.compile(r"\b(?:tàu|thuyền (?!trưởng|phó)|thuyền viên|hải quân|cảng|ra khơi|ngư dân)")
# Whose life is looked back on: "kỷ niệm 110 năm Ngày sinh Tổng Bí thư A (…)"
_ANNIVERSARY = re.compile(
    rf"\d năm [Nn]gày (?:sinh|mất) (?:[^,.;()\n]{{0,60}}? )??([{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,4}})(?= ?[,.;()\n])"
)
LEADER = "Hồ Chí Minh"  # the late president keeps the title for ever: no day attests it
_BEFORE_HIM = re.compile("tiền nhiệm ")  # whoever is named after it has his office no more
_FEW = 9  # predecessors of one text that are looked at
_NO_OFFICES = "ệ nhất phu nhân"  # told like offices, and held in no body


def extract(article: Article, facts: Facts) -> list[Position]:
    """One row per office given to somebody, in text order; the span is the office as printed, its body included.

    Shape: chains before the name, after it (comma, dash, brackets), or given by a verb (``được bầu giữ chức``).
    Chained offices inherit nothing that is not printed, but a committee that closes a chain closes it for its members too.
    The dates for which they are attested are settled after the events, by ``attested``.
    Not handled: offices of people who are not named; bodies told only by the sentence before.

    >>> text = "Đồng chí Cao Văn Dũng, Nguyên Phó bí thư huyện ủy phát biểu."
    >>> [(p.person, p.title, p.organisation, p.tenure) for p in extract(Article.from_text(text), Facts())]
    [('Cao Văn Dũng', 'Nguyên Phó Bí thư', 'Huyện ủy', 'former')]
    """
    analysis = analyse(article, facts)
    bodies: dict[str, set[str | None]] = {}
    for body in facts.organisations:
        bodies.setdefault(body.name, set()).add(body.body_id)
    # What the text says an acronym stands for, by where it ends.
    acronyms = {b.end_char: b.name for b in facts.organisations if article.text[b.start_char : b.end_char].isupper()}
    rows, honoured = [], _honoured(article)
    for held in analysis.held:
        mention, office = analysis.mentions[held.holder], held.office
        if office.title.endswith(_NO_OFFICES) or (office.title == "Thuyền trưởng" and _is_coach(article.folded)):
            continue
        organisation = acronyms.get(office.end, held.organisation) if held.organisation else None
        known = bodies.get(organisation or "", set()) - {None}
        row = Position(office.start, office.end, mention.name, analysis.ids.get(mention.name), office.title, organisation)
        body_id = next(iter(known)) if len(known) == 1 else None
        if body_id and body_id.endswith("@TW") and _is_foreigners(facts, office, mention.name):
            body_id = None
        is_life = mention.name == LEADER or (mention.name in honoured and held.tenure == "current")
        rows.append(row._replace(body_id=body_id, tenure=None if is_life else held.tenure))
    return sorted(set(_without_past(article, rows)), key=lambda row: (row.start_char, row.end_char, row.person))


def _without_past(article: Article, rows: list[Position]) -> list[Position]:
    """The offices that the text elsewhere calls somebody's former ones are his now by no word of it."""
    past: dict[tuple[str, str], set[str | None]] = {}
    for row in rows:
        word, _, title = row.title.partition(" ")
        if word in ("Nguyên", "Cựu"):
            past.setdefault((row.person, title[:1].upper() + title[1:]), set()).add(row.organisation)
    before_him = [article.folded[hit.end() : hit.end() + 60] for hit in islice(_BEFORE_HIM.finditer(article.folded), _FEW)]
    if before_him:
        for row in rows:
            if row.title in CHIEFS and any(words.startswith(fold(row.person)) for words in before_him):
                past.setdefault((row.person, row.title), set()).add(None)
    if not past:
        return rows
    told = []
    for row in rows:
        bodies = past.get((row.person, row.title)) if row.tenure == "current" else None
        if bodies and (row.organisation is None or None in bodies or row.organisation in bodies):
            row = row._replace(tenure=None)
        told.append(row)
    return told


def _is_foreigners(facts: Facts, office: Office, person: str) -> bool:
    """Whether a body at the centre is that of a foreigner's own country, which its name doesn't tell."""
    if is_family(person.partition(" ")[0].lower()) is not None:
        return False
    number = bisect_left(facts.places, office.start, key=lambda place: place.start_char)
    return not any(p.level == "country" and p.start_char < office.end for p in facts.places[number : number + 3])


def _honoured(article: Article) -> set[str]:
    """Whose birth or death an article commemorates: it doesn't tell of offices that they have."""
    if "ngày sinh" not in article.folded and "ngày mất" not in article.folded:
        return set()
    return {match[1] for match in _ANNIVERSARY.finditer(article.text)}


@lru_cache(maxsize=2)  # asked for every captain of a text
def _is_coach(folded: str) -> bool:
    """Whether a captain is one of a football team, as sports pages call its coach: they name no ship."""
    return ("hlv " in folded or "bóng đá" in folded or "cầu thủ" in folded) and _SHIP.search(folded) is None
