"""What a page says of itself where nobody reads it: JSON-LD, meta tags, microformats, ``<time>``."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

from transforms.clean.blocks import Block, either
from transforms.clean.bylines import read_credits
from transforms.clean.datelines import Stamp, read_stamp
from transforms.clean.unicode import fold_key, mend

_MAX = 400_000  # characters of a page in which this is looked for
_TELLING = re.compile(f"<{either(['title', 'time', 'meta'])}")
_META = re.compile(rf"<{either(['meta'])}\b[^<>]{{1,4000}}>")
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_JSON_LD = re.compile(r"<script\b[^<>]{0,300}ld\+json[^<>]{0,300}>(.*?)</script", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,600})</title", re.IGNORECASE)
_TIME = re.compile(r"<time\b[^<>]{0,600}?\bdatetime\s*=\s*[\"']([^\"'<>]{8,40})[\"']", re.IGNORECASE)
_ITEM = re.compile(r"<[^<>]{1,600}\bitemprop\s*=\s*[\"']?datePublished\b[^<>]{0,600}>", re.IGNORECASE)
_VALUE = re.compile(r"(?:content|datetime)\s*=\s*[\"']([^\"'<>]{8,40})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ARTICLES = frozenset(("newsarticle", "article", "blogposting", "reportagenewsarticle", "webpage", "techarticle", "report"))
_DATES = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "publish-date", "dc.date.issued", "dcterms.issued",
    "dc.date", "date", "article:published", "og:published_time", "sailthru.date", "parsely-pub-date", "its_publication",
)  # fmt: skip


@dataclass(slots=True)
class PageFacts:
    """What was declared: each None or empty where the page declares nothing."""

    title: str | None = None
    lead: str | None = None
    authors: list[str] = field(default_factory=list)
    outlet: str | None = None
    published: Stamp | None = None


def read_page_facts(source: str) -> PageFacts:
    """What the page declares. JSON-LD goes before meta tags, those before microformats and ``<time>``.

    >>> page = '<meta property="article:published_time" content="2024-03-05T02:30:00Z"><meta name=author content="Mai Lan">'
    >>> facts = read_page_facts(page)
    >>> facts.published.at.hour, facts.authors
    (9, ['Mai Lan'])
    """
    facts = PageFacts()
    head = source[:_MAX]
    if not (_TELLING.search(head) or _holds(head, "ld+json") or _holds(head, "itemprop")):
        return facts  # a fragment
    if "ld+json" in head:
        for found in _JSON_LD.finditer(head):
            _linked_data(found[1], facts)
    metas = _metas(head)
    facts.title = facts.title or metas.get("og:title") or metas.get("twitter:title") or metas.get("headline")
    if not facts.title and _holds(head, "<title") and (title := _TITLE.search(head)):
        facts.title = _tidy(title[1])
    facts.lead = metas.get("og:description") or metas.get("description")
    facts.outlet = facts.outlet or metas.get("og:site_name")
    facts.published = facts.published or next((s for name in _DATES if (s := read_stamp(metas.get(name, "")))), None)
    if not facts.published and "datepublished" in head.lower():
        item = _ITEM.search(head)
        value = _VALUE.search(item[0]) if item else None
        facts.published = read_stamp(value[1]) if value else None
    if not facts.published and _holds(head, "<time"):
        times = _TIME.findall(head)
        facts.published = read_stamp(times[0]) if len(times) == 1 else None
    if not facts.authors and (author := metas.get("author") or metas.get("article:author")):
        facts.authors = list(read_credits(author).names)
    return facts


def _holds(source: str, sign: str) -> bool:
    return sign in source or sign.upper() in source or sign.title() in source


def _metas(head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in _META.findall(head):
        attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(tag)}
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            found.setdefault(name.lower(), _tidy(content))
    return found


def _linked_data(source: str, facts: PageFacts) -> None:
    try:
        data = json.loads(source.strip().strip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    waiting: list[Any] = [data]
    for _ in range(200):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item[:50]
        elif isinstance(item, dict):
            kinds = item.get("@type")
            named = {str(k).lower() for k in (kinds if isinstance(kinds, list) else [kinds])}
            if named & _ARTICLES:
                _article(item, facts)
            if "@graph" in item:
                waiting.append(item["@graph"])


def _article(item: dict[str, Any], facts: PageFacts) -> None:
    headline = item.get("headline")
    if isinstance(headline, str) and headline.strip():
        facts.title = facts.title or _tidy(headline)
    published = item.get("datePublished")
    if isinstance(published, str):
        facts.published = facts.published or read_stamp(published)
    authors = item.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        name = author.get("name") if isinstance(author, dict) else author
        if isinstance(name, str) and not facts.authors:
            facts.authors += read_credits(_tidy(name)).names
    publisher = item.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    if isinstance(name, str) and name.strip():
        facts.outlet = facts.outlet or _tidy(name)


def _tidy(value: str) -> str:
    return _SPACE.sub(" ", mend(html.unescape(html.unescape(value))).text).strip()


def without_site(title: str | None, blocks: list[Block]) -> str | None:
    """A declared title without the site's name after its last bar or dash."""
    if not title:
        return None
    for mark in (" | ", " - ", " – ", " :: "):
        front, found, _ = title.rpartition(mark)
        if found and len(front) >= 20:
            return front.strip()
    return title if len(title) >= 8 and fold_key(title) else None
