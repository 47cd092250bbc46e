"""Numbers of four digits that are years though no word says so: after seasons, feasts, laws, contests, in brackets."""

from __future__ import annotations

import re

from transforms.extract.numbers import words_of
from transforms.text import UPPER

YEAR = r"(?:19|20)\d\d"
_BARE_BEFORE = words_of("before_year")
CLEAN_AFTER = re.compile(
    r"\s?(?:[.,;:)\]”\"’–\n-]|$)|\s(?:các|tỉnh|sẽ|với|là|và|có|đạt|phải|cả|đã|được|do|của|tại|đến|về|thì|nhằm|"
    r"theo|đối|tăng|giảm)\s"
)
_LISTED = re.compile(rf"(?<![\d/.]){YEAR}(?:,| và|, và)\s$")  # a year of a list: "các năm 2011, 2012 và 2014"
_NO_YEAR_WORD = words_of("before_no_year")
_CAPITALISED = re.compile(rf"[{UPPER}][^\W\d_]+[”\"’)]?\s$")

# Năm An toàn giao thông 2016; lần thứ 4-2017; tuyển sinh đại học 2017.
_THEME = re.compile(r"(?<!\w)Năm(?: [^\W\d_]+){2,6} \Z")
_TURN = re.compile(r"lần thứ [\divx]{1,4}\s?[-–]\s?\Z")
_OF_A_YEAR = re.compile(r"(?:tuyển sinh|báo cáo tài chính|mùa giải|mùa bóng|kỳ thi)(?: [^\W\d_]+){0,5} \Z")
_SEASON = re.compile(r"[-–]\d")  # mùa giải 2012-13
_LAW = re.compile(rf"(?:Luật|Hiến pháp|Pháp lệnh) (?:[{UPPER}][^.;:\n\d]{{0,34}})? ?$")


def is_plainly_a_year(text: str, folded: str, at: int, end: int) -> bool:
    """A bare year: after a season, a feast, a preposition, a law's or contest's name, or alone in brackets."""
    if at and folded[at - 1] == "(":
        return folded[end : end + 1] == ")"
    clean = CLEAN_AFTER.match(folded, end, end + 12) is not None and not _SEASON.match(folded, end)
    if clean and folded.find("lần thứ ", max(0, at - 18), at) >= 0 and _TURN.search(folded, max(0, at - 18), at):
        return True
    word = word_before(folded, at)
    if word is None or folded[at - 1] not in " \xa0":
        return False
    if _LISTED.search(folded, max(0, at - 10), at):
        return clean
    if word in _NO_YEAR_WORD:
        return False
    if word in _BARE_BEFORE:
        return clean or word in ("sinh", "sn", "xuân", "tết")
    if _LAW.search(text, max(0, at - 44), at):
        return clean or (folded[end : end + 1] == " " and folded[end + 1 : end + 2].isalpha())
    if not clean:
        return False
    named = _CAPITALISED.search(text, max(0, at - 14), at) or _THEME.search(text, max(0, at - 50), at)
    return named is not None or _OF_A_YEAR.search(folded, max(0, at - 60), at) is not None


def word_before(folded: str, at: int) -> str | None:
    """The word that ends right before ``at`` and a space."""
    end = at
    while end > 0 and folded[end - 1] in " \xa0":
        end -= 1
    begin = (
        max(
            folded.rfind(" ", max(0, end - 12), end),
            folded.rfind("\n", max(0, end - 12), end),
            folded.rfind("\xa0", max(0, end - 12), end),
        )
        + 1
    )
    word = folded[max(begin, end - 12) : end].strip("(\"“‘'")
    return word or None
