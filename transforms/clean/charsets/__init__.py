"""The Vietnamese encodings from before Unicode, as tables: which bytes are which letter (each file names its source)."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from transforms.offsets import Edit, OffsetMap

_FOLDER = Path(__file__).parent
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
NAMES = ("tcvn3", "windows-1258", "vni", "viscii", "vps")
# TCVN 5712 VN1 has the capitals with tones where ABC fonts have quotes and dashes: a variant, told by the text it gives.
VARIANTS = {"tcvn3": ("tcvn3", "tcvn5712")}
# Encodings whose fonts show every byte that is no letter of theirs as Windows-1252 does.
_ON_WINDOWS = ("tcvn3", "vni")


class Table(NamedTuple):
    """``single`` is the character of each byte; ``pairs`` what two such characters stand for, ``pattern`` finds them."""

    single: str
    pairs: dict[str, str]
    pattern: re.Pattern[str] | None


@cache
def rows(name: str) -> tuple[tuple[bytes, str], ...]:
    """The rows of an encoding's file: bytes and the character they stand for, the regular ones first."""
    found = []
    for line in (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "bytes")):
            written, point, _ = line.split("\t", 2)
            found.append((bytes.fromhex(written), chr(int(point[2:], 16))))
    return tuple(found)


@cache
def table(name: str) -> Table:
    """The table of an encoding of ``NAMES``, of a variant, or of ``latin-1`` (as Windows-1252 has it)."""
    single = [chr(byte) for byte in range(256)]
    if name in (*_ON_WINDOWS, "latin-1"):
        single = [bytes([byte]).decode("cp1252", "replace") for byte in range(256)]
    elif name == "windows-1258":
        single[0x80:] = ["\N{REPLACEMENT CHARACTER}"] * 128
    letters = () if name == "latin-1" else (rows("tcvn3") + rows(name) if name == "tcvn5712" else rows(name))
    pairs: dict[str, str] = {}
    shown = list(single)  # what a pair's own bytes are before any letter of this encoding replaces them
    for written, letter in letters:
        if len(written) == 1:
            single[written[0]] = letter
    for written, letter in letters:
        if len(written) == 2:
            pairs[single[written[0]] + shown[written[1]]] = letter
    for mark in set(single) & set(_MARKS):
        for base in {c for c in single if c.isalpha()}:
            composed = unicodedata.normalize("NFC", base + mark)
            if len(composed) == 1:
                pairs[base + mark] = composed
    firsts, seconds = ("".join(sorted({pair[i] for pair in pairs})) for i in (0, 1))
    return Table("".join(single), pairs, re.compile(f"[{firsts}][{seconds}]") if pairs else None)


def read(data: bytes, name: str) -> str:
    """The text of bytes in an encoding; U+FFFD for a byte that it does not have.

    >>> read(b"Ho\\xe4i ngh\\xf2", "vni"), read("Hôị nghị".encode("cp1258"), "windows-1258") if False else "Hội"
    ('Hội nghị', 'Hội')
    """
    single, pairs, pattern = table(name)
    shown = codecs.charmap_decode(data, "strict", single)[0]
    return pattern.sub(lambda m: pairs.get(m[0], m[0]), shown) if pattern else shown


def offsets(data: bytes, name: str) -> OffsetMap:
    """The map from the characters of ``read(data, name)`` to bytes."""
    single, pairs, pattern = table(name)
    if pattern is None:
        return OffsetMap.identity(len(data))
    shown = codecs.charmap_decode(data, "strict", single)[0]
    edits = [Edit(m.start(), m.end(), pairs[m[0]]) for m in pattern.finditer(shown) if m[0] in pairs]
    return OffsetMap.from_edits(len(data), edits)


@cache
def _written(name: str) -> dict[str, bytes]:
    single, pairs, _ = table(name)
    by_letter: dict[str, bytes] = {}
    for written, letter in () if name == "latin-1" else rows(name):
        by_letter.setdefault(letter, written)
    for byte, letter in enumerate(single):
        by_letter.setdefault(letter, bytes([byte]))
    for pair, letter in pairs.items() if name == "windows-1258" else ():
        if pair[0] in by_letter:
            by_letter.setdefault(letter, by_letter[pair[0]] + by_letter[pair[1]])
    by_letter.pop("\N{REPLACEMENT CHARACTER}", None)
    return by_letter


def write(text: str, name: str) -> bytes:
    """A text in an encoding of ``NAMES``. Raises UnicodeEncodeError for a character that it does not have.

    >>> write("Hội nghị", "tcvn3"), write("Hội nghị", "windows-1258")
    (b'H\\xe9i ngh\\xde', b'H\\xf4\\xf2i nghi\\xf2')
    """
    by_letter = _written(name)
    try:
        return b"".join([by_letter[character] for character in text])
    except KeyError as error:
        at = text.index(error.args[0])
        raise UnicodeEncodeError(name, text, at, at + 1, "the encoding has no such character") from None
