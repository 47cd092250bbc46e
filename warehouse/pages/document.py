"""One document as a page: its text with every fact marked, the facts beside it, what was removed, and the text as received."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from schemas import codes, tables
from schemas.errors import UsageError
from schemas.model import Table
from schemas.render import quoted
from warehouse.layout import Layout
from warehouse.pages import labels
from warehouse.pages.kit import render
from warehouse.pages.reading import catalog, rows
from warehouse.pages.spans import Piece, lanes, pieces
from warehouse.pages.words import Words, coded, shown, when, words

_NUMBERS = ("event_no", "sentence_no", "clause_no", "row_no")
_TOLD_ELSEWHERE = {"doc_id", "start_char", "end_char", "surface", *_NUMBERS}
_MOST_LANES = 5  # lines below a word; deeper nesting shares the last


class Fact(NamedTuple):
    """One row of a table of facts. ``anchor`` names it in the page: the table and the row's number, as in ``figures-3``."""

    table: str
    anchor: str
    start: int
    end: int
    surface: str
    label: Words
    tag: Words
    details: list[tuple[Words, Words]]
    part_of: str | None


class Stored(NamedTuple):
    """What the warehouse has of one document: its row, its blocks, its facts, and the raw bytes with what they are."""

    row: dict[str, Any]
    blocks: list[dict[str, Any]]
    facts: list[Fact]
    raw: dict[str, Any]


def find(layout: Layout, prefix: str) -> str:
    """The ``doc_id`` that begins so. Raises UsageError where there is none, or more than one."""
    wanted = prefix.strip().lower()  # of a line of a CSV file its end comes along
    if not wanted or len(wanted) > 20 or set(wanted) - set("0123456789abcdef"):
        raise UsageError(f"{prefix!r} is no doc_id, nor its beginning: up to 20 digits 0-9 a-f")
    with catalog(layout) as con:
        found = rows(con, f"SELECT doc_id FROM history.documents WHERE starts_with(doc_id, '{wanted}') ORDER BY doc_id LIMIT 4")
        waiting = f"SELECT doc_id, reason FROM journal.quarantine WHERE starts_with(doc_id, '{wanted}') AND table_name IS NULL"
        refused = [] if found else rows(con, f"{waiting} LIMIT 1")
    if len(found) > 1:
        first = ", ".join(row["doc_id"] for row in found[:3])
        raise UsageError(f"{prefix!r} is the beginning of several documents: {first}{', …' if len(found) > 3 else ''}")
    if refused:
        raise UsageError(f"document {refused[0]['doc_id']} was refused and stands in no table: {refused[0]['reason']}")
    if not found:
        raise UsageError(f"no document {prefix!r} in {layout.root}")
    return str(found[0]["doc_id"])


def stored(layout: Layout, doc_id: str) -> Stored:
    """Read a document with all that hangs on it; ``doc_id`` is one that ``find`` gave."""
    key = f"doc_id = {quoted(doc_id)}"
    with catalog(layout) as con:
        copies = "(SELECT copies FROM history.representatives r WHERE r.doc_id = d.doc_id) AS copies"
        row = rows(con, f"SELECT d.*, {copies} FROM history.documents d WHERE {key}")[0]
        blocks = rows(con, f"SELECT * FROM history.blocks WHERE {key} ORDER BY block_no")
        raw = rows(con, f"SELECT * FROM history.raw WHERE {key}")[0]
        facts: list[Fact] = []
        for name in labels.KINDS:
            order = ", ".join(tables.BY_NAME[name].key)
            found = rows(con, f"SELECT * FROM history.{name} WHERE {key} ORDER BY {order}")
            facts += [_fact(tables.BY_NAME[name], one) for one in found]
    return Stored(row, blocks, facts, raw)


def _fact(table: Table, row: dict[str, Any]) -> Fact:
    numbers = [str(row[name]) for name in _NUMBERS if name in table.key]
    details = [
        (labels.column(column.name), shown(column, row[column.name]))
        for column in table.columns
        if column.name not in _TOLD_ELSEWHERE and row[column.name] is not None and row[column.name] is not False
    ]
    if table.name == "participants":
        details.append((labels.column("event_no"), words(row["event_no"])))
    tag = labels.KINDS[table.name][0]
    if table.name in labels.WHOLE_SENTENCES:
        column = table.column("kind")
        tag = coded(column.codes, row["kind"]) if column.codes else tag
        short = row["kind"] if str(row["kind"]).isascii() else tag.en.rpartition("(")[2].rstrip(")")
        tag = Words(short, tag.vi)
    part_of = row.get("part_of")
    return Fact(
        table.name,
        f"{table.name}-{'-'.join(numbers)}",
        row["start_char"],
        row["end_char"],
        row["surface"],
        labels.KINDS[table.name][0],
        tag,
        details,
        None if part_of is None else f"figures-{part_of}",
    )


def page(document: Stored, decoded: str | None) -> str:
    """The page of a document. ``decoded`` is the raw document as text, or None where it can't be decoded any more."""
    facts, text = document.facts, document.row["text"]
    spans = [(fact.start, fact.end) for fact in facts]
    under = [n for n, fact in enumerate(facts) if fact.table not in labels.WHOLE_SENTENCES]
    lane = dict(zip(under, lanes([spans[n] for n in under]), strict=True))
    return render(
        "document",
        d=document.row,
        head=_head(document.row),
        record=_record(document.row),
        link=document.row["source_uri"] if document.row["source_uri"].startswith(("https://", "http://")) else None,
        paragraphs=_paragraphs(text, document.blocks, spans),
        text=text,
        facts=facts,
        lane={n: min(value, _MOST_LANES - 1) for n, value in lane.items()},
        kinds=[(name, labels.KINDS[name][1], [f for f in facts if f.table == name]) for name in labels.KINDS],
        blocks=[(block, coded(codes.BLOCK_ROLES, block["role"])) for block in document.blocks],
        removed=sum(block["start_char"] is None for block in document.blocks),
        raw=_raw(document.blocks, decoded),
    )


def _head(row: dict[str, Any]) -> list[tuple[str, Words, Words]]:
    """What the head of the page says of the document: only what is known."""
    table = tables.DOCUMENTS
    names = ("published_at", "outlet", "byline", "province_name", "source_name")
    return [(name, labels.column(name), _value(table, name, row)) for name in names if row[name]]


def _record(row: dict[str, Any]) -> list[tuple[Words, Words]]:
    """The rest of the document's row."""
    names = (
        "doc_id", "supersedes", "dated_from", "dated_to", "dated_by", "province_by", "province_name_now", "place_code",
        "language", "word_count", "media_type", "encoding", "repairs", "raw_bytes", "run_id", "extractor_version",
    )  # fmt: skip
    found = [(labels.column(name), _value(tables.DOCUMENTS, name, row)) for name in names if row[name]]
    if row["copies"]:
        found.append((Words("other documents with the same story", "tài liệu khác cùng nội dung"), words(row["copies"])))
    return found


def _value(table: Table, name: str, row: dict[str, Any]) -> Words:
    if name == "published_at":
        return when(row[name], row["published_precision"])
    return shown(table.column(name), row[name])


class Paragraph(NamedTuple):
    """A paragraph of the article with its role and its pieces."""

    role: str
    pieces: list[Piece]


def _paragraphs(text: str, blocks: Sequence[dict[str, Any]], spans: Sequence[tuple[int, int]]) -> list[Paragraph]:
    """The text cut into paragraphs (the newlines between them are no paragraph) and those into pieces."""
    roles = {block["start_char"]: block["role"] for block in blocks if block["start_char"] is not None}
    edges, start = [], 0
    for line in text.split("\n"):
        edges.append((start, start + len(line)))
        start += len(line) + 1
    cut = pieces(len(text), [*spans, *edges])
    found = []
    at = 0
    for first, last in edges:
        while at < len(cut) and cut[at].end <= first:
            at += 1
        inside = []
        while at < len(cut) and cut[at].end <= last:
            piece = cut[at]
            of_facts = tuple(n for n in piece.covering if n < len(spans))
            starting = tuple(n for n in piece.starting if n < len(spans))
            inside.append(Piece(piece.start, piece.end, of_facts, starting))
            at += 1
        if inside:
            found.append(Paragraph(roles.get(first, "body"), inside))
    return found


class Stretch(NamedTuple):
    """A stretch of the raw text: kept in the article or not; ``role`` is None between blocks."""

    text: str
    role: Words | None
    kept: bool


def _raw(blocks: Sequence[dict[str, Any]], decoded: str | None) -> list[Stretch] | None:
    """The raw text cut at its blocks; one stretch where the blocks don't lie in it (cleaned by another version)."""
    if decoded is None:
        return None
    whole = [Stretch(decoded, None, True)]
    found, at = [], 0
    for block in sorted(blocks, key=lambda block: block["raw_start"]):
        start, end = block["raw_start"], block["raw_end"]
        if start < at or end > len(decoded) or start > end:
            return whole
        if start > at:
            found.append(Stretch(decoded[at:start], None, False))
        found.append(Stretch(decoded[start:end], coded(codes.BLOCK_ROLES, block["role"]), block["start_char"] is not None))
        at = end
    return [*found, Stretch(decoded[at:], None, False)] if found else whole
