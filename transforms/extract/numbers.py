"""Numbers as Vietnamese prints them: separators, multipliers, words."""

from __future__ import annotations

import re
from functools import cache

from transforms.extract.lexicon_files import table

WORDS = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mốt": 1, "lăm": 5, "nhăm": 5,
}  # fmt: skip
MULTIPLIERS = {
    "chục": 10, "trăm": 100, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9,
}  # fmt: skip

# A number in words from two up ("hai", "mười lăm", "hai mươi mốt", "ba trăm"), at its first syllable. "Một" and "năm" are left
# to the caller: the one is mostly an article, the other mostly a year.
SPOKEN = re.compile(
    r"(?:(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín) mươi(?: (?:mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?"
    r"|mười(?: (?:một|hai|ba|bốn|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?"
    r"|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)(?![^\W_])"
)

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of a kind in ``number_words.tsv``."""
    return frozenset(row["word"] for row in table("number_words.tsv") if row["kind"] == kind)


def spoken(words: str) -> int:
    """The value of a number in words, as ``SPOKEN`` matches them.

    >>> spoken("ba"), spoken("mười lăm"), spoken("hai mươi mốt"), spoken("tám mươi")
    (3, 15, 21, 80)
    """
    value = 0
    for word in words.split():
        value = value * 10 if word == "mươi" else value + WORDS[word]
    return value


def printed(digits: str, whole: bool = False) -> float | None:
    """The value of a printed number; None where its separators make no sense.

    A dot groups thousands and a comma stands before decimals, unless that cannot be: a dot before one, two or four digits is a
    decimal point, and so is a single group after a leading zero. Two separators of a kind group. A single comma before three
    digits is a decimal comma, unless ``whole`` says that only a whole number makes sense (``2,302 người``).

    >>> [printed(d) for d in ("08", "2.302", "7,51", "842,238", "5.1", "1.234.567", "1,234,567", "0.125", "1.234,5")]
    [8.0, 2302.0, 7.51, 842.238, 5.1, 1234567.0, 1234567.0, 0.125, 1234.5]
    >>> printed("2,302", whole=True), printed("1.2.3")
    (2302.0, None)
    """
    if digits.isdigit():
        return float(digits) if len(digits) <= 15 else None
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        if not _GROUPED.fullmatch(digits):
            return None
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
    elif dots + commas > 1:
        if not _GROUPED.fullmatch(digits):
            return None
        decimal = ""
    elif dots:
        head, tail = digits.split(".")
        decimal = "" if len(tail) == 3 and head != "0" and len(head) <= 3 and head[0] != "0" else "."
    else:
        head, tail = digits.split(",")
        decimal = "" if whole and len(tail) == 3 and head[0] != "0" and len(head) <= 3 else ","
    kept = "".join(c if c.isdigit() else "." if c == decimal else "" for c in digits)
    return float(kept) if len(kept) <= 20 else None
