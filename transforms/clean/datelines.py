"""Publication times, in every form that pages print or declare them in.

Local time is UTC+7: a time with a zone is brought there, one without is taken as it stands.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from transforms.clean.openings import first_words

_LOCAL = timedelta(hours=7)
_YEARS = (1990, 2100)
_MAX_SHORT = 24
_MAX_LINE = 160  # longer lines are no datelines

# Months by name, as English and Vietnamese templates of blog software print them.
_ENGLISH = re.findall(r"\w+", "january february march april may june july august september october november december")
_VIETNAMESE = re.split(" ", r"một|giêng hai ba tư|bốn năm sáu bảy|bẩy tám chín mười mười\s+một mười\s+hai|chạp")
_MONTH = "|".join(
    [rf"{name[:3]}(?:{name[3:]}|t)?" for name in _ENGLISH] + [rf"tháng\s+(?:{name})(?!\s+(?:một|hai)\b)" for name in _VIETNAMESE]
)
_MONTHS = tuple(
    re.compile(rf"{english[:3]}\w*|tháng\s+(?:{vietnamese})", re.IGNORECASE)
    for english, vietnamese in zip(_ENGLISH, _VIETNAMESE, strict=True)
)
_DATE = (
    r"(?:(?P<y>(?:19|20)\d\d)\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?(?P<s>[-/.])\s?(?P<m2>\d{1,2})\s?(?P=s)\s?(?P<y2>(?:19|20)\d\d)"
    r"|(?:ngày\s+)?(?P<d3>\d{1,2})\s*(?:tháng|th|,\s*tháng)\s*(?P<m3>\d{1,2})(?:\s*,|\s+năm)?\s*(?P<y3>(?:19|20)\d\d)"
    r"|(?P<y4>(?:19|20)\d\d)(?P<m4>[01]\d)(?P<d4>[0-3]\d)"
    rf"|(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m5>{_MONTH})[.,]?\s+(?:năm\s+)?(?P<y5>(?:19|20)\d\d)"
    rf"|(?P<m6>{_MONTH})\.?\s+(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y6>(?:19|20)\d\d))"
)
_CLOCK = (
    r"(?P<h>[01]?\d|2[0-3])\s?(?::|h|g|giờ)\s?(?P<min>[0-5]\d)(?!\d)(?:\s?(?::|phút)?\s?(?P<sec>[0-5]\d)(?:\.\d{1,9})?(?!\d))?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?\b|SA\b|CH\b)?\s*(?P<zone>Z\b|(?:\(?(?:GMT|UTC)\s?)?[+-]\d{1,2}:?(?:00|30)?\)?(?!\d))?"
)
DATE = re.compile(rf"(?<!\d)(?<!\d[./-]){_DATE}(?!\d)", re.IGNORECASE)
CLOCK = re.compile(rf"(?<![\d/.:-]){_CLOCK}")
_T_CLOCK = re.compile(rf"[T ]\s?{_CLOCK}")
_WEEKDAY = re.compile(r"\b(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|cn|t[2-7])\b", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:đăng\s+)?ngày\s+(?:đăng|cập\s+nhật|xuất\s+bản|gửi|tạo|viết|phát\s+hành|ban\s+hành)(?:\s+(?:tin|bài))?|ngày"
    r"|(?:(?:đã|được)\s+)?đăng(?:\s+(?:lúc|vào|bởi|tin|bài|tải))?"
    r"|(?:lần\s+)?cập\s+nhật(?:\s+(?:lúc|ngày|lần\s+cuối|lần\s+gần\s+nhất|cuối(?:\s+cùng)?|mới\s+nhất))?"
    r"|(?:chuyên|danh)\s+mục\s*:[^|\d]{2,60}(?=[|\d])|sửa\s+lần\s+cuối"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|thời\s+gian(?:\s+đăng)?|xuất\s+bản|lúc|vào|viết\s+bởi|(?:số\s+)?(?:lượt|lần)\s+(?:xem|đọc|truy\s+cập)"
    r"|lượt\s+thích|đã\s+xem|xem|views?|đọc|bình\s+luận|phản\s+hồi|comments?"
    r"|gmt|utc|giờ|phút|posted(?:\s+on)?|published(?:\s+on)?|updated|date|on|at|in\s+trang|chia\s+sẻ|cỡ\s+chữ|màu\s+chữ"
    r"|a\s?[+-]?|nguồn|tweet|in",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
CENTURY = re.compile(r"[12][09]\d\d")  # no full date is without it
_LETTER = re.compile(r"[^\W\d_]")
_COUNTED = r"(?:số\s+)?(?:lượt|lần)\s+(?:xem|đọc|truy\s+cập|tải)"
_COUNTER = re.compile(
    rf"(?:{_COUNTED}(?:\s+tin|\s+bài)?\s*[:\-]?\s*[\d.,]++|[\d.,]++\s*(?:lượt\s+(?:xem|đọc"
    r"|truy\s+cập)|views?|bình\s+luận)|(?:views?|bình\s+luận|phản\s+hồi|lượt\s+thích|ý\s+kiến)\s*:\s*[\d.,]++"
    r"|đã\s+xem\s*:?\s*[\d.,]++)[^\w(]*+",
    re.IGNORECASE,
)
_COUNTERS = re.compile(rf"[(\W]*+(?:{_COUNTER.pattern})++\)?", re.IGNORECASE)
_FIRST_WORDS = first_words("|".join((_WORDS.pattern, _WEEKDAY.pattern, _COUNTER.pattern))) | {
    *("", "views", "comments", "lần", "chuyên", "danh", "sửa", "tháng", "được", "sept"),
    *_ENGLISH, *(name[:3] for name in _ENGLISH),
}  # fmt: skip
# A year of two figures, where the line holds nothing else but a time.
_SHORT_YEAR = re.compile(
    r"\W{0,3}(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d\d)(?:[\s,|–-]{1,5}(?P<h>[01]?\d|2[0-3])[:hg](?P<min>[0-5]\d))\W{0,3}"
)
_PLACE = re.compile(r"\W{0,3}[^\W\d_]{1,12}(?: [^\W\d_]{1,12}){0,3}, ngày", re.IGNORECASE)


class Stamp(NamedTuple):
    """A time and how exact it is, ``minute`` or ``day``."""

    at: datetime
    precision: str


def read_stamp(text: str) -> Stamp | None:
    """The first full date in ``text`` with the time printed beside it, as local time.

    >>> read_stamp("Thứ sáu - 08/07/2022 04:06 161 0")
    Stamp(at=datetime.datetime(2022, 7, 8, 4, 6), precision='minute')
    >>> read_stamp("2020-03-05T02:00:00.000Z").at.hour, read_stamp("29/07/2021 | 70").precision, read_stamp("29/07")
    (9, 'day', None)
    """
    if not text:
        return None
    found = DATE.search(text)
    while found:
        day = _day(found)
        if day:
            return _timed(day, text, found)
        found = DATE.search(text, found.end())
    return _short(text)


def _short(text: str) -> Stamp | None:
    found = _SHORT_YEAR.fullmatch(text) if len(text) <= _MAX_SHORT else None
    try:
        year, month, day, hour, minute = (int(found[part]) for part in ("y", "m", "d", "h", "min")) if found else (0, 0, 0, 0, 0)
        return Stamp(datetime(2000 + year, month, day, hour, minute), "minute") if found else None
    except ValueError:
        return None


def _day(found: re.Match[str]) -> datetime | None:
    for suffix in ("", "2", "3", "4", "5", "6"):
        if found["y" + suffix]:
            named = found["m" + suffix]
            month = int(named) if named.isdigit() else next(n for n, name in enumerate(_MONTHS, 1) if name.fullmatch(named))
            year, day = int(found["y" + suffix]), int(found["d" + suffix])
            try:
                return datetime(year, month, day) if _YEARS[0] <= year <= _YEARS[1] else None
            except ValueError:
                return None
    return None


def _timed(day: datetime, text: str, found: re.Match[str]) -> Stamp:
    clock = _T_CLOCK.match(text, found.end()) or CLOCK.search(text, found.end(), found.end() + 40)
    if not clock:
        before = list(CLOCK.finditer(text, max(0, found.start() - 40), found.start()))
        clock = before[-1] if before else None
    if not clock:
        return Stamp(day, "day")
    hour, minute = int(clock["h"]), int(clock["min"])
    half = (clock["half"] or "").upper().replace(".", "")
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    if not (hour or minute):  # what a machine writes where it knows the day only
        return Stamp(day, "day")
    return Stamp(_local(day.replace(hour=hour, minute=minute), clock["zone"]), "minute")


def _local(at: datetime, zone: str | None) -> datetime:
    if not zone:
        return at
    if zone.upper() == "Z":
        return at + _LOCAL
    sign = re.search(r"([+-])(\d{1,2}):?(\d\d)?", zone)
    if not sign:
        return at
    offset = timedelta(hours=int(sign[2]), minutes=int(sign[3] or 0))
    return at + _LOCAL - (offset if sign[1] == "+" else -offset)


def may_be_dateline(first: str, text: str) -> bool:
    """Whether ``is_dateline`` is worth asking about a line with this first word (a whole line of few words but its date's)."""
    if len(text) > _MAX_LINE:
        return False
    return (
        first[:1].isdigit()
        or first in _FIRST_WORDS
        or first.rstrip("0123456789") in _FIRST_WORDS
        or text[: len(first)].isupper()
        or ", ngày" in (opening := text[:60])
        or ", Ngày" in opening
    )


def dateless(text: str, mark: str = " ") -> str:
    """A line with ``mark`` in the place of its date, time, weekday and counters; as it is where it holds no full date.

    >>> dateless("Mai Lan - 15/03/2024 08:05", "|")
    'Mai Lan - | |'
    """
    if not CENTURY.search(text) or not DATE.search(text):
        return text
    for pattern in (DATE, CLOCK, _COUNTER, _WEEKDAY):
        text = pattern.sub(mark, text)
    return text


def is_dateline(text: str) -> bool:
    """Whether a line holds only a date or counters: weekday, time, labels, numbers and perhaps a place or a word more.

    >>> [is_dateline(t) for t in ("29/07/2021 | 70", "Lượt xem: 1.204", "Ngày 05/7, tỉnh tổ chức hội nghị", "Ngày 12/3/2024 họp")]
    [True, True, False, False]
    """
    if len(text) > _MAX_LINE:
        return False
    if _COUNTERS.fullmatch(text):
        return _DIGIT.search(text) is not None
    if not CENTURY.search(text):
        return _short(text) is not None
    found = DATE.search(text)
    if not found or not _day(found):
        return False
    if _PLACE.match(text) and not _LETTER.search(text[found.end() :]):
        return True  # "Lào Cai, ngày 12 tháng 3 năm 2024", as official papers have it
    rest = text[: found.start()] + " " + text[found.end() :]
    for pattern in (DATE, CLOCK, _WEEKDAY, _WORDS):
        rest = pattern.sub(" ", rest)
    left = "".join(_LETTER.findall(rest))
    return len(left) <= 1 or (len(left) <= 5 and left.isupper())  # an editorial board's initials
