"""Edits of a text, and the way back from an edited text to the one before.

Every step of cleaning says what it changed as edits; the maps made of them chain, so that a span of the published text leads
to the characters it was made of, however many steps lie between.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """``input[start:end]`` became ``replacement``; empty where it was removed."""

    start: int
    end: int
    replacement: str


class _Step:
    """The edits of one step: where each stands in the output (``starts``, ``ends``) and in the input (``froms``, ``tos``)."""

    __slots__ = ("ends", "froms", "starts", "tos")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.starts, self.ends, self.froms, self.tos = array("q"), array("q"), array("q"), array("q")
        shift = last = 0
        for start, end, replacement in edits:
            if start < last or end < start:
                raise ValueError(f"edits overlap or are out of order at {start}")
            self.starts.append(start + shift)
            self.ends.append(start + shift + len(replacement))
            self.froms.append(start)
            self.tos.append(end)
            shift += len(replacement) - (end - start)
            last = end

    def back(self, start: int, end: int) -> tuple[int, int]:
        first = self._character(start)
        if end <= start:
            return first[0], first[0]
        return first[0], self._character(end - 1)[1]

    def _character(self, position: int) -> tuple[int, int]:
        """What the output character at ``position`` was made of."""
        number = bisect_right(self.starts, position) - 1
        if number < 0:
            return position, position + 1
        if position < self.ends[number]:
            return self.froms[number], self.tos[number]
        there = self.tos[number] + position - self.ends[number]
        return there, there + 1


class OffsetMap:
    """A monotone map from positions of an output back to the input it was made of.

    What was removed belongs to no character of the output; what was inserted leads to an empty span.

    >>> offsets = OffsetMap.from_edits(9, [Edit(2, 4, "ộ"), Edit(6, 7, "")])   # "hoô.i  họp"
    >>> offsets.to_input(2, 3), offsets.to_input(5, 8)
    ((2, 4), (7, 10))
    """

    __slots__ = ("_build", "_steps")

    def __init__(self, steps: tuple[_Step, ...] = (), build: Callable[[], OffsetMap] | None = None) -> None:
        self._steps = steps
        self._build = build

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a step that changed nothing (or no position)."""
        return cls()

    @classmethod
    def from_edits(cls, length: int, edits: Sequence[Edit]) -> OffsetMap:
        """The map of a step that made ``edits``, sorted and without overlap, in an input of ``length``."""
        if edits and edits[-1].end > length:
            raise ValueError(f"an edit ends at {edits[-1].end}, beyond the text's end {length}")
        return cls((_Step(edits),)) if edits else cls()

    @classmethod
    def later(cls, build: Callable[[], OffsetMap]) -> OffsetMap:
        """A map that ``build`` makes when it is first asked: most texts' maps never are."""
        return cls((), build)

    def to_input(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the input that ``output[start:end]`` was made of; an empty span leads to an empty one."""
        for step in reversed(self._all()):
            start, end = step.back(start, end)
        return start, end

    def then(self, later: OffsetMap) -> OffsetMap:
        """This step and a later one as one map: from the later one's output to this one's input."""
        if later._build is None and not later._steps:
            return self
        if self._build is None and not self._steps:
            return later
        if self._build is None and later._build is None:
            return OffsetMap(self._steps + later._steps)
        return OffsetMap.later(lambda: OffsetMap(self._all() + later._all()))

    def _all(self) -> tuple[_Step, ...]:
        if self._build is not None:
            self._steps, self._build = self._build()._all(), None
        return self._steps


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text after ``edits``, sorted and without overlap.

    >>> apply_edits("Ðảng bộ", [Edit(0, 1, "Đ")])
    'Đảng bộ'
    """
    if not edits:
        return text
    parts, position = [], 0
    for start, end, replacement in edits:
        parts.append(text[position:start])
        parts.append(replacement)
        position = end
    parts.append(text[position:])
    return "".join(parts)
