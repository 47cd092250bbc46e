"""Lists of artists and athletes by their stage names: ``các ca sĩ Thanh Lam, Hồng Nhung``, of which only the first is called."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.clean.syllables import is_syllable
from transforms.document import Article
from transforms.extract.mention import Mention, canonical
from transforms.extract.names import surname_places
from transforms.extract.namesakes import name_words
from transforms.text import LOWER, UPPER

# Callings whose bearers are known without their family names.
STAGE = frozenset(
    [
        *("ca sĩ", "ca sỹ", "nữ ca sĩ", "nam ca sĩ", "nghệ sĩ", "nghệ sỹ", "nghệ sĩ nhân dân", "nghệ sĩ ưu tú", "danh hài"),
        *("diễn viên", "nữ diễn viên", "nam diễn viên", "người mẫu", "siêu mẫu", "hoa hậu", "á hậu", "hoa khôi", "nhà thiết kế"),
        *("cầu thủ", "tiền đạo", "tiền vệ", "hậu vệ", "trung vệ", "thủ môn", "danh thủ", "vận động viên", "kỳ thủ", "tay vợt"),
        *("nhạc sĩ", "nhạc sỹ", "chân sút", "võ sĩ", "đạo diễn", "á khôi"),
    ]
)
_NAME = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,2}}"
# The next of a list, and what comes after it: a lower-case word or a mark.
_NEXT = re.compile(rf"((?:,| và| cùng|, cùng|, và) )({_NAME})(?=[,.;:)…\n]|\Z| \(| [{LOWER}\d–-])")
_PLURAL = re.compile(r"\b(?:các|những|hai|ba|bốn|năm|sáu|nhiều|cặp|bộ đôi|bộ ba|dàn|\d+)(?: nữ| nam| cựu)? \Z")
# "cùng những Kim An, Ngọc Lê, …": a list of at least two
_SUCH_AS = re.compile(rf"hững ({_NAME})(?=, {_NAME}(?:[,.…\n]| và))")


def listed(article: Article, found: list[Mention], is_free: Callable[[int, int], bool]) -> list[Mention]:
    """``found`` with the others of each list whose first member a calling of the stage or the field calls."""
    more: list[Mention] = []
    starts = {one.start: one.end for one in found}
    past = 0
    for match in _SUCH_AS.finditer(article.text):
        first = Mention(*match.span(1), canonical(match[1]), None, match.start(1), "title")
        if first.start not in starts and is_stage_name(match[1].lower()) and is_free(first.start, first.end):
            members, _ = _members(article, first, starts, is_free)
            if members:
                more.extend([first, *members])
                starts |= {member.start: member.end for member in (first, *members)}
    for one in found:
        if one.by == "title" and one.honorific in STAGE and one.start >= past:
            members, past = _members(article, one, starts, is_free)
            more.extend(members)
    if not more:
        return found
    # "Anh Đức" of a list is no Đức.
    within = {at for one in more for at in range(one.start + 1, one.end)}
    return sorted([*(one for one in found if one.start not in within), *more], key=lambda one: one.start)


def _members(
    article: Article, first: Mention, starts: dict[int, int], is_free: Callable[[int, int], bool]
) -> tuple[list[Mention], int]:
    """The members after the first, and where the list ends; none where nothing tells that it is a list of people."""
    text, folded = article.text, article.folded
    is_plural = first.honorific is None or _PLURAL.search(folded, max(0, first.lead - 12), first.lead) is not None
    end, is_closed = first.end, False
    members: list[Mention] = []
    while (match := _NEXT.match(text, end)) is not None:
        pos = match.start(2)
        is_closed = is_closed or match[1].strip(", ") != ""
        if pos in starts:
            end = starts[pos]
            continue
        if not is_stage_name(folded[pos : match.end()]) or not is_free(pos, match.end()):
            break
        end = match.end()
        members.append(Mention(pos, end, canonical(text[pos:end]), first.honorific if is_plural else None, pos, "title"))
    return (members if is_plural or is_closed else []), end


def is_stage_name(folded: str) -> bool:
    """Whether the words may be a name: syllables, none of which heads a body, a sentence or a firm, and no place's."""
    words = folded.split(" ")
    if words[0] in name_words("heading") or words[0] in name_words("opening") or folded in surname_places():
        return False
    return all(map(is_syllable, words)) and name_words("company").isdisjoint(words)
