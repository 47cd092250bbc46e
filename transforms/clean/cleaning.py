"""The order of cleaning: decode, find blocks, give them roles, read what the page says of itself, join the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from schemas import rows
from schemas.codes import TEXT_ROLES
from schemas.errors import UndecodableError
from transforms.clean import bylines, html, markdown, plain, roles
from transforms.clean.blocks import Block, cleaned
from transforms.clean.datelines import Stamp, read_stamp
from transforms.clean.decode import Decoded, decode
from transforms.clean.frontmatter import read_front_matter
from transforms.clean.headers import DATE_KEYS, read_barred, read_headers
from transforms.clean.mainpart import keep_main
from transforms.clean.metadata import PageFacts, read_page_facts, without_site
from transforms.clean.outlets import holder, printed_outlet
from transforms.clean.titles import whole_title
from transforms.clean.unicode import fold_key
from transforms.document import Document, RawDocument
from transforms.text import Paragraph

_MAX_CHARACTERS = 20_000_000  # of one document
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")  # letters that no other language written in Latin script has
_LANG = re.compile(r"<html\b[^<>]{0,500}?\blang\s*=\s*[\"']?([a-zA-Z]{2})\b", re.IGNORECASE)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "for",
        "on",
        "that",
        "with",
        "as",
        "was",
        "by",
        "at",
        "from",
        "are",
        "be",
        "this",
        "an",
        "it",
    ]
)
_SAMPLE = 2_000
_WORTH_A_SECOND_LOOK = 300  # characters
_HEAD = 6  # lines from a date to the headline below it


class Part(NamedTuple):
    """A kept block: where its text begins in ``Document.text``, and of what stretch of the decoded document it was made."""

    start_char: int
    kind: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned document with what tracing needs: the decoded text and the parts of which ``document.text`` is joined."""

    document: Document
    decoded_text: str
    parts: tuple[Part, ...]
    prefix: int = 0  # characters of the decoded text that a record's title adds before its text


def decoded(raw: RawDocument) -> tuple[Decoded, int]:
    """The decoded text of a document; of a record, its title (where its text does not begin with it) and text."""
    if raw.record is None:
        return decode(raw.data, None, raw.media_type), 0
    text, title = raw.record.get("text", ""), raw.record.get("title", "").strip()
    if not text.strip() and not title:
        raise UndecodableError("empty", "the record's text is empty")
    found = (
        decode(text.encode("utf-8", "surrogatepass"), "utf-8", raw.media_type)
        if text.strip()
        else Decoded("", "utf-8", (), None, 1.0)
    )
    if title and not text.lstrip().startswith(title):
        return found._replace(text=title + "\n" + found.text), len(title) + 1
    return found, 0


def run(raw: RawDocument) -> Cleaned:
    """Clean one document."""
    source, prefix = decoded(raw)
    text = source.text
    if len(text) > _MAX_CHARACTERS:
        raise UndecodableError("too_large", f"{len(text):,} characters; split the file into documents")
    repairs = set(source.repairs)
    fields: dict[str, str] = {}
    blocks, media_type, facts = _blocks(raw, source, prefix, fields, repairs)
    if raw.record is not None:
        _use_record(raw.record, blocks, fields, facts)
    roles.assign(blocks, fields)
    chosen = _kept(blocks)
    if not chosen and sum(len(b.text) for b in blocks) >= _WORTH_A_SECOND_LOOK:
        # Nothing was told apart from navigation, as on a start page: then all of it is the text but plain furniture.
        for block in blocks:
            if block.hint != "header":
                block.hint = block.role = ""
        roles.assign(blocks, fields)
        for block in blocks:
            if block.hint != "header" and block.role in ("caption", "byline", "related"):
                block.role = "body"
        chosen = _kept(blocks)
    if not chosen:
        raise UndecodableError("no_text", "no title or paragraph was found: the page holds only navigation, or nothing")
    return _join(raw, source, blocks, chosen, fields, facts, media_type, repairs, prefix)


def _blocks(
    raw: RawDocument, source: Decoded, prefix: int, fields: dict[str, str], repairs: set[str]
) -> tuple[list[Block], str, PageFacts]:
    blocks: list[Block] = []
    text, sound, even = source.text, source.sound and not prefix, source.even and not prefix
    at, facts, media_type = 0, PageFacts(), raw.media_type
    if prefix:
        blocks.append(Block(0, prefix - 1, "plain", cleaned("plain", text[: prefix - 1], repairs), hint="header", role="title"))
        at = prefix
    else:
        front, at = read_front_matter(text, fields, repairs)
        blocks += front
    if not at:
        headed, at = read_headers(text, 0, fields, repairs)
        blocks += headed
        if not at and (barred := read_barred(text, repairs)):
            return barred, "text/plain", facts
    end = len(text)
    marked = "<" in text and (html.SIGN.search(text, at) or (raw.media_type == "text/html" and html.TAG.search(text, at)))
    if marked:
        facts = read_page_facts(text)
        page = html.segment(text, at, end, repairs, sound, even)
        keep_main(page, facts, text)
        blocks += page.blocks
        media_type = "text/html" if media_type == "text/plain" else media_type
    elif (
        media_type == "text/markdown"
        or (at and not prefix and raw.record is None and "---" in text[:at])
        or markdown.is_markdown(text, at)
    ):
        blocks += markdown.segment(text, at, end, repairs)
    else:
        blocks += plain.segment(text, at, end, repairs, sound, even)
    return blocks, media_type, facts


def _use_record(record: dict[str, str], blocks: list[Block], fields: dict[str, str], facts: PageFacts) -> None:
    """What the record says of its text: the title, where it is the text's first line, and the address."""
    fields.setdefault("url", record.get("url", ""))
    title = fold_key(record.get("title", ""))
    if not title:
        return
    facts.title = record["title"].strip()
    first = blocks[0] if blocks else None
    if first is not None and not first.role and fold_key(first.text) == title:
        first.role = "title"


def _kept(blocks: list[Block]) -> list[int]:
    """The blocks that make the text: those of text roles, of several titles the first."""
    kept = [number for number, block in enumerate(blocks) if block.role in TEXT_ROLES and block.text]
    again = {number for number in kept if blocks[number].role == "title"}
    again.discard(min(again, default=-1))
    return [number for number in kept if number not in again] if again else kept


def _join(
    raw: RawDocument,
    source: Decoded,
    blocks: list[Block],
    chosen_numbers: list[int],
    fields: dict[str, str],
    facts: PageFacts,
    media_type: str,
    repairs: set[str],
    prefix: int,
) -> Cleaned:
    chosen = [blocks[number] for number in chosen_numbers]
    position = 0
    parts, paragraphs = [], []
    decoded_text, made = source.text, tuple.__new__
    begins: list[int | None] = [None] * len(blocks)
    ends = begins.copy()
    for number in chosen_numbers:
        block = blocks[number]
        begins[number] = position
        ends[number] = until = position + len(block.text)
        # As ``Part(…)``, without its call in Python: there are a hundred to a page.
        parts.append(made(Part, (position, block.kind, block.start, block.end)))
        paragraphs.append(made(Paragraph, (position, until, block.role)))
        position = until + 1
    # Column by column: a row takes half the time.
    columns = zip(
        repeat(raw.doc_id), range(len(blocks)), [b.role for b in blocks], [decoded_text[b.start : b.end] for b in blocks],
        begins, ends, [b.start for b in blocks], [b.end for b in blocks], strict=False,
    )  # fmt: skip
    block_rows = map(made, repeat(rows.BlockRow), columns)
    text = "\n".join([block.text for block in chosen])
    title = whole_title(chosen) or without_site(facts.title, blocks)
    names, outlet = _credits(blocks, chosen, fields, facts)
    stamp = _published(raw, blocks, fields, facts)
    document = Document(
        raw.doc_id, raw.source_name, raw.source_uri, len(raw.data), media_type, source.encoding, tuple(sorted(repairs)),
        title, next((b.text for b in chosen if b.role == "lead"), None), names, outlet,
        stamp.at if stamp else None, stamp.precision if stamp else None,
        text, tuple(paragraphs), tuple(block_rows), _language(text, decoded_text),
    )  # fmt: skip
    return Cleaned(document, decoded_text, tuple(parts), prefix)


def _credits(
    blocks: list[Block], chosen: list[Block], fields: dict[str, str], facts: PageFacts
) -> tuple[tuple[str, ...], str | None]:
    names: list[str] = []
    outlet: str | None = None
    for block in blocks:
        if block.role == "byline":
            value = block.text
            if (
                block.hint == "header"
                and block.kind == "plain"
                and (label := re.match(r"[#/;@\s]*[\w. -]{1,30}?\s*[=:]\s*", value))
            ):
                value = value[label.end() :]
            found = bylines.read_credits(bylines.undated(value))
            names += [name for name in found.names if name not in names]
            outlet = outlet or found.outlet
        elif block.role == "dateline" and (name := bylines.beside_date(block.text)) and name not in names:
            names.append(name)
    body = [b for b in chosen if b.role in ("body", "lead")]
    printed = next((o for b in body[:3] if (o := printed_outlet(b.text))), None)
    tail = [b for b in body if b.role == "body"][-1:]
    if tail and (glued := bylines.glued_credits(tail[0].text)):
        if not names:
            names += glued.names
        outlet = outlet or glued.outlet
    if not names:
        names += facts.authors
    held = next((h for b in reversed(blocks) if b.role == "boilerplate" and len(b.text) < 300 and (h := holder(b.text))), None)
    return tuple(names), printed or held or outlet or facts.outlet


def _published(raw: RawDocument, blocks: list[Block], fields: dict[str, str], facts: PageFacts) -> Stamp | None:
    """The publication time: of front matter or header lines, else printed, else declared, else the record's.

    Where the printed day is also declared with a time of day, that time completes it.
    """
    declared = next((s for key in fields if key in DATE_KEYS and (s := read_stamp(fields[key]))), None)
    if declared:
        return declared
    printed = _printed(blocks) or _beside_authors(blocks)
    if printed:
        if printed.precision == "day" and facts.published and facts.published.at.date() == printed.at.date():
            return facts.published
        return printed
    if facts.published:
        return facts.published
    return read_stamp(raw.record["date"]) if raw.record and raw.record.get("date") else None


def _printed(blocks: list[Block]) -> Stamp | None:
    """The first printed date; but one right under the headline goes before one above, which may be the day of the visit."""
    dated = ((n, stamp) for n, b in enumerate(blocks) if b.role == "dateline" and (stamp := read_stamp(b.text)))
    number, first = next(dated, (0, None))
    if first is None or blocks[number].kind != "plain" or blocks[number].hint == "header":
        return first
    title = next((n for n in range(number + 1, min(number + _HEAD, len(blocks))) if blocks[n].role == "title"), None)
    under, second = next(dated, (0, None)) if title is not None else (0, None)
    return second if title is not None and title < under <= title + 2 else first


def _beside_authors(blocks: list[Block]) -> Stamp | None:
    """The date in a line of authors above the article."""
    above = next((n for n, b in enumerate(blocks) if b.role in ("lead", "body")), 0)
    return next((s for b in blocks[:above] if b.role == "byline" and (s := read_stamp(b.text))), None)


def _language(text: str, source: str) -> str | None:
    sample = text[:_SAMPLE]
    half = sample[: _SAMPLE // 2].encode("utf-8", "replace")
    if half.count(b"\xe1\xba") + half.count(b"\xe1\xbb") >= 0.04 * len(sample):  # 1e80-1eff: enough to tell most texts
        return "vi"
    marked = len(_VIETNAMESE.findall(sample))
    if marked >= 0.04 * len(sample):
        return "vi"
    declared = _LANG.search(source, 0, 4000)
    code = declared[1].lower() if declared else None
    words = sample.lower().split()
    if words and sum(w in _ENGLISH for w in words) >= 0.15 * len(words) and marked < 0.01 * len(sample):
        return "en"
    if code and (code != "vi" or marked >= 0.01 * len(sample)):
        return code
    return None
