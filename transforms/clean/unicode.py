"""Unicode repair, with exact offsets, and the two foldings that comparison needs.

``mend`` gives every text one form: NFC, Vietnamese letters for their lookalikes, no invisible or control characters. It keeps
the author's spelling (tone placement, quotes, dashes) and all line breaks and tabs; space is collapsed elsewhere, per block.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from transforms.clean import capitals
from transforms.clean.syllables import is_syllable
from transforms.offsets import Edit, OffsetMap, apply_edits

_MAX_WORD = 24  # letters looked at around a lookalike
_MAX_ROUNDS = 8


class Mended(NamedTuple):
    """A text after repair, the way back, and what was done (codes of ``schemas.codes.REPAIRS``)."""

    text: str
    offsets: OffsetMap
    repairs: tuple[str, ...]


# What single characters become. C1 controls are what a cp1252 text read as Latin-1 holds for its quotes and dashes.
_ZERO_WIDTH = "\u00ad\u034f\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Zero-width joiners hold emoji together; anywhere else they are debris.
_CHARACTER = re.compile(f"[{_ZERO_WIDTH}{_CONTROLS}{_PRIVATE}{_SPACES}\u200d]")
_JOINED = re.compile("[\ufe0f\U0001f000-\U0001ffff]")
_BREAKS = {"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\x07": "\t", "\x1e": "-"}
# The Symbol and Wingdings bullets that Word leaves as private-use characters (source: the fonts' own charts).
_BULLETS = {
    **dict.fromkeys("\uf0b7\uf0a7\uf06e\uf0d8\uf076\uf0a8\uf06c\uf09f\uf071\uf0b2\uf077\uf075", "\N{BULLET}"),
    "\uf0fc": "\N{CHECK MARK}",
    "\uf0e0": "\N{RIGHTWARDS ARROW}",
    "\uf0ae": "\N{RIGHTWARDS ARROW}",
    "\uf02d": "-",
    "\uf0be": "-",
    "\uf020": " ",
}
# Letters taken for Vietnamese ones, all seen in real pages. Ð is Icelandic, Ɖ Ewe, ƣ the gha of old Turkic alphabets, ǎ Pinyin.
_LETTERS = {
    "\N{LATIN CAPITAL LETTER ETH}": "Đ",
    "\N{LATIN SMALL LETTER ETH}": "đ",
    "\N{LATIN CAPITAL LETTER AFRICAN D}": "Đ",
    "\N{LATIN SMALL LETTER D WITH TAIL}": "đ",
    "\N{LATIN CAPITAL LETTER OI}": "Ư",
    "\N{LATIN SMALL LETTER OI}": "ư",
    "\N{LATIN CAPITAL LETTER A WITH CARON}": "Ă",
    "\N{LATIN SMALL LETTER A WITH CARON}": "ă",
    **dict(zip("АВСЕНІКМОРТХУаеосрхуі", "ABCEHIKMOPTXYaeocpxyi", strict=True)),  # Cyrillic
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),  # Greek
}
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LOOKALIKE = re.compile(f"[{''.join(_LETTERS)}]")
# Accents printed after their letter, and the combining marks that they stand for.
_ACCENTS = {
    "`": "\u0300", "\N{ACUTE ACCENT}": "\u0301", "\N{SMALL TILDE}": "\u0303", "\N{MODIFIER LETTER GRAVE ACCENT}": "\u0300",
    "\N{MODIFIER LETTER ACUTE ACCENT}": "\u0301",
}  # fmt: skip
_MARK = re.compile(f"[{''.join(_ACCENTS)}]")
_ACCENT = re.compile(f"[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][{''.join(_ACCENTS)}](?!`)")
_WORD = re.compile(r"[^\W\d_]*")
_WORD_BEFORE = re.compile(r"[^\W\d_]*\Z")
_CLUSTER = re.compile(
    "[^\u0300-\u036f][\u0300-\u036f]+|[\u0340\u0341\u0343\u0344\u0374\u037e\u0387\u1f71-\u1fff\u2000\u2001\u2126\u212a\u212b]"
)

# Nothing of all this in a text means nothing to do: one scan, at memory speed, over almost every text.
ODD = re.compile(f"[{_ZERO_WIDTH}{_CONTROLS}{_PRIVATE}{_SPACES}\u200d{''.join(_LETTERS)}{''.join(_ACCENTS)}]")
_PLAIN_SPACES = dict.fromkeys([0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)], " ")


_SAME = OffsetMap.identity(0)


def mend(text: str) -> Mended:
    """The text in its one form. ``mend(mend(x).text)`` changes nothing; NFC and NFD inputs give the same text.

    Left alone: Ð and ð in words that are no Vietnamese syllables (Guðni); tone marks where the author put them; unknown letters.

    >>> mend("Ðảng ủy\\u200b xã, số 05-NÐ/CP, trƣờng, ô`n ào").text
    'Đảng ủy xã, số 05-NĐ/CP, trường, ồn ào'
    >>> mended = mend("hô\\u0323i\\u00a0nghi\\u0323")
    >>> mended.text, mended.offsets.to_input(0, 3), mended.repairs
    ('hội nghị', (0, 4), ('nfc',))
    """
    composed = unicodedata.is_normalized("NFC", text)
    if composed and ODD.search(text) is None and not capitals.may_be_lowered(text):
        return Mended(text, _SAME, ())  # nearly every text
    offsets = OffsetMap.identity(len(text))
    repairs: set[str] = set()
    if not composed:
        text, offsets, _ = _composed(text)
        repairs.add("nfc")
    odd = ODD.search(text)
    if odd is not None and odd[0] == "\u00a0":
        text = text.replace("\u00a0", " ")  # same length, and by far the most frequent
        odd = ODD.search(text, odd.start())
    if odd is None:
        text = _raised(text, repairs)
        return Mended(text, offsets, tuple(sorted(repairs)))
    for number in range(_MAX_ROUNDS):
        before = text
        for step in (_composed, _characters, _lookalikes, _accents)[number == 0 :]:
            changed, map_, done = step(text)
            if done is not None:
                offsets = offsets.then(map_)
                repairs |= done
                text = changed
        if text == before:
            break
    text = _raised(text, repairs)
    return Mended(text, offsets, tuple(sorted(repairs)))


def _raised(text: str, repairs: set[str]) -> str:
    """Capitals of texts that were in TCVN3; of the same length."""
    edits = capitals.edits(text)
    if edits:
        repairs.add("legacy_encoding")
    return apply_edits(text, edits)


_Step = tuple[str, OffsetMap, "set[str] | None"]


def _composed(text: str) -> _Step:
    if unicodedata.is_normalized("NFC", text):
        return text, OffsetMap.identity(0), None
    return unicodedata.normalize("NFC", text), OffsetMap.later(partial(nfc_offsets, text)), {"nfc"}


def nfc_offsets(text: str) -> OffsetMap:
    """The offsets of composing ``text``: cluster by cluster where it is Latin, else by stable characters."""
    compose = partial(unicodedata.normalize, "NFC")
    edits = [Edit(m.start(), m.end(), new) for m in _CLUSTER.finditer(text) if (new := compose(m[0])) != m[0]]
    if apply_edits(text, edits) != compose(text):
        edits, start = [], 0
        for end in range(1, len(text) + 1):
            if end == len(text) or _is_stable(text[end]):
                new = compose(text[start:end])
                if new != text[start:end]:
                    edits.append(Edit(start, end, new))
                start = end
    return OffsetMap.from_edits(len(text), edits)


def _is_stable(character: str) -> bool:
    """Whether a character never composes with what stands before it: no mark, no Hangul vowel or final."""
    return not (unicodedata.category(character)[0] == "M" or "\u1161" <= character <= "\u11ff")


def _characters(text: str) -> _Step:
    done: set[str] = set()

    def become(match: re.Match[str]) -> str:
        character = match[0]
        if ord(character) in _PLAIN_SPACES:
            return " "
        if character == "\u200d" and match.start() and _JOINED.match(match.string, match.start() - 1):
            return character
        if character in "\u200d\u00ad\ufeff" or unicodedata.category(character) == "Cf" or character == "\u034f":
            done.add("control_chars" if "\ufff9" <= character <= "\ufffb" else "zero_width")
            return ""
        if unicodedata.category(character) == "Co":
            done.add("private_use")
            return _BULLETS.get(character, "")
        done.add("control_chars")
        if "\x80" <= character <= "\x9f":
            return character.encode("latin-1").decode("cp1252", "ignore")
        return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= character <= "\udfff" else _BREAKS.get(character, "")

    return _substituted(_CHARACTER, become, text, done)


def _substituted(pattern: re.Pattern[str], become: Callable[[re.Match[str]], str], text: str, done: set[str]) -> _Step:
    changed = pattern.sub(become, text)
    if changed == text:
        return text, OffsetMap.identity(0), None

    def build() -> OffsetMap:
        found = [Edit(m.start(), m.end(), become(m)) for m in pattern.finditer(text)]
        return OffsetMap.from_edits(len(text), [edit for edit in found if text[edit.start : edit.end] != edit.replacement])

    return changed, OffsetMap.later(build), done


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The letters right before and right after a span."""
    before = _WORD_BEFORE.search(text[max(0, start - _MAX_WORD) : start])
    after = _WORD.match(text, end, end + _MAX_WORD)
    return before[0] if before else "", after[0] if after else ""


def _lookalikes(text: str) -> _Step:
    return _substituted(_LOOKALIKE, _letter, text, {"lookalikes"})


def _letter(match: re.Match[str]) -> str:
    letter, wanted = match[0], _LETTERS[match[0]]
    if wanted in "ưƯ":
        return wanted
    before, after = _around(match.string, match.start(), match.end())
    word = before + letter + after
    if _FOREIGN.match(letter):
        # Inside a word of Latin letters, with no other letter of the foreign alphabet than those that look the same.
        latin = "".join(_LETTERS.get(c, c) if _FOREIGN.match(c) else c for c in word)
        mixed = any(c.isalpha() and not _FOREIGN.match(c) for c in word)
        return wanted if mixed and not _FOREIGN.search(latin) else letter
    plain = "".join(_LETTERS.get(c, c) for c in word)
    if wanted in "đĐ" and (len(word) == 1 or word.isupper()):
        return wanted  # abbreviations (NÐ-CP, HÐND) and the sign of the currency (5.000 ð)
    return wanted if is_syllable(plain) else letter


def _accents(text: str) -> _Step:
    if _MARK.search(text) is None:
        return text, OffsetMap.identity(0), None
    return _substituted(_ACCENT, _accented, text, {"spacing_accents"})


def _accented(match: re.Match[str]) -> str:
    vowel, accent = match[0][0], match[0][1]
    text, start, end = match.string, match.start(), match.end()
    before, after = _around(text, start, end)
    if accent == "`" and (text[max(0, start - len(before) - 1) : start][:1] == "`" or not (after or not vowel.isascii())):
        return match[0]  # the end of code in Markdown, or a quote
    composed = unicodedata.normalize("NFC", vowel + _ACCENTS[accent])
    return composed if len(composed) == 1 and is_syllable(before + composed + after) else match[0]


# Tone marks of open syllables in oa, oe, uy: on the first vowel ("hòa"), where the older habit has them on the second ("hoà").
# What stands before and after is asked last: of the letters o and u, which are many, few are followed by such a vowel.
_SECOND = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?!\w)(?<![qQ]..)")


def _moved() -> dict[str, str]:
    folded = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for mark in "\u0300\u0301\u0309\u0303\u0323":
            for one in (first, first.upper()):
                for two in (second, second.upper()):
                    key = unicodedata.normalize("NFC", one + two + mark)
                    folded[key] = unicodedata.normalize("NFC", one + mark + two)
    return folded


_MOVED = _moved()


def fold_tones(text: str) -> str:
    """One placement of tone marks, for comparison and canonical columns; of the same length for NFC text.

    >>> fold_tones("Thuỷ, hoà, UỶ BAN; quý, Quỳnh, toàn, khoẻ khoắn, xoáy")
    'Thủy, hòa, ỦY BAN; quý, Quỳnh, toàn, khỏe khoắn, xoáy'
    """
    return _SECOND.sub(_fold, text)


_PLAIN = str.maketrans("đðĐÐ", "ddDD")


def without_marks(text: str) -> str:
    """Vietnamese letters as addresses and some acronyms print them, without any mark.

    >>> without_marks("Đảng ủy ở Huế")
    'Dang uy o Hue'
    """
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).translate(_PLAIN)


@lru_cache(maxsize=256)  # a line is asked about many times in a row
def fold_line(text: str) -> str:
    """Lower case and folded tones, for matching the words of a line.

    >>> fold_line("UỶ BAN Hoà Bình")
    'ủy ban hòa bình'
    """
    return fold_tones(text.lower())


_OPENING = 48  # characters; longer than anything that a line is told by at its beginning


def fold_opening(text: str) -> str:
    """``fold_line`` of a line's beginning.

    >>> fold_opening("Uỷ ban " * 20) == fold_line("Uỷ ban " * 20)[:48]
    True
    """
    return fold_line(text[:_OPENING])


def _fold(match: re.Match[str]) -> str:
    return _MOVED.get(match[0], match[0])


@lru_cache(maxsize=4096)  # names come again and again
def fold_key(text: str) -> str:
    """The form in which names and terms are compared: NFC, caseless, folded tones, single spaces.

    >>> fold_key("  Uỷ  ban\\u00a0NHÂN dân ")
    'ủy ban nhân dân'
    """
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    caseless = unicodedata.normalize("NFC", composed.casefold())
    return " ".join(fold_tones(caseless).split())
