"""What the words of an article's sentences weigh, all sentences at once: words are told by hashes that numpy makes in one sweep.

A word's hash is a polynomial of its letters (a difference of two prefix sums, moved to the word's beginning), so that no word
has to be cut out of the text; a pair's is made of those of its two words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from transforms.text import codes_of

_Hashes = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among the 64-bit numbers
_INVERSE = pow(_BASE, -1, 1 << 64)
_PAIR, _APART = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)
_STIR = 0xE7037ED1A0B428DB  # brings differences between short words up to the highest bits
_ALL = (1 << 64) - 1
_BUCKET, _SLOT = np.uint64(64 - 12), np.uint64(64 - 15)  # the highest bits of a hash tell its bucket
_MARKS = "“”\"?!:;…"  # these are words too
_KNOWN = 0x10000  # characters that the table knows: those beyond are left to others
_LETTER, _MARK = 1, 2
STORED = np.int16  # of a weight, as small as it gets: between two articles the tables leave the processor's cache
_KIND_OF = np.array(
    [_MARK if c in _MARKS else _LETTER if c.isalnum() and not c.isdecimal() else 0 for c in map(chr, range(_KNOWN))], np.uint8
)


@lru_cache(maxsize=2)  # of most texts, and of a long one
def _powers(count: int) -> tuple[_Hashes, _Hashes]:
    """The powers of the base, and of its inverse (stirred)."""
    found = []
    for first, base in ((1, _BASE), (_STIR, _INVERSE)):
        steps = np.full(count, base, np.uint64)
        steps[0] = first
        found.append(np.cumprod(steps, dtype=np.uint64))
    return found[0], found[1]


class WordWeights:
    """Weights of words and of pairs of words (``"hai mươi"``), a row of whole numbers each.

    >>> weights = WordWeights({"hai": (1, 0), "hai mươi": (5, 2)})
    >>> weights.sums("hai, hai mươi. hai", [(0, 14), (15, 18)]).tolist()
    [[6, 2], [1, 0]]
    """

    def __init__(self, weights: Mapping[str, Sequence[int]]) -> None:
        known = {}
        for sign, row in weights.items():
            text = sign.replace(" ", "\n")
            codes = codes_of(text)
            assert codes is not None
            hashes, _ = _hashes(text, codes, np.array([(0, len(text))]))
            if sign.count(" ") == len(hashes) - 1 < 2:
                known[int(hashes[0] if len(hashes) == 1 else _pairs(hashes)[0])] = row
        if len(known) != sum(sign.count(" ") < 2 for sign in weights):
            raise ValueError("a sign is neither a word nor a pair, or two have one hash")
        self._hashes = np.array(list(known), np.uint64)
        self._rows = np.array(list(known.values()), STORED)
        self._factors, self._slots = _places(list(known))

    def sums(self, folded: str, spans: Sequence[tuple[int, int]]) -> NDArray[np.int64] | None:
        """The weights of what stands in each span, each word and pair counted once; None where a letter is beyond the table."""
        codes = codes_of(folded)
        if codes is None or not folded:
            return None
        words, owners = _hashes(folded, codes, np.array(spans))
        together = owners[:-1] == owners[1:]
        found = np.concatenate([words, _pairs(words)[together]])
        owners = np.concatenate([owners, owners[:-1][together]])
        # Numbers of places are small: seen as signed ones, they needn't be turned into such.
        factors = self._factors.take((found >> _BUCKET).view(np.int64))
        signs = self._slots.take(((found * factors) >> _SLOT).view(np.int64))
        hit = self._hashes.take(signs) == found
        count = 1 << len(self._hashes).bit_length()
        seen = owners[hit] * count + signs[hit]
        seen.sort()
        fresh = np.ones(len(seen), bool)
        np.not_equal(seen[1:], seen[:-1], out=fresh[1:])
        once = seen[fresh]
        summed = np.zeros((self._rows.shape[1], len(once) + 1), np.int64)
        self._rows.take(once & count - 1, axis=0).T.cumsum(axis=1, out=summed[:, 1:])
        ends = once.searchsorted(np.arange(0, (len(spans) + 1) * count, count))
        reached = summed.take(ends, axis=1)
        sums: NDArray[np.int64] = (reached[:, 1:] - reached[:, :-1]).T
        return sums


    def sums_of_all(self, texts: Sequence[tuple[str, Sequence[tuple[int, int]]]]) -> list[NDArray[np.int64]]:
        """What ``sums`` gives for each text and its spans, made in one sweep: of letters that the table knows, and few texts.

        >>> weights = WordWeights({"hai": (1, 0), "hai mươi": (5, 2)})
        >>> [sums.tolist() for sums in weights.sums_of_all([("hai", [(0, 3)]), ("", []), ("mươi", [(0, 4)])])]
        [[[1, 0]], [], [[0, 0]]]
        """
        spans, ends, at = [], [], 0
        for text, inside in texts:
            spans += [(start + at, end + at) for start, end in inside]
            ends.append(len(spans))
            at += len(text) + 1
        sums = self.sums("\n".join([text for text, _ in texts]), spans) if spans else None
        if sums is None:
            sums = np.zeros((len(spans), self._rows.shape[1]), np.int64)
        return np.split(sums, ends[:-1])


def _places(hashes: Sequence[int]) -> tuple[_Hashes, NDArray[np.uint16]]:
    """A place of its own for each hash: what a bucket's hashes are multiplied by, and whose place that leads to.

    So three look-ups tell which sign a hash is of, if any; a search through the sorted ones takes eight times as long.
    """
    buckets: dict[int, list[int]] = {}
    for number, one in enumerate(hashes):
        buckets.setdefault(one >> int(_BUCKET), []).append(number)
    factors, slots, taken = np.ones(1 << 64 - int(_BUCKET), np.uint64), np.zeros(1 << 64 - int(_SLOT), np.uint16), set[int]()
    for bucket, numbers in sorted(buckets.items(), key=lambda one: -len(one[1])):
        factor, places = 1, list[int]()
        while len({*places}) < len(numbers) or not taken.isdisjoint(places):
            factor += 2
            places = [(hashes[number] * factor & _ALL) >> int(_SLOT) for number in numbers]
        factors[bucket] = factor
        slots[places] = numbers
        taken.update(places)
    return factors, slots


def _pairs(words: _Hashes) -> _Hashes:
    return words[:-1] * _PAIR + words[1:] + _APART


def _hashes(text: str, codes: NDArray[np.uint16], spans: NDArray[np.int64]) -> tuple[_Hashes, NDArray[np.int64]]:
    """The words inside the spans, and the number of the span that each is in; a span's borders cut words in two."""
    length = len(text)
    kinds = np.zeros(length + 2, np.uint8)
    kinds[1:-1] = _KIND_OF.take(codes)
    cut = np.zeros(length + 1, bool)
    cut[spans] = True
    before, after = kinds[:-1], kinds[1:]
    parted = cut | (before != after)
    parted |= after == _MARK
    begins = (parted & (after != 0)).nonzero()[0]
    ends = (parted & (before != 0)).nonzero()[0]
    owners = spans[:, 0].searchsorted(begins, "right") - 1
    inside = (owners >= 0) & (ends <= spans[:, 1].take(owners))
    if not inside.all():
        begins, ends, owners = begins[inside], ends[inside], owners[inside]
    powers, inverses = _powers(1 << max(14, length.bit_length()))
    prefix = np.zeros(length + 1, np.uint64)
    (codes * powers[:length]).cumsum(out=prefix[1:])
    return (prefix.take(ends) - prefix.take(begins)) * inverses.take(begins), owners
