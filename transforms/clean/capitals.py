"""Capitals of texts that once were in TCVN3: its capital fonts had no accented capitals of their own.

A heading set in such a font holds small letters for them, and comes out of any converter as ``HộI NGHị TổNG KếT``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.clean.syllables import is_syllable
from transforms.offsets import Edit

PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UNMARKED = f"{PLAIN}ĂÂÊÔƠƯĐ"  # capitals that the fonts had
SMALL = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_CAPITAL = f"A-Z{SMALL.upper()}"
# A capital right before a small accented letter, and another capital in the same word: what one search over any text looks for.
_SIGN = re.compile(f"[{UNMARKED}](?:[{SMALL}]{{1,2}}[{PLAIN}]|[{UNMARKED}][{SMALL}])")
_WORD = re.compile(r"[^\W\d_]+")
_LOWERED = re.compile(f"[{_CAPITAL}{SMALL}]+")
_MAX_LINE = 10_000


def may_be_lowered(text: str) -> bool:
    """Whether ``edits`` has anything to look at."""
    return _SIGN.search(text) is not None


def edits(text: str) -> list[Edit]:
    """The letters to raise. Certain are words with two plain capitals that are syllables; with them, their short neighbours.

    >>> from transforms.offsets import apply_edits
    >>> apply_edits(raw := "HộI NGHị Và ý KIếN\\nTỉnh Hà Nam, HĐND, NGHị quyết của TTgCP", edits(raw))
    'HỘI NGHỊ VÀ Ý KIẾN\\nTỉnh Hà Nam, HĐND, NGHỊ quyết của TTgCP'
    """
    found: list[Edit] = []
    reached = 0
    while sign := _SIGN.search(text, reached):
        start = max(text.rfind("\n", reached, sign.start()) + 1, reached, sign.start() - _MAX_LINE)
        end = text.find("\n", sign.end(), sign.end() + _MAX_LINE)
        reached = end if end >= 0 else min(len(text), sign.end() + _MAX_LINE)
        found += _line(text, start, reached)
    return found


def _line(text: str, start: int, end: int) -> Iterator[Edit]:
    words = list(_WORD.finditer(text, start, end))
    kinds = [_kind(match[0]) for match in words]
    if "lowered" not in kinds:
        return
    for number, (match, kind) in enumerate(zip(words, kinds, strict=True)):
        if kind == "open":
            around = kinds[max(0, number - 1) : number] + kinds[number + 1 : number + 2]
            if not around or not all(k in ("upper", "lowered") or (k == "open" and number) for k in around):
                continue
            if not any(k in ("upper", "lowered") for k in around):
                continue
        elif kind != "lowered":
            continue
        for offset, letter in enumerate(match[0]):
            if letter.islower():
                position = match.start() + offset
                yield Edit(position, position + 1, letter.upper())


def _kind(word: str) -> str:
    """``upper``; ``lowered``: capitals but for accented letters; ``open``: one capital or none, so it could be either."""
    if word.isupper():
        return "upper" if len(word) > 1 else "open"
    if not _LOWERED.fullmatch(word) or not is_syllable(word):
        return ""
    capitals = sum(map(str.isupper, word))
    return "lowered" if capitals >= 2 else "open"
