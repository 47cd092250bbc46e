"""One look at all letters of a text, a table look-up, which tells whether repairs have anything to do: for most texts, none."""

from __future__ import annotations

import unicodedata

import numpy

from transforms.clean import mojibake, unicode

MISREAD = 1  # letters that a wrong reading leaves: something for ``mojibake.repair``
UNSOUND = 2  # what ``unicode.mend`` replaces, or composing may change


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
    return table


_TABLE = _table()


def look(text: str) -> int:
    """Whether a text holds anything ``MISREAD`` or ``UNSOUND``; 0 for most.

    >>> look("Hội nghị tổng kết năm 2024"), look("Héi nghÞ"), look("a\\u0301\\u200b"), look("")
    (0, 1, 3, 0)
    """
    codes = numpy.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    return int(numpy.bitwise_or.reduce(_TABLE.take(codes)))
