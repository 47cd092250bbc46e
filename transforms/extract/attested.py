"""The date for which a document attests an office."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from schemas.rows import DateMention, Position
from transforms.document import Article, Facts
from transforms.extract.dating import happens, of_event, speaks_of_tomorrow, today_of
from transforms.extract.holder_bodies import sentence_at
from transforms.text import Sentence, Spans

_BORN = re.compile(r"\b(?:sinh|sn)\b", re.I)
_STOP = re.compile(r"[.!?]\s|\n")
# Words before a day with which a sentence opens, or a clause of its own.
_OPENS = re.compile(
    r"[\W_]{0,3}(?:(?:cũng|vào|hôm|trong|trước đó|sau đó|tiếp đó|mới đây|cụ thể|theo đó|được biết|đầu|cuối|giữa|hồi|hè|buổi|"
    r"còn|riêng|khoảng|ngày|sáng|trưa|chiều|tối|và|đến|tuy nhiên|trong khi đó|gần đây|gần nhất|như đã đưa tin),? )*",
    re.I,
)
_CLAUSE = re.compile(
    r".{0,160}, (?:vào |hôm )?|[\W_]{0,3}(?:Tại|Trong|Ở|Phát biểu|Trao đổi|Trả lời|Chia sẻ|Cũng tại|Nói)\b"
    r"[^,;\n]{3,110} (?!từ|đến|tới|trước|sau|hết)[^\W\d_]+ "
)
_WILL = re.compile(r"[^.;:\n“\"]{0,90}?\b(?:(sẽ|dự kiến)|đã|cho biết|nói|yêu cầu|khẳng định|nhấn mạnh)\b")
_SINCE = re.compile(
    r"(?: nhiệm kỳ \d{4} ?[-–] ?\d{4}| khóa [\dIVXL]+)?(?:,| \()? ?(?:(?:kể|bắt đầu|từ|vào|hồi|đầu|cuối|trong) ?)*"
)
_TERM = re.compile(r",? \(?nhiệm kỳ \d{4} ?[-–] ?(\d{4})(?!\d)")
# Between an office and the day on which its holder did what is told: "Chủ tịch UBND tỉnh đưa ra vào chiều ngày 7/4"
_DONE_ON = re.compile(r" (?!.{0,80} (?:sẽ|từ|từng|đến|sinh|thành lập) )[^,;.:()\n]{2,80} (?:vào|hôm) (?:hôm )?")
_MOST_DAYS = 12  # of a sentence that are looked at: one with more is a list of them
_GATHERING = re.compile(
    r"\b(?:hội nghị|buổi (?:lễ|họp|làm việc|gặp)|(?:tại|dự|ở) (?:lễ|chương trình)|đại hội|kỳ họp|phiên họp|cuộc họp|hội thảo|"
    r"tọa đàm|tại đây|tham dự|đến dự|dự có|chủ trì|phát biểu|khai mạc|bế mạc|kết luận (?:hội nghị|buổi|cuộc|phiên))\b"
)
_ANNOUNCED = 30  # days before an event in which it may be told as if it were held
_RECENT = 15  # days from an event to the report of it
_OLDEST = 1976  # the first year of which a text may be that prints no date
_A_YEAR = 366  # days: what lasts as long dates nothing that is done in it; what lies so far apart is of another time
_AT_THAT_TIME = re.compile(r"[\W_]{0,3}(?:lúc ấy|hồi ấy|hồi đó|bấy giờ|thời ấy|thời đó|khi ấy|ngày ấy)\b")
_YEARS = 2  # after which whoever held an office at a time told in passing may hold it no more
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"\d[/.-]\d\d?[/.-]\d{4}")
_SHORT = ("day", "time", "month")
_PARTS = ("half_year", "quarter", "month")
_FRONT = 150  # characters in which an article says of which event it is
_OPENING, _NEWS = 400, 900  # characters in which an article says when it is of, by a day with its year or without
# How a gathering's day opens an article, after its agency's name.
_DATELINE = re.compile(rf"(?:[^\n]{{0,40}}(?:\) ?[-–]|[-–]) )?{_OPENS.pattern}", re.I)
_ANNOUNCED_AT = re.compile(r"\bhọp báo\b")
_TO_BE_HELD = re.compile(r"\bsẽ (?:chính thức )?(?:được )?(?:diễn ra|tổ chức|khai mạc)\b")
_EARLIER = re.compile(r"\b(?:trước đó|hôm qua|vừa qua)\b")
_PLANS = re.compile(
    r"\b(?:sẽ|dự kiến|kế hoạch|mục tiêu|phấn đấu|hoàn thành|tới|tổ chức vào|diễn ra|giai đoạn|trước|chậm nhất|từ nay|đến)\b"
)
_SINCE_THEN = re.compile(r"[\W_]{0,3}(?:(?:từ|trước đó|sau đó|đến|vào|đầu|cuối|ngày),? )*", re.I)
_DONE = re.compile(r"\b(?:đã|từng)\b")
# The first of two days that something is compared on: "từ 53 điểm ngày 20/1 lên 55 điểm phiên 3/2"
_FROM = re.compile(r"\btừ [^.;\n]{0,40}\Z")
_TO = re.compile(r"[^.;\n]{0,20}? (?:lên|xuống|đến|tới|còn) [^.;\n]{0,40}\b(?:ngày|phiên|hôm|sáng|chiều|tối) ")
_HERE = ("tại đây", "tại buổi", "tại hiện trường", "tại hội nghị", "tại lễ", "tại cuộc")  # where the sentence before tells when


def attested(article: Article, facts: Facts, rows: list[Position]) -> list[Position]:
    """The rows with the date for which the document attests them: the sentence's own day, else the event's, else the document's.

    None where only a year in passing tells its date, where the only day is one to come, or where the tenure is not known.
    """
    if not rows:
        return rows
    years, printed = SureYears(article, facts), article.published
    since, until = _day_of(article, facts, years)
    cited, ends = Spans.of(facts.citations), [sentence.end for sentence in article.sentences]
    days = [day for day in facts.dates if day.start_char not in cited]
    if article.published is None:
        days = [day for day in days if day.grain not in ("day", "time") or years.is_printed(day) or years.are_sure(day.date_from)]
    dated, opened, is_of_event, is_past, is_one = [], -1, False, False, _is_of_one_event(article, facts)
    latest = until or (years.pasts[-1] if years.pasts else None)
    for row in rows:
        if row.tenure == "current" and until and _is_over(article, row, until):
            row = row._replace(tenure="former")
        if row.tenure is not None:
            number = bisect_right(ends, row.start_char)
            if number != opened:
                opened, around = number, article.sentences[number] if number < len(ends) else None
                told = _days_of(days, around) if around else []
                is_past = around is not None and _is_past(article, around, told, latest)
                is_of_event = printed is None or until is None or until >= printed or is_one
                is_of_event = is_of_event or (around is not None and _is_of_event(article, facts, around))
            day = _own_day(article, told, around, row, until) if told and around else None
            if day is None and since and row.tenure in ("appointed", "left"):
                day = _given_on(article, facts, row, since)
            if day is None and around and row.tenure == "current" and article.folded.startswith(_HERE, around.start):
                day = _day_before(article, days, number, row, until)
            is_loose = day is None or day.grain not in ("day", "time")  # an office is one's own on the day of his deed
            if row.tenure == "current" and is_past and is_loose and (not told or told[0].start_char < row.start_char):
                row = row._replace(tenure=None)
            if day is not None:
                row = row._replace(as_of_from=day.date_from, as_of_to=day.date_to)
            elif is_of_event:
                row = row._replace(as_of_from=since, as_of_to=until)
            else:
                row = row._replace(as_of_from=printed, as_of_to=printed)
        dated.append(row)
    return dated


def _is_past(article: Article, sentence: Sentence, told: list[DateMention], latest: date | None) -> bool:
    """Whether a sentence speaks of a time since when whoever held an office then may have left it."""
    if _AT_THAT_TIME.match(article.folded, sentence.start):
        return True
    return latest is not None and any(_is_long_ago(article, sentence, day, latest) for day in told)


def _is_long_ago(article: Article, sentence: Sentence, day: DateMention, latest: date) -> bool:
    """Whether a sentence opens with a day of years before what the document tells of: ``Năm 1989, Tổng thống A …``."""
    opens = day.date_to.year < latest.year - _YEARS and _OPENS.fullmatch(article.text, sentence.start, day.start_char)
    return bool(opens) and (day.date_to - day.date_from).days < _A_YEAR


def _is_over(article: Article, row: Position, until: date) -> bool:
    """Whether the term printed after an office ended before the day that the document tells of."""
    term = _TERM.match(article.text, row.end_char)
    return term is not None and int(term[1]) < until.year


def _day_of(article: Article, facts: Facts, years: SureYears) -> tuple[date | None, date | None]:
    """The event's days, else the document's; none where neither is sure."""
    if article.published is not None:
        told = of_event(article, facts)
        most = _A_YEAR if today_of(article, facts) else _RECENT  # a page may be printed anew, a feature tell of many events
        ago = (article.published - told[1]).days if told else -1
        if told and (0 <= ago < most or -_A_YEAR < ago < -_ANNOUNCED) and _happened(article, facts, told[0]):
            return told[:2]  # what was held after the printed day was not printed on it
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
        if is_news and _opens(article, day):
            return day if _GATHERING.search(article.folded, day.end_char, sentence.end) else None
    return None


def _day_before(
    article: Article, days: list[DateMention], number: int, row: Position, until: date | None
) -> DateMention | None:
    """The day of the sentence before, in the same paragraph, to which ``Tại đây`` points."""
    before = article.sentences[number - 1] if number else None
    if before is None or article.text.find("\n", before.start, row.start_char) >= 0:
        return None
    return _own_day(article, _days_of(days, before), before, row, until)


def _is_reprint(article: Article, facts: Facts) -> bool:
    """Whether a page is printed anew: its news opens with a day long before the printed one, and no later day is told."""
    assert article.published is not None
    days = [day for day in facts.dates if day.grain in ("day", "time") and day.date_to <= article.published]
    newest = max((day.date_to for day in days), default=None)
    if newest is None or (article.published - newest).days <= _RECENT:
        return False
    if (article.published - newest).days >= _A_YEAR:
        return False
    early = (day for day in days if day.start_char < _NEWS and (newest - day.date_to).days <= _RECENT)
    return any(happens(article, day) and _opens(article, day) for day in early)


def _opens(article: Article, day: DateMention) -> bool:
    """Whether a sentence opens with a day, perhaps after its agency's name."""
    sentence = sentence_at(article, day.start_char)
    return sentence is not None and _DATELINE.fullmatch(article.text, sentence.start, day.start_char) is not None


def _is_of_one_event(article: Article, facts: Facts) -> bool:
    """Whether an article begins with a gathering and tells of no other day: who speaks in it does so there."""
    event = next((event for event in facts.events if event.event_no == 0 and event.held_from), None)
    if event is None or event.start_char > _FRONT or any(d.date_from != event.held_from for d in facts.dates if d.grain == "day"):
        return False
    sentence = sentence_at(article, event.start_char)
    return sentence is not None and _GATHERING.search(article.folded, sentence.start, sentence.end) is not None


def _is_of_event(article: Article, facts: Facts, sentence: Sentence) -> bool:
    """Whether a sentence speaks of a gathering, is the headline, or stands in the paragraph that tells of its event."""
    if sentence.role == "title" or _GATHERING.search(article.folded, sentence.start, sentence.end):
        return True
    told = next((event.start_char for event in facts.events if event.event_no == 0), None)
    return told is None or article.text.find("\n", min(told, sentence.start), max(told, sentence.start)) < 0


def _happened(article: Article, facts: Facts, since: date) -> bool:
    """Whether one of the mentions of a day says that something was then; true where none is of it."""
    days = [day for day in facts.dates if day.date_from == since]
    return not days or any(happens(article, day) for day in days)


def _days_of(days: list[DateMention], sentence: Sentence) -> list[DateMention]:
    first = bisect_left(days, sentence.start, key=lambda day: day.start_char)
    last = bisect_left(days, sentence.end, key=lambda day: day.start_char)
    return [day for day in days[first : min(last, first + _MOST_DAYS)] if (day.date_to - day.date_from).days < _A_YEAR]


def _own_day(
    article: Article, told: list[DateMention], sentence: Sentence, row: Position, until: date | None
) -> DateMention | None:
    """The date of the sentence at which somebody acts in the office, or since when it is his: ``Sáng 3/2, Thủ tướng A …``."""
    text = article.text
    given = row.tenure in ("appointed", "left")
    for day in told:
        if given and day.start_char >= row.end_char and _SINCE.fullmatch(text, row.end_char, day.start_char):
            return day
        done = row.tenure == "current" and day.grain in _SHORT and day.start_char >= row.end_char
        if done and _DONE_ON.fullmatch(text, row.end_char, day.start_char):
            in_time = article.published is None or day.date_to <= article.published
            return day if in_time and happens(article, day) else None
    for day in reversed(told):
        if day.start_char >= row.start_char or (article.published is not None and day.date_from > article.published):
            continue
        opens = _OPENS.fullmatch(text, sentence.start, day.start_char) is not None
        if day.grain in ("day", "time"):
            apart = text.startswith(",", day.end_char) and _CLAUSE.fullmatch(text, sentence.start, day.start_char) is not None
            will = _WILL.match(text, day.end_char) if opens or apart else None
            if (opens or apart) and happens(article, day) and not (will and will[1]):
                return day
        elif opens and until is not None and day.date_to < until:
            return day
    return None


def _given_on(article: Article, facts: Facts, row: Position, since: date) -> DateMention | None:
    """The date at which a sentence on the past has an office given: ``Tháng 7/2006, ông A được bầu làm Bí thư``."""
    number = bisect_left(facts.dates, row.start_char, key=lambda day: day.start_char) - 1
    day = facts.dates[number] if number >= 0 else None
    if day is None or row.start_char - day.end_char > 170 or (since - day.date_to).days <= _A_YEAR:
        return None
    between = article.text[day.end_char : row.start_char]
    is_birth = _BORN.search(article.text, max(0, day.start_char - 20), day.start_char)
    return None if is_birth or _STOP.search(between) else day


def _is_history(article: Article, facts: Facts) -> bool:
    """Whether the text looks back on its event: it names a day more than a year later."""
    assert facts.dated is not None
    until = facts.dated[1]
    if facts.dated[2] != "event":
        return False
    return any(
        m.grain == "day" or (m.grain == "range" and _DAY.search(article.text, m.start_char, m.end_char) is not None)
        for m in facts.dates
        if (m.date_to - until).days > _A_YEAR
    )


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
            (m.date_from.year for m, s in told if _OPENS.fullmatch(article.text, s.start, m.start_char)), default=0
        )
        self.pasts = sorted(m.date_from for m, s in told if m.grain in _SHORT and self._is_past(m, s))

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

    def are_sure(self, day: date) -> bool:
        """Whether a day that was given its year is likely of it."""
        if day.year not in self.parts and day.year + 1 in self.whole:
            return False  # "Ngày 17/5 …, kế hoạch năm 2017": of which of two years?
        if self.latest > day.year:
            return False  # the year was taken from an older one
        after = bisect_right(self.pasts, day + timedelta(days=2))
        return after == len(self.pasts) or (self.pasts[after] - day).days >= _A_YEAR


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
        return True
    sentence = sentence_at(article, day.start_char) if day.start_char < (_OPENING if printed else _NEWS) else None
    if sentence is None or _EARLIER.search(article.folded, sentence.start, day.start_char):
        return False
    return day.grain == "time" or not printed or _OPENS.fullmatch(article.text, sentence.start, day.start_char) is not None


def _is_told(article: Article, facts: Facts, years: SureYears) -> bool:
    """Whether what dates the document is a day on which something happens, or a period in its first line, shorter than a year."""
    assert facts.dated is not None
    since, until, by = facts.dated
    if by == "event":
        days = [day for day in facts.dates if day.date_from == since]
        if not any(event.event_no == 0 for event in facts.events) and _goes_on(article, facts, since, until):
            return False
        return not days or any(_is_events(article, facts, day, years) for day in days if happens(article, day))
    if by != "period":
        return True
    first = article.text.find("\n")
    is_headline = any((m.date_from, m.date_to) == (since, until) for m in facts.dates if m.end_char <= first)
    return is_headline and (until - since).days < 100


def _goes_on(article: Article, facts: Facts, since: date, until: date) -> bool:
    """Whether a story of no event begins with an earlier day, after its opening, than what it comes to."""
    first = next((m.start_char for m in facts.dates if m.date_from == since), 0)
    if first < article.sentences[min(2, len(article.sentences) - 1)].start:
        return False
    later = (m for m in facts.dates if m.grain in ("day", "time") and 1 < (m.date_from - until).days < _A_YEAR)
    return any(happens(article, m) for m in later)
