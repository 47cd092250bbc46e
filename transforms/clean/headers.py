"""What dumps put before or around an article: header lines (``# url = …``) and fields with bars between them."""

from __future__ import annotations

import re

from transforms.clean.blocks import Block, cleaned

_HEADER = re.compile(r"[ \t]*(?:#|//|;|@)?[ \t]*([A-Za-z][A-Za-z_. -]{0,30}?)[ \t]*[=:][ \t]*([^\n]*)\n?")
_MARKED = re.compile(r"[ \t]*#[ \t]*[A-Za-z][A-Za-z_. -]{0,30}?[ \t]*[=:][ \t]?")
DATE_KEYS = frozenset(
    [
        "date",
        "published",
        "published_at",
        "publish_date",
        "pubdate",
        "pub_date",
        "datetime",
        "time",
        "created",
        "created_at",
        "ngay",
    ]
)
TITLE_KEYS = frozenset(["title", "headline", "tieu_de"])
AUTHOR_KEYS = frozenset(["author", "authors", "byline", "tac_gia"])
LEAD_KEYS = frozenset(["description", "lead", "sapo", "summary", "subtitle", "excerpt"])
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^|\n]{0,25}\|")
_WEB = re.compile(r"\|\s*https?://\S{1,1000}\s*\Z")


def role_of(key: str) -> str:
    """The role of a header's or front matter's field."""
    key = key.strip().lower().replace("-", "_").replace(" ", "_")
    if key in TITLE_KEYS:
        return "title"
    if key in DATE_KEYS:
        return "dateline"
    if key in AUTHOR_KEYS:
        return "byline"
    if key in LEAD_KEYS:
        return "lead"
    return "boilerplate"


def read_headers(text: str, start: int, fields: dict[str, str], repairs: set[str]) -> tuple[list[Block], int]:
    """The header lines at ``start`` as blocks (a line is one), their values in ``fields``; and where the article begins.

    >>> fields = {}
    >>> blocks, at = read_headers("# url = https://a.vn/b\\n# date = 20240102\\nBài", 0, fields, set())
    >>> [b.role for b in blocks], fields["date"], at
    (['boilerplate', 'dateline'], '20240102', 41)
    """
    blocks: list[Block] = []
    position = start
    while _MARKED.match(text, position):
        found = _HEADER.match(text, position)
        if not found:
            break
        line = text[position : found.end()].strip()
        left = position + len(text[position : found.end()]) - len(text[position : found.end()].lstrip())
        key, value = found[1].strip().lower(), found[2].strip()
        fields.setdefault(key.replace("-", "_").replace(" ", "_"), value)
        role = role_of(key)
        # A header line is printed with its key, so it never goes into the text.
        role = role if role in ("dateline", "byline") else "boilerplate"
        blocks.append(Block(left, left + len(line), "plain", cleaned("plain", line, repairs), hint="header", role=role))
        position = found.end()
    return blocks, position


def read_barred(text: str, repairs: set[str]) -> list[Block]:
    """The fields of a one-line record ``time|time|title|body|author|address``; empty where the text is none.

    >>> line = "2025-06-29T01:08:02+07:00|2025-06-28T23:34:20+07:00|Khai mạc hội thi|Sáng 28/6, hội thi mở.|An Bình|https://a.vn/b"
    >>> [b.role for b in read_barred(line, set())]
    ['boilerplate', 'dateline', 'title', 'body', 'byline', 'boilerplate']
    """
    if not _STAMP.match(text) or text.count("\n", 0, -1) > 3:
        return []
    position, stamps, blocks = 0, [], []
    while stamp := _STAMP.match(text, position):
        stamps.append((position, stamp.end() - 1))
        position = stamp.end()
    tail: list[tuple[int, int, str]] = []
    end = len(text.rstrip())
    if web := _WEB.search(text, max(position, end - 1200), end):
        tail.append((web.start() + 1, end, "boilerplate"))
        end = web.start()
        bar = text.rfind("|", max(position, end - 120), end)
        if bar > 0:
            tail.insert(0, (bar + 1, end, "byline"))
            end = bar
    title = text.find("|", position, min(end, position + 400))
    parts = [(a, b, "boilerplate") for a, b in stamps[:-1]] + [(*stamps[-1], "dateline")]
    if title > 0:
        parts.append((position, title, "title"))
        position = title + 1
    for a, b, role in [*parts, (position, end, "body"), *tail]:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if role == "body" and b - a > 2 and text[a] == text[b - 1] == '"':
            a, b = a + 1, b - 1
        if a < b:
            blocks.append(Block(a, b, "plain", cleaned("plain", text[a:b], repairs), hint="header", role=role))
    return blocks
