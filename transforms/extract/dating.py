"""When a document is from: the printed publication date, else the day of its event, else the period that it reports on."""

from __future__ import annotations

import re
from datetime import date, timedelta

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.text import Spans

_LONGEST = 366 * 2  # days: a term or a five-year plan dates no document
_OPENING = 1_500  # characters in which a news item says when
_TODAY = re.compile(r"\b(?:hôm|sớm|sáng|trưa|chiều|tối|ngày) nay\b")
_BACK = re.compile(r"(?:\bsinh(?: năm)?|\bsn|\btừ|\bsau|\bvào|\bhồi|\bđến|\btrước|\bnhư|\bcuối|lập|đời) ?\Z")
_TOMORROW = re.compile(r"\bmai\b|\btới\b")
# Days on which nothing is reported to happen: when a rule takes force or was made, an end that is expected, a deadline, a
# day to come, when a picture was taken or somebody was born.
_OTHERWISE = re.compile(
    r"\b(?:hiệu lực(?: thi hành)?|áp dụng|ban hành|thông qua|ảnh chụp|sinh|sn|dự báo,?|"
    r"dự (?:kiến|định)(?: (?!ban đầu)[^.;\n]{0,30})?|hoàn thành|"
    r"hạn chót|thời hạn|kéo dài|chậm nhất(?: là)?|hết hạn|sẽ [^.,;\n]{0,40}|chuẩn bị(?: [^.,;\n]{0,50})?)"
    r"(?: (?:kể|tính|bắt đầu|từ|vào|lúc|đến|tới|hết|trước|ngày|năm|trong|sáng|chiều|tối|\d\d?(?:h|g| giờ)(?:\d\d)?))* ?\Z|"
    r"\b(?:đến hết|chậm nhất|trước)(?: ngày)? ?\Z"
)
_MORROW = re.compile(r"\b(?:ngày|sáng|trưa|chiều|tối) mai\b")
_TO_COME = re.compile(r" (?:sắp )?tới\b| sắp đến\b")


def settle(article: Article, facts: Facts) -> tuple[date, date, str] | None:
    """(from, to, why) at best knowledge; None where the text gives no hint.

    >>> from transforms.extract.dates import extract
    >>> article = Article.from_text("Sở Y tế báo cáo kết quả quý III năm 2023.")
    >>> settle(article, Facts(dates=extract(article, Facts())))
    (datetime.date(2023, 7, 1), datetime.date(2023, 9, 30), 'period')
    """
    if article.published is not None:
        return article.published, article.published, "printed"
    told = of_event(article, facts)
    if told is not None:
        return told
    cited = Spans.of(facts.citations)
    mentions = [m for m in facts.dates if m.start_char not in cited]
    if not facts.events:  # before the events are known: a day in the opening is most likely theirs
        printed = [m for m in mentions if m.grain in ("day", "time") and not _beside(article, m, _TOMORROW)]
        days = [m for m in printed if m.start_char < _OPENING and happens(article, m)]
        newest = max((m.date_from.year for m in days), default=0)  # anniversaries name an older year
        if any(m.date_from.year > newest + 1 for m in printed):
            return None  # what the opening tells of lies back
        day = next((m for m in days if m.date_from.year == newest), None)
        if day is not None:
            return day.date_from, day.date_to, "event"
    period = _reported(article, mentions)
    return (period.date_from, period.date_to, "period") if period else None


def today_of(article: Article, facts: Facts, limit: int = _OPENING) -> DateMention | None:
    """The day that a text calls today in its first ``limit`` characters."""
    return next((m for m in facts.dates if m.start_char < limit and _beside(article, m, _TODAY)), None)


def of_event(article: Article, facts: Facts) -> tuple[date, date, str] | None:
    """The day that the text itself calls today, else that of its event, else of the event's eve."""
    today = today_of(article, facts)
    if today is not None:
        return today.date_from, today.date_to, "event"
    for event in facts.events:
        if event.event_no == 0 and event.held_from is not None:
            eve = _eve(article, facts, event.held_from)
            return eve or (event.held_from, event.held_to or event.held_from, "event")
    return None


def _eve(article: Article, facts: Facts, held: date) -> tuple[date, date, str] | None:
    """The day before the event, where the text tells of it and calls the event's day tomorrow."""
    before = held - timedelta(days=1)
    told = any(m.date_from == m.date_to == before for m in facts.dates)
    return (before, before, "event") if told and speaks_of_tomorrow(article) else None


def speaks_of_tomorrow(article: Article) -> bool:
    return _MORROW.search(article.folded) is not None


def happens(article: Article, day: DateMention) -> bool:
    """Whether what is reported may have been on that day: it is none of a rule's taking force, a deadline, or to come.

    >>> from transforms.extract.dates import extract
    >>> article = Article.from_text("Quy định có hiệu lực thi hành từ ngày 1/3/2022. Sáng 6/3/2022, tỉnh họp.")
    >>> [happens(article, day) for day in extract(article, Facts())]
    [False, True]
    """
    folded = article.folded
    if _OTHERWISE.search(folded, max(folded.rfind("\n", 0, day.start_char) + 1, day.start_char - 80), day.start_char):
        return False
    return _TO_COME.match(folded, day.end_char) is None


def _beside(article: Article, mention: DateMention, word: re.Pattern[str]) -> bool:
    """Whether a day has such a word in or right before it: ``sáng nay (7/2)``, ``ngày mai, 8/2``."""
    if mention.grain not in ("day", "time"):
        return False
    return word.search(article.folded, max(0, mention.start_char - 12), mention.end_char) is not None


def _reported(article: Article, mentions: list[DateMention]) -> DateMention | None:
    """The period that the text reports on: the headline's, else the first of the newest year that is more than named once.

    A birth year, or one since when or in which something was once done, tells nothing of when the text was written.
    """
    periods = [m for m in mentions if m.grain not in ("day", "time") and (m.date_to - m.date_from).days <= _LONGEST]
    title = article.text.find("\n") % (len(article.text) + 1)  # all of a text of one line
    for period in periods:
        if period.start_char < title:
            return None if _looks_back(article, period) else period
    newest = max((m.date_from.year for m in mentions), default=0)
    of_it = [m for m in mentions if m.date_from.year == newest]
    first = next((m for m in periods if m.date_from.year == newest and not _looks_back(article, m)), None)
    if first is None or first.start_char >= _OPENING:
        return None
    return first if len(of_it) > 1 else None


def _looks_back(article: Article, mention: DateMention) -> bool:
    return _BACK.search(article.folded, max(0, mention.start_char - 24), mention.start_char) is not None
