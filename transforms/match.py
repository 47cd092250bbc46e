"""Lexicon matching: leftmost-longest, whole words only, with Aho-Corasick; many lexicons in one pass over the folded text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, Generic, NamedTuple, TypeVar

import ahocorasick_rs
import numpy

from transforms.clean.unicode import fold_key
from transforms.text import codes_of, digit_runs

T = TypeVar("T")


_MOST_FOR_DFA = 2_000
TOGETHER = 16  # texts that are read in turns, and whose hits are kept


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


_FEW = 8


def occurrences(keys: Sequence[str], text: str) -> list[tuple[int, int, int]]:
    """(number of the key, start, end) of all keys wherever they stand, in text order, the longer before the shorter.

    >>> occurrences(["tân an", "tân"], "xã tân an, tân")
    [(0, 3, 9), (1, 3, 6), (1, 11, 14)]
    """
    found = []
    if len(keys) > _FEW:
        found = ahocorasick_rs.AhoCorasick(list(keys)).find_matches_as_indexes(text, overlapping=True)
    else:  # an automaton takes longer to build than a few searches take
        for number, key in enumerate(keys):
            pos = text.find(key)
            while pos >= 0:
                found.append((number, pos, pos + len(key)))
                pos = text.find(key, pos + 1)
    return sorted(found, key=lambda one: (one[1], -one[2]))


_members: list[Callable[[], Lexicon[Any]]] = []


def in_one_pass(build: Callable[[], Lexicon[T]]) -> Callable[[str], list[Hit[T]]]:
    """What finds a lexicon's entries in a whole text, in the same pass as all other lexicons that were declared so.

    The hits are those of ``Lexicon.find``, and the words that a longer literal hides there though it stands in no whole words
    itself. The last texts' hits are kept, so whoever asks for another lexicon's hits in it gets them for nothing; the list is
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


_SPACE, _OTHER = 0, 1  # bytes: all that is neither letter nor digit; letters and digits that no literal has
_KNOWN = 0x10000  # characters that the table knows; whatever lies beyond is a space to it
_WORDY = numpy.array([_OTHER if chr(number).isalnum() else _SPACE for number in range(_KNOWN)], numpy.uint8)


# What a literal is compared with (empty: with nothing), its lexicon's number, its value there, and so for the next lexicon.
_Literal = tuple[str, int, Any, "_Literal | None"]


class _Pass:
    """One automaton for many lexicons. It looks for whole words, each literal with a space around it in the spaced text.

    Text and literals are spelled in bytes, one for each letter that a literal has: so the automaton has few states, which
    stay in the processor's cache, and places in the bytes are places in the text.
    """

    def __init__(self, lexicons: Iterable[Lexicon[Any]]) -> None:
        owners: dict[str, list[tuple[int, Any]]] = {}
        for number, lexicon in enumerate(lexicons):
            for literal, value in lexicon.entries.items():
                owners.setdefault(literal, []).append((number, value))
        letters = sorted({letter for letter in "".join(owners) if letter.isalnum()})
        self._bytes = _WORDY.copy()
        self._bytes[[ord(letter) for letter in letters]] = numpy.arange(_OTHER + 1, _OTHER + 1 + len(letters), dtype=numpy.uint8)
        if len(letters) > 0xFF - _OTHER or max(letters, default="") > chr(_KNOWN - 1):
            raise ValueError("literals of more letters than there are bytes, or of letters that the table doesn't know")
        self._literals = [_chained(literal, owned) for literal, owned in owners.items()]
        self._automaton = ahocorasick_rs.BytesAhoCorasick([self._spelled(literal) for literal in owners])

    def _spelled(self, text: str) -> bytes:
        """The text in bytes, with a space for all that is neither letter nor digit, and around it."""
        codes: numpy.typing.NDArray[Any] | None = codes_of(text)
        if codes is None:
            codes = numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        return b"\0%b\0" % self._bytes.take(codes, mode="clip").tobytes()

    def find(self, folded: str, count: int) -> list[list[Any]]:
        found: list[list[Any]] = [[] for _ in range(count)]
        literals, made, kind = self._literals, tuple.__new__, Hit
        for which, start, end in self._automaton.find_matches_as_indexes(self._spelled(folded), overlapping=True):
            end -= 2  # the spelled text begins one character before, and so does the match
            literal, number, value, owner = literals[which]
            if literal and folded[start:end] != literal:  # other spaces or signs between the words
                continue
            while True:
                kept = found[number]
                if not kept or kept[-1][1] <= start or _gives_way(kept, start):
                    kept.append(made(kind, (start, end, value)))
                if owner is None:
                    break
                _, number, value, owner = owner
        return found


def _chained(literal: str, owners: Sequence[tuple[int, Any]]) -> _Literal:
    """A literal with its first owner; the next owner, if any, last, made likewise."""
    chain: _Literal | None = None
    for number, value in reversed(owners):
        # A literal of letters and figures alone is found as it stands: it needn't be compared.
        chain = "" if literal.isalnum() else literal, number, value, chain
    assert chain is not None
    return chain


def _gives_way(kept: list[Any], start: int) -> bool:
    """Whether hits of a lexicon give way to one that begins at ``start``: those do that are a part of it, and go.

    Matches come in the order of their ends, so the last ones may be.
    """
    first = len(kept)
    while first and kept[first - 1][0] >= start:
        first -= 1
    if first and kept[first - 1][1] > start:
        return False
    del kept[first:]
    return True


@lru_cache(maxsize=1)
def _pass(count: int) -> _Pass:
    return _Pass(build() for build in _members[:count])


@lru_cache(maxsize=TOGETHER)
def _all_hits(folded: str, count: int) -> list[list[Any]]:
    return _pass(count).find(folded, count)


def forget() -> None:
    """Let go of the texts that were read last, with their hits and numbers: where they were long."""
    for kept in (_all_hits, codes_of, digit_runs):
        kept.cache_clear()


def hits_of_all(folded: str) -> list[list[Any]]:
    """The hits of every lexicon that was declared ``in_one_pass``, in the order of their declaration."""
    return _all_hits(folded, len(_members))
