"""Lexicon matching: leftmost-longest, whole words only, with Aho-Corasick; many lexicons in one pass over the folded text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any, Generic, NamedTuple, TypeVar

import ahocorasick_rs
import numpy

from transforms.clean.unicode import fold_key

T = TypeVar("T")


_MOST_FOR_DFA = 2_000


class Hit(NamedTuple, Generic[T]):
    """A lexicon entry found at ``[start, end)``."""

    start: int
    end: int
    value: T


_hit = partial(tuple.__new__, Hit)  # half the time of Hit(start, end, value)


class Lexicon(Generic[T]):
    """Literals to values. Literals are folded as ``Article.folded`` is, so case and tone placement do not matter.

    >>> units = Lexicon([("Hoà Bình", "17"), ("Hòa Bình Thạnh", "1")])
    >>> units.find("tại tỉnh hòa bình.")
    [Hit(start=9, end=17, value='17')]
    """

    __slots__ = ("_automaton", "_known")

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._known: dict[str, T] = {}
        for literal, value in entries:
            self._known.setdefault(fold_key(literal), value)
        self._automaton: tuple[ahocorasick_rs.AhoCorasick, list[T]] | None = None

    def __len__(self) -> int:
        return len(self._known)

    @property
    def entries(self) -> dict[str, T]:
        """Values by folded literal."""
        return self._known

    def find(self, folded: str) -> list[Hit[T]]:
        """Every leftmost-longest entry in the folded text that stands as whole words, in text order."""
        if self._automaton is None:
            # As a DFA it reads nearly twice as fast, and takes a tenth of a second to build for ten thousand entries.
            kind = ahocorasick_rs.Implementation.DFA if len(self) < _MOST_FOR_DFA else None
            longest = ahocorasick_rs.MatchKind.LeftmostLongest
            automaton = ahocorasick_rs.AhoCorasick(list(self._known), matchkind=longest, implementation=kind)
            self._automaton = automaton, list(self._known.values())
        automaton, values = self._automaton
        length = len(folded)
        return [
            _hit((start, end, values[number]))
            for number, start, end in automaton.find_matches_as_indexes(folded)
            if not (start and folded[start - 1].isalnum()) and not (end < length and folded[end].isalnum())
        ]


_members: list[Callable[[], Lexicon[Any]]] = []


def in_one_pass(build: Callable[[], Lexicon[T]]) -> Callable[[str], list[Hit[T]]]:
    """What finds a lexicon's entries in a whole text, in the same pass as all other lexicons that were declared so.

    The hits are those of ``Lexicon.find``, and the words that a longer literal hides there though it stands in no whole words
    itself. The last text's hits are kept, so whoever asks for another lexicon's hits in it gets them for nothing; the list is
    shared and not to be changed. For a fragment of a text ``Lexicon.find`` is quicker.

    >>> find_units = in_one_pass(lambda: Lexicon([("Hoà Bình", "17"), ("Hòa Bình Thạnh", "1")]))
    >>> find_units("tại tỉnh hòa bình, hòa bình thạnh. hòa  bình")
    [Hit(start=9, end=17, value='17'), Hit(start=19, end=33, value='1')]
    """
    number = len(_members)
    _members.append(build)

    def find(folded: str) -> list[Hit[T]]:
        return hits_of_all(folded)[number]

    return find


_SPACE = ord(" ")
_SPACED = numpy.array([number if chr(number).isalnum() else _SPACE for number in range(0x10000)], "<u4")


def _spaced(text: str) -> str:
    """The text with a space for all that is neither letter nor digit (whatever lies beyond the table too), and around it."""
    codes = numpy.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), "<u4")
    return _SPACED.take(codes, mode="clip").tobytes().decode("utf-32-le")


class _Pass:
    """One automaton for many lexicons. It looks for whole words, each literal with a space around it in the spaced text."""

    def __init__(self, lexicons: Iterable[Lexicon[Any]]) -> None:
        owners: dict[str, list[tuple[int, Any]]] = {}
        for number, lexicon in enumerate(lexicons):
            for literal, value in lexicon.entries.items():
                owners.setdefault(literal, []).append((number, value))
        # A literal of letters and figures alone is found as it stands: it needn't be compared.
        self._literals = [("" if one.isalnum() else one, owned) for one, owned in owners.items()]
        self._automaton = ahocorasick_rs.AhoCorasick([_spaced(literal) for literal in owners])

    def find(self, folded: str, count: int) -> list[list[Any]]:
        found: list[list[Any]] = [[] for _ in range(count)]
        literals = self._literals
        for which, start, end in self._automaton.find_matches_as_indexes(_spaced(folded), overlapping=True):
            end -= 2  # the spaced text begins one character before, and so does the match
            literal, owners = literals[which]
            if literal and folded[start:end] != literal:  # other spaces or signs between the words
                continue
            for number, value in owners:
                kept = found[number]
                if kept and kept[-1][1] > start:  # matches come in the order of their ends: the last one may be a part of this
                    first = len(kept)
                    while first and kept[first - 1][0] >= start:
                        first -= 1
                    if first and kept[first - 1][1] > start:
                        continue
                    del kept[first:]
                kept.append(_hit((start, end, value)))
        return found


@lru_cache(maxsize=1)
def _pass(count: int) -> _Pass:
    return _Pass(build() for build in _members[:count])


@lru_cache(maxsize=1)
def _all_hits(folded: str, count: int) -> list[list[Any]]:
    return _pass(count).find(folded, count)


def hits_of_all(folded: str) -> list[list[Any]]:
    """The hits of every lexicon that was declared ``in_one_pass``, in the order of their declaration."""
    return _all_hits(folded, len(_members))
