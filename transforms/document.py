"""The values that pass through cleaning and extraction: raw document, cleaned document, article, facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from schemas import rows
from transforms.clean.unicode import fold_tones
from transforms.text import Paragraph, Sentence, joined, sentences, soft_ends, with_spaces


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One article as received.

    ``data`` is what ``doc_id`` is the digest of: a file's bytes, or the canonical JSON of a record's mapped fields, which
    then also stand in ``record`` (keys ``text``, ``title``, ``date``, ``url``, ``id``).
    """

    doc_id: str
    source_name: str
    source_uri: str
    media_type: str
    data: bytes
    record: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document. ``paragraphs`` are the kept blocks, in order, as spans of ``text`` with their roles."""

    doc_id: str
    source_name: str
    source_uri: str
    raw_bytes: int
    media_type: str
    encoding: str
    repairs: tuple[str, ...]
    title: str | None
    lead: str | None
    byline: tuple[str, ...]
    outlet: str | None
    published_at: datetime | None
    published_precision: str | None
    text: str
    paragraphs: tuple[Paragraph, ...]
    blocks: tuple[rows.BlockRow, ...]
    language: str | None

    @property
    def word_count(self) -> int:
        return len(self.text.split())


class Home(NamedTuple):
    """The province (and smallest unit) that a document is about, and what told it."""

    province_code: str
    code_set: str
    by: str
    place_code: str | None = None


@dataclass(slots=True)
class Facts:
    """What was found in one article, table by table, each list in text order. Extractors read the lists before theirs."""

    dates: list[rows.DateMention] = field(default_factory=list)
    citations: list[rows.Citation] = field(default_factory=list)
    places: list[rows.Place] = field(default_factory=list)
    organisations: list[rows.Organisation] = field(default_factory=list)
    people: list[rows.Person] = field(default_factory=list)
    positions: list[rows.Position] = field(default_factory=list)
    events: list[rows.Event] = field(default_factory=list)
    participants: list[rows.Participant] = field(default_factory=list)
    figures: list[rows.Figure] = field(default_factory=list)
    statements: list[rows.Statement] = field(default_factory=list)
    clauses: list[rows.Clause] = field(default_factory=list)
    home: Home | None = None
    dated: tuple[date, date, str] | None = None  # dated_from, dated_to, dated_by


@dataclass(frozen=True, slots=True)
class Article:
    """What extractors read: the text, its folded twin of the same length, its paragraphs and sentences, page facts.

    ``folded`` is lower case with modern tone placement; ``folded[i]`` always belongs to ``text[i]``, so a match in one is a
    span in the other. Both have a space where a line of the document ends within a sentence (``soft_ends``): a span is one of
    the document's text all the same, which alone tells a fact's surface. ``sentences`` go on over such an end, ``lines``, of
    which statements are made, do not.
    """

    text: str
    folded: str
    paragraphs: tuple[Paragraph, ...]
    lines: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]
    published: date | None = None
    outlet: str | None = None
    source_name: str = ""
    title: str | None = None

    @staticmethod
    def of(document: Document) -> Article:
        return Article.from_parts(
            document.text, document.paragraphs, document.published_at and document.published_at.date(),
            document.outlet, document.source_name, document.title,
        )  # fmt: skip

    @staticmethod
    def from_parts(
        text: str,
        paragraphs: tuple[Paragraph, ...],
        published: date | None = None,
        outlet: str | None = None,
        source_name: str = "",
        title: str | None = None,
    ) -> Article:
        soft = soft_ends(text, paragraphs)
        text = with_spaces(text, soft) if soft else text
        lines = sentences(text, paragraphs)
        whole = joined(lines, soft) if soft else lines
        return Article(text, fold(text), paragraphs, lines, whole, published, outlet, source_name, title)

    @staticmethod
    def from_text(text: str, published: date | None = None, titled: bool = False) -> Article:
        """An article made of bare lines, for cases and tests: all body, or a title first where ``titled``."""
        paragraphs, start = [], 0
        for number, line in enumerate(text.split("\n")):
            role = "title" if titled and number == 0 else "body"
            paragraphs.append(Paragraph(start, start + len(line), role))
            start += len(line) + 1
        title = text.split("\n", 1)[0] if titled else None
        return Article.from_parts(text, tuple(paragraphs), published, title=title)


def fold(text: str) -> str:
    """Lower case and modern tone placement, character for character.

    >>> fold("Uỷ ban, HOÀ BÌNH")
    'ủy ban, hòa bình'
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few foreign capitals (İ) grow in lower case: keep those as they are
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return fold_tones(lowered)
