"""The periods that a meeting looks back on and plans, and the term of what it signs."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.text import Sentence, Spans

# Kinds of event that look back or ahead in the paragraphs about them, not only in their names.
REVIEWING = frozenset(("sơ kết", "tổng kết", "giao ban", "triển khai", "kiểm tra", "kỳ họp", "ký kết", "tiếp xúc"))
_REVIEW = (
    r"sơ kết|tổng kết|sơ, tổng kết|đánh giá|rút kinh nghiệm|kết quả|giao ban|kiểm điểm|tình hình|nhìn lại"
    r"|công bố kết quả|việc làm được|hạn chế|báo cáo(?! viên)"
)
_PLAN = r"triển khai|phương án|phương hướng|nhiệm vụ|kế hoạch|bàn|giải pháp|phát động|mục tiêu|chỉ tiêu|hướng tới"
_SIDE = re.compile(rf"(?P<review>{_REVIEW})|(?P<plan>{_PLAN})")
_LOOKS_BACK = re.compile(r"kết quả|đánh giá|kiểm điểm|sơ kết|tổng kết|tình hình|triển khai|nhiệm vụ")
_NEAR_NAME = 40  # characters from the name of a meeting to its month or quarter
# Inside an act of review, "nhiệm vụ" and the like are what is reviewed, unless a new limb of the sentence begins with them.
_LIMB = re.compile(rf"(?:^|[,;]\s|\svà\s|\s-\s|\scũng như\s)(?:một số |các |đề ra |bàn |thảo luận |xây dựng )?(?P<plan>{_PLAN})")

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


def _long(mention: DateMention) -> bool:
    return mention.grain not in ("time", "day") and (mention.date_to - mention.date_from).days >= 27


def in_name(article: Article, facts: Facts, start: int, limit: int, kind: str) -> Periods:
    """What the name of a meeting, and its sentence to the end, say.

    Each period goes with the act before it: ``sơ kết … quý III, triển khai nhiệm vụ quý IV`` reviews one and plans the other.
    """
    review = plan = None
    cited = Spans.of(facts.citations)
    at, side = start, "review" if kind in ("sơ kết", "tổng kết", "giao ban") else "plan" if kind == "triển khai" else ""
    for mention in facts.dates:
        if not start <= mention.start_char < limit or not _long(mention):
            continue
        if mention.start_char in cited or _is_of_a_name(article.folded, start, mention.start_char):
            continue
        if kind == "giao ban" and mention.start_char - start > _NEAR_NAME and not _LOOKS_BACK.search(
            article.folded, start, mention.start_char
        ):
            continue  # the month in which something happened that is spoken of
        side = _side(article.folded[at : mention.start_char], side)
        at = mention.end_char
        printed = article.folded[mention.start_char : mention.end_char]
        if "cùng kỳ" in printed or "so với" in article.folded[mention.start_char - 10 : mention.start_char]:
            continue
        if "cuối năm" in printed and side != "review":
            side = "plan"
        elif "đầu năm" in printed and review is None and kind != "triển khai":
            side = "review"
        interval = (mention.date_from, mention.date_to)
        if side == "review" and review is None:
            review = interval
        elif side == "plan" and plan is None:
            plan = interval
    if review is None and kind in REVIEWING:
        review = _elsewhere(article, facts, start, limit, plan)
    return Periods(review, plan)


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


def of_congress(article: Article, facts: Facts, start: int, limit: int, held: date | None) -> Periods:
    """The term that a congress closes and the one that it opens, told by its day or by the one in its name; both or none."""
    cited = Spans.of(facts.citations)
    terms = [
        m for m in facts.dates
        if m.grain == "range" and 3 <= m.date_to.year - m.date_from.year <= 6 and m.start_char not in cited
    ]  # fmt: skip
    named = next((m for m in terms if start <= m.start_char < limit), None)
    if held is None and named is None:
        return Periods()
    turn = held.year if held else named.date_from.year if named else 0
    opened = next((m for m in terms if 0 <= m.date_from.year - turn <= 1), None)
    closed = next((m for m in terms if 0 <= turn - m.date_to.year <= 1), None)
    if closed is None or opened is None:
        return Periods()
    return Periods((closed.date_from, closed.date_to), (opened.date_from, opened.date_to))


def in_its_own_words(article: Article, facts: Facts, noun: str, following: list[Sentence]) -> Periods:
    """``Hội nghị nhằm đánh giá kết quả 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm``: said right after it is named."""
    for sentence in following:
        if article.folded.startswith(noun, sentence.start) and _AIM.match(article.folded, sentence.start + len(noun)):
            return in_name(article, facts, sentence.start, sentence.end, "other")
    return Periods()


def _elsewhere(
    article: Article, facts: Facts, start: int, limit: int, plan: tuple[date, date] | None
) -> tuple[date, date] | None:
    """``đánh giá kết quả 9 tháng``: the year stands where the text says ``9 tháng năm 2024``."""
    for bare in _BARE.finditer(article.folded, start, limit):
        for mention in facts.dates:
            if article.folded.startswith(bare.group(), mention.start_char) and _long(mention):
                interval = (mention.date_from, mention.date_to)
                return interval if interval != plan else None
    return None


def _side(between: str, side: str) -> str:
    limbs = [m for m in _LIMB.finditer(between) if m["plan"]]
    if limbs:
        return "plan"
    found = list(_SIDE.finditer(between))
    if not found:
        return side
    if any(m.lastgroup == "review" for m in found):
        return "review"
    return "review" if side == "review" and found[-1].group() in ("nhiệm vụ", "kế hoạch", "mục tiêu", "chỉ tiêu") else "plan"


def in_paragraphs(article: Article, facts: Facts, own: Sentence, known: Periods, held: date | None, opening: bool) -> Periods:
    """What the other sentences say: a period that opens a sentence is reviewed, one after ``nhiệm vụ`` planned.

    Without ``opening`` only a period that follows a word of review counts.
    """
    review, plan = known
    now = held or (plan and plan[0])
    for sentence, mention in _in_sentences(article, facts):
        if sentence.start == own.start:
            continue
        interval = (mention.date_from, mention.date_to)
        before = article.folded[max(sentence.start, mention.start_char - 90) : mention.start_char]
        printed = article.folded[mention.start_char : mention.end_char]
        if "cùng kỳ" in printed or _COMPARED.search(before) or (now and now.year - mention.date_to.year > 1):
            continue
        planned = _PLANNED.search(before) is not None
        limit = min(sentence.end, mention.end_char + 90)
        ahead = opening and _AHEAD_AFTER.match(article.folded, mention.end_char, limit) is not None
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


def _in_sentences(article: Article, facts: Facts) -> list[tuple[Sentence, DateMention]]:
    """The long periods of lead and body with their sentences, outside citations, in order."""
    found: list[tuple[Sentence, DateMention]] = []
    sentences = [s for s in article.sentences if s.role in ("lead", "body")]
    cited, at = Spans.of(facts.citations), 0
    for mention in facts.dates:
        if not _long(mention):
            continue
        if mention.start_char in cited or _is_of_a_name(article.folded, 0, mention.start_char):
            continue
        while at < len(sentences) and sentences[at].end <= mention.start_char:
            at += 1
        if at < len(sentences) and sentences[at].start <= mention.start_char:
            found.append((sentences[at], mention))
    return found
