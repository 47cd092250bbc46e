"""The periods that a meeting looks back on and plans, and the term of what it signs."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from typing import NamedTuple

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.text import Sentence, Spans

# Kinds of event that look back or ahead in the paragraphs about them, not only in their names.
REVIEWING = frozenset(("sơ kết", "tổng kết", "giao ban", "triển khai", "kiểm tra", "kỳ họp", "ký kết", "tiếp xúc"))
_REVIEW = (
    r"sơ kết|tổng kết|đánh giá|rút kinh nghiệm|kết quả|giao ban|kiểm điểm|tình hình|nhìn lại"
    r"|việc làm được|hạn chế|báo cáo(?! viên)"
)
_PLAN = r"triển khai|phương án|phương hướng|nhiệm vụ|kế hoạch|bàn|giải pháp|phát động|mục tiêu|chỉ tiêu|hướng tới"
_SIDE = re.compile(rf"(?P<review>{_REVIEW})|(?P<plan>{_PLAN})")
_LOOKS_BACK = re.compile(r"kết quả|đánh giá|kiểm điểm|sơ kết|tổng kết|tình hình|triển khai|nhiệm vụ")
_SCHOOL_ENDS = 5  # the month
_NEAR_NAME = 40  # characters from the name of a meeting to its month or quarter
# Inside an act of review, "nhiệm vụ" and the like are what is reviewed, unless a new limb of the sentence begins with them.
_LIMB = re.compile(rf"(?:^|[,;]\s|\svà\s|\s-\s|\scũng như\s)(?:một số |các |đề ra |bàn |thảo luận |xây dựng )?(?:{_PLAN})")

_AIM = re.compile(
    r"\s(?:này\s)?(?:nhằm|để|đã|tập trung|được tổ chức (?:nhằm|để))\s(?:\w+\s){0,2}?"
    r"(?:đánh giá|tổng kết|sơ kết|kiểm điểm|nhìn lại)\b"
)
# A half of a school year begins on no fixed day, and a feast is no year.
_TERM = re.compile(r"(?:học kỳ \w{1,2}|(?:tết|xuân)(?: \w+ \w+)?) $")
# The year of a law's name: "thi hành Luật Hợp tác xã năm 2012".
_OF_LAW = re.compile(r"\b(?:luật|pháp lệnh|hiến pháp)(?: \w+){0,7}(?: \(\w+\))? $")
# Kinds whose paragraphs report on the period that opens a sentence; those of the others do so only near the day.
_REPORTING = frozenset(("sơ kết", "tổng kết", "triển khai", "kỳ họp"))
_OWN_SPAN = re.compile(
    r"\b(?:\d{1,2}|một|hai|ba) năm (?:thực hiện|thi hành|triển khai|thành lập|phối hợp)|\bthi hành (?:bộ )?luật\b"
)
_BARE = re.compile(r"\b(?:\d{1,2} tháng|quý (?:[1-4]|i{1,3}|iv))\b")

_COMPARED = re.compile(r"(?:cùng kỳ|so với|từ)\W{1,3}(?:cùng kỳ\s)?$")
_PLANNED = re.compile(r"(?:phương hướng|nhiệm vụ|kế hoạch công tác|mục tiêu|chỉ tiêu)[^.;]{0,60}$")
_REVIEWED = re.compile(r"kết quả|đã|sơ kết|tổng kết")
_AHEAD = re.compile(r"sẽ|thời gian tới|đến$|thành lập|phấn đấu")
_AHEAD_AFTER = re.compile(r",?\s(?:[^\s.;,]+\s){0,6}?(?:phấn đấu|sẽ|đặt mục tiêu|đề ra mục tiêu|dự kiến|tiếp tục|xác định)\b")
_RESULT_OF = re.compile(r"(?:kết quả|sơ kết|tổng kết)[^.;]{0,60}$")


class Periods(NamedTuple):
    review: tuple[date, date] | None = None
    plan: tuple[date, date] | None = None


def _is_long(mention: DateMention) -> bool:
    return mention.grain not in ("time", "day") and (mention.date_to - mention.date_from).days >= 27


def is_school_year(period: tuple[date, date], held: date) -> bool:
    """Whether a period is a school year that is over: ``tổng kết năm học 2016-2017`` in August 2017, not in February."""
    first, last = period
    if held.month < _SCHOOL_ENDS:
        return False
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year + 1 == last.year == held.year


def _is_of_a_name(folded: str, start: int, at: int) -> bool:
    """Whether a year is that of a school half, a feast or a law."""
    return bool(_TERM.search(folded, max(start, at - 18), at) or _OF_LAW.search(folded, max(start, at - 60), at))


def reports(article: Article, kind: str, start: int, end: int, known: Periods, held: date | None) -> bool:
    """Whether a period that opens a sentence may be the one that a meeting of this kind looks back on.

    Not where its name prints another: ``sơ kết 5 năm thực hiện …``, ``6 tháng đầu năm`` of a year that nobody tells.
    """
    if kind == "giao ban" or (kind not in _REPORTING and held is None) or _OWN_SPAN.search(article.folded, start, end):
        return False
    return known != Periods() or not _BARE.search(article.folded, start, end)


def _side(between: str, side: str) -> str:
    if _LIMB.search(between):
        return "plan"
    found = list(_SIDE.finditer(between))
    if not found:
        return side
    if any(m.lastgroup == "review" for m in found):
        return "review"
    return "review" if side == "review" and found[-1].group() in ("nhiệm vụ", "kế hoạch", "mục tiêu", "chỉ tiêu") else "plan"


class Told:
    """The long periods that an article tells, outside its citations, and what they are to its events."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.folded, self.sentences = article.folded, article.sentences
        cited = Spans.of(facts.citations)
        self.all = [m for m in facts.dates if _is_long(m) and m.start_char not in cited]
        self.starts = [m.start_char for m in self.all]
        self.bare: dict[str, DateMention] = {}  # the first that begins so: "9 tháng", "quý iii"
        for mention in self.all:
            if bare := _BARE.match(self.folded, mention.start_char, mention.end_char):
                self.bare.setdefault(bare[0], mention)

    def within(self, start: int, limit: int) -> list[DateMention]:
        """Those that begin from ``start`` to ``limit``."""
        return self.all[bisect_left(self.starts, start) : bisect_left(self.starts, limit)]

    def in_name(self, start: int, limit: int, kind: str) -> Periods:
        """What the name of a meeting, and its sentence to the end, say.

        Each period goes with the act before it: ``sơ kết … quý III, triển khai nhiệm vụ quý IV`` reviews one and plans the other.
        """
        review = plan = None
        at, side = start, "review" if kind in ("sơ kết", "tổng kết", "giao ban") else "plan" if kind == "triển khai" else ""
        for mention in self.within(start, limit):
            if _is_of_a_name(self.folded, start, mention.start_char):
                continue
            aims = self.folded.startswith((" nhằm ", " để "), mention.end_char)
            if aims and self.folded.startswith("nhiệm", mention.start_char):
                continue  # "Hội nghị Ban Chấp hành lần thứ 4, nhiệm kỳ 2018-2023 nhằm sơ kết …": the committee's term
            if kind == "giao ban" and mention.start_char - start > _NEAR_NAME and not _LOOKS_BACK.search(
                self.folded, start, mention.start_char
            ):
                continue  # the month in which something happened that is spoken of
            side = _side(self.folded[at : mention.start_char], side)
            at = mention.end_char
            printed = self.folded[mention.start_char : mention.end_char]
            if "cùng kỳ" in printed or "so với" in self.folded[max(0, mention.start_char - 10) : mention.start_char]:
                continue
            if "cuối năm" in printed and side != "review":
                side = "plan"
            elif "đầu năm" in printed and review is None and kind != "triển khai":
                side = "review"
            interval = (mention.date_from, mention.date_to)
            if side == "review" and (review is None or (interval[0] < review[0] and interval[1] == review[1])):
                review = interval  # "quý III và 9 tháng đầu năm": the longer one
            elif side == "plan" and plan is None:
                plan = interval
        if review is None and kind in REVIEWING:
            review = self._elsewhere(start, limit, plan)
        return Periods(review, plan)

    def of_congress(self, start: int, limit: int, held: date | None) -> Periods:
        """The term that a congress closes and the one that it opens, told by its day or by the one in its name; both or none."""
        terms = [m for m in self.all if m.grain == "range" and 3 <= m.date_to.year - m.date_from.year <= 6]
        named = next((m for m in terms if start <= m.start_char < limit), None)
        if held is None and named is None:
            return Periods()
        turn = held.year if held else named.date_from.year if named else 0
        opened = next((m for m in terms if 0 <= m.date_from.year - turn <= 1), None)
        closed = next((m for m in terms if 0 <= turn - m.date_to.year <= 1), None)
        if closed is None or opened is None:
            return Periods()
        return Periods((closed.date_from, closed.date_to), (opened.date_from, opened.date_to))

    def in_its_own_words(self, noun: str, following: list[Sentence]) -> Periods:
        """``Hội nghị nhằm đánh giá kết quả 6 tháng đầu năm, triển khai … 6 tháng cuối năm``: said right after it is named."""
        for sentence in following:
            if self.folded.startswith(noun, sentence.start) and _AIM.match(self.folded, sentence.start + len(noun)):
                return self.in_name(sentence.start, sentence.end, "other")
        return Periods()

    def _elsewhere(self, start: int, limit: int, plan: tuple[date, date] | None) -> tuple[date, date] | None:
        """``đánh giá kết quả 9 tháng``: the year stands where the text says ``9 tháng năm 2024``."""
        for bare in _BARE.finditer(self.folded, start, limit):
            if mention := self.bare.get(bare[0]):
                interval = (mention.date_from, mention.date_to)
                return interval if interval != plan else None
        return None

    def in_paragraphs(self, own: Sentence, known: Periods, held: date | None, opening: bool) -> Periods:
        """What the other sentences say: a period that opens a sentence is reviewed, one after ``nhiệm vụ`` planned.

        Without ``opening`` only a period that follows a word of review counts.
        """
        review, plan = known
        now = held or (plan and plan[0])
        for sentence, mention in self._in_sentences():
            if sentence.start == own.start:
                continue
            interval = (mention.date_from, mention.date_to)
            before = self.folded[max(sentence.start, mention.start_char - 90) : mention.start_char]
            printed = self.folded[mention.start_char : mention.end_char]
            if "cùng kỳ" in printed or _COMPARED.search(before) or (now and now.year - mention.date_to.year > 1):
                continue
            planned = _PLANNED.search(before) is not None
            limit = min(sentence.end, mention.end_char + 90)
            ahead = opening and _AHEAD_AFTER.match(self.folded, mention.end_char, limit) is not None
            opens = (
                opening and not ahead and mention.grain != "month" and mention.start_char - sentence.start <= 70
                and (held is None or mention.date_from <= held)
            )  # fmt: skip
            if planned and plan is None and interval != review and not _REVIEWED.search(before):
                plan = interval
            elif review is None and interval != plan and (
                (opens and not planned and not _AHEAD.search(before)) or _RESULT_OF.search(before)
            ):  # fmt: skip
                review = interval
            elif plan is None and ("cuối năm" in printed or (ahead and mention.start_char - sentence.start <= 20)):
                plan = interval
            if review and plan:
                break
        return Periods(review, plan)

    def _in_sentences(self) -> list[tuple[Sentence, DateMention]]:
        """The periods of lead and body with their sentences, in order."""
        found: list[tuple[Sentence, DateMention]] = []
        sentences = [s for s in self.sentences if s.role in ("lead", "body")]
        at = 0
        for mention in self.all:
            if _is_of_a_name(self.folded, 0, mention.start_char):
                continue
            while at < len(sentences) and sentences[at].end <= mention.start_char:
                at += 1
            if at < len(sentences) and sentences[at].start <= mention.start_char:
                found.append((sentences[at], mention))
        return found
