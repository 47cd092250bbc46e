"""The year of days and periods that print none, from what else the text prints."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from transforms.document import Article
from transforms.extract.date_forms import Part, sentence_of
from transforms.extract.date_hints import Hints, is_of_prize
from transforms.extract.date_neighbours import (
    ELSEWHEN,
    HAPPENING,
    LOOKING_BACK,
    FullDates,
    is_anniversary,
    is_back_then,
    is_issue_date,
    is_narrated,
    is_record,
    month_of,
    near_publication,
    span_in_year,
)
from transforms.extract.feasts import years_of_feasts

_PLAN = ("dự kiến", "sẽ ", "sắp tới", "kế hoạch", "trước ngày", "hoàn thành", "phấn đấu", " tới", "chậm nhất")
_FUTURE = (" sẽ ",)
_OPENING = 600  # characters
_ONLINE_SINCE, _LATEST = 2005, 2035  # articles of the web
_ENOUGH = 2.0  # weight: a date, or two bare years
_SINGLE = 2.0  # the weight of one date far down in the text, which tells the year of days near it only
_NEAR = 3  # months
_LISTED = 5  # characters between the days of a list
_LATE = 9  # the month after which a day early in a year is of the next one
_TURN = 6  # months: of a list of days, one as much later than the next is of the year before
_THIS = (" này", " nay")
_UNTIL = ("đến ", "hết ", "tới ")
_LAST_YEAR = (" năm ngoái", " năm trước", " như năm trước", " như năm ngoái")
_SINCE_LAST_YEAR = re.compile(r"(?<!\w)năm ngoái,? (?:(?:đến|vào|hồi|trong|từ) )?(?:(?:đầu|cuối|giữa|dịp) )?\Z")
_TO_COME = ("dự kiến", "sắp tới")
_COMPARED = re.compile(r"(?<!\w)so(?: với)? \Z")
_PLANNED = re.compile(r"(?:nhiệm vụ|phương hướng|kế hoạch|dự toán|chương trình|chỉ tiêu)[^.;\n]{0,24}$")


class Years:
    """Tells the year of parts that print none."""

    def __init__(self, article: Article, parts: list[Part]) -> None:
        self.article, self.parts = article, parts
        self.starts = [sentence.start for sentence in article.sentences]
        self.sentence = [sentence_of(self.starts, part.start) for part in parts]
        self.said: dict[tuple[int, tuple[str, ...]], bool] = {}
        self.told: dict[tuple[str, int, int, int], int] = {}
        self.neighbours = FullDates(article, parts)
        self.hints = Hints(article, parts)
        self.settled: dict[int, tuple[date, date] | None] = {}
        self.early = self.late = 0  # the first and the last month that the text prints with the document's year
        self.sure = False  # more than bare years (``năm 2016``, which may be the one reviewed) tell the document's year
        self.spelt: frozenset[int] = frozenset()  # months narrated with the document's year, which are not the present one
        self.single = False  # one date is all that tells the document's year
        self.spread = False  # days without a year lie all over it
        self.following = False  # the year after is spoken of, too: the first months are of that year
        self.turning = False  # the year before is reviewed and the document's planned: its last months are of the year before
        self.paired = False  # a year reviewed and the next one planned are all that tells
        self.school = self._school_year()
        self.feasts = [] if article.published else years_of_feasts(article.folded)
        self.feast = self.feasts[0] if self.feasts else None
        self.home = article.published.year if article.published else self._year_of_document()
        self.printed = frozenset(part.year for part in parts if part.year is not None and part.form != "joined")

    def interval(self, number: int) -> tuple[date, date] | None:
        if number not in self.settled:
            self.settled[number] = self._settle(number)
        return self.settled[number]

    def _settle(self, number: int) -> tuple[date, date] | None:
        part = self.parts[number]
        if part.form == "joined" and part.head and part.tail:
            return self._join(number, part.head, part.tail)
        if part.form == "same":
            return self._same(number, part)
        year = part.year if part.year is not None else self._year(number, part)
        if year is None:
            return None
        span = span_in_year(part, year)
        if span and part.form != "year" and not is_record(self.article, part):
            self.told.setdefault((part.form, part.low, part.high, part.month), year)
        return span

    def _join(self, number: int, head: Part, tail: Part) -> tuple[date, date] | None:
        end = tail.year
        if end is None:
            if head.year is not None:
                end = head.year
                if (tail.month, tail.low) < (head.month, head.low) and tail.form == head.form:
                    end += 1
            else:
                end = self._year(number, tail)
        if end is None:
            return None
        start = head.year
        if start is None:
            start = end
            if head.form == tail.form and (head.month, head.low) > (tail.month, tail.low):
                start -= 1
        first, last = span_in_year(head, start), span_in_year(tail, end)
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None

    def _same(self, number: int, part: Part) -> tuple[date, date] | None:
        """``cùng kỳ năm 2016``: the period reported on, in that year; the whole year where none is reported on."""
        year = part.year
        if year is None:
            return self._year_before(number, part)
        for other in reversed(self.parts[max(0, number - 30) : number]):
            if other.form in ("first", "last", "quarter", "month") and other.year != year:
                return span_in_year(other, year)
        return span_in_year(part, year)

    def _year_before(self, number: int, part: Part) -> tuple[date, date] | None:
        """``cùng kỳ năm trước``: of the last period that the paragraph reports on and does not plan."""
        for at in range(number - 1, max(-1, number - 12), -1):
            other = self.parts[at]
            if self.article.folded.find("\n", other.end, part.start) >= 0 or other.form == "joined":
                return None
            folded, since = self.article.folded, max(0, other.start - 34)
            if _PLANNED.search(folded, since, other.start) or _COMPARED.search(folded, since, other.start):
                continue
            if other.form == "month" and folded.endswith(_UNTIL, 0, other.start):
                return None  # of the months up to it
            single = other.until == other.year and folded.startswith("năm ", other.start)
            beside = self.sentence[at] == self.sentence[number]
            if other.form == "year" and (not single or not beside or folded.endswith("đầu ", 0, other.start)):
                continue
            if other.form in ("first", "last", "quarter", "month", "year"):
                span = self.interval(at)
                return span_in_year(replace(other, until=None), span[0].year - 1) if span else None
        return None

    def _year(self, number: int, part: Part) -> int | None:
        if part.form in ("day", "month") and self.article.folded.startswith((" hàng năm", " hằng năm"), part.end):
            return None  # every year
        if self._is_of_last_year(part):
            now = self.article.published.year if self.article.published else self.feast
            if now is None and self.home is None and self.school is not None:
                now = self.school + 1
            return now - 1 if now is not None else None
        listed = self._listed_year(number, part)
        if listed is not None:
            return listed
        known = self.told.get((part.form, part.low, part.high, part.month))
        if known is not None and not self.article.folded.startswith(" tới", part.end):
            return known
        turned = self._turned(part)
        if turned is not None:
            return turned
        if part.form in ("quarter", "last"):
            near = self._same_form(number, part) if part.form == "quarter" else self._half_before(number, part)
            if near is not None:
                return near
        if part.form != "day":
            near = self._earlier_in_sentence(number)
            if near is not None:
                return near
        if self.article.published:
            return near_publication(part, self.article.published, self._is_plan(number), self.printed)
        if self.feast is not None and part.form in ("day", "month") and month_of(part) <= 3 and (
            self.home in (None, self.feast - 1) or self.home in self.feasts
        ):  # fmt: skip
            return self.feast
        if part.form == "month" and self.home is None and self.school is not None:
            return self.school if part.low >= 8 else self.school + 1
        if part.form not in ("day", "month"):
            return self.home
        if self.home is not None:
            month = month_of(part)
            told = self._year_of_day(part, month, self.home)
            return told or self.neighbours.year_beside(part) or self.hints.year_of(month)
        if self.school is not None and part.form == "day":
            return self.school if part.month >= 8 else self.school + 1  # in a school year
        return self.neighbours.year_beside(part) or self.hints.year_of(month_of(part))

    def _is_of_last_year(self, part: Part) -> bool:
        """``tháng 9 năm ngoái``, ``năm ngoái đến tháng 9``."""
        folded = self.article.folded
        return folded.startswith(_LAST_YEAR, part.end) or (
            _SINCE_LAST_YEAR.search(folded, max(0, part.start - 20), part.start) is not None
        )

    def _turned(self, part: Part) -> int | None:
        """The next year, for an early day or month that opens a text, or is this year's, where one late date is all it prints."""
        if self.article.published or part.form not in ("day", "month", "first", "quarter"):
            return None
        this = self.article.folded.startswith(_THIS, part.end)
        return self.hints.turned(month_of(part) or 1) if this or (self.single and part.start < _OPENING) else None

    def _year_of_day(self, part: Part, month: int, home: int) -> int | None:
        """A day of the first months is of the year after where the text is from there: it prints the year of what lies back."""
        if self.paired and 3 < month < 11:
            return None
        if month in self.spelt or (self.single and (not self.early or abs(self.early - month) > _NEAR)):
            return None
        if self.turning and month >= 11:
            return home - 1
        if month > 3:
            return home
        if self.following:
            return home + 1
        if self.early > month and not self.spread:
            if part.form == "month" and self.late - month <= _NEAR:
                return home  # the months just past
            return home + 1 if self.late >= _LATE and self.late - month >= 6 else None
        return home if self.sure or self.spread else None

    def _listed_year(self, number: int, part: Part) -> int | None:
        """The year that closes a list or a pair: ``quý III, … quý IV năm 2023``; ``6 tháng đầu năm, … 6 tháng cuối năm 2022``."""
        if part.form == "day":
            year = self._year_of_days(number)
            if year is not None:
                return year
        for other in range(number + 1, min(number + 4, len(self.parts))):
            if self.sentence[other] != self.sentence[number]:
                break
            after = self.parts[other]
            if after.form == "same" or "cùng kỳ" in self.article.folded[self.parts[other - 1].end : after.start]:
                break
            if after.form == "joined" or after.year is None or is_record(self.article, after):
                continue
            if part.form == "day":
                return after.year if after.form == "day" and after.start - part.end <= 30 else None
            if part.form == after.form == "month" and part.low < after.low and _COMPARED.search(
                self.article.folded, part.end, after.start
            ):  # fmt: skip
                return after.year + 1
            if after.form in ("first", "last", "quarter", "month"):
                return after.year
            if after.form == "year" and after.start - part.end <= 12:  # quý IV và cả năm 2016
                return after.year
            return None
        return None

    def _year_of_days(self, number: int) -> int | None:
        """The year that a list of days closes with, or the one before: ``16/12, 27/12, 6/1 và 21/1/2017``."""
        turned = 0
        for at in range(number + 1, min(number + 9, len(self.parts))):
            before, after = self.parts[at - 1], self.parts[at]
            if after.form != "day" or after.start - before.end > _LISTED:
                return None
            turned += before.month >= after.month + _TURN
            if after.year is not None:
                return after.year - turned
        return None

    def _earlier_in_sentence(self, number: int) -> int | None:
        for other in range(number - 1, max(-1, number - 9), -1):
            if self.sentence[other] != self.sentence[number]:
                return None
            before = self.parts[other]
            single = before.form not in ("same", "joined") and before.until in (None, before.year)
            if single and before.year is not None and not is_record(self.article, before):
                return before.year
        return None

    def _same_form(self, number: int, part: Part) -> int | None:
        """The year that another quarter nearby prints."""
        for other in range(max(0, number - 4), min(len(self.parts), number + 5)):
            near = self.parts[other]
            if near.form == part.form and near.year is not None and abs(near.start - part.start) < 400:
                return near.year
        return None

    def _half_before(self, number: int, part: Part) -> int | None:
        """The year of the first half that was told of right before the second."""
        before = self.parts[number - 1] if number else part
        beside = part.start - before.end < _OPENING and self.article.folded.find("\n", before.end, part.start) < 0
        return before.year if before.form == "first" and before.low + part.low == 12 and beside else None

    def _is_plan(self, number: int) -> bool:
        return self._sentence_has(number, _PLAN)

    def _sentence_has(self, number: int, words: tuple[str, ...]) -> bool:
        index = self.sentence[number]
        if not 0 <= index < len(self.article.sentences):
            return False
        if (index, words) not in self.said:
            sentence, folded = self.article.sentences[index], self.article.folded
            self.said[index, words] = any(folded.find(word, sentence.start, sentence.end) >= 0 for word in words)
        return self.said[index, words]

    def _year_of_document(self) -> int | None:
        """Without a publication date: the latest year of which the text speaks as present.

        Years aimed at, begun from, compared with or cited do not tell; neither does a single bare year far down in the text.
        """
        weights: dict[int, float] = {}
        planned: dict[int, bool] = {}
        firm: set[int] = set()
        months: dict[int, list[int]] = {}
        narrated: dict[tuple[int, int], float] = {}
        past = 0  # the last year told as back then: the document's is not before it
        for number, part in enumerate(self.parts):
            year = part.tail.year if part.form == "joined" and part.tail else part.year
            if part.form == "same" and year is not None:
                weights[year + 1] = weights.get(year + 1, 0.0) + 1.0  # compared with the year before
                planned[year + 1] = False
                continue
            if year is None and part.form in ("first", "last") and not self.article.folded.startswith(_THIS, part.end):
                year = self._earlier_in_sentence(number)  # hội nghị năm 2017, sơ kết sáu tháng đầu năm
            if year is None or not _ONLINE_SINCE <= year <= _LATEST or is_issue_date(self.article, part):
                continue
            if part.form == "joined" and part.head and part.tail and is_anniversary(part.head, part.tail):
                weights[year] = weights.get(year, 0.0) + 3.0  # kept in the document's year
                planned[year] = False
                firm.add(year)
                months.setdefault(year, []).append(part.tail.month)
                continue
            if (part.until or year) != year or (part.head and part.head.year not in (None, year)):
                continue
            if part.form == "year" and (self._is_of_list(number) or is_of_prize(self.article.folded, part.start)):
                continue
            before = self.article.folded[max(0, part.start - 34) : part.start]
            title = self._role(number) in ("title", "lead")
            if ELSEWHEN.search(before) or (not title and self._sentence_has(number, _FUTURE)):
                continue
            if not title and is_back_then(self.article, part):
                past = max(past, 0 if self._is_plan(number) else year)
                continue
            weight = {"first": 3.0, "last": 3.0, "quarter": 3.0, "day": 2.0, "month": 2.0}.get(part.form, 1.0)
            if title:
                weight *= 3
            elif part.start < _OPENING:
                weight *= 1.5
            weights[year] = weights.get(year, 0.0) + weight
            planned[year] = planned.get(year, True) and _PLANNED.search(before) is not None
            if part.form == "year" and not _PLANNED.search(before):
                self.neighbours.bare.add(year)
            if part.form != "year" or _PLANNED.search(before) or self.article.folded.startswith(_THIS, part.end) \
                    or self._is_told_ahead(number, part, title):  # fmt: skip
                firm.add(year)
            if part.form == "month" and is_narrated(self.article, part):
                narrated[year, part.low] = narrated.get((year, part.low), 0.0) + weight
            if not self._is_plan(number):
                months.setdefault(year, []).append(month_of(part))
        year = max((year for year, weight in weights.items() if weight >= _ENOUGH), default=None)
        if year is None:
            year = max((y for y in weights if y - 1 in weights and planned[y] and not planned[y - 1]), default=None)
            self.paired = year is not None
        if year is None or max(weights) > year + 1 or past == year + 1:
            return None  # a later year that is spoken of only once: the earlier ones lie back
        named = [month for month in months.get(year, []) if month]
        self.sure, self.early, self.late = year in firm or year - 1 in weights, min(named, default=0), max(named, default=0)
        self.spelt = frozenset(m for (of, m), weight in narrated.items() if of == year and weights[of] - weight < _ENOUGH)
        self.single = weights[year] <= _SINGLE and not self.paired
        self.spread = any(part.form == "day" and part.year is None and part.month > 3 for part in self.parts)
        self.following = planned.get(year + 1, False)
        self.turning = planned[year] and (self.paired or weights.get(year - 1, 0.0) >= 2)
        return year

    def _is_of_list(self, number: int) -> bool:
        """``các năm 2011, 2012 và 2014``: years that lie back."""
        run = 1
        for step in (-1, 1):
            at = number
            while 0 <= at + step < len(self.parts) and run < 3:
                first, second = sorted((at, at + step))
                head, tail = self.parts[first], self.parts[second]
                if head.form != "year" or tail.form != "year" or tail.start - head.end > 4 or tail.end - tail.start != 4:
                    break
                run, at = run + 1, at + step
        return run >= 3

    def _is_told_ahead(self, number: int, part: Part, title: bool) -> bool:
        """Whether a bare year is that of something to come, or of the gathering that the headline names."""
        if self._sentence_has(number, _TO_COME):
            return True
        if not title:
            return False
        before = self.article.folded[max(0, part.start - 90) : part.start].rpartition("\n")[2]
        return HAPPENING.search(before) is not None and not LOOKING_BACK.search(before)

    def _school_year(self) -> int | None:
        """The first year of the school year that the text is about: the last that it names and does not plan."""
        latest, told = 0, None
        for number, part in enumerate(self.parts):
            until = part.until or part.year or 0
            if until < latest:
                continue
            schooling = (
                part.form == "year" and until == (part.year or 0) + 1 and self.article.folded.startswith("năm học", part.start)
            )
            if schooling and told is not None and until == told + 2 and self._is_plan(number):
                continue  # the next one
            if until > latest or schooling:
                latest, told = until, part.year if schooling else None
        return told

    def _role(self, number: int) -> str:
        index = self.sentence[number]
        return self.article.sentences[index].role if 0 <= index < len(self.article.sentences) else "body"
