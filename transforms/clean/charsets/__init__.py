"""The Vietnamese encodings from before Unicode, as tables: which bytes are which letter (each file names its source)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
NAMES = ("tcvn3", "windows-1258", "vni", "viscii", "vps")
# TCVN 5712 VN1 has the capitals with tones where ABC fonts have quotes and dashes: a variant that is told by its text.
VARIANTS = {"tcvn3": ("tcvn3", "tcvn5712")}


class Table(NamedTuple):
    """``letters`` maps bytes, written as Latin-1 characters, to what they stand for; ``pattern`` finds the longest of them."""

    letters: dict[str, str]
    pattern: re.Pattern[str]


def _rows(name: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for line in (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "bytes")):
            written, point, _ = line.split("\t", 2)
            rows.setdefault(bytes.fromhex(written).decode("latin-1"), chr(int(point[2:], 16)))
    return rows


@cache
def table(name: str) -> Table:
    """The table of an encoding (of ``NAMES``, ``VARIANTS``, or ``viqr``)."""
    rows = _rows("tcvn3") | _rows(name) if name == "tcvn5712" else _rows(name)
    if name not in ("viqr", "viscii", "vps", "windows-1258"):
        # Fonts on Windows show every byte that they don't use for a letter as Windows-1252 does.
        for byte in range(0x80, 0x100):
            rows.setdefault(chr(byte), bytes([byte]).decode("cp1252", "replace"))
    marks = {written: letter for written, letter in rows.items() if letter in _MARKS}
    bases = [(c, c) for c in "aeiouyAEIOUY"] + [(w, c) for w, c in rows.items() if len(w) == 1 and c not in _MARKS]
    for written, mark in marks.items():
        for base, letter in bases:
            composed = unicodedata.normalize("NFC", letter + mark)
            if len(composed) == 1:
                rows[base + written] = composed
    longest = sorted(rows, key=lambda w: (-len(w), w))
    return Table(rows, re.compile("|".join(map(re.escape, longest))))
