"""Of which other figure a figure is a part: told by ``trong đó`` and ``gồm``."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.rows import Figure
from transforms.extract.counted import Counted
from transforms.text import holds_any


class Number(NamedTuple):
    """A number that counts something; ``start`` is where its digits or words begin, ``end`` where its unit ends."""

    start: int
    end: int
    value: float
    value_to: float | None
    counted: Counted


_PARTS = re.compile(r"(?<!\w)(?:trong đó|bao gồm|gồm)(?! cả)(?!\w)")
_FROM = ("từ ", "từ trên ", "từ khoảng ")
_BESIDE = 14  # characters between the two ends of a range
_MADE_OF = ("gồm", "bao gồm")
_JOINED = 40  # characters between two totals that are named together
_ENDS = ("từ ", "đến ", "tới ", "từ trên ", "đến trên ", "từ khoảng ", "đến gần ")
_OPPOSED = (" nhưng ", " thay vì ")  # what stands behind is another, not a part
_FAR = 300  # characters between a total and its parts
_OUT_OF = ("trong số ", "trong ")
_OUT_OF_SOME = tuple(f"{out}{some} " for out in ("trong số ", "trong tổng số ") for some in ("hơn", "gần", "trên", "khoảng"))
_BRACKETED = 14  # characters from a bracket to the number that it opens with, however qualified


def total_of(folded: str, number: Number, rows: list[Figure], first: int) -> int | None:
    """The figure of the same sentence of which a number is a part: the nearest before ``trong đó`` that counts the same.

    ``first`` is the row with which the sentence begins.
    """
    if first == len(rows) or number.counted.unit in ("%", "lần"):
        return None
    if folded.endswith(_ENDS if number.start - rows[-1].end_char <= _BESIDE else _FROM, 0, number.start):
        return None  # tàu có công suất từ 90 CV đến 1.100 CV
    if folded.endswith(_OUT_OF, 0, number.start) or folded.endswith(_OUT_OF_SOME, 0, number.start):
        return None  # chọn 1 trong số 2 bài thi
    marker = -1
    for match in _PARTS.finditer(folded, max(rows[first].end_char, number.start - _FAR), number.start):
        marker = match.start()
    if marker < 0 or _is_bracketed(folded, marker, number, rows[-1]):
        return None
    said = folded[marker : number.start]
    if holds_any(said, _OPPOSED) or (folded.startswith("(", marker - 1) and said.count(")") > said.count("(")):
        return None
    after_another = rows[-1].start_char > marker and rows[-1].unit == number.counted.unit
    if after_another and folded.find("riêng ", rows[-1].end_char, number.start) >= 0:
        return None  # trong đó phía nam đạt 90 ha, riêng vùng ấy đạt 70 ha: rather a part of that
    for at in range(len(rows) - 1, max(first, len(rows) - 8) - 1, -1):
        total = rows[at]
        if total.end_char <= marker and total.value > number.value and total.unit == number.counted.unit:
            beyond = [row for row in rows[at + 1 :] if row.start_char < marker]
            apart = folded.startswith(_MADE_OF, marker) and _is_apart(folded, total.end_char, beyond, marker)
            return None if apart or _is_one_of_two(folded, rows[first:], at - first, marker) else at
    return None


def _is_apart(folded: str, end: int, beyond: list[Figure], marker: int) -> bool:
    """Whether ``gồm`` tells what another figure is made of: ``đạt 9 tỷ USD, hơn cả 3 hãng gồm A (8 tỷ USD)``."""
    if folded.find(";", end, marker) >= 0 or len(beyond) > 1:
        return True
    return bool(beyond) and not holds_any(folded[beyond[-1].end_char : marker], (",", ":", "("))


def _is_one_of_two(folded: str, told: list[Figure], at: int, marker: int) -> bool:
    """Whether a total stands beside another of its kind: ``5 bài của học sinh và 4 bài của giáo viên, trong đó 3 bài …``."""
    for one, other in zip(told[max(at - 1, 0) : at + 1], told[max(at - 1, 0) + 1 : at + 2], strict=False):
        if other.end_char > marker or one.unit != other.unit or one.part_of is not None:
            continue
        between = folded[one.end_char : other.start_char]
        if " và " in between and len(between) <= _JOINED:
            return True
    return False


def _is_bracketed(folded: str, marker: int, number: Number, last: Figure) -> bool:
    """Whether a number stands in a bracket that a part opened: ``trong đó 3 bài đạt giải (2 bài của học sinh)``."""
    opened = folded.rfind("(", marker, number.start)
    if opened < 0 or folded.find(")", opened, number.start) >= 0 or folded.startswith("(", marker - 1):
        return False
    if number.start - opened > _BRACKETED:
        return last.end_char <= opened
    return last.start_char > marker and last.unit == number.counted.unit and folded.find(",", last.end_char, opened) < 0
