"""What stands between two block tags of a page: its text, and what its inline tags tell of it."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

from transforms.clean.blocks import cleaned, either

SHORT = 300  # characters; what menus and lists of headlines are made of, page after page
# Without any of these, a piece has no picture and no link, and is not set in bold or italics: as most are.
_A, _STRONG, _EM = either(["a"]), either(["strong", "b"]), either(["em", "i"])
_TELLING = re.compile(rf"<(?:/?{_A}\b|{_STRONG}\b|{_EM}\b|{either(['img'])}\b|[hH]\d)")
_IMAGE = re.compile(rf"<{either(['img'])}\b")
_ONLY_TAGS = re.compile(r"\s*(?:</?[A-Za-z][^<>]*>\s*)+\Z")
_ONE_LINK = re.compile(rf"\s*<{_A}\b[^<>]*?\b{either(['href'])}\b[^<>]*>\s*([^<>\s][^<>]*)</{_A}\s*>\s*\Z")
_ANCHOR = re.compile(rf"</?{_A}\b")
_LINK = re.compile(rf"<(/?){_A}\b[^<>]*>")
_MARKUP = re.compile(r"<[^<>]*>")
_BOLD = re.compile(rf"\s*(?:<[^<>]*>\s*)*?<(?:{_STRONG}|[hH]\d)\b[^<>]*>")
_ITALIC = re.compile(rf"\s*(?:<[^<>]*>\s*){{0,4}}?<{_EM}\b[^<>]*>")
_END_BOLD = re.compile(rf"</{_STRONG}\s*>(?:\s|&{either(['nbsp'])};|<[^<>]*>)*\Z")
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
    begins, bare = raw.lstrip(), raw.strip()
    before, after = len(raw) - len(begins), len(begins) - len(bare)
    links = 1.0 if linked else 0.0
    inner, style = raw, ""  # what is around it may be in need of repair
    pictured = follows = False
    if "<" not in bare or not _TELLING.search(bare):
        if _ONLY_TAGS.match(bare):
            inner = ""
    elif link := _ONE_LINK.match(bare):  # what menus and lists of headlines are made of: nothing else to ask
        links, linked, inner = 1.0, False, link[1]
    else:
        picture = _IMAGE.search(bare)
        if _ONLY_TAGS.match(bare) or (picture and not _VISIBLE.search(_MARKUP.sub("", bare))):
            return Piece("", before, after, links, _still_linked(bare, linked), picture is not None)
        if _ANCHOR.search(bare):
            links, linked = _link_share(bare, linked)
        if picture:
            follows = _VISIBLE.search(_MARKUP.sub("", bare[: picture.start()])) is not None
            pictured = not follows
        style = "strong" if _BOLD.match(bare) and _END_BOLD.search(bare) else "italic" if _ITALIC.match(bare) else ""
    content = cleaned("html", inner, repairs, sound) if inner else ""
    return _piece((content, before, after, links, linked, pictured, follows, style, frozenset(repairs)))


_piece = partial(tuple.__new__, Piece)  # half the time of Piece(…)
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
