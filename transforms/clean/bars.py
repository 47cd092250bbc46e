"""Lines of several short parts that the page prints around an article: menus, breadcrumbs, share bars, page numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.clean.datelines import CENTURY, is_dateline
from transforms.clean.lexicon import lexicon
from transforms.clean.openings import first_word
from transforms.clean.unicode import fold_line, fold_tones
from transforms.text import holds_any

MAX_BAR = 160
_MAX_SPACED = 80  # of one whose parts have only spaces between them
_MAX_PART = 60
_LONGEST_PHRASE = 8  # words
_SIGNS = ("|", "»", "›", ">", "\\", "•", "→", "::", "][", "] [", " / ")
_SEPARATOR = re.compile(r"(?:[|»›>\\•·→]|->|-{1,2}>|::|\][ ]?\[|(?<= )/(?= )|\s)*(?:[|»›>\\•→]|::|\][ ]?\[|(?<= )/(?= ))\s*")
_TOKEN = re.compile(r"[^\W_]+")
_SITE = re.compile(r"(?:cổng|trang) (?:thông tin|tt|điện tử|ttđt)\b|website\b|(?:báo|tạp chí|đài|ubnd) [\w ]{2,40}\Z")
_COUNTED = re.compile(r"(?:bình luận|ý kiến|phản hồi|nhận xét|thảo luận|thích|lượt thích) \(\d{1,6}\)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+")
_CLOSED = frozenset(".!?…;,")


class _Phrases(NamedTuple):
    """What lines of bars are made of, as words with single spaces: what is pressed or filled in, and names of sections."""

    pressed: frozenset[str]
    sections: frozenset[str]
    first: frozenset[str]  # words by which a bar without separators can begin
    starts: tuple[str, ...]


@cache
def _phrases() -> _Phrases:
    pressed: set[str] = set()
    sections: set[str] = set()
    starts: list[str] = []
    for row in lexicon("page_furniture.tsv"):
        words = fold_tones(row["words"].lower())
        if row["role"] == "section":
            sections.add(_words(words))
        elif row["role"] == "bar" and row["match"] == "start":
            starts.append(words)
        elif row["match"] == "whole" and not words.startswith("["):
            (pressed if row["role"] in ("boilerplate", "bar") else sections).add(_words(words))
    pressed.discard("")
    sections -= pressed
    first = frozenset(map(first_word, pressed))
    return _Phrases(frozenset(pressed), frozenset(sections), first, tuple(starts))


def _words(text: str) -> str:
    return " ".join(_TOKEN.findall(text))


def parts(text: str) -> list[str]:
    """The parts of a line with separators; one for a line without.

    >>> parts("Trang chủ » Tin tức - Sự kiện"), parts("[Trở về] [In]"), parts("Báo Bình Lộc > Xã hội"), parts("Thu chi 9/10")
    (['Trang chủ', 'Tin tức - Sự kiện'], ['Trở về', 'In'], ['Báo Bình Lộc', 'Xã hội'], ['Thu chi 9/10'])
    """
    if not holds_any(text, _SIGNS):
        return [text]
    return [part for part in _SEPARATOR.split(text.strip("[]|»›>\\•-– ")) if part]


def may_be_bar(first: str, text: str) -> bool:
    """Whether ``is_bar`` is worth asking about a line with this first word: most lines have no separator."""
    if len(text) > MAX_BAR:
        return False
    return holds_any(text, _SIGNS) or (len(text) <= _MAX_SPACED and (first in _phrases().first or first.isdigit()))


def is_bar(text: str) -> bool:
    """Whether each part of a line is a button's, counter's, section's or site's name.

    >>> [is_bar(t) for t in ("Giới thiệu | Văn bản", "[Trở về] [In]", "Chia sẻ: Facebook Zalo", "Bình luận (0) Gửi bình luận")]
    [True, True, True, True]
    >>> [is_bar(t) for t in ("Họp báo | Báo Bình Lộc", "Chia sẻ", "Chia sẻ khó khăn", "Giáo dục Y tế", "08:05 | 15/03/2024")]
    [False, False, False, False, False]
    """
    if len(text) > MAX_BAR or text[-1] in _CLOSED:
        return False
    found = parts(text)
    if len(found) == 1:
        if len(text) > _MAX_SPACED or not (pressed := _pressed(fold_line(text))):
            return False
        return pressed > 1 or _COUNTED.fullmatch(text) is not None or len(_NUMBER.findall(text)) > 2
    return _told(found) is not None


def is_menu(text: str) -> bool:
    """Whether a line is a bar that leads about the site, not one of buttons.

    >>> is_menu("Trang chủ / Kinh tế"), is_menu("Tin hoạt động | Văn bản | Liên hệ"), is_menu("In trang | Gửi email | Chia sẻ")
    (True, True, False)
    """
    if len(text) > MAX_BAR or text[-1] in _CLOSED or len(found := parts(text)) < 2:
        return False
    told = _told(found)
    return told is not None and told > 0


def leads_on(text: str) -> bool:
    """Whether a line above a headline looks like a menu or path, also one of unknown sections.

    >>> [leads_on(t) for t in ("Home > Tin tức > Cây ăn trái", "Tin chè | Tin quế | Tin hồi", "Tổng kết năm | Báo Bình Lộc")]
    [True, True, False]
    """
    if len(text) > MAX_BAR or text[-1] in _CLOSED:
        return False
    if len(found := parts(text)) < 2:
        return len(text) <= _MAX_SPACED and _pressed(fold_line(text), _phrases().sections) > 2
    if max(map(len, found)) > _MAX_PART:
        return False
    if CENTURY.search(text) and any(is_dateline(part) for part in found):
        return _told(found) is not None
    if len(found) > 2:
        return all(part[0].isupper() and len(part) <= 40 for part in found) or _told(found) is not None
    first = fold_line(found[0])
    return _told(found) is not None or ("|" not in text and (_is_section(first) or _pressed(first) > 0))


def is_root(text: str) -> bool:
    """Whether a line is a word that menus and paths begin with or hold.

    >>> is_root("Trang chủ"), is_root("Tin xấu")
    (True, False)
    """
    return len(text) <= _MAX_PART and _words(fold_line(text)) in _ROOTS


def _told(found: list[str]) -> int | None:
    """How many parts name sections or the site; nothing where one is unknown, or all are dates and numbers."""
    sections = pressed = dates = contacts = 0
    for part in found:
        if len(part) > _MAX_PART:
            return None
        folded = fold_line(part)
        if _is_section(folded) or _words(folded) in _ROOTS:
            sections += 1
        elif _NUMBER.search(part) and not _LETTER.search(part):
            dates += len(part) > 7 and is_dateline(part)
        elif _NUMBER.search(part) and is_dateline(part):
            dates += 1
        elif folded.startswith(_phrases().starts):
            contacts += 1
        elif _pressed(folded):
            pressed += 1
        else:
            return None
    return sections if sections or pressed or contacts > 1 or (contacts and dates) else None


_ROOTS = frozenset(
    ("trang chủ", "trang nhất", "home", "liên hệ", "sơ đồ cổng", "sơ đồ site", "đăng nhập", "tin tức", "tin tức sự kiện", "rss")
)


def _is_section(folded: str) -> bool:
    return _words(folded) in _phrases().sections or _SITE.match(folded) is not None


def _pressed(folded: str, others: frozenset[str] = frozenset()) -> int:
    """How many names of buttons (or ``others``) a text consists of, numbers left out; 0 where it holds anything else.

    >>> _pressed("viết bình luận"), _pressed("thích 24 chia sẻ"), _pressed("chia sẻ khó khăn")
    (1, 2, 0)
    """
    words = _TOKEN.findall(folded)
    position = count = 0
    while position < len(words):
        if words[position].isdigit():
            position += 1
            continue
        for end in range(min(len(words), position + _LONGEST_PHRASE), position, -1):
            phrase = " ".join(words[position:end])
            if phrase in _phrases().pressed or phrase in others:
                position, count = end, count + 1
                break
        else:
            return 0
    return count
