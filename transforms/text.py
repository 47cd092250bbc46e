"""Letters, words, paragraphs and sentences of Vietnamese text, as spans of the text they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy
from numpy.typing import NDArray


class Paragraph(NamedTuple):
    """A kept block: ``text[start:end]``, with its role (``title``, ``lead``, ``heading``, ``body``)."""

    start: int
    end: int
    role: str


class Sentence(NamedTuple):
    """A sentence of a paragraph (``paragraph`` is its index). Titles and headings are one sentence each."""

    start: int
    end: int
    paragraph: int
    role: str


# Vietnamese letters, each class spelled out once; other Latin letters (foreign names) are included by range.
UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯ\u1ea0\u1ea2\u1ea4\u1ea6\u1ea8\u1eaa\u1eac\u1eae\u1eb0\u1eb2\u1eb4\u1eb6\u1eb8\u1eba\u1ebc\u1ebe" \
    "\u1ec0\u1ec2\u1ec4\u1ec6\u1ec8\u1eca\u1ecc\u1ece\u1ed0\u1ed2\u1ed4\u1ed6\u1ed8\u1eda\u1edc\u1ede\u1ee0\u1ee2\u1ee4" \
    "\u1ee6\u1ee8\u1eea\u1eec\u1eee\u1ef0\u1ef2\u1ef4\u1ef6\u1ef8"  # fmt: skip
LOWER = UPPER.lower().replace("à-öø-þ", "ß-öø-ÿ")

# A full stop that ends no sentence: after these, or after a single capital (initials), or inside numbers.
_ABBREVIATIONS = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "p",
        "q",
        "h",
        "x",
        "đ",
        "ts",
        "ths",
        "pgs",
        "gs",
        "bs",
        "cn",
        "ks",
        "ncs",
        "nsnd",
        "nsưt",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "no",
        "vd",
        "tr",
        "ths.bs",
        "đ/c",
        "tp.hcm",
    ]
)
_STOP = re.compile(r"[.!?…]+[\"”’»)\]]*")
_FULL_STOP = re.compile(r"\.+[\"”’»)\]]*")  # of a text without the others: a search for one letter is several times as fast
_TAIL = re.compile(r"([^\W\d_]+)$")


_ENDS = frozenset((*".!?…:;", "\n", ""))  # the last two: an empty line
_OPEN = frozenset(",(“–")  # at the end of a line: what follows belongs to it
_GOES_ON = frozenset(",;.)”%")  # at its beginning: it belongs to what stands before
_LIST_MARK = re.compile(r"[-–•*+]|(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[).]|[a-z][A-Z]|(?:https?|www)\b")  # - …, a) …, iPhone, www.
_LEADS_ON = re.compile(r"\s(?:tại|của|và|ở|với|là|từ|cho|đã|các|những|trong|bởi|theo|về|đến|như|hay|hoặc|bị|được|do)\Z")
_INLINE = 60  # letters of what stands out in a line: a name in bold, a link


def soft_ends(text: str, paragraphs: Sequence[Paragraph]) -> list[int]:
    """The line ends that fall within a sentence.

    Pages that are saved as plain text often break a line before and after what is bold or a link. Such a line end is told by
    the line after it (a small letter, a comma), by the word before it (a preposition), or by the other end of a short piece.
    A title neither goes on nor ends what stands before it.

    >>> lines = [Paragraph(0, 8, "body"), Paragraph(9, 13, "body"), Paragraph(14, 24, "body"), Paragraph(25, 32, "body")]
    >>> soft_ends("Ông, báo\\nDanh\\n, nói: Có.\\nBà nói.", lines)
    [8, 13]
    >>> soft_ends("Tin của\\nTên\\nvà Huế", [Paragraph(0, 7, "body"), Paragraph(8, 11, "title"), Paragraph(12, 18, "body")])
    []
    """
    soft: list[int] = []
    for number, (before, line) in enumerate(pairwise(paragraphs)):
        if "title" in (before.role, line.role) or not _is_broken(text, before, line.start):
            continue
        is_inner = number and paragraphs[number - 1].role != "title"
        is_piece = is_inner and before.end - before.start <= _INLINE and not _LIST_MARK.match(text, before.start)
        if is_piece and text[before.start - 2 : before.start - 1] not in _ENDS and before.start - 1 not in soft[-1:]:
            soft.append(before.start - 1)
        soft.append(before.end)
    return soft


def with_spaces(text: str, places: Sequence[int]) -> str:
    """The text with a space for the letter at each place."""
    letters = list(text)
    for place in places:
        letters[place] = " "
    return "".join(letters)


def joined(lines: Sequence[Sentence], soft: Sequence[int]) -> tuple[Sentence, ...]:
    """Sentences without those ends of lines that are none of theirs; each in the paragraph in which it begins.

    >>> joined([Sentence(0, 8, 0, "body"), Sentence(9, 13, 1, "heading"), Sentence(14, 20, 2, "body")], [8])
    (Sentence(start=0, end=13, paragraph=0, role='body'), Sentence(start=14, end=20, paragraph=2, role='body'))
    """
    found: list[Sentence] = []
    ends = set(soft)
    for line in lines:
        if found and found[-1].end in ends:
            begun = found.pop()
            role = line.role if begun.role == "heading" else begun.role
            found.append(Sentence(begun.start, line.end, begun.paragraph, role))
        else:
            found.append(line)
    return tuple(found)


def _is_broken(text: str, before: Paragraph, start: int) -> bool:
    """Whether the sentence of a line goes on in the next, which begins at ``start``."""
    last, first = text[before.end - 1 : before.end], text[start : start + 1]
    if first in _GOES_ON:
        return last not in _ENDS
    if last in _ENDS or not first.strip() or _LIST_MARK.match(text, start):
        return False
    return first.islower() or last in _OPEN or _LEADS_ON.search(text, max(before.start, before.end - 8), before.end) is not None


def sentences(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Sentence, ...]:
    """Split each paragraph into sentences, without the space around them.

    A sentence ends at ``.``, ``!``, ``?``, ``…`` (closing quotes and brackets included) or at the paragraph's end. Not at a
    semicolon; not at ``...`` or ``…`` before a lower-case letter; not after an abbreviation, an initial or a list number.

    >>> [s[:2] for s in sentences("Mở 1.250 lớp. TP. Huế dự… và nghe. Hết", [Paragraph(0, 38, "body")])]
    [(0, 13), (14, 34), (35, 38)]
    """
    found: list[Sentence] = []
    plain = not holds_any(text, "!?…")
    stops, sign = (_FULL_STOP, ".") if plain else (_STOP, "")
    for number, (begin, end, role) in enumerate(paragraphs):
        start = begin
        # A full stop that is the last letter ends nothing that the paragraph's end doesn't end.
        if role in ("lead", "body") and text.find(sign, begin, end - 1) >= 0:
            for stop in stops.finditer(text, begin, end):
                first, after = stop.span()
                if after < end and _ends_here(text, start, first, after, end):
                    _add(found, text, start, after, number, role)
                    start = after
        _add(found, text, start, end, number, role)
    return tuple(found)


def _ends_here(text: str, start: int, stop: int, after: int, end: int) -> bool:
    mark = text[stop:after]
    following = text[after : after + 2]
    if mark[0] == "." and not following[0].isspace():
        # Glued sentences ("năm 2023.Trong đó"): a capital right after a word of small letters, and no web address.
        return mark == "." and following[0].isupper() and text[stop - 2 : stop].isalpha() and text[stop - 2 : stop].islower() \
            and not following[1:2].isupper()  # fmt: skip
    first = following[1:2] if following[0].isspace() else following[0]
    if first.isspace():
        rest = text[after : min(after + 12, end)].lstrip()
        first = rest[:1]
    if mark.startswith(("...", "…", "..")) and (first.islower() or not following[0].isspace()):
        return False
    if first in ",;:":
        return False
    if mark.rstrip('"”’»)]') == "." and mark[-1] == ".":
        tail = _TAIL.search(text, max(start, stop - 8), stop)
        if tail:
            word = tail[1]
            if word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()):
                return False
        elif text[start:stop].strip().rstrip(")").isdigit():  # "1. Công tác": the number of a list item
            return False
    return True


_sentence = partial(tuple.__new__, Sentence)  # half the time of Sentence(…)


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int, role: str) -> None:
    """Add a sentence without the space around it, if anything is left of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(_sentence((start, end, paragraph, role)))


@lru_cache(maxsize=16)  # the lexicons, dates, figures and statements ask, one after the other
def codes_of(text: str) -> NDArray[numpy.uint16] | None:
    """The numbers of a text's characters, for look-ups of all of them at once; None where one needs more than 16 bits.

    >>> codes_of("Số 1").tolist(), codes_of("𝐀")
    ([83, 7889, 32, 49], None)
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    return numpy.frombuffer(encoded, "<u2") if len(encoded) == 2 * len(text) else None


_DIGIT = re.compile(r"\d+")
_KNOWN = 0x10000  # characters that the table knows
_IS_DIGIT = numpy.array([chr(number).isdecimal() for number in range(_KNOWN)], bool)


@lru_cache(maxsize=16)  # dates, figures and statements ask, one after the other
def digit_runs(text: str) -> list[int]:
    """Where digits begin, by one look-up of all characters: a search for them takes four times as long.

    >>> digit_runs("Ngày 6/2, 1.250 lớp")
    [5, 7, 10, 12]
    """
    codes = codes_of(text)
    if codes is None:
        return [match.start() for match in _DIGIT.finditer(text)]
    digits: list[int] = _IS_DIGIT.take(codes, mode="clip").nonzero()[0].tolist()
    return [digit for digit, before in zip(digits, [-2, *digits], strict=False) if digit != before + 1]


def holds_any(text: str, literals: Iterable[str]) -> bool:
    """Whether one of the literals stands in the text (a loop: ``any`` takes more than twice as long for a handful).

    >>> holds_any("Đã mở 12 lớp", ("mở", "đóng")), holds_any("Đã mở", ())
    (True, False)
    """
    for literal in literals:  # noqa: SIM110
        if literal in text:
            return True
    return False


class Spanned(Protocol):
    """A row of any table of mentions."""

    @property
    def start_char(self) -> int: ...

    @property
    def end_char(self) -> int: ...


class Spans:
    """Stretches of text, none around another: ``at in spans`` without a search through them all.

    >>> spans = Spans([(4, 7), (0, 2)])
    >>> [at in spans for at in (1, 2, 4)], spans.ends(7)
    ([True, False, True], True)
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    @classmethod
    def of(cls, rows: Iterable[Spanned]) -> Spans:
        return cls([(row.start_char, row.end_char) for row in rows])

    def __contains__(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at < self._ends[number]

    def ends(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at == self._ends[number]


def is_bounded(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` neither begins nor ends inside a word.

    >>> is_bounded("phân ban", 5, 8), is_bounded("phân bang", 5, 8)
    (True, False)
    """
    return not (start > 0 and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
