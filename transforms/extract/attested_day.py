"""The day that a document is of as a whole: its event's, else its own; none where neither is sure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.extract.dating import happens, of_event, speaks_of_tomorrow, today_of
from transforms.extract.holder_bodies import sentence_at
from transforms.extract.sure_years import A_YEAR, OPENS, SureYears
from transforms.text import Spans

GATHERING = re.compile(
    r"\b(?:hội nghị|buổi (?:lễ|họp|làm việc|gặp)|(?:tại|dự|ở) (?:lễ|chương trình)|đại hội|kỳ họp|phiên họp|cuộc họp|hội thảo|"
    r"tọa đàm|tại đây|tham dự|đến dự|dự có|chủ trì|phát biểu|khai mạc|bế mạc|kết luận (?:hội nghị|buổi|cuộc|phiên))\b"
)
_ANNOUNCED = 30  # days before an event in which it may be told as if it were held
_RECENT = 15  # days from an event to the report of it
_OLDEST = 1976  # the first year of which a text may be that prints no date
_DAY = re.compile(r"\d[/.-]\d\d?[/.-]\d{4}")
_DAYS = ("day", "time", "range")
_JUST_NOW = (" vừa qua", " vừa rồi", " năm ngoái", " năm trước")
_OPENING, _NEWS = 400, 900  # characters in which an article says when it is of, by a day with its year or without
# How a gathering's day opens an article, after its agency's name.
_DATELINE = re.compile(rf"(?:[^\n]{{0,40}}(?:\) ?[-–]|[-–]) )?(?:Theo [^,\n]{{2,50}}, )?{OPENS.pattern}", re.I)
_ANNOUNCED_AT = re.compile(r"\bhọp báo\b")
_TO_BE_HELD = re.compile(r"\bsẽ (?:chính thức )?(?:được )?(?:diễn ra|tổ chức|khai mạc)\b")
_EARLIER = re.compile(r"\b(?:trước đó|hôm qua|vừa qua|cách đây|tính đến)\b")  # or counted up to the day
_LONG_BEFORE = re.compile(r"\b(?:trước đó|mới đây|cách đây)\b")
# After a day or before it: what is told of it is yet to come.
_TO_HAPPEN = re.compile(
    r",? [^.,;:\n“\"]{0,60}?\b(?:(sẽ|dự kiến)|đã|vừa|cho (?:biết|hay|rằng)|nói|nêu|tuyên bố|thông báo|đề nghị|yêu cầu|"
    r"khẳng định|nhấn mạnh|phát biểu|tổ chức|chủ trì|họp)\b"
)
_DAY_OF = re.compile(r" là ngày (?:diễn ra|tổ chức|khai mạc)\b")
_HELD_LATER = re.compile(r"\bsẽ (?:chính thức |long trọng )?(?:được )?(?:diễn ra|tổ chức|khai mạc|khai hội)\b[^.;\n]{0,60}\Z")
_DEEP = 1_500  # characters after which a full date of the past is hardly the article's own
# The first of two days that something is compared on: "từ 53 điểm ngày 20/1 lên 55 điểm phiên 3/2"
_FROM = re.compile(r"\btừ [^.;\n]{0,40}\Z")
_TO = re.compile(r"[^.;\n]{0,20}? (?:lên|xuống|đến|tới|còn) [^.;\n]{0,40}\b(?:ngày|phiên|hôm|sáng|chiều|tối) ")


def day_of(article: Article, facts: Facts, years: SureYears) -> tuple[date | None, date | None]:
    """The event's days, else the document's; none where neither is sure."""
    if article.published is not None:
        told = of_event(article, facts)
        most = A_YEAR if today_of(article, facts) else _RECENT  # a page may be printed anew, a feature tell of many events
        ago = (article.published - told[1]).days if told else -1
        if told and (0 <= ago < most or -A_YEAR < ago < -_ANNOUNCED) and _happened(article, facts, told[0]):
            return told[:2]  # what was held after the printed day was not printed on it
        if _is_of_later_news(article, facts):
            return None, None
        day = _opened_by(article, facts) if told is None else None
        if day is None and _is_reprint(article, facts):
            return None, None
        return (day.date_from, day.date_to) if day else (article.published, article.published)
    today = today_of(article, facts, len(article.text))
    if today is not None and (years.is_printed(today) or years.are_sure(today.date_from)):
        return today.date_from, today.date_to
    if not facts.dated or facts.dated[0].year < _OLDEST or not _is_told(article, facts, years) or _is_history(article, facts):
        return None, None
    since, until, by = facts.dated
    if by == "event" and since < until and _TO_BE_HELD.search(article.folded) and _ANNOUNCED_AT.search(article.folded):
        return None, None  # of the press conference before it
    if by == "event" and speaks_of_tomorrow(article) and not any(
        event.held_from == since + timedelta(days=1) for event in facts.events if event.event_no == 0
    ):
        return None, None  # of the day before, which is not told
    return since, until


def _opened_by(article: Article, facts: Facts) -> DateMention | None:
    """The day with which an article opens that tells of a gathering: ``Ngày 29/4, Bộ X tổ chức hội nghị …``."""
    for day in facts.dates[:2]:
        sentence = sentence_at(article, day.start_char)
        if sentence is None or day.grain not in ("day", "time") or sentence.start > _NEWS or article.published is None:
            continue
        is_news = 0 <= (article.published - day.date_to).days < _RECENT and happens(article, day)
        if is_news and opens(article, day):
            return day if GATHERING.search(article.folded, day.end_char, sentence.end) else None
    return None


def _is_of_later_news(article: Article, facts: Facts) -> bool:
    """Whether the news opens with a day after the printed one, as of something done: then it is not the page's day."""
    assert article.published is not None
    for day in facts.dates[:2]:
        is_later = day.grain in ("day", "time") and 1 < (day.date_from - article.published).days < A_YEAR
        if is_later and day.start_char < _OPENING and happens(article, day) and opens(article, day):
            around = sentence_at(article, day.start_char)
            return around is not None and around.role != "title" and article.folded.find(" sẽ ", around.start, around.end) < 0
    return False


def _is_reprint(article: Article, facts: Facts) -> bool:
    """Whether a page is printed anew: its news opens with a day long before the printed one, and no later day is told."""
    assert article.published is not None
    days = [day for day in facts.dates if day.grain in ("day", "time") and day.date_to <= article.published]
    newest = max((day.date_to for day in days), default=None)
    if newest is None or (article.published - newest).days <= _RECENT:
        return False
    if (article.published - newest).days >= A_YEAR:
        return False
    early = (day for day in days if day.start_char < _NEWS and (newest - day.date_to).days <= _RECENT)
    return any(happens(article, day) and (opens(article, day) or _is_just_past(article, day)) for day in early)


def _is_just_past(article: Article, day: DateMention) -> bool:
    return article.folded.startswith((" vừa qua", " vừa rồi"), day.end_char)


def opens(article: Article, day: DateMention) -> bool:
    """Whether a sentence opens with a day, perhaps after its agency's name."""
    sentence = sentence_at(article, day.start_char)
    return sentence is not None and _DATELINE.fullmatch(article.text, sentence.start, day.start_char) is not None


def _happened(article: Article, facts: Facts, since: date) -> bool:
    """Whether one of the mentions of a day says that something was then; true where none is of it."""
    days = [day for day in facts.dates if day.date_from == since]
    return not days or any(happens(article, day) for day in days)


def _is_history(article: Article, facts: Facts) -> bool:
    """Whether the text looks back on its event: it names a day more than a year later."""
    assert facts.dated is not None
    until = facts.dated[1]
    if facts.dated[2] != "event":
        return False
    return any(
        m.grain == "day" or (m.grain == "range" and _DAY.search(article.text, m.start_char, m.end_char) is not None)
        for m in facts.dates
        if (m.date_to - until).days > A_YEAR
    )


def _is_events(article: Article, facts: Facts, day: DateMention, years: SureYears) -> bool:
    """Whether a day may be the article's own: not one that is told in passing, nor one whose year was taken from a later past.

    The press prints today's year seldom: a full date far from the opening, within a sentence, is that of something else.
    """
    printed = years.is_printed(day)
    if not printed and not years.are_sure(day.date_from):
        return False
    if _FROM.search(article.folded, max(0, day.start_char - 50), day.start_char) and _TO.match(article.folded, day.end_char):
        return False
    if any(event.held_from == day.date_from for event in facts.events if event.event_no == 0):
        return not _is_in_passing(article, day, printed)
    sentence = sentence_at(article, day.start_char) if day.start_char < (_OPENING if printed else _NEWS) else None
    if sentence is None or _EARLIER.search(article.folded, sentence.start, day.start_char):
        return False
    return day.grain == "time" or not printed or OPENS.fullmatch(article.text, sentence.start, day.start_char) is not None


def _is_in_passing(article: Article, day: DateMention, printed: bool) -> bool:
    """Whether a gathering is told of as an earlier one, after the article's opening, or dated deep in a look back."""
    if day.start_char < _OPENING:
        return False
    sentence = sentence_at(article, day.start_char)
    if sentence is None or article.folded.startswith(_JUST_NOW, day.end_char):
        return True
    if _LONG_BEFORE.search(article.folded, sentence.start, day.start_char):
        return True
    if not printed or day.start_char <= _DEEP or article.folded.endswith(" hôm qua ", 0, day.start_char):
        return False
    return OPENS.fullmatch(article.text, sentence.start, day.start_char) is None


def _is_short(day: DateMention) -> bool:
    return (day.date_to - day.date_from).days < _RECENT and day.grain in _DAYS


def _is_announced(article: Article, day: DateMention) -> bool:
    """``ngày 16/2 là ngày diễn ra đại hội``, ``hội nghị sẽ diễn ra ngày 17/5``: whether a day is announced."""
    if _DAY_OF.match(article.folded, day.end_char):
        return True
    return _HELD_LATER.search(article.folded, max(0, day.start_char - 120), day.start_char) is not None


def _will(article: Article, day: DateMention) -> bool:
    """``Vào ngày 11/2, đội A sẽ tiếp đội B``."""
    will = _TO_HAPPEN.match(article.folded, day.end_char)
    return will is not None and will[1] is not None


def _is_told(article: Article, facts: Facts, years: SureYears) -> bool:
    """Whether what dates the document is a day on which something happens, or a period in its first line, shorter than a year."""
    assert facts.dated is not None
    since, until, by = facts.dated
    if by == "event":
        days = [day for day in facts.dates if day.date_from == since]
        if days and _will(article, days[0]):
            return False
        if any(_is_announced(article, day) for day in facts.dates if day.date_from <= since <= day.date_to and _is_short(day)):
            return False
        if _goes_on(article, facts, since, until, years):
            return False
        return not days or any(_is_events(article, facts, day, years) for day in days if happens(article, day))
    if by != "period":
        return True
    first = article.text.find("\n")
    is_headline = any((m.date_from, m.date_to) == (since, until) for m in facts.dates if m.end_char <= first)
    return is_headline and (until - since).days < 100


def _goes_on(article: Article, facts: Facts, since: date, until: date, years: SureYears) -> bool:
    """Whether a story comes to a later day than the one it seems to be of: it was written after that."""
    is_event = any(event.event_no == 0 for event in facts.events)
    first = next((m.start_char for m in facts.dates if m.date_from == since), 0)
    cited = Spans.of(facts.citations)
    headline = article.sentences[0].end if article.sentences[0].role == "title" else 0
    opening = article.sentences[min(2, len(article.sentences) - 1)].start
    for day in facts.dates:
        if day.grain not in ("day", "time") or not 1 < (day.date_from - until).days < A_YEAR or not happens(article, day):
            continue
        if not is_event and (first >= opening or (day.start_char in cited and years.is_printed(day))):
            return True
        is_sure = years.is_printed(day) or years.are_sure(day.date_from)
        if is_sure and day.start_char >= headline and opens(article, day) and not _will(article, day):
            return True
    return False
