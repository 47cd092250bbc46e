"""HTML to blocks in one pass over the source, so that every block knows where it stands.

A pattern finds the tags that end a block (paragraphs, list items, cells, line breaks) and what holds no text (scripts,
comments); what stands between two of them is a block, whose inline tags are removed later. A stack of containers, of
bounded depth, gives each block its place in the page; tags that are never closed or never opened do no harm.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import accumulate, islice
from typing import NamedTuple

from transforms.clean import repeats
from transforms.clean.blocks import ATTRIBUTES, UNREAD, Block, either, single_spaced
from transforms.clean.pagehints import hints_of
from transforms.clean.pieces import SHORT, piece, short_piece

MAX_DEPTH = 200  # of containers that are told apart; deeper ones count as the one around them
_SHALLOW = 100  # containers around one that is kept for other pages
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
_HEAD = either(["head"])
_TOKENS = (
    rf"/?{_NAMES}(?![\w:-]){ATTRIBUTES}|{UNREAD}"
    rf"|{_HEAD}\b{ATTRIBUTES}[^<]*+(?:<(?!/{_HEAD}\s*>|{_BODY}\b)[^<]*+)*+(?:</{_HEAD}\s*>|(?=<{_BODY}\b)|\Z)"
)
# Inline tags are told first: they are as many, and the tokens' alternatives would all be tried in vain.
_INLINE = either(["a", "b", "em", "font", "i", "img", "span", "strong", "u"])
_TOKEN = re.compile(rf"(<(?!/?{_INLINE}[\s/>])(?:{_TOKENS}))", re.DOTALL)
# For templates: an inline tag with an instruction in its attributes is passed over as a whole.
_INSTRUCTION = re.compile("<[?]")  # found, or not, in two thirds of the time of a search for the string
_TEMPLATED = re.compile(r"""=\s*["']?<\?""")
_LETTER = "[a-zA-Z\u0130\u0131\u017f\u212a]"
_TEMPLATE_TOKEN = re.compile(rf"(<(?:{_TOKENS}|{_LETTER}[\w:-]*+(?=[^<>]*<\?){ATTRIBUTES}))", re.DOTALL)
_AT_FIRST, _MOST_JUMPS = 16, 8
_AT_ONCE = 20_000  # tokens that are looked at in one go: what bounds the memory for a page of nothing else
_TAG = re.compile(rf"<(/?)({_NAMES})(?![\w:-])")
_CLOSES, _OPENS, _BREAKS, _LEADS, _ENDS, _HIDES = range(6)  # what a token does: to a container, a line, a leaf, to nothing
_LONGEST = 300  # characters of a token that is remembered
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


_node = partial(tuple.__new__, Node)  # half the time of Node(…)


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


def _read_tag(token: str) -> _Tag:
    """What a token does.

    >>> _read_tag('<P align=center>'), _read_tag("</div>").does == _CLOSES, _read_tag("<!-- -->").does == _HIDES
    (_Tag(does=3, element='p', hint='', aligned='center'), True, True)
    """
    tag = _TAG.match(token)
    if tag is None:
        return _Tag(_HIDES, "")
    element = tag[2].lower()
    if tag[1]:
        return _Tag(_CLOSES if element in CONTAINERS else _ENDS, element)
    if element == "br" or element == "hr":
        return _Tag(_BREAKS, element)
    return _Tag(_OPENS if element in CONTAINERS else _LEADS, element, *hints_of(element, token[tag.end() :]))


_short_tag = lru_cache(maxsize=8192)(_read_tag)  # a page has hundreds of tags, and few that differ


def _tokens(
    split: Callable[[str, int], list[str]], text: str, start: int, end: int, most: int
) -> tuple[Iterator[tuple[str, str, int]], list[int], bool]:
    """What stands before a token, the token (the last one is empty), and where the first of them begins; these places again;
    and whether these were all."""
    parts = split(text[start:end], most)
    last = len(parts) <= 2 * most
    if last:
        parts.append("")
    else:
        del parts[-1]
    places = list(accumulate(map(len, parts), initial=start))
    del places[1::2]
    return zip(parts[::2], parts[1::2], places, strict=False), places, last


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
    kept = -1  # the node of a container that is to be kept, once it is closed; what follows is where it, and its blocks, began
    kept_from = kept_depth = kept_block = 0
    templated = "?" in text and _INSTRUCTION.search(text) and _TEMPLATED.search(text, start, end)
    split = (_TEMPLATE_TOKEN if templated else _TOKEN).split
    # Few tokens first, as a repeated container makes those inside it needless; soon many, as every time copies the rest.
    most, jumps, done = _AT_FIRST if repeats.any_known() else _AT_ONCE, 0, False
    while not done:
        tokens, places, done = _tokens(split, text, start, end, most)
        start, most = places[-1], min(2 * most, _AT_ONCE)
        for raw, token, at in tokens:
            begin = at + len(raw)
            if raw and not raw.isspace():
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
                            kept = -1  # a copy would not tell
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
            does, element, hint, align = _short_tag(token) if len(token) <= _LONGEST else _read_tag(token)
            if does == _LEADS:
                leaf, leaf_hint, aligned = element, hint, align
            elif does == _ENDS:
                if element == leaf or element == "p" or element == "li":
                    leaf = leaf_hint = aligned = ""
            elif does == _OPENS:
                leaf = leaf_hint = aligned = ""
                if len(path) >= MAX_DEPTH:
                    buried += 1
                    continue
                if around.hint in ("boilerplate", "related") or (not hint and around.hint != "main"):
                    hint = around.hint
                elif hint in ("boilerplate", "related") and len(path) < _SHALLOW and not (linked or pictured or lines):
                    own, repeat = len(nodes), repeats.find(text, begin, sound, even)
                    if isinstance(repeat, repeats.Repeat):
                        behind = begin + len(repeat.source)
                        after = bisect_left(places, behind)
                        jump = repeat.closed and jumps < _MOST_JUMPS and after >= len(places) - _AT_FIRST // 2
                        # Where no token begins at its end, a quote is open in it that something behind it closes.
                        if jump or (after < len(places) and places[after] == behind):
                            blocks += repeat.copies(begin, own)
                            nodes.append(_node((node, hint, element)))
                            nodes += map(_node, repeat.nodes_below(own))
                            pictured, linked, lines = repeat.left
                            if jump:
                                start, most, done, jumps = behind, _AT_FIRST, False, jumps + 1
                                break
                            # On to where it ends, in one step.
                            inside = after - bisect_right(places, begin)
                            next(islice(tokens, inside, inside), None)
                            continue
                    elif repeat:
                        kept, kept_from, kept_depth, kept_block = own, begin, len(path), len(blocks)
                aligned, around = align, _node((node, hint, element))
                node = len(nodes)
                nodes.append(around)
                elements.append(element)
                path.append(node)
            elif does == _CLOSES:
                leaf = leaf_hint = aligned = ""
                if buried:
                    buried -= 1
                    continue
                for depth in range(len(path) - 1, max(0, len(path) - 40), -1):
                    if elements[depth] == element:
                        del elements[depth:], path[depth:]
                        node = path[-1]
                        around = nodes[node]
                        if kept >= 0 and depth <= kept_depth:
                            if depth == kept_depth:  # else it was never closed itself
                                span, left = (kept_from, begin + len(token)), (pictured, linked, lines)
                                repeats.keep(text, span, sound, even, kept, blocks[kept_block:], nodes[kept + 1 :], left)
                            kept = -1
                        break
                else:
                    kept = -1  # elsewhere there may be something that this closes
            elif does == _BREAKS:
                lines += 1
    return Page(blocks, nodes, whole)
