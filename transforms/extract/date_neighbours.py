"""Days and months printed in full, and what they tell of a day near them that prints no year."""

from __future__ import annotations

import calendar
import re
from datetime import date

from transforms.document import Article
from transforms.extract.date_forms import Part

_ONLINE_SINCE = 2000  # articles of the web are not older
_AFTER, _ISSUED, _MONTH, _QUARTER, _BEFORE = 45, 100, 30, 90, 60  # days that may lie between
_ALONE = 31  # days from a paper whose date is the only full one: papers are cited for many years
_SOON = 45  # days after publication that a report may announce without a word of planning
# Before a full date: a life's or a body's, not the article's.
PAST = re.compile(
    r"(?:sinh|thành lập|ra đời|mất|từ trần|hy sinh|vào đảng|kết nạp|chính thức|truyền thống|kỷ niệm|giải phóng"
    r"|khai sinh|nhập ngũ)(?: vào)?(?: ngày)?[ (:]*$"
)
_PAPER = re.compile(
    r"(?:nghị quyết|chỉ thị|quyết định|kế hoạch|công văn|thông báo|nghị định|thông tư|hướng dẫn|kết luận|luật|tờ trình)"
    r"[^.;]{0,30}$|(?:ban hành|ký|hiệu lực(?: thi hành)?)(?: kể)?(?: từ)?(?: ngày)?[ (]*$"
)
# Before a year: it is aimed at, begun from, compared with.
ELSEWHEN = re.compile(
    r"(?:đến|tới|đến hết|trước|tầm nhìn|hướng|giai đoạn|nhiệm kỳ|mục tiêu|hạn|chậm nhất|dự kiến|từ|kể từ|sinh|"
    r"thành lập|ra đời|thông qua|so với|so"
    r"|cùng kỳ|niên khóa|khóa|luật(?: \w+){1,5}(?: \(\w+\))?|sn)(?: (?:đầu|cuối|giữa|hết|ngày|của|với))?"
    r" (?:năm )?\(?(?:20\d\d(?:,| và) (?:năm )?)?$"
)
# Before a bare year that is hardly the present one.
_BACK_THEN = re.compile(r"(?<!\w)(?:hồi|vào)(?: (?:đầu|giữa|cuối|mùa \w+))? (?:năm )?$")
_NARRATED = re.compile(r"(?<!\w)(?:hồi|vào|từ)(?: (?:đầu|giữa|cuối))? \Z")
# In a headline: what is held in the year that its name ends with; but a look back at a year is held in the next.
HAPPENING = re.compile(
    r"(?:hội thảo|lễ hội|ngày hội|hội chợ|hội sách|festival|khai mạc|khai hội|tuần lễ|triển lãm|hội xuân|liên hoan|diễn đàn"
    r"|hội thi|hội thao|hội nghị|đại hội|lễ phát động)(?!\w)"
)
LOOKING_BACK = re.compile(r"tổng kết|kết quả|đánh giá|báo cáo|công tác|nhìn lại|trao giải|vinh danh|tôn vinh|thành tích")
_UNTIL = re.compile(r"(?<!\w)(?:đến|tới|hết|trước|cuối|đầu) $")
# Since when nothing was as high or low: a month long past, whose year tells nothing of the same month named elsewhere.
_RECORD = re.compile(
    r"(?<!\w)(?:kể từ|(?:mức|đỉnh|đáy|kỷ lục|(?:cao|thấp|lớn|mạnh) nhất|lần đầu(?: tiên)?)(?!\w)[^.;,\n\d]{0,30}"
    r"(?:từ|của|hồi|lập)) (?:\Z|(?:đầu|giữa|cuối|hồi) \Z)"
)
# A paper that is looked back on years after its date: "sơ kết 1 năm thực hiện Quy định số 1 ngày 3/3/2016".
_YEARS_ON = re.compile(r"(?<!\w)(?:sơ kết|tổng kết) \d{1,2} năm(?!\w)[^.;\n]*\Z")
_NUMBERED = re.compile(r"số \d{1,5},? $")


def span_in_year(part: Part, year: int) -> tuple[date, date] | None:
    """The interval of a part in a year; None for a day that the calendar does not have."""
    try:
        if part.form == "day":
            return date(year, part.month, part.low), date(year, part.month, part.high)
        if part.form == "month":
            return date(year, part.low, 1), _month_end(year, part.high)
        if part.form == "quarter":
            return date(year, part.low * 3 - 2, 1), _month_end(year, part.high * 3)
        if part.form == "first":
            return date(year, 1, 1), _month_end(year, part.low)
        if part.form == "last":
            return date(year, 13 - part.low, 1), date(year, 12, 31)
        return date(year, 1, 1), date(part.until or year, 12, 31)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


class FullDates:
    """The dates that a text prints in full; ``bare`` are years of which it speaks as reached."""

    def __init__(self, article: Article, parts: list[Part]) -> None:
        self.article, self.parts = article, parts
        self.bare: set[int] = set()
        self.read: list[tuple[Part, date, bool]] | None = None

    def year_beside(self, part: Part) -> int | None:
        """The year in which full dates of the text lie within weeks of a day: deadlines after it, papers cited before it.

        Only the last year that the text prints as a date can be its own, and only if no other year fits as well.
        """
        full = self._full_dates()
        last = max((other.year or 0 for other, _, _ in full), default=0)
        if last < _ONLINE_SINCE or any(year > last for year in self.bare):
            return None
        fitting = set()
        one_paper = all(issued for _, _, issued in full) and len({day for _, day, _ in full}) == 1
        for other, day, issued in full:
            for year in {day.year, last}:
                span = span_in_year(part, year)
                if span is None:
                    continue
                apart = (day - span[0]).days
                if apart <= 0 and other.form == "month" and is_narrated(self.article, other):
                    continue
                since = _AFTER if other.form == "day" else _MONTH if other.form == "month" else _QUARTER
                if issued:
                    since = _ALONE if one_paper else _ISSUED
                if apart == 0 or -since <= apart <= (0 if issued else _BEFORE):
                    fitting.add(year)
        return last if fitting == {last} else None

    def _full_dates(self) -> list[tuple[Part, date, bool]]:
        """Days, months, quarters aimed at that print their year, their (first) day, whether it is the date of a paper cited."""
        if self.read is None:
            self.read = []
            for part in self.parts:
                if part.form not in ("day", "month", "quarter") or part.year is None:
                    continue
                span = span_in_year(part, part.year)
                before = self.article.folded[max(0, part.start - 34) : part.start]
                if part.form == "quarter" and not _UNTIL.search(before):
                    continue
                if self.article.folded.startswith((" đến nay", " tới nay"), part.end):
                    continue  # since when something has lasted
                if span is None or PAST.search(before) or (span[1].day, span[1].month, part.form) == (31, 12, "day"):
                    continue  # to 31/12 accounts are drawn up
                issued = is_issue_date(self.article, part) or _PAPER.search(before) is not None
                if issued and _YEARS_ON.search(self.article.folded, max(0, part.start - 140), part.start):
                    continue
                self.read.append((part, span[0], issued))
        return self.read


def is_issue_date(article: Article, part: Part) -> bool:
    """The date of a document cited: ``Kế hoạch số 106-KH/TU, ngày 10/4/2023``."""
    before = article.text[max(0, part.start - 12) : part.start]
    return ("/" in before and any(c.isupper() for c in before)) or _NUMBERED.search(before) is not None


def is_anniversary(head: Part, tail: Part) -> bool:
    """``19/4/1972 - 19/4/2025``: the same day, years later."""
    same = head.form == tail.form == "day" and (head.low, head.month) == (tail.low, tail.month)
    return same and head.year is not None and tail.year is not None and tail.year >= head.year + 5


def month_of(part: Part) -> int:
    """The month that a part names or begins with; 0 for a whole year."""
    if part.form == "joined" and part.tail:
        return month_of(part.tail)
    return {"day": part.month, "month": part.low, "quarter": part.low * 3 - 2}.get(part.form, 0)


def is_back_then(article: Article, part: Part) -> bool:
    """``hồi cuối năm 2014``, ``vào năm 2015``: told of another year than the present."""
    if part.form != "year":
        return False
    end = part.start + 4 if article.folded.startswith("năm ", part.start) else part.start
    return _BACK_THEN.search(article.folded, max(0, part.start - 24), end) is not None


def near_publication(part: Part, published: date, plan: bool, printed: frozenset[int]) -> int | None:
    """An event is normally at or shortly before publication, a plan after it; a year's end reaches over New Year.

    ``plan`` is whether the sentence speaks of what is planned, ``printed`` are the years that the text prints.
    """
    ahead = 1 if plan else 3
    best: tuple[int, int] | None = None
    for year in (published.year - 1, published.year, published.year + 1):
        span = span_in_year(part, year)
        if span is None:
            continue
        first, last = span
        if last < published:
            distance = (published - last).days
        elif first > published:
            distance = (first - published).days * ahead
        else:
            distance = 0
        if year == published.year and (plan or (first - published).days <= _SOON):
            distance -= 150  # the calendar year of publication, unless New Year lies between
        elif year == published.year - 1 and year not in printed and published.year in printed:
            distance += 30 if published.month > 3 else 0
        if best is None or distance < best[0]:
            best = (distance, year)
    return best[1] if best else None


def is_record(article: Article, part: Part) -> bool:
    """``thấp nhất kể từ tháng 3/2013``: of the year of a record, not of the present."""
    return _RECORD.search(article.folded, max(0, part.start - 60), part.start) is not None


def is_narrated(article: Article, part: Part) -> bool:
    """``vào tháng 2/2015``, ``hồi cuối tháng 9/2016``: of the month that it is now, nobody would print the year."""
    return _NARRATED.search(article.folded, max(0, part.start - 16), part.start) is not None
