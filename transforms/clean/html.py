"""HTML to blocks in one pass over the source, so that every block knows where it stands.

A pattern finds the tags that end a block (paragraphs, list items, cells, line breaks) and what holds no text (scripts,
comments); what stands between two of them is a block, whose inline tags are removed later. A stack of containers, of
bounded depth, gives each block its place in the page; tags that are never closed or never opened do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transforms.clean.blocks import ATTRIBUTES, UNREAD, Block, either, single_spaced
from transforms.clean.pagehints import hints_of
from transforms.clean.pieces import SHORT, piece, short_piece

MAX_DEPTH = 200  # of containers that are told apart; deeper ones count as the one around them
CONTAINERS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "section",
        "div",
        "header",
        "footer",
        "nav",
        "aside",
        "form",
        "figure",
        "ul",
        "ol",
        "dl",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "blockquote",
        "center",
        "fieldset",
        "details",
        "address",
    ]
)
LEAVES = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "figcaption",
        "caption",
        "time",
        "summary",
        "legend",
        "label",
        "button",
        "option",
        "pre",
    ]
)


_NAMES = either(CONTAINERS | LEAVES | {"br", "hr"})
_BODY = either(["body"])
# The tags that end a block, and what holds no text.
_TOKENS = (
    rf"(/?{_NAMES}(?![\w:-]){ATTRIBUTES})"
    rf"|({UNREAD}|{either(['head'])}\b{ATTRIBUTES}"
    rf"[^<]*+(?:<(?!/{either(['head'])}\s*>|{_BODY}\b)[^<]*+)*+(?:</{either(['head'])}\s*>|(?=<{_BODY}\b)|\Z))"
)
_TAG = re.compile(f"<(?:{_TOKENS})", re.DOTALL)
# For templates: an inline tag with an instruction in its attributes is passed over as a whole.
_TEMPLATED = re.compile(r"""=\s*["']?<\?""")
_TEMPLATE_TAG = re.compile(rf"<(?:{_TOKENS[:-1]}|[a-zA-Z\u0130\u0131\u017f\u212a][\w:-]*+(?=[^<>]*<\?){ATTRIBUTES}))", re.DOTALL)
_AT_ONCE = 20_000  # tags that are looked at in one go: what bounds the memory for a page of nothing else
_NAME = re.compile(r"/?(\w+)")
_CLOSES, _OPENS, _BREAKS, _LEADS, _ENDS = range(5)  # what a tag does: to a container, a line, or a leaf
_LONGEST = 300  # characters of a tag that is remembered
SIGN = re.compile(
    r"</(?:p|div|span|b|strong|em|i|u|a|h[1-6]|ul|ol|li|table|tr|td|body|html|article|section|font|figure)\s*>|<(?:br"
    r"|img|p)\b[^<>]*>"
    r"|<(?:!DOCTYPE|html|body)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"<(?:/?[A-Za-z][\w:-]{0,30}[\s/>]|!--)")
_PAGE = re.compile(r"<(?:html|body|nav|footer|header|aside|article)\b", re.IGNORECASE)


class Node(NamedTuple):
    parent: int
    hint: str
    element: str


class Page(NamedTuple):
    """The blocks of a page or fragment, the containers they stand in, and whether it is a whole page."""

    blocks: list[Block]
    nodes: list[Node]
    whole: bool


class _Tag(NamedTuple):
    """What a tag does, and what its attributes tell where it opens something."""

    does: int
    element: str
    hint: str = ""
    aligned: str = ""


def _read_tag(tag: str) -> _Tag:
    """A tag without its first bracket.

    >>> _read_tag('P align=center>'), _read_tag("/div>").does == _CLOSES
    (_Tag(does=3, element='p', hint='', aligned='center'), True)
    """
    name = _NAME.match(tag)
    assert name is not None
    element = name[1].lower()
    if tag[0] == "/":
        return _Tag(_CLOSES if element in CONTAINERS else _ENDS, element)
    if element == "br" or element == "hr":
        return _Tag(_BREAKS, element)
    return _Tag(_OPENS if element in CONTAINERS else _LEADS, element, *hints_of(element, tag[name.end() :]))


_short_tag = lru_cache(maxsize=8192)(_read_tag)  # a page has hundreds of tags, and few that differ


def _tokens(text: str, start: int, end: int) -> Iterator[Iterator[str | None]]:
    """What stands before a tag, the tag, and else what holds no text instead: three strings each, the first brackets apart."""
    split = (_TEMPLATE_TAG if "<?" in text and _TEMPLATED.search(text, start, end) else _TAG).split
    rest = text if start == 0 and end == len(text) else text[start:end]
    while True:
        found: list[str | None] = split(rest, _AT_ONCE)
        if len(found) <= 3 * _AT_ONCE:
            found += None, ""  # after the last tag
            yield iter(found)
            return
        rest = found.pop() or ""
        yield iter(found)


def segment(text: str, start: int, end: int, repairs: set[str], sound: bool = False, even: bool = False) -> Page:
    """The blocks of ``text[start:end]``; ``sound`` and ``even`` as ``decode`` found the text.

    >>> source = '<p><b>Họp</b>&nbsp;báo</p>Dòng một\\nDòng hai<img src="a"><p align=center>Quang cảnh</p>'
    >>> [(b.text, b.picture, b.aligned) for b in segment(source, 0, len(source), set()).blocks]
    [('Họp báo', False, ''), ('Dòng một', False, ''), ('Dòng hai', False, ''), ('Quang cảnh', True, 'center')]
    """
    whole = _PAGE.search(text, start, end) is not None
    blocks: list[Block] = []
    nodes = [Node(-1, "", "")]
    # Everything in local names, and no call for most tags: a page has hundreds.
    elements, path = [""], [0]  # the open containers, and their nodes
    node, around = 0, nodes[0]  # the innermost of them
    buried = 0  # containers open beyond the depth that is told apart
    leaf = leaf_hint = aligned = ""
    pictured = linked = False
    lines = 0
    for tokens in _tokens(text, start, end):
        for raw, tag, unread in zip(tokens, tokens, tokens, strict=True):
            if raw:
                if not raw.isspace():
                    at = start
                    # A fragment's lines outside any element are blocks of their own.
                    for line in raw.splitlines(keepends=True) if not whole and node == 0 and not leaf and "\n" in raw else (raw,):
                        if even and "<" not in line and "&" not in line:
                            bare = line.strip()
                            first = at if bare is line else at + len(line) - len(line.lstrip())
                            last, content = first + len(bare), single_spaced(bare)
                            links, shown, follows, style = 1.0 if linked else 0.0, False, False, ""
                        else:
                            read = short_piece if len(line) <= SHORT else piece
                            content, before, after, links, linked, shown, follows, style, mended = read(line, linked, sound)
                            first, last = at + before, at + len(line) - after
                            if mended:
                                repairs |= mended
                        at += len(line)
                        if not content:
                            pictured = pictured or shown
                            continue
                        hint = leaf_hint or around.hint
                        if around.hint in ("boilerplate", "related") and hint != "caption":
                            hint = around.hint
                        if not hint or (hint == "main" and style):
                            hint = style
                        # A whole line that leads elsewhere is another article's headline, and no caption of the picture above.
                        shown = shown or (pictured and links < 1)
                        name = leaf or around.element
                        blocks.append(Block(first, last, "html", content, hint, name, lines, node, links, shown, aligned))
                        pictured, lines = follows, 0
                start += len(raw)
            if tag is None:
                start += 1 + len(unread or "")
                continue
            start += 1 + len(tag)
            does, element, hint, align = _short_tag(tag) if len(tag) <= _LONGEST else _read_tag(tag)
            if does == _LEADS:
                leaf, leaf_hint, aligned = element, hint, align
            elif does == _ENDS:
                if element == leaf or element == "p" or element == "li":
                    leaf = leaf_hint = aligned = ""
            elif does == _BREAKS:
                lines += 1
            elif does == _OPENS:
                leaf = leaf_hint = aligned = ""
                if len(path) >= MAX_DEPTH:
                    buried += 1
                    continue
                if around.hint in ("boilerplate", "related") or (not hint and around.hint != "main"):
                    hint = around.hint
                aligned, around = align, tuple.__new__(Node, (node, hint, element))
                node = len(nodes)
                nodes.append(around)
                elements.append(element)
                path.append(node)
            else:
                leaf = leaf_hint = aligned = ""
                if buried:
                    buried -= 1
                    continue
                for depth in range(len(path) - 1, max(0, len(path) - 40), -1):
                    if elements[depth] == element:
                        del elements[depth:], path[depth:]
                        node = path[-1]
                        around = nodes[node]
                        break
    return Page(blocks, nodes, whole)
