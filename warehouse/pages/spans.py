"""Laying overlapping spans over a text: cut where any of them begins or ends, and give each its own line to be drawn on."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of text that the same spans cover from end to end. ``covering`` and ``starting`` hold places in the given list.

    ``covering`` goes from the longest to the shortest, so that nested elements draw the shortest innermost.
    """

    start: int
    end: int
    covering: tuple[int, ...]
    starting: tuple[int, ...]


def pieces(length: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """Cut ``range(length)`` at the edges of the spans; what lies outside the text is cut off, and what is empty then left out.

    >>> for piece in pieces(10, [(2, 8), (4, 6), (5, 9)]): print(piece.start, piece.end, piece.covering, piece.starting)
    0 2 () ()
    2 4 (0,) (0,)
    4 5 (0, 1) (1,)
    5 6 (0, 2, 1) (2,)
    6 8 (0, 2) ()
    8 9 (2,) ()
    9 10 () ()
    """
    inside = {n: (max(0, s), min(e, length)) for n, (s, e) in enumerate(spans) if max(0, s) < min(e, length)}
    order = sorted(inside, key=lambda n: (inside[n][0] - inside[n][1], n))
    rank = {n: place for place, n in enumerate(order)}
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for n, (start, end) in inside.items():
        opening.setdefault(start, []).append(n)
        closing.setdefault(end, []).append(n)
    edges = sorted({0, length, *opening, *closing})
    open_now: set[int] = set()
    found = []
    for start, end in pairwise(edges):
        open_now -= set(closing.get(start, ()))
        open_now |= set(opening.get(start, ()))
        covering = tuple(sorted(open_now, key=rank.__getitem__))
        found.append(Piece(start, end, covering, tuple(n for n in covering if inside[n][0] == start)))
    return found


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """A line for each span such that spans that overlap never share one; the shortest lie nearest to the text.

    >>> lanes([(0, 20), (2, 8), (4, 6), (9, 12)])
    [2, 1, 0, 0]
    """
    lane = [0] * len(spans)
    taken: list[list[tuple[int, int]]] = []  # per line its spans, in order: they are disjoint
    for n in sorted(range(len(spans)), key=lambda n: (spans[n][1] - spans[n][0], spans[n][0], n)):
        span = spans[n]
        # Beyond every shorter span that it overlaps, so that lines nest as the spans do.
        lane[n] = max((row + 1 for row, line in enumerate(taken) if _overlaps(line, span)), default=0)
        if lane[n] == len(taken):
            taken.append([])
        insort(taken[lane[n]], span)
    return lane


def _overlaps(line: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    place = bisect_left(line, span)
    return (place < len(line) and line[place][0] < span[1]) or (place > 0 and line[place - 1][1] > span[0])
