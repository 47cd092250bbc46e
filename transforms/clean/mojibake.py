"""Unicode text whose letters are those of a wrong reading, made whole again, line by line.

Two kinds. UTF-8 that was read as Windows-1252 or Latin-1, up to three times (``Há»™i nghá»‹``); and a Vietnamese encoding from
before Unicode that was (``Héi nghÞ`` is TCVN3, ``Hoäi nghò`` VNI). A line is repaired only where that makes its words Vietnamese
syllables which were none before; so French, and a text that merely quotes such signs, are left alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.clean import charsets
from transforms.clean.evidence import weigh
from transforms.offsets import Edit, OffsetMap, apply_edits

# The bytes 80-bf as either reading shows them. Windows-1252 leaves five bytes open, which come as control characters or are lost.
_TAILS = {chr(byte): byte for byte in range(0x80, 0xC0)} | {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xC0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TAIL = "[" + "".join(map(re.escape, _TAILS)) + "]"
_SIGN = re.compile(f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}|\xc3 ")
# What either kind holds and Vietnamese text hardly ever does: letters and signs of Latin-1 that are not Vietnamese.
_ODD = re.compile("[\xa1-\xaa\xac-\xaf\xb1\xb3-\xba\xbe\xbfÃÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ€]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")  # letters that no reading as Latin-1 gives
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_RUN = re.compile(r"\S+")
_CONSONANTS = re.compile(r"(?:ng?h?|m|o|i|u|y|ch?|p|t|nh)(?![^\W\d_])")
_LEAST_SIGNS, _MANY_SIGNS, _LEAST_WORDS = 2, 10, 3
_CERTAIN = 10.0  # bits by which a repaired line must be likelier
_SHARE, _FAIR = 0.8, 0.75  # of words that must be syllables after a repair: of a line, of a text
_MAX_LINE = 100_000  # characters looked at as one line
_SAMPLE = 65_536  # of evidence


class Repaired(NamedTuple):
    """``offsets`` is None where nothing was repaired; ``repairs`` are codes of ``schemas.codes.REPAIRS``."""

    text: str
    offsets: OffsetMap | None
    repairs: frozenset[str]


class _Unit(NamedTuple):
    """A stretch to be read again (a line, or a word of one), and how many times."""

    start: int
    end: int
    times: int


def is_odd(text: str) -> bool:
    """Whether ``repair`` has anything to look at: the one question that nearly every text is asked."""
    return not text.isascii() and _ODD.search(text) is not None


def repair(text: str) -> Repaired:
    """The text made whole and the way back.

    >>> repair("Há»™i nghá»‹ tá»•ng káº¿t")[0], repair("Hoäi nghò toång keát")[0]
    ('Hội nghị tổng kết', 'Hội nghị tổng kết')
    >>> repair("Thị xã « Ã » và Â; été à Orléans, Đà Nẵng 30 °C ± 1")[1] is None
    True
    """
    if not is_odd(text):
        return Repaired(text, None, frozenset())
    offsets = OffsetMap.identity(len(text))
    repairs: set[str] = set()
    units = _utf8_units(text)
    if units:
        repairs.add("mojibake")
        for number in range(max(unit.times for unit in units)):
            edits, units = _pass(text, units, number)
            offsets = offsets.then(OffsetMap.from_edits(len(text), edits))
            text = apply_edits(text, edits)
    edits = _legacy_edits(text)
    if edits:
        repairs.add("legacy_encoding")
        if _VIETNAMESE.search(text):
            repairs.add("mixed_encoding")
        offsets = offsets.then(OffsetMap.from_edits(len(text), edits))
        text = apply_edits(text, edits)
    return Repaired(text, offsets if repairs else None, frozenset(repairs))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that are not plain ASCII; a line without end is cut into pieces."""
    reached = 0
    while odd := _BEYOND_ASCII.search(text, reached):
        start = max(text.rfind("\n", reached, odd.start()) + 1, odd.start() - _MAX_LINE, reached)
        end = text.find("\n", odd.start(), odd.start() + _MAX_LINE)
        if end < 0 and len(text) > odd.start() + _MAX_LINE:
            end = text.rfind(" ", odd.start() + 1, odd.start() + _MAX_LINE)
        reached = end if end > 0 else min(len(text), odd.start() + _MAX_LINE)
        yield start, reached


def _utf8_units(text: str) -> list[_Unit]:
    spans: list[tuple[int, int]] = []
    for start, end in _lines(text):
        if _SIGN.search(text, start, end) is None:
            continue
        if _VIETNAMESE.search(text, start, end):  # a line of both: its words by themselves
            runs = _RUN.finditer(text, start, end)
            spans += [m.span() for m in runs if _SIGN.search(m[0]) and not _VIETNAMESE.search(m[0])]
        else:
            spans.append((start, end))
    units = [_Unit(start, end, _times(text[start:end], _CERTAIN)) for start, end in spans]
    signs = sum(len(_SIGN.findall(text, start, end)) for start, end, times in units if times)
    if signs >= _MANY_SIGNS:  # a broken text beyond doubt: what little its other lines say is enough
        units = [unit if unit.times else unit._replace(times=_times(text[unit.start : unit.end], 0)) for unit in units]
    return [unit for unit in units if unit.times] if signs >= _LEAST_SIGNS else []


def _times(line: str, lead: float) -> int:
    """How many readings make the line Vietnamese, likelier by ``lead`` bits; 0 where none does, or where it was so before."""
    before = weigh(line)
    current = line
    for times in (1, 2, 3):
        edits = _reread(current)
        if not edits:
            break
        current = apply_edits(current, edits)
        after = weigh(current)
        better = after.bits > before.bits + lead and (before.share < 1 or not lead)
        if better and (not lead or (after.words and after.share >= _SHARE)) and not _SIGN.search(current):
            return times
    return 0


def _reread(line: str) -> list[Edit]:
    edits = []
    for match in _SIGN.finditer(line):
        sign = match[0]
        if sign[1] == " ":  # the second half of "à" taken for a space: inside a word it is none, at its end it was often merged
            rest = line[match.end() : match.end() + 4]
            joined = rest[:1] == " " or _CONSONANTS.match(rest) or not rest[:1].isalnum()
            edits.append(Edit(match.start(), match.end(), "à" if joined else "à "))
            continue
        try:
            made = bytes([ord(sign[0]), *(_TAILS[c] for c in sign[1:])]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        edits.append(Edit(match.start(), match.end(), made))
    return edits


def _pass(text: str, units: list[_Unit], number: int) -> tuple[list[Edit], list[_Unit]]:
    """One reading of the units that need it; and where the units stand after it."""
    edits: list[Edit] = []
    moved: list[_Unit] = []
    shift = 0
    for start, end, times in units:
        longer = 0
        if number < times:
            for edit in _reread(text[start:end]):
                edits.append(Edit(start + edit.start, start + edit.end, edit.replacement))
                longer += len(edit.replacement) - (edit.end - edit.start)
        moved.append(_Unit(start + shift, end + shift + longer, times))
        shift += longer
    return edits, moved


def _legacy_edits(text: str) -> list[Edit]:
    """The edits that turn lines in an older encoding, read as Latin-1, into Unicode."""
    lines = [span for span in _lines(text) if not _VIETNAMESE.search(text, *span)]
    before = [weigh(text[start:end]) for start, end in lines]
    data = [_bytes(text[start:end]) for start, end in lines]
    sample = b"\n".join(line for line, was in zip(data, before, strict=True) if was.share < _SHARE)[:_SAMPLE]
    best, name = max((weigh(charsets.read(sample, name)).bits, name) for name in charsets.NAMES)
    evidence = weigh(charsets.read(sample, name))
    if evidence.words < _LEAST_WORDS or evidence.share < _FAIR or best < weigh(sample.decode("cp1252", "replace")).bits + 20:
        return []
    edits = []
    # Beyond doubt, less is asked of each line; and little of any, in a text that is nothing but this encoding.
    lead = 0.0 if evidence.words >= _MANY_SIGNS else math.inf
    if not lead and _VIETNAMESE.search(text) is None:
        lead = -_CERTAIN
    for (start, _), raw, was in zip(lines, data, before, strict=True):
        made = charsets.read(raw, name)
        now = weigh(made)
        if (now.words and now.share >= _SHARE and now.bits > was.bits + _CERTAIN) or now.bits > was.bits + lead:
            back = charsets.offsets(raw, name)
            for position, character in enumerate(made):
                first, last = back.to_input(position, position + 1)
                if character != text[start + first : start + last] and raw[first:last] != b"\x00":
                    edits.append(Edit(start + first, start + last, character))
    return edits


def _bytes(line: str) -> bytes:
    """The bytes that a reading as Windows-1252 or Latin-1 shows as these characters; zero for what no reading shows."""
    try:
        return line.encode("cp1252")
    except UnicodeEncodeError:
        return bytes(_TAILS.get(c, ord(c) if ord(c) < 0x100 else 0) for c in line)
