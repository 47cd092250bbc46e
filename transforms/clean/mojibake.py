"""Unicode text whose letters are those of a wrong reading, made whole again, line by line.

Two kinds. UTF-8 that was read as Windows-1252 or Latin-1, up to three times (``Há»™i nghá»‹``); and a Vietnamese encoding from
before Unicode that was (``Héi nghÞ`` is TCVN3, ``Hoäi nghò`` VNI). A line is repaired only where that makes its words Vietnamese
syllables which were none before; so French, and a text that merely quotes such signs, are left alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from transforms.clean import charsets
from transforms.clean.evidence import weigh
from transforms.clean.unicode import nfc_offsets
from transforms.offsets import Edit, OffsetMap, apply_edits

# The bytes 80-bf as either reading shows them. Windows-1252 leaves five bytes open, which come as control characters or are lost.
_TAILS = {chr(byte): byte for byte in range(0x80, 0xC0)} | {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xC0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TAIL = "[" + "".join(map(re.escape, _TAILS)) + "]"
_SIGN = re.compile(f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}|\xc3 ")
# What either kind holds and Vietnamese text hardly ever does: letters and signs of Latin-1 that are not Vietnamese; and the
# marks of decomposed text, which has to be composed before anything can be told.
ODD = re.compile("[\xa1-\xaa\xac-\xaf\xb1\xb3-\xba\xbe\xbfÃÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ€\u0300-\u036f]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")  # letters that no reading as Latin-1 gives
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SOFT_HYPHENS = re.compile("\xad+")
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
    return not text.isascii() and ODD.search(text) is not None


def repair(text: str) -> Repaired:
    """The text made whole and the way back.

    >>> repair("Há»™i nghá»‹ tá»•ng káº¿t")[0], repair("Hoäi nghò toång keát")[0]
    ('Hội nghị tổng kết', 'Hội nghị tổng kết')
    >>> repair("Thị xã « Ã » và Â; été à Orléans, Đà Nẵng 30 °C ± 1")[1] is None
    True
    """
    if not is_odd(text):
        return Repaired(text, None, frozenset())
    if not unicodedata.is_normalized("NFC", text):  # what was read wrongly was then decomposed: judged as it was before that
        composed = repair(unicodedata.normalize("NFC", text))
        if composed.offsets is None:
            return Repaired(text, None, frozenset())
        return composed._replace(offsets=nfc_offsets(text).then(composed.offsets))
    offsets = OffsetMap.identity(len(text))
    repairs: set[str] = set()
    units = _utf8_units(text)
    if units:
        repairs.add("mojibake")
        for number in range(max(unit.times for unit in units)):
            offsets = offsets.then(OffsetMap.later(partial(_pass_offsets, text, units, number)))
            text, units = _pass(text, units, number)
    name, legacy = _legacy_lines(text)
    if legacy:
        repairs.add("legacy_encoding")
        if _VIETNAMESE.search(text):
            repairs.add("mixed_encoding")
        offsets = offsets.then(OffsetMap.later(partial(_legacy_offsets, text, name, legacy)))
        text = _legacy_text(text, name, legacy)
    if not repairs and "\xad" in text:  # soft hyphens spoil what the letters tell, and are dropped later on
        edits = [Edit(match.start(), match.end(), "") for match in _SOFT_HYPHENS.finditer(text)]
        bare = repair(apply_edits(text, edits))
        if bare.offsets is not None:
            return bare._replace(offsets=OffsetMap.from_edits(len(text), edits).then(bare.offsets))
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
    current, signs = line, len(_SIGN.findall(line))
    for times in (1, 2, 3):
        reread = _SIGN.sub(_read, current)
        if reread == current:
            break
        current = reread
        after = weigh(current)
        better = after.bits > before.bits + lead and (before.share < 1 or not lead)
        left = len(_SIGN.findall(current))
        if better and (not lead or (after.words and after.share >= _SHARE)) and left * 10 <= signs:
            return times
        signs = left
    return 0


def _read(match: re.Match[str]) -> str:
    sign = match[0]
    if sign[1] == " ":  # the second half of "à" taken for a space: inside a word it is none, at its end it was often merged
        rest = match.string[match.end() : match.end() + 4]
        return "à" if rest[:1] == " " or _CONSONANTS.match(rest) or not rest[:1].isalnum() else "à "
    try:
        return bytes([ord(sign[0]), *(_TAILS[c] for c in sign[1:])]).decode("utf-8")
    except UnicodeDecodeError:
        return sign


def _pass(text: str, units: list[_Unit], number: int) -> tuple[str, list[_Unit]]:
    """One reading of the units that need it; and where the units stand after it."""
    parts: list[str] = []
    moved: list[_Unit] = []
    position = length = 0
    for start, end, times in units:
        made = _SIGN.sub(_read, text[start:end]) if number < times else text[start:end]
        parts += (text[position:start], made)
        length += start - position
        moved.append(_Unit(length, length + len(made), times))
        length += len(made)
        position = end
    parts.append(text[position:])
    return "".join(parts), moved


def _pass_offsets(text: str, units: list[_Unit], number: int) -> OffsetMap:
    edits = []
    for start, end, times in units:
        if number < times:
            for match in _SIGN.finditer(text[start:end]):
                edits.append(Edit(start + match.start(), start + match.end(), _read(match)))
    return OffsetMap.from_edits(len(text), edits)


def _legacy_lines(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The lines that are in an older encoding, read as Latin-1, and which encoding that is."""
    lines = [span for span in _lines(text) if not _VIETNAMESE.search(text, *span)]
    before = [weigh(text[start:end]) for start, end in lines]
    sample, length = [], 0
    for (start, end), was in zip(lines, before, strict=True):
        if was.share < _SHARE and length < _SAMPLE:
            sample.append(_bytes(text[start:end]))
            length += end - start
    joined = b"\n".join(sample)
    best, name = max((weigh(charsets.read(joined, name)).bits, name) for name in charsets.NAMES)
    evidence = weigh(charsets.read(joined, name))
    if evidence.words < _LEAST_WORDS or evidence.share < _FAIR or best < weigh(joined.decode("cp1252", "replace")).bits + 20:
        return name, []
    # Beyond doubt, less is asked of each line; and little of any, in a text that is nothing but this encoding.
    lead = 0.0 if evidence.words >= _MANY_SIGNS else math.inf
    if not lead and _VIETNAMESE.search(text) is None:
        lead = -_CERTAIN
    found = []
    for (start, end), was in zip(lines, before, strict=True):
        now = weigh(charsets.read(_bytes(text[start:end]), name))
        if (now.words and now.share >= _SHARE and now.bits > was.bits + _CERTAIN) or now.bits > was.bits + lead:
            found.append((start, end))
    return name, found


def _legacy_text(text: str, name: str, lines: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end in lines:
        raw = _bytes(text[start:end])
        made = apply_edits(text[start:end], _legacy_edits(text[start:end], raw, name)) if 0 in raw else charsets.read(raw, name)
        parts += (text[position:start], made)
        position = end
    return "".join(parts) + text[position:]


def _legacy_offsets(text: str, name: str, lines: list[tuple[int, int]]) -> OffsetMap:
    edits = []
    for start, end in lines:
        for edit in _legacy_edits(text[start:end], _bytes(text[start:end]), name):
            edits.append(Edit(start + edit.start, start + edit.end, edit.replacement))
    return OffsetMap.from_edits(len(text), edits)


def _legacy_edits(line: str, raw: bytes, name: str) -> list[Edit]:
    edits = []
    back = charsets.offsets(raw, name)
    for position, character in enumerate(charsets.read(raw, name)):
        first, last = back.to_input(position, position + 1)
        if character != line[first:last] and raw[first:last] != b"\0":
            edits.append(Edit(first, last, character))
    return edits


def _bytes(line: str) -> bytes:
    """The bytes that a reading as Windows-1252 or Latin-1 shows as these characters; zero for what no reading shows."""
    try:
        return line.encode("cp1252")
    except UnicodeEncodeError:
        return bytes(_TAILS.get(c, ord(c) if ord(c) < 0x100 else 0) for c in line)
