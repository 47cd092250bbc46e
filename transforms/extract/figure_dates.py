"""Which dates of an article are periods that figures may be told of: not bases, births, names, terms of bodies."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.extract.numbers import words_of
from transforms.text import Spans, holds_any

BIRTH_WORDS = frozenset(["sinh", "lập", "đời", "công", "sn"])
_CUT = re.compile(r"[,;.(\n\d]")  # ends what something is compared with
GOAL_WORDS = frozenset(["đấu", "đến", "tới", "hồi"])  # "phấn đấu năm 2018": not what the paragraph reports on
PAST_WORDS = BIRTH_WORDS | {"từ", "trước", "vào"}
_PART_OF_YEAR = frozenset(["hè", "hết", "cuối", "đầu", "giữa", "mùa", "xuân", "thu", "đông"])  # "đến hè 2019"
JOINED = (" và ", ", ", " và năm ", ", năm ")
LISTED = (*JOINED, " hoặc ", " hay ", " hoặc năm ", " hay năm ")
# The month of a contract for delivery: "giá cà phê kỳ hạn tháng 3", "dầu giao tháng 5".
_DELIVERY_WORDS = frozenset(["hạn", "giao"])
# Years in the name of a scheme that runs beside what is told: "Đề án hiện đại hóa giai đoạn 2016-2025".
_SCHEME = re.compile(r"(?<!\w)(?:đề án|dự án|chương trình|kế hoạch|quy hoạch|chiến lược)(?!\w)[^.;\n]{0,100}$")
# When a thing came out, told between its name and "là": "mẫu xe vừa ra mắt đầu tháng 1 là X cũng giảm 2 triệu đồng".
_CAME_OUT = re.compile(
    r"\b(?:ra mắt|tung ra|trình làng|thành lập|ra đời|khởi công|khánh thành|xuất xưởng|bán ra|sản xuất|chế tạo)[^,.;\n]{,40}\Z"
)
_YEAR_OF_PLAN = timedelta(days=366)
# A part of a year that no date of its own tells; "của" may be misprinted.
_PART_OF = re.compile(r"(?<!\w)(?:tháng|quý|tuần|ngày) (?:đầu(?: tiên)?|cuối(?: cùng)?)(?: \w{2,3})? \Z")
_MODEL = ("phiên bản ", "phiên bản năm ", "thế hệ ", "đời ", "đời năm ", "model ")  # the year is its name's
_SEASONS = words_of("before_year")
# The years in the name of a standard: "theo chuẩn nghèo đa chiều giai đoạn 2016 - 2020".
_STANDARD = re.compile(r"(?<!\w)(?:chuẩn nghèo|(?:theo|bộ) (?:tiêu chí|tiêu chuẩn|quy chuẩn|chuẩn))[^,;.(\n]{0,40}$")
# The year to which a plan goes that was approved: "quy hoạch … đến năm 2030 do Thủ tướng phê duyệt".
_APPROVED = re.compile(r" (?:do|được|đã được|của) [^,;.\n]{0,40}(?:phê duyệt|ban hành|thông qua)(?!\w)")
# What is planned at a meeting that reviews: "sơ kết 6 tháng đầu năm và triển khai nhiệm vụ 6 tháng cuối năm".
_PLANNED = re.compile(
    r"(?<!\w)(?:sơ kết|tổng kết|đánh giá)[^.;\n]*?(?:,| và|;) ?(?:bàn |đề ra |xây dựng )?"
    r"(?:triển khai|phương hướng|nhiệm vụ|kế hoạch)[^.;\n]{0,60}$"
)
_TIMES_OF = re.compile(r"(?<!\w)(?:gấp|bằng) (?:đôi|ba|rưỡi|[\d,.]{1,6} lần|\w{2,4} lần) (?:của )?\Z")
# The years for which a body sits: "HĐND thành phố nhiệm kỳ 2016-2021", but "trong nhiệm kỳ 2015-2020".
_TERM = "nhiệm kỳ "
_IN_TERM = ("trong ", "suốt ", "qua ", "sau ", "đầu ", "cả ", "hết ", "cuối ", ". ", "\n", "“", "giữa ", "nửa ", "của ")
_TERM_REACH = 30
_SINCE_THEN = re.compile(r"(?<!\w)(?:(?:kể|tính) từ|từ (?:khi|lúc|sau khi))(?!\w)[^,.;()\n]{0,54}\Z")
_FIRST_OF = (" đầu tiên của ", " đầu tiên của năm ")
# The day since when: "từ ngày mùng 3 Tết Nguyên đán 2017".
_SINCE_TET = re.compile(
    r"(?<!\w)từ (?:ngày |sáng |tối |chiều |đêm )*(?:mùng|mồng|giao thừa|\d+)[^,.;()\n]{0,14} tết[^,.;()\n]{0,20}\Z"
)
_FROM_NOW_ON = re.compile(r"(?<!\w)từ nay (?:cho )?(?:đến|tới)(?: hết| cuối| đầu| giữa)? \Z")


def goes_back(last: DateMention, row: DateMention) -> bool:
    """Whether a month without a year cannot be of the year of the one before: ``tháng 10/2014 xuống … trong tháng 5``."""
    if not row.inferred or row.grain != "month" or last.grain != "month" or row.date_from is None or last.date_from is None:
        return False
    return row.date_from < last.date_from and row.date_from.year == last.date_from.year


class Dates:
    """The periods printed in an article; ``all`` those that are no days and stand in no citation."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.text, self.folded = article.text, article.folded
        cited = Spans.of(facts.citations)
        self.all = [row for row in facts.dates if row.grain not in ("day", "time") and row.start_char not in cited]
        self.starts = [row.start_char for row in self.all]

    def _told(self, start: int, end: int) -> list[DateMention]:
        rows = self._dated(start, end)
        told: list[DateMention] = []
        passed = -1  # where the last row ends that was passed over: what is listed with it goes the same way
        for row in rows:
            listed = passed >= 0 and self.folded[passed : row.start_char] in LISTED
            if told and goes_back(told[-1], row):
                continue
            if listed or self._is_beside(row, start) or self._follows(row, PAST_WORDS):
                passed = row.end_char
            else:
                told.append(row)
        return told

    def _is_of_name(self, start: int) -> bool:
        """Whether a bare year belongs to a name, of a model or a contest: ``Sao Biển 2017``, but ``Tết 2017``."""
        begin = max(self.text.rfind(" ", max(0, start - 16), start - 1), self.text.rfind("\n", max(0, start - 16), start)) + 1
        return self.text[begin].isupper() and self.folded[begin : start - 1] not in _SEASONS

    def _names_scheme(self, row: DateMention) -> bool:
        return self._is_of_scheme(row.start_char, row.date_from, row.date_to)

    def _is_of_scheme(self, start: int, first: date, last: date) -> bool:
        """Whether years are those of a scheme's name, which tell nothing of what stands around it."""
        return last - first > _YEAR_OF_PLAN and _SCHEME.search(self.folded, max(0, start - 130), start) is not None

    def _dated(self, start: int, end: int) -> list[DateMention]:
        found = self.all[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [row for row in found if not self._is_base(row) and not self._follows(row, BIRTH_WORDS)]

    def _follows(self, row: DateMention, words_before: frozenset[str]) -> bool:
        """A year since when, or in which somebody was born or something founded: no period of report."""
        if row.grain not in ("year", "month"):
            return False
        words = self.folded[max(0, row.start_char - 20) : row.start_char].split()
        if row.grain == "month" and words and words[-1] in _DELIVERY_WORDS:
            return True
        if words_before is GOAL_WORDS or row.grain == "month":
            while len(words) > 1 and words[-1] in _PART_OF_YEAR:
                words.pop()
        elif words[-2:] in (["từ", "cuối"], ["từ", "giữa"], ["từ", "hè"]) or (
            words[-2:] == ["từ", "đầu"] and (
                words_before is PAST_WORDS or self.folded.startswith((" đến nay", " tới nay"), row.end_char)
            )
        ):
            return True
        return bool(words) and words[-1].lstrip("(") in words_before

    def _is_base(self, row: DateMention) -> bool:
        """The period against which a change is measured."""
        before = self.folded[max(0, row.start_char - 70) : row.start_char]
        compared = max(before.rfind("so với"), before.rfind("so sánh với"), before.rfind(" so cùng"))
        if compared >= 0 and not _CUT.search(before, compared):
            return True
        return before.endswith(("hơn ", "hơn năm ", " so ")) or _TIMES_OF.search(before) is not None

    def _is_beside(self, row: DateMention, start: int) -> bool:
        """A period that something is likened to, that is planned at a review, or that belongs to a standard's name."""
        before = self.folded[max(0, row.start_char - 64) : row.start_char]
        if ("đầu" in before or "cuối" in before) and _PART_OF.search(before):
            return True
        if self._is_term(row) or ("từ nay " in before[-30:] and _FROM_NOW_ON.search(before)):
            return True
        days = "/" in self.folded[row.start_char : row.end_char]
        if "từ " in before and not days and _SINCE_THEN.search(before):
            return True
        if before.endswith(_FIRST_OF) or self.folded.startswith((", tầm nhìn", " tầm nhìn"), row.end_char):
            return True  # bộ phim đầu tiên của năm 2017; quy hoạch đến năm 2030, tầm nhìn 2050
        if " tết" in before and _SINCE_TET.search(before):
            return True
        if "ới trước " in before or "đến trước " in before:
            return True
        if before.endswith(_MODEL) or (row.end_char - row.start_char == 4 and self._is_of_name(row.start_char)):
            return True
        if before.endswith(("như ", "như hồi ", "như trong ", "như của ")) and not before.endswith("nếu như "):
            return True
        if before.endswith(("đến ", "đến năm ")) and _APPROVED.match(self.folded, row.end_char, row.end_char + 70):
            return True
        if self.folded.startswith(" là ", row.end_char) and _CAME_OUT.search(before):
            return True
        if "chuẩn" in before and _STANDARD.search(before) is not None:
            return True
        if not holds_any(before, ("triển khai", "phương hướng", "nhiệm vụ", "kế hoạch")):
            return False
        return _PLANNED.search(self.folded, max(start, row.start_char - 200), row.start_char) is not None

    def _is_term(self, row: DateMention) -> bool:
        """Whether years are those for which a body is elected, an attribute of it."""
        at = self.folded.find(_TERM, max(0, row.start_char - len(_TERM)), row.start_char + len(_TERM))
        if at < 0 or row.grain != "range" or (row.end_char - at) > _TERM_REACH:
            return False
        return at > 0 and not self.folded.endswith(_IN_TERM, 0, at)
