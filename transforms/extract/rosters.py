"""Lists of artists and athletes by their stage names: ``các ca sĩ Thanh Lam, Hồng Nhung``, of which only the first is called."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from transforms.clean.syllables import is_syllable
from transforms.document import Article
from transforms.extract.mention import Mention, canonical
from transforms.extract.names import is_family, surname_places
from transforms.extract.namesakes import name_words
from transforms.extract.offices import Office
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


# A short name before an office, at the head of an item: "; Hà Bân, Bí thư …", "có Y Blang - Phó Chủ tịch …".
_SHORT = rf"([{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}'’]+|[YA] [{UPPER}][{LOWER}'’]{{1,8}}|[KH]['’][{UPPER}][{LOWER}]+)"
_HOLDER = re.compile(rf"(?:[;:\n] ?|[;:\n] ?[-–+] ?|(?<!\w)(?:có|gồm|và) ){_SHORT}(?:, | ?[-–] )\Z")
_FIRST = re.compile(rf"(?:(?<!\w)(?:chí|ông|bà|gồm|có|ủy|đạo|viên|biểu): ?|(?<!\w)(?:gồm|như) ){_SHORT}, \Z")
_MARKS = (", ", "- ", "– ")
# Words of offices and bodies that are family names or stand after one: "Phó Trưởng", "Văn Phòng".
_OFFICE_FIRST = ("phó", "quản", "quan", "thường", "trung")
_OFFICE_LAST = ("trưởng", "phòng", "ủy", "tịch", "thư", "đốc", "nhiệm", "bộ", "sở")
_HOLDER_REACH = 36  # characters before an office


def holders(article: Article, offices: list[Office], found: list[Mention], is_free: Callable[[int, int], bool]) -> list[Mention]:
    """``found`` with those of a roster whom only a short name and what follows it tell.

    An office (``; Hà Bân, Phó Chủ tịch tỉnh``) or, at the head of a list, a whole name (``gồm: Hà Bân, Lê Văn An``).
    """
    text, folded = article.text, article.folded
    more: list[Mention] = []
    starts = [one.start for one in found]
    anchors = [(office.start, _HOLDER) for office in offices if text[office.start - 2 : office.start] in _MARKS]
    anchors += [(one.start, _FIRST) for one in found if text.endswith(", ", 0, one.start) and one.name.count(" ") > 1]
    for pos, pattern in sorted(anchors, key=lambda anchor: anchor[0]):
        match = pattern.search(text, max(0, pos - _HOLDER_REACH), pos)
        if match is None or not is_free(*match.span(1)) or not _is_short_name(folded[match.start(1) : match.end(1)]):
            continue
        start, end = match.span(1)
        after = bisect_left(starts, start)
        if (after < len(found) and starts[after] < end) or (after and found[after - 1].end > start):
            continue
        by = "bare" if " " in match[1] else "address"
        more.append(Mention(start, end, canonical(match[1]), None, start, by))
    return sorted([*found, *more], key=lambda one: one.start) if more else found


def _is_short_name(folded: str) -> bool:
    """Whether two words are a family name and a given one, and neither heads a body, a sentence or a place's name."""
    first, _, given = folded.partition(" ")
    if is_family(first) is None or folded in surname_places() or first in name_words("opening"):
        return False
    return first not in _OFFICE_FIRST and given not in _OFFICE_LAST and given not in name_words("opening")


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
