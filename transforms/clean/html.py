"""HTML to blocks in one pass over the source, so that every block knows where it stands.

A pattern finds the tags that end a block (paragraphs, list items, cells, line breaks) and what holds no text (scripts,
comments); what stands between two of them is a block, whose inline tags are removed later. A stack of containers, of
bounded depth, gives each block its place in the page; tags that are never closed or never opened do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from transforms.clean.blocks import ATTRIBUTES, UNREAD, Block
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


def _trie(words: Iterable[str]) -> str:
    """A pattern of exactly these words, letter by letter: a third of the time of a plain alternation."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    parts = [letter + _trie(rest) for letter, rest in sorted(tails.items()) if letter]
    return "(?:" + "|".join(parts) + ")" + ("?" if "" in tails else "") if parts else ""


_TAGS = (
    rf"(/?)({_trie(CONTAINERS | LEAVES | {'br', 'hr'})})(?![\w:-])({ATTRIBUTES})"
    rf"|{UNREAD}|head\b{ATTRIBUTES}[^<]*+(?:<(?!/head\s*>|body\b)[^<]*+)*+(?:</head\s*>|(?=<body\b)|\Z)"
)
_TAG = re.compile(f"<(?:{_TAGS})", re.IGNORECASE | re.DOTALL)
# For templates: an inline tag with an instruction in its attributes is passed over as a whole.
_TEMPLATED = re.compile(r"""=\s*["']?<\?""")
_TEMPLATE_TAG = re.compile(rf"<(?:{_TAGS}|[a-z][\w:-]*+(?=[^<>]*<\?){ATTRIBUTES})", re.IGNORECASE | re.DOTALL)
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


def segment(text: str, start: int, end: int, repairs: set[str], sound: bool = False) -> Page:
    """The blocks of ``text[start:end]``.

    >>> source = '<p><b>Họp</b>&nbsp;báo</p>Dòng một\\nDòng hai<img src="a"><p align=center>Quang cảnh</p>'
    >>> [(b.text, b.picture, b.aligned) for b in segment(source, 0, len(source), set()).blocks]
    [('Họp báo', False, ''), ('Dòng một', False, ''), ('Dòng hai', False, ''), ('Quang cảnh', True, 'center')]
    """
    return _Segmenter(text, start, end, repairs, sound).run()


class _Segmenter:
    def __init__(self, text: str, start: int, end: int, repairs: set[str], sound: bool) -> None:
        self.text, self.start, self.end, self.repairs, self.sound = text, start, end, repairs, sound
        self.whole = _PAGE.search(text, start, end) is not None
        self.blocks: list[Block] = []
        self.nodes = [Node(-1, "", "")]
        self.open: list[tuple[str, int]] = [("", 0)]  # element, node
        self.buried = 0  # containers open beyond the depth that is told apart
        self.leaf, self.leaf_hint, self.aligned = "", "", ""
        self.pictured = self.linked = False
        self.lines = 0

    def run(self) -> Page:
        position, text, whole = self.start, self.text, self.whole
        flush, add, close, opened, containers = self.flush, self.add, self.close, self.opened, CONTAINERS
        tags = _TEMPLATE_TAG if "<?" in text and _TEMPLATED.search(text, self.start, self.end) else _TAG
        for tag in tags.finditer(text, self.start, self.end):
            begin = tag.start()
            if begin > position:
                raw = text[position:begin]
                if not raw.isspace():
                    if whole:
                        add(position, raw, self.open[-1][1])
                    else:
                        flush(position, raw)
            position = tag.end()
            slash, element, attributes = tag.groups()
            if element is None:
                continue
            element = element.lower()
            if slash:
                if element in containers:
                    close(element)
                elif element == self.leaf or element == "p" or element == "li":
                    self.leaf = self.leaf_hint = self.aligned = ""
            elif element in containers:
                opened(element, attributes)
            elif element == "br" or element == "hr":
                self.lines += 1
            else:
                self.leaf = element
                self.leaf_hint, self.aligned = hints_of(element, attributes)
        raw = text[position : self.end]
        if raw and not raw.isspace():
            self.flush(position, raw)
        return Page(self.blocks, self.nodes, self.whole)

    def opened(self, element: str, attributes: str) -> None:
        self.leaf = self.leaf_hint = self.aligned = ""
        if len(self.open) >= MAX_DEPTH:
            self.buried += 1
            return
        parent = self.open[-1][1]
        hint, self.aligned = hints_of(element, attributes)
        around = self.nodes[parent].hint
        if around in ("boilerplate", "related") or (not hint and around != "main"):
            hint = around
        self.nodes.append(tuple.__new__(Node, (parent, hint, element)))
        self.open.append((element, len(self.nodes) - 1))

    def close(self, element: str) -> None:
        self.leaf = self.leaf_hint = self.aligned = ""
        if self.buried:
            self.buried -= 1
            return
        for depth in range(len(self.open) - 1, max(0, len(self.open) - 40), -1):
            if self.open[depth][0] == element:
                del self.open[depth:]
                return

    def flush(self, start: int, raw: str) -> None:
        """Make blocks of what stands between two tags."""
        node = self.open[-1][1]
        if not self.whole and node == 0 and not self.leaf and "\n" in raw:
            for line in raw.splitlines(keepends=True):  # a fragment's lines outside any element
                self.add(start, line, node)
                start += len(line)
            return
        self.add(start, raw, node)

    def add(self, start: int, raw: str, node: int) -> None:
        read = short_piece if len(raw) <= SHORT else piece
        content, before, after, links, self.linked, pictured, follows, strong, italic, repairs = read(
            raw, self.linked, self.sound
        )
        if repairs:
            self.repairs |= repairs
        # A whole line that leads elsewhere is another article's headline, and no caption of the picture above.
        shown = pictured or (self.pictured and links < 1)
        self.pictured = self.pictured or pictured
        if not content:
            return
        around = self.nodes[node]
        hint = self.leaf_hint or around.hint
        if around.hint in ("boilerplate", "related") and hint != "caption":
            hint = around.hint
        if not hint or (hint == "main" and (strong or italic)):
            hint = "strong" if strong else "italic" if italic else ""
        tag = self.leaf or around.element
        start, end = start + before, start + len(raw) - after
        self.blocks.append(Block(start, end, "html", content, hint, tag, self.lines, node, links, shown, self.aligned))
        self.pictured, self.lines = follows, 0
