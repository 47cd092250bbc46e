"""Lexicon matching: one leftmost-longest Aho-Corasick pass over the folded text, whole words only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

from transforms.clean.unicode import fold_key

T = TypeVar("T")


_MOST_FOR_DFA = 2_000


class Hit(NamedTuple, Generic[T]):
    """A lexicon entry found at ``[start, end)``."""

    start: int
    end: int
    value: T


class Lexicon(Generic[T]):
    """Literals to values. Literals are folded as ``Article.folded`` is, so case and tone placement do not matter.

    >>> units = Lexicon([("Hoà Bình", "17"), ("Hòa Bình Thạnh", "1")])
    >>> units.find("tại tỉnh hòa bình.")
    [Hit(start=9, end=17, value='17')]
    """

    __slots__ = ("_automaton", "_patterns", "_values")

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        known: dict[str, T] = {}
        for literal, value in entries:
            known.setdefault(fold_key(literal), value)
        self._patterns = list(known)
        self._values = list(known.values())
        # As a DFA it reads nearly twice as fast, and takes a tenth of a second to build for ten thousand entries.
        kind = ahocorasick_rs.Implementation.DFA if len(known) < _MOST_FOR_DFA else None
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, implementation=kind
        )

    def __len__(self) -> int:
        return len(self._values)

    def find(self, folded: str) -> list[Hit[T]]:
        """Every leftmost-longest entry in the folded text that stands as whole words, in text order."""
        values, length = self._values, len(folded)
        return [
            Hit(start, end, values[number])
            for number, start, end in self._automaton.find_matches_as_indexes(folded)
            if not (start and folded[start - 1].isalnum()) and not (end < length and folded[end].isalnum())
        ]
