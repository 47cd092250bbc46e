"""The printed forms of dates and periods, read into parts; nothing is inferred here."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from transforms.extract.date_bare import CLEAN_AFTER, YEAR, is_plainly_a_year, word_before
from transforms.extract.numbers import ROMAN, WORDS
from transforms.text import digit_runs


@dataclass(slots=True)
class Part:
    """One expression as printed: its span, its form, and the numbers in it; ``year`` is None where none is printed.

    ``form``: ``day`` (``low`` to ``high`` of ``month``), ``month`` (months ``low`` to ``high``), ``quarter`` (likewise),
    ``first`` and ``last`` (the first or last ``low`` months of a year), ``year`` (``year`` to ``until``), ``same``
    (the same period of another year), ``joined`` (from ``head`` to ``tail``).
    """

    start: int
    end: int
    form: str
    low: int = 0
    high: int = 0
    month: int = 0
    year: int | None = None
    until: int | None = None
    clock: bool = False
    head: Part | None = None
    tail: Part | None = None


_MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_DIGITS = re.compile(r"\d+")
# A number before a word that neither joins it to another number nor is "tháng", as most are: no date begins with it.
_NO_DATE = re.compile(r"(?:\d{1,3}|\d{5,})(?!\d)(?: ?[^\W\dvđt_]|%)")
_LINK = r"\s{0,2}(?:[-–—,;&_]|và|đến hết|đến|tới)\s{0,2}"
# After the first day number: more days, then the month and perhaps the year. 27-28/4 · 5, 6 và 7/8/2023 · 5 tháng 7 năm 2024
_DAY = re.compile(
    rf"\d{{1,2}}(?!\d)(?:{_LINK}(?:ngày )?\d{{1,2}}(?!\d)){{0,8}}?"
    rf"(?:(?P<slash>\s?[/.\-–]\s?)(?P<m1>0?[1-9]|1[0-2])\s?[/.\-–]\s?(?P<y1>{YEAR}|\d\d)(?!\d|/\d|[.,]\d)"
    rf"|,? tháng (?P<m2>0?[1-9]|1[0-2]|giêng|tư|chạp|mười hai|mười một|mười|hai|ba|năm(?! \d)|sáu|bảy|tám|chín)(?![^\W_])"
    rf"(?:,? năm (?P<y2>{YEAR})|\s?[/.-]\s?(?P<y3>{YEAR}))?(?!\d)"
    rf"|(?P<dot>\s?[/.\-–]\s?)(?P<m3>0?[1-9]|1[0-2])(?!\d|\s?[/.]\s?\d|[-–]\d(?!\d?/\d)|%|,\d)(?:,? năm (?P<y4>{YEAR})(?!\d))?)"
)
# "6 - 7 triệu", "3-4 người": a range of something counted.
_QUANTITY = re.compile(
    r" ?(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm|đồng|usd|người|hộ|lần|điểm|bàn|trận|độ|tuổi|giờ|phút|kg|km|m|cm|mm|ha|m2|tấn|tạ|lít|g|"
    r"ngày|tuần|tháng|năm(?! 20)|con|cái|chiếc|xe|bộ|lớp|vụ|cuộc|buổi|tiếng)(?![^\W_])"
)
_DAY_SPLIT = re.compile(r"(\d{1,2})")
# What stands before a day: a clock time, part of the day, weekday, "ngày".
_CLOCK = (
    r"(?:\d{1,2}(?:[h:]\s?(?:\d\d)?|g\d\d| giờ(?: \d{1,2}(?: phút)?)?)(?:\s?[-–]\s?\d{1,2}[h:]\d{0,2})?,? (?:(?:của|trong) )?)?"
)
_PART = r"(?:(?:rạng sáng|sáng sớm|sáng|trưa|chiều tối|chiều|tối|đêm|khuya)(?: (?:nay|qua|mai))?,? ?)?"
_WEEKDAY = r"(?:\(?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\)?,? ?)?"
_BEFORE_DAY = re.compile(rf"(?<![^\W_])({_CLOCK}{_PART}{_WEEKDAY}(?:(?:hôm )?(?:các |cả )?(?:\d )?ngày ?)?(?:mùng |mồng )?)$")
_BEFORE_BARE = re.compile(
    r"(?:(?<![^\W_])(?:từ|đến|đến hết|phiên|tới|hết|trước|sau|vào|hôm|dịp|lễ|kể từ|ngày|(?:hôm |sáng |chiều |tối |"
    r"trưa |ngày )(?:nay|qua|mai),?|kỷ niệm|chào mừng"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7]),?|chủ nhật,?|\d ngày)\s?|(?:nay|qua|mai|ngày|nhật|hai|ba|tư|năm|sáu|"
    r"bảy|này|tới|trước|liệt sĩ|giêng)\s?\(\s?"
    r"|(?:quốc khánh|quốc tế phụ nữ|phụ nữ việt nam|quốc tế lao động|nhà giáo việt nam|thiếu nhi|liệt s[ĩỹ]|miền nam) \(?)$"
)
_MONTH = re.compile(
    rf"(0?[1-9]|1[0-2])(?!\d|\s?/\s?\d{{1,2}}(?!\d))((?:{_LINK}(?:tháng )?(?:0?[1-9]|1[0-2])(?!\d|"
    rf"\s?/\d{{1,2}}(?!\d)|\s?(?:giờ|ngày|người|%)))*?)"
    rf"(?:,? (?:của )?năm ({YEAR})|\s?[/.\-–]\s?({YEAR})| ({YEAR})(?=[\s.,;)]))?(?!\d)"
)
# tháng 10 - 12/2016, tháng 4, 5 và 6 năm 2017
_MONTHS_OF_YEAR = re.compile(
    rf"(0?[1-9]|1[0-2])((?:{_LINK}(?:tháng )?(?:0?[1-9]|1[0-2])(?!\d)){{1,5}})"
    rf"(?:,? (?:của )?năm ({YEAR})|\s?[/.\-–]\s?({YEAR})| ({YEAR})(?=[\s.,;)]))(?!\d)"
)
_MONTHS_LISTED = re.compile(
    r"(0?[1-9]|1[0-2])((?:, (?:0?[1-9]|1[0-2])){0,4},? và (?:0?[1-9]|1[0-2]))(?!\d)()()()"
    r"(?=\s?(?:[.,;)\n](?!\d)|$)| (?:tới|này|vừa|thì|là|sẽ|hằng|hàng năm|mới|dương|năm nay|năm ngoái)(?!\w))"
)
_BARE_MONTH = re.compile(rf"(0?[1-9]|1[0-2])/({YEAR})(?![\d/-])")
_BEFORE_BARE_MONTH = re.compile(r"(?<![^\W_])(?:từ|đến|trong|vào|hết|đầu|cuối|giữa|trước|sau|kỳ|và|ngày|\()\s?$")
_SPOKEN_MONTH = re.compile(rf"tháng (mười hai|mười một|mười|một|tư|ba|tám|chín|bảy|sáu|hai)(?:,? năm | ?/ ?| )({YEAR})(?!\d)")
_EACH_QUARTER = re.compile(r"(?<![^\W_])(?:i{1,3}|iv|[1-4])(?![^\W_])")
_QUARTER = re.compile(
    rf"(i{{1,3}}|iv|[1-4])(?![^\W_])((?:{_LINK}(?:quý )?(?:i{{1,3}}|iv|[1-4])(?![^\W_]))*)"
    rf"(?:,? (?:của )?năm ({YEAR})|\s?[/.\-–]\s?({YEAR})| ({YEAR}))?(?!\d)"
)
_ROMAN_SPLIT = re.compile(r"i{1,3}(?!v)|iv|[1-4]")
_PERIOD = re.compile(
    rf"tháng (?:(đầu(?: tiên)?|cuối|còn lại)(?: của)?(?:,? năm(?: nay)?(?! học)(?:\s?\(?({YEAR})(?!\d))?| ({YEAR})(?!\d))"
    rf"|(?:của )?năm ({YEAR})(?!\d)|\s?/\s?({YEAR})(?!\d))"
)
_HALF = re.compile(rf"nửa (?:(đầu|cuối)(?: của)?(?: năm)?(?: ({YEAR}))?|năm ({YEAR}))(?![\w])")
_YEARS = re.compile(rf"({YEAR})(?!\d)(?:\s{{0,2}}[-–—/]\s{{0,2}}({YEAR})(?!\d|\s?[/-]\s?\d))?(?![/.,]\d|\w)")
_BEFORE_YEARS = re.compile(
    r"(?<![^\W_])((?:(?:\d{1,2} )?(?:các |những )?năm|năm học|niên (?:khóa|học)|khóa học|thập (?:niên|kỷ)|giai đoạn"
    r"|thời kỳ|nhiệm kỳ|khóa|cùng kỳ(?: của)?(?: năm)?|nk|gđ)\s{0,2}:?\(?)$"
)
_LISTED_DAY = re.compile(r"\d[/-]\d{1,2}(?:/\d{4})?(?:(?:,|;| và|, và) |\s?[-–]\s?)\Z")  # ngày 18/12, 27/12 và 8/1; từ 1/1 - 4/2
_YEAR_BEFORE = re.compile(r"cùng kỳ năm (?:trước|ngoái)(?!\w)")


def read(text: str, folded: str) -> list[Part]:
    """The dates and periods of a text, in order, none overlapping another."""
    spots = [(start, 0) for start in digit_runs(folded)]
    for kind, literal in ((1, "quý "), (2, "nửa "), (3, "tháng "), (4, "cùng kỳ năm ")):
        at = folded.find(literal)
        while at >= 0:
            if at == 0 or not folded[at - 1].isalnum():
                spots.append((at, kind))
            at = folded.find(literal, at + 3)
    spots.sort()
    parts: list[Part] = []
    done = 0
    for at, kind in spots:
        if at < done:
            continue
        found = _READERS[kind](text, folded, at, done)
        if found:
            parts.extend(found)
            done = found[-1].end
    return _joined(folded, parts)


def _at_number(text: str, folded: str, at: int, done: int) -> list[Part] | None:
    if at and (
        (folded[at - 1].isalpha() and not folded.endswith(("tháng", "ngày"), 0, at))
        or (folded[at - 1] in ".,/" and at > 1 and folded[at - 2].isdigit() and at > done)
    ):
        return None
    if _NO_DATE.match(folded, at) and not folded.endswith(("tháng ", "tháng  ", "tháng"), 0, at):
        return None
    return _days(folded, at, done) or _months(folded, at, done) or _span_of_months(folded, at) or _years(text, folded, at, done)


def _days(folded: str, at: int, done: int) -> list[Part] | None:
    match = _DAY.match(folded, at, at + 90)
    if match is None:
        return None
    slash, month = match["slash"] or match["dot"], match["m1"] or match["m2"] or match["m3"]
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    head = match.start("m1") if match["m1"] else match.start("m2") if match["m2"] else match.start("m3")
    printed = folded[at : head - (len(slash) if slash else 7)]
    days = [(int(m[1]), at + m.start(), at + m.end()) for m in _DAY_SPLIT.finditer(printed)]
    if any(not 1 <= day <= 31 for day, _, _ in days):
        return None
    before = folded[max(done, at - 44) : at]
    led = _BEFORE_DAY.search(before)
    lead = led[1] if led else ""
    lead = lead[2:] if len(days) == 1 and lead[1:].startswith(" ngày") else lead  # Thông tư số 6 ngày 15/2: no count of days
    plain = bool(lead.strip())
    if not plain and folded.endswith(("số ", "tuần "), 0, at):
        return None  # the issues of a magazine: số 11-12 năm 1956; "tuần 4, tháng 6"
    if match["y1"] and slash != match[0][-5:-4] and folded.endswith("tháng ", 0, at):
        return None  # months: tháng 10 - 12/2016
    if not plain and (year is None or len(year) == 2):
        if not _BEFORE_BARE.search(folded[max(0, at - 20) : at]) and not _stands_alone(folded, at, match, days[0][0], done):
            return None
        if match["dot"] and (folded[at : match.end()] == "24/7" or _QUANTITY.match(folded, match.end(), match.end() + 12)):
            return None
    if match["y1"] and len(year or "") == 2:
        if not plain or "/" not in (slash or ""):
            return None
        year = "20" + str(year)
    if match["dot"] and "." in match["dot"] and "ngày" not in lead and "hôm" not in before and not plain:
        return None
    if folded.startswith((" âm lịch", " (âm lịch", " al"), match.end()) or month in ("giêng", "chạp"):
        return None  # the lunar calendar
    start = at - len(lead)
    number = _MONTHS.get(month) or int(month)
    clock = bool(lead) and lead[0].isdigit() and any(mark in lead for mark in ("h", ":", "g"))
    apart = re.search(r"[,;&]|và", printed) is not None
    numbers = [day for day, _, _ in days]
    if len(days) > 1 and numbers != sorted(set(numbers)):
        return None if slash is None else _last_day(days, number, year, match.end())
    if len(days) > 1 and apart and numbers[-1] - numbers[0] != len(numbers) - 1:
        rows = [Part(s, e, "day", d, d, number, int(year) if year else None) for d, s, e in days]
        rows[0].start, rows[-1].end = start, match.end()
        return rows
    return [Part(start, match.end(), "day", numbers[0], numbers[-1], number, int(year) if year else None, clock=clock)]


def _stands_alone(folded: str, at: int, match: re.Match[str], day: int, done: int) -> bool:
    """Whether it goes on with a list of days, or stands in brackets and is no fraction: ``(17/3)``, but not ``(2/3)``."""
    if match["dot"] not in ("/", "-"):
        return False
    if done >= at - 5 and _LISTED_DAY.search(folded, max(0, at - 16), at):
        return True
    return (
        match["dot"] == "/"
        and folded[at - 1 : at] == "("
        and folded[match.end() : match.end() + 1] == ")"
        and day > int(match["m3"])
    )


def _last_day(days: list[tuple[int, int, int]], month: int, year: str | None, end: int) -> list[Part] | None:
    """``12, 5/7``: the number before is none of the days."""
    day, start, _ = days[-1]
    return [Part(start, end, "day", day, day, month, int(year))] if year else None


def _months(folded: str, at: int, done: int) -> list[Part] | None:
    if folded.endswith("quý ", 0, at):
        return None
    named = folded.endswith(("tháng ", "tháng  ", "tháng"), 0, at)
    if not named:
        if "/" not in folded[at + 1 : at + 3]:
            return None  # as most numbers
        match = _BARE_MONTH.match(folded, at, at + 8)
        if match and _BEFORE_BARE_MONTH.search(folded[max(0, at - 9) : at]):
            number = int(match[1])
            return [Part(at, match.end(), "month", number, number, 0, int(match[2]))]
        return None
    match = (
        _MONTHS_OF_YEAR.match(folded, at, at + 70)
        or _MONTHS_LISTED.match(folded, at, at + 40)
        or _MONTH.match(folded, at, at + 70)
    )
    if match is None or folded.startswith((" tuổi", " âm lịch"), match.end()):
        return None
    start = folded.rfind("tháng", 0, at)
    if word_before(folded, start) in ("mỗi", "hàng", "hằng", "vé"):
        return None
    year = match[3] or match[4] or match[5]
    numbers = [int(match[1])] + [int(m[0]) for m in _DIGITS.finditer(match[2])]
    if (start < done or numbers != sorted(set(numbers))) and (year is None or len(numbers) > 1):
        return [Part(max(start, done), at + len(match[1]), "month", numbers[0], numbers[0])]
    if len(numbers) > 1 and re.search(r"[,;&]|và", match[2]):
        spots = [m.span() for m in _DIGITS.finditer(folded, at, at + len(match[1]) + len(match[2]))]
        rows = [Part(s, e, "month", n, n, 0, int(year) if year else None) for n, (s, e) in zip(numbers, spots, strict=True)]
        rows[0].start, rows[-1].end = start, match.end()
        return rows
    return [Part(start, match.end(), "month", numbers[0], numbers[-1], 0, int(year) if year else None)]


def _span_of_months(folded: str, at: int) -> list[Part] | None:
    number = _DIGITS.match(folded, at)
    if number is None or len(number[0]) > 2 or not 1 <= int(number[0]) <= 11:
        return None
    gap = number.end()
    while folded[gap : gap + 1] == " ":
        gap += 1
    if not folded.startswith("tháng ", gap):
        return None
    return _period(folded, at, gap, int(number[0]))


def _period(folded: str, start: int, at: int, months: int) -> list[Part] | None:
    match = _PERIOD.match(folded, at, at + 40)
    if match is None:
        return None
    year = match[2] or match[3] or match[4] or match[5]
    form = "last" if match[1] in ("cuối", "còn lại") else "first"
    return [Part(start, match.end(), form, months, months, 0, int(year) if year else None)]


def _years(text: str, folded: str, at: int, done: int) -> list[Part] | None:
    match = _YEARS.match(folded, at, at + 16) if folded.startswith(("19", "20"), at) else None
    if match is None:
        return None
    year, until = int(match[1]), int(match[2] or match[1])
    before = folded[max(done, at - 24) : at]
    led = _BEFORE_YEARS.search(before)
    lead = led[1] if led else ""
    if "/" in match[0] and lead.strip() not in ("năm học", "niên khóa"):
        return None
    if match[2] and not year < until <= year + (110 if folded[at - 1 : at] == "(" else 60):  # in brackets perhaps a life
        return None
    if not lead and not match[2] and not is_plainly_a_year(text, folded, at, match.end()):
        return None
    if match[2] is None and lead.strip() in ("khóa", "giai đoạn") and not CLEAN_AFTER.match(folded, match.end()):
        return None
    if year > 2100 or until > 2100:
        return None
    lead = "" if "(" in lead else lead
    if match[2] is None and lead[:1].isdigit():
        lead = "năm "  # "lần 46 năm 2017": only a range of years has their number before it
    if match[2] is None and year % 10 == 0 and lead.startswith(("những năm", "các năm", "thập")):
        until = year + 9  # a decade
    form = "same" if lead.startswith("cùng kỳ") and match[2] is None else "year"
    return [Part(at - len(lead), match.end(), form, 0, 0, 0, year, until)]


def _at_quarter(text: str, folded: str, at: int, done: int) -> list[Part] | None:
    match = _QUARTER.match(folded, at + 4, at + 50)
    if match is None:
        return None
    numbers = [ROMAN.get(m[0]) or int(m[0]) for m in _ROMAN_SPLIT.finditer(match[1] + " " + match[2])]
    year = match[3] or match[4] or match[5]
    if len(numbers) > 1 and re.search(r"[,;&]|và", match[2]):
        rows = []
        for m in _EACH_QUARTER.finditer(folded, at + 4, match.end(2)):
            number = ROMAN.get(m[0]) or int(m[0])
            rows.append(Part(m.start(), m.end(), "quarter", number, number, 0, int(year) if year else None))
        rows[0].start, rows[-1].end = at, match.end()
        return rows
    if numbers != sorted(numbers):
        return None
    return [Part(at, match.end(), "quarter", numbers[0], numbers[-1], 0, int(year) if year else None)]


def _at_half(text: str, folded: str, at: int, done: int) -> list[Part] | None:
    match = _HALF.match(folded, at, at + 30)
    if match is None or ("năm" not in match[0] and match[2] is None):
        return None
    year = match[2] or match[3]
    return [Part(at, match.end(), "last" if match[1] == "cuối" else "first", 6, 6, 0, int(year) if year else None)]


_SEVERAL = frozenset(["những", "các", "mấy", "nhiều", *WORDS])


def _at_month_word(text: str, folded: str, at: int, done: int) -> list[Part] | None:
    """``sáu tháng đầu năm``; ``tháng Tám năm 1945``."""
    word = word_before(folded, at)
    if word in ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín") and at - len(word) - 1 >= done:
        return _period(folded, at - len(word) - 1, at, WORDS[word])
    first = _PERIOD.match(folded, at, at + 40) if word and word not in _SEVERAL and not word.isdigit() else None
    if first and (year := first[2]) and first[1].startswith("đầu"):  # tháng đầu năm 2017
        return [Part(at, first.end(), "month", 1, 1, 0, int(year))]
    match = _SPOKEN_MONTH.match(folded, at, at + 30)
    if match:
        number = _MONTHS[match[1]]
        return [Part(at, match.end(), "month", number, number, 0, int(match[2]))]
    return None


def _at_same_period(text: str, folded: str, at: int, done: int) -> list[Part] | None:
    """``cùng kỳ năm trước``: in the year before that of the period reported on."""
    match = _YEAR_BEFORE.match(folded, at, at + 20)
    return [Part(at, match.end(), "same")] if match else None


_READERS = (_at_number, _at_quarter, _at_half, _at_month_word, _at_same_period)

# Between the ends of a range: từ ngày 3/3 (Quốc khánh) tới hết ngày 8/3.
_REMARK = re.compile(r"\A\s?\([^()\n]{2,36}\)")
_GAPS = frozenset([
    "đến", "đến hết", "tới", "cho đến", "đến ngày", "-", "–", "—", "và đến", "đến cuối", "đến đầu", "đến giữa",
    "đến hết ngày", "đến trước", "đến khoảng", "kéo dài đến", "và kết thúc vào", "đến nửa", "tới hết", "tới ngày",
])  # fmt: skip


def _joined(folded: str, parts: list[Part]) -> list[Part]:
    """Make one of ``từ A đến B`` and ``A - B``."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last is not None and last.form != "joined" and part.start - last.end <= 50:
            gap = _REMARK.sub("", folded[last.end : part.start]).strip(" \xa0,")
            apart = "," in folded[last.end : part.start] and not folded.endswith("từ ", 0, last.start)
            if gap in _GAPS and not apart and _may_join(last, part, gap):
                since = last.start - 3 if folded.endswith("từ ", 0, last.start) else last.start
                joined[-1] = Part(since, part.end, "joined", head=last, tail=part)
                continue
        joined.append(part)
    return joined


def _may_join(head: Part, tail: Part, gap: str) -> bool:
    if head.form == "same" or tail.form == "same" or (head.form == "year" and head.until != head.year):
        return False
    if tail.form == "year" and tail.until != tail.year:
        return False
    if gap in "-–—":
        mixed = {head.form, tail.form} == {"day", "month"} and head.year is not None and tail.year is not None
        if not mixed and (head.form != tail.form or (head.year is None and tail.year is None and head.form != "day")):
            return False
    elif head.form != tail.form and {head.form, tail.form} & {"first", "last"}:
        return False
    if head.year is not None and tail.year is None and tail.form in ("first", "last"):
        return False
    return head.form != "quarter" or tail.form == "quarter"


def sentence_of(starts: list[int], at: int) -> int:
    """Which sentence (by the list of their starts) a position falls in."""
    return bisect_right(starts, at) - 1
