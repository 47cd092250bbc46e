"""Temporal expressions that fix a calendar interval, with the year from the context where none is printed."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.extract.date_forms import Part, read
from transforms.extract.date_years import Years


def extract(article: Article, facts: Facts) -> list[DateMention]:
    """Every date and period of the text that can be laid on the calendar.

    Year: the printed one; else a list's (``quý III, triển khai quý IV năm 2023``), the publication date's, or that of the
    nearest expression that has one. Where none of these tells, there is no row.
    Not handled: the lunar calendar, ``năm nay``, ``hôm qua``, durations.

    >>> from transforms.document import Article, Facts
    >>> article = Article.from_text("Sáng 03/10, sơ kết quý III, triển khai nhiệm vụ quý IV năm 2023.")
    >>> [(article.text[d.start_char:d.end_char], str(d.date_from)) for d in extract(article, Facts())]
    [('Sáng 03/10', '2023-10-03'), ('quý III', '2023-07-01'), ('quý IV năm 2023', '2023-10-01')]
    >>> extract(Article.from_text("80 năm Ngày thành lập, trực 24/7, tỷ lệ 3/4"), Facts())
    []
    """
    parts = read(article.text, article.folded)
    if not parts:
        return []
    years = Years(article, parts)
    rows = []
    for number, part in enumerate(parts):
        interval = years.interval(number)
        if interval is None:
            continue
        first, last = interval
        if part.tail is not None and article.folded.endswith("trước ", part.start, part.tail.start):
            last = _day_before(part.tail, last)  # từ tháng 12/2013 đến trước năm 2017
        if first > last:
            continue
        inferred = part.form == "same" or (
            part.year is None if part.head is None else part.head.year is None and (part.tail is None or part.tail.year is None)
        )
        if part.form == "joined" and part.head is not None and part.head.year is None:
            inferred = True
        rows.append(DateMention(part.start, part.end, _grain(part, first, last), first, last, inferred))
    return rows


def _day_before(tail: Part, last: date) -> date:
    """The day before a day, month or year that ends on ``last``."""
    begins = {"year": date(last.year, 1, 1), "month": last.replace(day=1), "day": last}
    return begins[tail.form] - timedelta(days=1) if tail.form in begins else last


def _grain(part: Part, first: date, last: date) -> str:
    if part.clock and first == last:
        return "time"
    if first == last:
        return "day"
    if part.form == "same":
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return {3: "quarter", 6: "half_year", 12: "year", 1: "month"}.get(months, "range")
    if part.form in ("first", "last"):
        return {3: "quarter", 6: "half_year"}.get(part.low, "range")
    if part.form in ("month", "quarter", "year") and part.low == part.high and part.until in (None, part.year):
        return part.form
    return "range"
