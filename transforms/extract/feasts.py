"""The year of a New Year's feast, by its number or by its name in the cycle of sixty."""

from __future__ import annotations

import re

_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
# The New Year's feast by its year, or by its name in the cycle of sixty.
_FEAST = re.compile(
    rf"(?:tết|xuân|nguyên đán|năm mới)(?: ({'|'.join(_STEMS)}) ({'|'.join(_BRANCHES)}|tị)(?!\w))?"
    r"(?:,? (?:[-–] )?(?:năm )?\(?(\d{4})(?!\d))?"
)
_FIRST_OF_CYCLE = 1984  # giáp tý


_PREPARED = re.compile(r"(?:chuẩn bị|kế hoạch|ý tưởng|hướng tới|phương án)[^.;\n]{0,50}$")


def years_of_feasts(folded: str) -> list[int]:
    """The year that the text's New Year's feast begins, between 1990 and 2035; two where it looks back at one and plans the next.

    >>> years_of_feasts("chuẩn bị đón tết đinh dậu"), years_of_feasts("chợ hoa xuân 2019"), years_of_feasts("tết mậu thân 1968")
    ([2017], [2019], [])
    >>> years_of_feasts("sau tết đinh dậu đã chuẩn bị cho tết mậu tuất 2018"), years_of_feasts("tết đinh dậu vui, bính thân 2016")
    ([2017, 2018], [2017])
    """
    if "tết" not in folded and "xuân" not in folded and "năm mới" not in folded:
        return []
    years: dict[int, bool] = {}
    for found in _FEAST.finditer(folded):
        stem, branch, printed = found.groups()
        if printed:
            year = int(printed)
        elif stem is not None and (stem, branch) != ("mậu", "thân"):  # that of 1968 is history wherever it stands
            place = (6 * _STEMS.index(stem) - 5 * _BRANCHES.index("tỵ" if branch == "tị" else branch)) % 60
            year = _FIRST_OF_CYCLE + place
        else:
            continue
        before = folded[max(0, found.start() - 70) : found.start()]
        years[year] = years.get(year, False) or _PREPARED.search(before) is not None
    told = sorted(years)
    if not told or not 1990 <= told[0] <= told[-1] <= 2035:
        return []
    if len(told) == 1 or (len(told) == 2 and told[1] == told[0] + 1 and years[told[1]]):
        return told
    return []
