"""What a site prints on page after page, its menus and lists, is taken apart once.

A container of furniture gives the same blocks wherever its source is the same to the letter and nothing around it matters.
So the blocks are kept from the second time on, and a page that has the same source again gets copies of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from transforms.clean.blocks import Block

_CLOSED = re.compile(r"""(?:[^<]|<[^<>"']*+(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+>)*+""")
_OPENING = 200  # characters of a source by which it is looked for
_LONGEST = 20_000  # characters of one that is kept
_MOST_NODES = 100  # with those that are open around it, fewer than are told apart
_MOST_OPENINGS, _MOST_SOURCES = 128, 4  # of sources that are kept, and of those that begin alike


class Repeat(NamedTuple):
    """A container's source with what it gives: places and nodes are counted from its own."""

    source: str
    blocks: tuple[tuple[Any, ...], ...]  # column by column, as ``Block`` has them
    nodes: tuple[tuple[Any, ...], ...]  # those below it, column by column: parent, hint, element
    left: tuple[bool, bool, int]  # whether a picture came last, whether a link is open, and the empty lines
    closed: bool  # whether all its quotes are closed in its tags: then no text behind it changes how it is read

    def copies(self, at: int, node: int) -> list[Block]:
        if not self.blocks:
            return []
        starts, ends, texts, hints, tags, gaps, below, *rest = self.blocks
        place, inside = at.__add__, node.__add__
        columns = map(place, starts), map(place, ends), repeat("html"), texts, hints, tags, gaps, map(inside, below), *rest
        return list(map(Block, *columns))

    def nodes_below(self, node: int) -> Iterator[tuple[int, str, str]]:
        """The nodes below the container's own, which is ``node``."""
        if not self.nodes:
            return iter(())
        parents, hints, elements = self.nodes
        return zip(map(node.__add__, parents), hints, elements, strict=True)


_known: dict[tuple[str, bool, bool], list[Repeat]] = {}


forget = _known.clear


def any_known() -> bool:
    """Whether anything is kept that a page may have again."""
    return any(_known.values())


def find(text: str, at: int, sound: bool, even: bool) -> Repeat | bool:
    """What is known of the container that begins here; else whether one that begins alike was seen before."""
    opening = (text[at : at + _OPENING], sound, even)
    found = _known.get(opening)
    if found is None:
        if len(_known) >= _MOST_OPENINGS:
            _known.clear()
        _known[opening] = []
        return False
    return next((known for known in found if text.startswith(known.source, at)), True)


def keep(
    text: str,
    span: tuple[int, int],
    sound: bool,
    even: bool,
    own: int,
    blocks: list[Block],
    nodes: Sequence[tuple[int, str, str]],
    left: tuple[bool, bool, int],
) -> None:
    """Keep what the container in ``text[span]`` gave, whose own node is ``own``: its blocks, and the nodes below it."""
    at, end = span
    found = _known.get((text[at : at + _OPENING], sound, even))
    # Instructions of templates change how tags are read in a whole page.
    if found is None or end - at > _LONGEST or len(nodes) > _MOST_NODES or "<?" in text[at:end]:
        return
    if len(found) == _MOST_SOURCES:
        del found[0]  # lists change from day to day
    gave = [(b.start - at, b.end - at, b.text, b.hint, b.tag, b.gap, b.node - own, b.links, b.picture, b.aligned) for b in blocks]
    below = [(parent - own, hint, element) for parent, hint, element in nodes]
    closed = _CLOSED.fullmatch(text, at, end) is not None
    found.append(Repeat(text[at:end], tuple(zip(*gave, strict=True)), tuple(zip(*below, strict=True)), left, closed))
