"""Firms that are named after a manager's office without a word that tells them from people."""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable
from transforms.extract.names import Word, words_alone
from transforms.text import LOWER, UPPER

_CHIEF = "Giám đốc điều hành"
_MANAGERS = (_CHIEF, "Tổng Giám đốc", "Chủ tịch", "Giám đốc", "Phó Chủ tịch")
_CAMEL = re.compile(rf"[{UPPER}][{LOWER}]+[{UPPER}]")
_NAMED_BEFORE = re.compile(rf"[{UPPER}][\w.'-]*(?: [{UPPER}][\w.'-]*)+(?:,| [-–])(?: (?:hiện|từng|hiện đang) là)? \Z")
_SHORTEST = 5  # letters of a firm of which nothing but its place tells: shorter ones may be Korean or Chinese family names


def names_firm(text: str, title: str, lead: int) -> bool:
    """``John Smith, Giám đốc điều hành Acme``: whether a foreign word after an office that begins at ``lead`` is a firm, since
    its holder stands before it.

    >>> names_firm("John Smith, Giám đốc điều hành Acme", "Giám đốc điều hành", 12)
    True
    """
    return _is_manager(title) and _NAMED_BEFORE.search(text, max(0, lead - 48), lead) is not None


def after_firm(text: str, title: str, found: list[Word]) -> int | None:
    """Where the name begins in ``CEO Acme John Smith``: after a word that the article also has by itself, or ``AcmeCo``."""
    if not _is_manager(title) or len(found) != 3 or any(word.end - word.start < 3 or is_syllable(word.key) for word in found[:2]):
        return None
    first = text[found[0].start : found[0].end]
    is_firm = _CAMEL.match(first) or first in words_alone(text) or (title.endswith(_CHIEF) and len(first) >= _SHORTEST)
    return found[1].start if is_firm else None


def _is_manager(title: str) -> bool:
    return title.removeprefix("Cựu ") in _MANAGERS
