"""One look at all letters of a text, a table look-up, which tells whether repairs have anything to do: for most texts, none."""

from __future__ import annotations

import unicodedata

import numpy

from transforms.clean import capitals, mojibake, unicode

MISREAD = 1  # letters that a wrong reading leaves: something for ``mojibake.repair``
UNSOUND = 2  # what ``unicode.mend`` replaces, or composing may change
UNEVEN = 4  # what ``capitals.may_be_lowered`` looks for, and perhaps a little more
_CAPITAL, _SMALL, _PLAIN_CAPITAL = 8, 16, 32  # of the table only: each half the next, so that neighbours are compared by a shift


def _table() -> numpy.typing.NDArray[numpy.uint8]:
    everything = "".join(map(chr, range(0x10000)))
    table = numpy.zeros(0x10000, numpy.uint8)
    for pattern, letters in ((mojibake.ODD, MISREAD), (unicode.ODD, UNSOUND)):
        for found in pattern.finditer(everything):
            table[found.start()] |= letters
    for number, character in enumerate(everything):
        # Of what normalization may compose, everything is a mark or a Korean letter, or has a composed form of its own.
        combines = unicodedata.category(character) in ("Mn", "Mc", "Me") or 0x1100 <= number < 0x1200
        if combines or not unicodedata.is_normalized("NFC", character):
            table[number] |= UNSOUND
    table[0xD800:0xE000] = UNSOUND  # beyond the table: to be looked at closely
    for those, kind in ((capitals.PLAIN, _PLAIN_CAPITAL), (capitals.UNMARKED, _CAPITAL), (capitals.SMALL, _SMALL)):
        table[[ord(letter) for letter in those]] |= kind
    return table


_TABLE = _table()


def look(text: str) -> int:
    """Whether a text holds anything ``MISREAD``, ``UNSOUND`` or ``UNEVEN``; 0 for most.

    >>> look("Hội nghị tổng kết năm 2024"), look("Héi nghÞ"), look("a\\u0301\\u200b"), look("HộI NGHị"), look("")
    (0, 1, 3, 4, 0)
    """
    codes = numpy.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    kinds = _TABLE.take(codes, mode="clip")  # nothing to clip, but three times as fast as with the check for it
    found = int(numpy.bitwise_or.reduce(kinds))
    if not found & _SMALL:
        return found & (MISREAD | UNSOUND)
    # A small accented letter before a plain capital, or after two capitals: all letters compared with their neighbours at once.
    pairs = kinds[:-1] & (kinds >> 1)[1:]  # a small one before a plain capital, a capital before a small one
    uneven = int(numpy.bitwise_or.reduce(pairs)) & _SMALL or int(numpy.bitwise_or.reduce(pairs[1:] & kinds[:-2])) & _CAPITAL
    return found & (MISREAD | UNSOUND) | (UNEVEN if uneven else 0)
