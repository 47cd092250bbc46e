"""Of which years the days of a text may be that prints no year with them, nor a day of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.extract.dating import happens
from transforms.extract.holder_bodies import sentence_at
from transforms.text import Sentence, Spans

# Words before a day with which a sentence opens, or a clause of its own.
OPENS = re.compile(
    r"[\W_]{0,3}(?:(?:cũng|vào|hôm|trong|trước đó|sau đó|tiếp đó|mới đây|cụ thể|theo đó|được biết|đầu|cuối|giữa|hồi|hè|buổi|"
    r"còn|riêng|khoảng|ngày|sáng|trưa|chiều|tối|và|đến|tuy nhiên|trong khi đó|gần đây|gần nhất|như đã đưa tin),? )*",
    re.I,
)
A_YEAR = 366  # days: what lasts as long dates nothing that is done in it; what lies so far apart is of another time
SHORT = ("day", "time", "month")
_PARTS = ("half_year", "quarter", "month")
_FAR = 100  # days: a quarter as much later than a day is no period that was planned on it
_SOON = 31  # days after which a paper is looked back on, if its date is all that tells the year
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PLANS = re.compile(
    r"\b(?:sẽ|dự kiến|kế hoạch|mục tiêu|phấn đấu|hoàn thành|tới|tổ chức vào|diễn ra|giai đoạn|trước|chậm nhất|từ nay|đến)\b"
)
_SINCE_THEN = re.compile(r"[\W_]{0,3}(?:(?:từ|trước đó|sau đó|đến|vào|đầu|cuối|ngày),? )*", re.I)
_DONE = re.compile(r"\b(?:đã|từng)\b")
_AHEAD = re.compile(r"\b(?:sẽ|dự kiến|phấn đấu|kế hoạch|mục tiêu|dự toán|dự báo)\b")
# Before a bare year that is over: figures of the present one are compared with it.
_COMPARED = re.compile(
    r"\b(?:so với|so|gấp [\d.,]+ lần(?: so với)?)(?: (?:cùng kỳ|(?:dịp |kỳ nghỉ )?tết|mùa|vụ|lễ hội))?(?: năm)? ?\Z"
)
_LAST_YEAR = re.compile(r"(?<!cùng kỳ )(?<!so với )\bnăm ngoái\b")
_NARRATED = re.compile(r"\b(?:từ|hồi|vào)(?: (?:đầu|giữa|cuối))? \Z")


def _cited_once(facts: Facts, printed: list[DateMention]) -> dict[int, date]:
    """The years that a text prints in the date of one document cited and nowhere else: hardly its own."""
    cited = Spans.of(facts.citations)
    days: dict[int, set[date]] = {}
    for mention in printed:
        if mention.start_char in cited:
            days.setdefault(mention.date_from.year, set()).add(mention.date_from)
    said = {day.year for m in facts.dates if m.start_char not in cited and not m.inferred for day in (m.date_from, m.date_to)}
    return {year: min(of_it) for year, of_it in days.items() if len(of_it) == 1 and year not in said}


def _follows(past: list[date], day: date, least: int) -> bool:
    """Whether something is told as past that was so many days after a day, and within a year of it."""
    after = bisect_right(past, day + timedelta(days=least))
    return after < len(past) and (past[after] - day).days < A_YEAR


class SureYears:
    """Of which years days without a printed one may be: those of a text that tells of no later past.

    Each answer is a look-up, however many days a text has.
    """

    def __init__(self, article: Article, facts: Facts) -> None:
        self.article = article
        self.said: dict[tuple[int, re.Pattern[str]], bool] = {}
        printed = [m for m in facts.dates if m.grain != "range" and self.is_printed(m)]
        self.parts = {m.date_from.year for m in facts.dates if m.grain in _PARTS}
        self.whole = {m.date_from.year for m in facts.dates if m.grain == "year"}
        told = [(m, sentence) for m in printed if (sentence := self._telling(m))]
        self.latest = max(
            (m.date_from.year for m, s in told if OPENS.fullmatch(article.text, s.start, m.start_char)), default=0
        )
        self.newest = max((m.date_from.year for m, _ in told), default=0)
        self.reported = sorted(m.date_from for m, _ in told if m.grain == "quarter")
        self.over = {year for m in printed for year in self._over(m)}
        self.narrated = {(m.date_from.year, m.date_from.month) for m in printed if self._is_narrated(m)}
        self.cited = _cited_once(facts, printed)
        self.pasts = sorted(m.date_from for m, s in told if m.grain in SHORT and self._is_past(m, s))

    def is_printed(self, mention: DateMention) -> bool:
        return _YEAR.search(self.article.text, mention.start_char, mention.end_char) is not None

    def _telling(self, mention: DateMention) -> Sentence | None:
        """The sentence of a date on which something was, not one that plans."""
        sentence = sentence_at(self.article, mention.start_char)
        if sentence is None or not happens(self.article, mention):
            return None
        return None if self._says(sentence, _PLANS) else sentence

    def _says(self, sentence: Sentence, words: re.Pattern[str]) -> bool:
        """Whether a sentence has such a word: searched once, however many dates it has."""
        key = sentence.start, words
        if key not in self.said:
            self.said[key] = words.search(self.article.folded, sentence.start, sentence.end) is not None
        return self.said[key]

    def _is_past(self, mention: DateMention, sentence: Sentence) -> bool:
        if _SINCE_THEN.fullmatch(self.article.text, sentence.start, mention.start_char):
            return True
        return self._says(sentence, _DONE)

    def _over(self, mention: DateMention) -> Iterator[int]:
        """The years that are over where figures are compared: ``gấp 4 lần năm 2016``, ``năm ngoái tăng 7% so với 2015``."""
        folded, start = self.article.folded, mention.start_char
        is_same = folded.startswith("cùng kỳ", start)
        if not is_same and (mention.grain != "year" or not _COMPARED.search(folded, max(0, start - 40), start)):
            return
        sentence = sentence_at(self.article, start)
        if sentence is None or self._says(sentence, _AHEAD):
            return
        yield mention.date_from.year
        if not is_same and _LAST_YEAR.search(folded, max(sentence.start, start - 120), start):
            yield mention.date_from.year + 1

    def _is_narrated(self, mention: DateMention) -> bool:
        """``hiện không còn … từ tháng 2/2016``: of the month that it is now, nobody would print the year."""
        folded, start = self.article.folded, mention.start_char
        if mention.grain != "month" or not _NARRATED.search(folded, max(0, start - 16), start):
            return False
        sentence = sentence_at(self.article, start)
        return sentence is not None and not self._says(sentence, _AHEAD)

    def are_sure(self, day: date) -> bool:
        """Whether a day that was given its year is likely of it."""
        if day.year not in self.parts and day.year + 1 in self.whole:
            return False  # "Ngày 17/5 …, kế hoạch năm 2017": of which of two years?
        if day.year in self.over or (day.year, day.month) in self.narrated:
            return False
        cited = self.cited.get(day.year)
        if cited is not None and not 0 <= (day - cited).days <= _SOON:
            return False
        if self.latest > day.year:
            return False  # the year was taken from an older one
        return not _follows(self.pasts, day, 2) and not _follows(self.reported, day, _FAR)
