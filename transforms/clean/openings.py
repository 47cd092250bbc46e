"""By which word a line begins: what tells, at the cost of a look-up, that most patterns can't match it."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.clean.unicode import fold_tones

_WORD = re.compile(r"[^\W_]+")
_FIRST = re.compile(r"(?:\A|[|()?])(?:\?:)?([^\W\d_]+)")
_LONGEST = 24  # characters looked at


def first_word(text: str) -> str:
    """The folded first word of a line that begins with a letter or figure; empty for other lines.

    >>> first_word("Uỷ ban họp"), first_word("Đ/c Bùi An"), first_word("(Theo TTXVN)")
    ('ủy', 'đ', '')
    """
    found = _WORD.match(text, 0, _LONGEST)
    return _folded(found[0]) if found else ""


@lru_cache(maxsize=4096)  # lines begin by the same words again and again
def _folded(word: str) -> str:
    return fold_tones(word.lower())


def first_words(pattern: str) -> frozenset[str]:
    """The words by which a match of a pattern can begin (and more: the first words of all its groups).

    For patterns of plain words and groups only, whose optional beginnings are groups as well.

    >>> sorted(first_words(r"(?:các |một số )?(?:đại biểu|ông)\\b"))
    ['các', 'một', 'ông', 'đại']
    """
    return frozenset(_FIRST.findall(pattern))
