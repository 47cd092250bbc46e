"""The names that an office is given to in a list: ``các Phó Chủ tịch: A, B và C``."""

from __future__ import annotations

import re

from transforms.extract.mention import Mention

_LISTED = re.compile(r"(?: ?[,;]| và|, và)(?: các)?(?: đồng chí| đ/c| ông| bà)? ?")
_BRACKETED = re.compile(r" \([^()\n]{1,120}\)(?: ?[,;]| và) ?(?:đồng chí |đ/c |ông |bà )?")
# Between the members of a committee who are named with their offices: "các Ủy viên Trung ương Đảng: A, Bí thư Tỉnh ủy; B, …"
_MEMBERS = re.compile(r"(?: ?[,(–-] ?(?:[^;.:\n]|\.(?! )){1,200})?; ?(?:và )?")  # "T.Ư" is within


def outside(text: str, mentions: list[Mention], number: int, start: int) -> int:
    """The name before an office, past one in brackets that are closed before it: ``ông A (chồng bà B) làm Giám đốc``."""
    gap = text[mentions[number].end : min(start, mentions[number].end + 60)]
    closed = gap.find(")")
    return number - 1 if number and closed >= 0 and "(" not in gap[:closed] else number


def list_of(text: str, mentions: list[Mention], first: int, members: str | None = None) -> list[int]:
    """The names of ``các Phó Chủ tịch: A, B và C``, as far as nothing else stands between them.

    ``members``: each may have offices of his own, up to a semicolon: after his name, or before it too (``all``).
    """
    numbers = [first]
    for number in range(first + 1, len(mentions)):
        gap = text[mentions[number - 1].end : mentions[number].lead]
        if len(gap) > 210 or not (
            (len(gap) <= 14 and mentions[number].by != "office" and _LISTED.fullmatch(gap))
            or _BRACKETED.fullmatch(gap)
            or (members and _MEMBERS.fullmatch(gap) and (members == "all" or mentions[number].by != "office"))
        ):
            break
        numbers.append(number)
    return numbers
