"""UTF-8 that was read as Windows-1252 or Latin-1, once or twice (``Há»™i nghá»‹``), made whole again.

A line is repaired only where it has no letter that is Vietnamese beyond doubt, and where the repair makes its words Vietnamese
syllables; so a text that merely quotes such signs is left alone.
"""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable
from transforms.offsets import Edit, OffsetMap, apply_edits

# The bytes 80-bf as either encoding shows them; a tail of a0 was often made a plain space.
_TAIL_OF = {bytes([b]).decode("cp1252"): b for b in range(0x80, 0xC0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_TAIL_OF |= {chr(b): b for b in range(0x80, 0xC0)}
_TAIL = "[" + "".join(map(re.escape, _TAIL_OF)) + "]"
_SIGN = re.compile(f"[\\xc2-\\xdf]{_TAIL}|[\\xe0-\\xef]{_TAIL}{_TAIL}|[\\xf0-\\xf4]{_TAIL}{_TAIL}{_TAIL}|\\xc3 (?=\\W|[a-z])")
_CERTAIN = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 2  # signs in a document
_SHARE = 0.8  # of its words with other than plain letters


def repair(text: str) -> tuple[str, OffsetMap | None]:
    """The text made whole and the way back; None where nothing was repaired.

    >>> repair("Há»™i nghá»‹ tá»•ng káº¿t")[0]
    'Hội nghị tổng kết'
    >>> repair("THỊ XÃ” và Ã”")[1] is None
    True
    """
    offsets: OffsetMap | None = None
    for _ in range(2):
        edits = _edits(text)
        if not edits:
            break
        step = OffsetMap.from_edits(len(text), edits)
        offsets = step if offsets is None else offsets.then(step)
        text = apply_edits(text, edits)
    return text, offsets


def _edits(text: str) -> list[Edit]:
    first = _SIGN.search(text)
    if first is None:
        return []
    edits: list[Edit] = []
    start = text.rfind("\n", 0, first.start()) + 1
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        edits += _line(text, start, end)
        found = _SIGN.search(text, end)
        if found is None:
            break
        start = text.rfind("\n", 0, found.start()) + 1
    return edits if len(edits) >= _LEAST else []


def _line(text: str, start: int, end: int) -> list[Edit]:
    if _CERTAIN.search(text, start, end):
        return []
    edits = []
    for match in _SIGN.finditer(text, start, end):
        made = _made(match[0])
        if made is not None:
            edits.append(Edit(match.start(), match.end(), made))
    if not edits:
        return []
    line = apply_edits(text[start:end], [Edit(e.start - start, e.end - start, e.replacement) for e in edits])
    if _SIGN.search(line):
        return edits  # broken twice: the next round judges
    words = [word for word in _WORD.findall(line) if not word.isascii()]
    good = sum(is_syllable(word) for word in words)
    return edits if good >= _SHARE * len(words) else []


def _made(sign: str) -> str | None:
    tail = bytes(0xA0 if c == " " else _TAIL_OF[c] for c in sign[1:])
    try:
        return (bytes([ord(sign[0])]) + tail).decode("utf-8")
    except UnicodeDecodeError:
        return None
