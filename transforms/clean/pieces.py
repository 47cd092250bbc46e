"""What stands between two block tags of a page: its text, and what its inline tags tell of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.clean.blocks import cleaned, either

SHORT = 300  # characters; what menus and lists of headlines are made of, page after page
# Without any of these, a piece has no picture and no link, and is not set in bold or italics: as most are.
_TELLING = re.compile(rf"<(?:/?{either('a')}\b|{either(['img', 'strong', 'b', 'em', 'i'])}\b|[hH]\d)")
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_ONLY_TAGS = re.compile(r"\s*(?:</?[A-Za-z][^<>]*>\s*)+\Z")
_ONE_LINK = re.compile(r"\s*<a\b[^<>]*\bhref\b[^<>]*>\s*([^<>\s][^<>]*)</a\s*>\s*\Z", re.IGNORECASE)
_ANCHOR = re.compile(r"</?a\b", re.IGNORECASE)
_LINK = re.compile(r"<(/?)a\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_BOLD = re.compile(r"\s*(?:<[^<>]*>\s*)*?<(strong|b|h\d)\b[^<>]*>", re.IGNORECASE)
_ITALIC = re.compile(r"\s*(?:<[^<>]*>\s*){0,4}?<(?:em|i)\b[^<>]*>", re.IGNORECASE)
_END_BOLD = re.compile(r"</(?:strong|b)\s*>(?:\s|&nbsp;|<[^<>]*>)*\Z", re.IGNORECASE)
_VISIBLE = re.compile(r"[^\W_]")


class Piece(NamedTuple):
    """``content`` is empty where there is no text; ``before`` and ``after`` count the space around the source.

    ``links`` is the share of the text in links, ``linked`` whether one is open at the end; ``pictured``: a picture comes before
    the text, or alone; ``follows``: one comes after it. ``style`` is ``strong``, ``italic`` or nothing.
    """

    content: str
    before: int
    after: int
    links: float
    linked: bool
    pictured: bool = False
    follows: bool = False
    style: str = ""
    repairs: frozenset[str] = frozenset()


def piece(raw: str, linked: bool, sound: bool) -> Piece:
    """Read a piece of source; ``linked`` tells whether it begins inside a link.

    >>> piece("<img src=a> <a href=b><b>Họp báo</b></a>", False, False)[:6]
    ('Họp báo', 0, 0, 1.0, False, True)
    """
    repairs: set[str] = set()
    before, after = len(raw) - len(raw.lstrip()), len(raw) - len(raw.rstrip())
    links = 1.0 if linked else 0.0
    if "<" not in raw:
        return Piece(cleaned("html", raw, repairs, sound), before, after, links, linked, repairs=frozenset(repairs))
    if not _TELLING.search(raw):
        content = "" if _ONLY_TAGS.match(raw) else cleaned("html", raw, repairs, sound)
        return Piece(content, before, after, links, linked, repairs=frozenset(repairs))
    picture = _IMAGE.search(raw)
    if _ONLY_TAGS.match(raw) or (picture and not _VISIBLE.search(_MARKUP.sub("", raw))):
        return Piece("", before, after, links, _still_linked(raw, linked), picture is not None)
    inner, follows = raw, False
    if link := _ONE_LINK.match(raw):
        links, linked, inner = 1.0, False, link[1]
    elif _ANCHOR.search(raw):
        links, linked = _link_share(raw, linked)
    if picture:
        follows = _VISIBLE.search(_MARKUP.sub("", raw[: picture.start()])) is not None
    content = cleaned("html", inner, repairs, sound)
    style = "strong" if _BOLD.match(raw) and _END_BOLD.search(raw) else "italic" if _ITALIC.match(raw) else ""
    pictured = picture is not None and not follows
    return Piece(content, before, after, links, linked, pictured, follows, style, frozenset(repairs))


short_piece = lru_cache(maxsize=16384)(piece)


def _still_linked(raw: str, linked: bool) -> bool:
    for link in _LINK.finditer(raw):
        linked = _leads_away(link)
    return linked


def _leads_away(link: re.Match[str]) -> bool:
    return not link[1] and "href" in link[0].lower()  # an anchor with a name only is a place to be led to


def _link_share(raw: str, linked: bool) -> tuple[float, bool]:
    """The share of the text that stands in links; and whether one is open at its end."""
    inside = total = position = 0
    for link in _LINK.finditer(raw):
        length = len(_MARKUP.sub("", raw[position : link.start()]).strip())
        total += length
        inside += length if linked else 0
        linked, position = _leads_away(link), link.end()
    length = len(_MARKUP.sub("", raw[position:]).strip())
    total += length
    inside += length if linked else 0
    return (inside / total if total else 0.0), linked
