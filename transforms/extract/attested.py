"""The date for which a document attests an office."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date

from schemas.rows import DateMention, Position
from transforms.document import Article, Facts
from transforms.extract.attested_day import GATHERING, day_of, opens
from transforms.extract.dating import happens
from transforms.extract.holder_bodies import sentence_at
from transforms.extract.positions import LEADER
from transforms.extract.sure_years import A_YEAR, OPENS, SHORT, SureYears
from transforms.extract.tenure import mourned
from transforms.text import Sentence, Spans

_BORN = re.compile(r"\b(?:sinh|sn)\b", re.I)
_STOP = re.compile(r"[.!?]\s|\n")
_CLAUSE = re.compile(
    r".{0,160}, (?:vào |hôm )?|[\W_]{0,3}(?:Tại|Trong|Ở|Phát biểu|Trao đổi|Trả lời|Chia sẻ|Cũng tại|Nói)\b"
    r"[^,;\n]{3,110} (?!từ|đến|tới|trước|sau|hết)[^\W\d_]+ "
)
_WILL = re.compile(r"[^.;:\n“\"]{0,90}?\b(?:(sẽ|dự kiến)|đã|cho biết|nói|yêu cầu|khẳng định|nhấn mạnh)\b")
_SINCE = re.compile(
    r"(?: \(mới\),?)?(?: nhiệm kỳ \d{4} ?[-–] ?\d{4}| khóa [\dIVXL]+)?(?:,| \()? ?(?:(?:kể|bắt đầu|từ|vào|hồi|đầu|cuối|trong) ?)*"
)
_TERM = re.compile(r",? \(?nhiệm kỳ \d{4} ?[-–] ?(\d{4})(?!\d)")
_GIVEN_TERM = re.compile(r"[^.,;\n\d]{0,20} nhiệm kỳ (?:thứ \w+ |đầu(?: tiên)? |[ivx]+ )?\(?\d{4} ?[-–] ?(\d{4})(?!\d)")
# Between an office and the day on which its holder did what is told: "Chủ tịch UBND tỉnh đưa ra vào chiều ngày 7/4"
_DONE_ON = re.compile(r" (?!.{0,80} (?:sẽ|từ|từng|đến|sinh|thành lập) )[^,;.:()\n]{2,80} (?:vào|hôm) (?:hôm )?")
_MOST_DAYS = 12  # of a sentence that are looked at: one with more is a list of them
_AT_THAT_TIME = re.compile(r"[\W_]{0,3}(?:lúc ấy|hồi ấy|hồi đó|bấy giờ|thời ấy|thời đó|khi ấy|ngày ấy)\b")
_HALF_A_YEAR = 180  # days
_AGES = 20  # years after which whoever is told of hardly holds an office still
_LONG_OVER = 1990  # the year before which no office was given that the press of the web tells of as held
_YEARS = 2  # after which whoever held an office at a time told in passing may hold it no more
_APPOINTS = re.compile(r" (?:[^\W\d_][\w.'-]* ){1,5}(?:đã )?(?:bổ nhiệm|đề cử|chỉ định)\b")
_IN_PHOTOGRAPH = re.compile(r"\b(?:từ (?:phải|trái)(?: sang)?|trong ảnh|ảnh tư liệu)\b")
_LISTED = (", ", " - ", " – ", ",", " kiêm ")  # between the offices of a chain
_FRONT = 150  # characters in which an article says of which event it is
_EARLIER = ("mới đây", "gần đây", "trước đó", "trước đây", "tuần trước", "tháng trước", "năm ngoái")
_HERE = ("tại đây", "tại buổi", "tại hiện trường", "tại hội nghị", "tại lễ", "tại cuộc")  # where the sentence before tells when


def attested(article: Article, facts: Facts, rows: list[Position]) -> list[Position]:
    """The rows with the date for which the document attests them: the sentence's own day, else the event's, else the document's.

    None where only a year in passing tells its date, where the only day is one to come, or where the tenure is not known.
    """
    if not rows:
        return rows
    reader = _Reader(article, facts)
    dead = mourned(article.folded, rows) | _of_his_time(article, rows)
    given = {(row.person, row.title) for row in rows if row.tenure == "appointed" and reader.is_of_ages_ago(row)}
    rows = [_settled(article, row, reader.until, dead, given) for row in rows]
    return _shared(article, [reader.dated(row) for row in _without_appointers(article, rows)])


def _without_appointers(article: Article, rows: list[Position]) -> list[Position]:
    """``do Tổng thống A bổ nhiệm`` in a text whose president is another: he has appointed the judge in his own time."""
    by = [n for n, row in enumerate(rows) if row.tenure == "current" and article.folded.endswith(" do ", 0, row.start_char)]
    if not by:
        return rows
    rows = rows[:]
    for number in by:
        row = rows[number]
        if row.organisation is not None or not _APPOINTS.match(article.text, row.end_char):
            continue
        if any(other.title == row.title and other.person != row.person and other.tenure == "current" for other in rows):
            rows[number] = row._replace(tenure=None)
    return rows


def _of_his_time(article: Article, rows: list[Position]) -> set[str]:
    """Who stands beside the late president in a photograph: they hold no office today."""
    found: set[str] = set()
    for row in rows:
        around = sentence_at(article, row.start_char) if row.person == LEADER else None
        if around and _IN_PHOTOGRAPH.search(article.folded, around.start, around.end):
            found.update(other.person for other in rows if around.start <= other.start_char < around.end)
    return found


class _Reader:
    """Dates the offices of one article, sentence by sentence."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.article, self.facts, self.years, self.printed = article, facts, SureYears(article, facts), article.published
        self.since, self.until = day_of(article, facts, self.years)
        self.ends = [sentence.end for sentence in article.sentences]
        cited = Spans.of(facts.citations)
        self.days = [day for day in facts.dates if day.start_char not in cited and (self.printed or self._is_of_sure_year(day))]
        latest = self.until or self.printed or (self.years.pasts[-1] if self.years.pasts else None)
        self.newest = latest.year if latest else self.years.newest
        self.is_one = _is_of_one_event(article, facts)
        self.number = -1
        self.around: Sentence | None = None
        self.told: list[DateMention] = []
        self.is_of_event = self.is_past = False

    def _is_of_sure_year(self, day: DateMention) -> bool:
        return day.grain not in ("day", "time") or self.years.is_printed(day) or self.years.are_sure(day.date_from)

    def dated(self, row: Position) -> Position:
        if row.tenure is None:
            return row
        self._open(bisect_right(self.ends, row.start_char))
        day = self._day(row)
        is_old = self._is_old(row, day)
        if is_old or (row.tenure == "current" and self.article.folded.startswith(" (cũ)", row.end_char)):
            row = row._replace(tenure=None)
        if day is not None:
            return row if self._is_unsure(day) else row._replace(as_of_from=day.date_from, as_of_to=day.date_to)
        if is_old or self._is_of_past_term(row):
            return row
        if not self.is_of_event:
            return row._replace(as_of_from=self.printed, as_of_to=self.printed)
        return row if self._is_of_other_day(row) else row._replace(as_of_from=self.since, as_of_to=self.until)

    def is_of_ages_ago(self, row: Position) -> bool:
        """Whether an office was given so long ago that it is hardly held still: the press of the web is not as old."""
        self._open(bisect_right(self.ends, row.start_char))
        return any(day.date_to.year < _LONG_OVER for day in self.told if day.start_char < row.start_char)

    def _open(self, number: int) -> None:
        """Reads the sentence of that number, unless it is the one read last."""
        if number == self.number:
            return
        self.number = number
        around = self.around = self.article.sentences[number] if number < len(self.ends) else None
        self.told = _days_of(self.days, around) if around else []
        self.is_past = around is not None and _is_past(self.article, around, self.told, self.newest)
        is_days = self.printed is None or self.until is None or self.until >= self.printed or self.is_one
        self.is_of_event = is_days or (around is not None and _is_of_event(self.article, self.facts, around))

    def _day(self, row: Position) -> DateMention | None:
        """The day on which the sentence itself, or what it points to, has its holder in office."""
        article, around = self.article, self.around
        day = _own_day(article, self.told, around, row, self.until) if self.told and around else None
        if day is None and self.since and row.tenure in ("appointed", "left"):
            day = _given_on(article, self.facts, row, self.since)
        if day is None and around and row.tenure == "current" and article.folded.startswith(_HERE, around.start):
            day = _day_before(article, self.days, self.number, row, self.until)
        return day

    def _is_old(self, row: Position, day: DateMention | None) -> bool:
        """Whether the sentence tells of a time since when the office may be another's; it is one's own on the day of his deed."""
        is_loose = day is None or day.grain not in ("day", "time")
        is_current = row.tenure == "current" and self.is_past and is_loose
        return is_current and (not self.told or self.told[0].start_char < row.start_char)

    def _is_unsure(self, day: DateMention) -> bool:
        """Whether a day without a year is so far from the printed day of a page that it may be of another year."""
        if self.printed is None or self.years.is_printed(day):
            return False
        return abs((self.printed - day.date_from).days) > _HALF_A_YEAR

    def _is_of_past_term(self, row: Position) -> bool:
        """``được bầu làm chủ tịch hội nhiệm kỳ thứ nhất (2002 - 2007)``: given long before what the document tells of."""
        if row.tenure != "appointed" or self.until is None:
            return False
        term = _GIVEN_TERM.match(self.article.folded, row.end_char)
        return term is not None and int(term[1]) < self.until.year

    def _goes_back(self, start: int) -> bool:
        """``Mới đây, …``, ``Trước đó, …``: whether a sentence tells of a time before, other than ``Trước đó cùng ngày``."""
        folded = self.article.folded
        return folded.startswith(_EARLIER, start) and folded.find("cùng ngày", start, start + 24) < 0

    def _is_of_other_day(self, row: Position) -> bool:
        """Whether the sentence goes back in time, or one of the two before, in the same paragraph, opens with another day."""
        if self.since is None or row.tenure != "current" or self.around is None:
            return False
        if self.until != self.printed and self._goes_back(self.around.start):
            return True
        for before in reversed(self.article.sentences[max(0, self.number - 2) : self.number]):
            if self.article.text.find("\n", before.start, self.around.start) >= 0:
                return False
            for day in reversed(_days_of(self.days, before)):
                if self.since <= day.date_from <= (self.until or self.since):
                    return False
                if day.grain in ("day", "time") and opens(self.article, day) and happens(self.article, day):
                    return True
        return False


def _settled(article: Article, row: Position, until: date | None, dead: set[str], given: set[tuple[str, str]]) -> Position:
    """The row with the tenure that the rest of the document leaves it."""
    if row.tenure != "current":
        return row
    if row.person in dead or (row.person, row.title) in given:
        return row._replace(tenure=None)
    return row._replace(tenure="former") if until and _is_over(article, row, until) else row


def _shared(article: Article, rows: list[Position]) -> list[Position]:
    """The offices of one holder in one phrase have one date: ``do Ủy viên Bộ Chính trị, Phó Chủ tịch A thăm … vào tháng 2``."""
    for number in range(len(rows) - 1, 0, -1):
        row, after = rows[number - 1], rows[number]
        if row.person != after.person or row.tenure != "current" or after.tenure != "current":
            continue
        if row.as_of_from != after.as_of_from and article.text[row.end_char : after.start_char] in _LISTED:
            rows[number - 1] = row._replace(as_of_from=after.as_of_from, as_of_to=after.as_of_to)
    return rows


def _is_past(article: Article, sentence: Sentence, told: list[DateMention], newest: int) -> bool:
    """Whether a sentence speaks of a time since when whoever held an office then may have left it."""
    if _AT_THAT_TIME.match(article.folded, sentence.start):
        return True
    if any(_is_long_ago(article, sentence, day, newest) for day in told):
        return True
    return bool(told) and told[0].grain in SHORT and told[0].date_to.year < newest - _AGES


def _is_long_ago(article: Article, sentence: Sentence, day: DateMention, newest: int) -> bool:
    """Whether a sentence opens with a day of years before what the document tells of: ``Năm 1989, Tổng thống A …``."""
    is_opening = day.date_to.year < newest - _YEARS and OPENS.fullmatch(article.text, sentence.start, day.start_char)
    return bool(is_opening) and (day.date_to - day.date_from).days < A_YEAR


def _is_over(article: Article, row: Position, until: date) -> bool:
    """Whether the term printed after an office ended before the day that the document tells of."""
    term = _TERM.match(article.text, row.end_char)
    return term is not None and int(term[1]) < until.year


def _day_before(
    article: Article, days: list[DateMention], number: int, row: Position, until: date | None
) -> DateMention | None:
    """The day of the sentence before, in the same paragraph, to which ``Tại đây`` points."""
    before = article.sentences[number - 1] if number else None
    if before is None or article.text.find("\n", before.start, row.start_char) >= 0:
        return None
    return _own_day(article, _days_of(days, before), before, row, until)


def _is_of_one_event(article: Article, facts: Facts) -> bool:
    """Whether an article begins with a gathering and tells of no other day: who speaks in it does so there."""
    event = next((event for event in facts.events if event.event_no == 0 and event.held_from), None)
    if event is None or event.start_char > _FRONT or any(d.date_from != event.held_from for d in facts.dates if d.grain == "day"):
        return False
    sentence = sentence_at(article, event.start_char)
    return sentence is not None and GATHERING.search(article.folded, sentence.start, sentence.end) is not None


def _is_of_event(article: Article, facts: Facts, sentence: Sentence) -> bool:
    """Whether a sentence speaks of a gathering, is the headline, or stands in the paragraph that tells of its event."""
    if sentence.role == "title" or GATHERING.search(article.folded, sentence.start, sentence.end):
        return True
    told = next((event.start_char for event in facts.events if event.event_no == 0), None)
    return told is None or article.text.find("\n", min(told, sentence.start), max(told, sentence.start)) < 0


def _days_of(days: list[DateMention], sentence: Sentence) -> list[DateMention]:
    first = bisect_left(days, sentence.start, key=lambda day: day.start_char)
    last = bisect_left(days, sentence.end, key=lambda day: day.start_char)
    return [day for day in days[first : min(last, first + _MOST_DAYS)] if (day.date_to - day.date_from).days < A_YEAR]


def _own_day(
    article: Article, told: list[DateMention], sentence: Sentence, row: Position, until: date | None
) -> DateMention | None:
    """The date of the sentence at which somebody acts in the office, or since when it is his: ``Sáng 3/2, Thủ tướng A …``."""
    text = article.text
    given = row.tenure in ("appointed", "left")
    for day in told:
        if given and day.start_char >= row.end_char and _SINCE.fullmatch(text, row.end_char, day.start_char):
            return day
        done = row.tenure == "current" and day.grain in SHORT and day.start_char >= row.end_char
        if done and _DONE_ON.fullmatch(text, row.end_char, day.start_char):
            in_time = article.published is None or day.date_to <= article.published
            return day if in_time and happens(article, day) else None
    for day in reversed(told):
        if day.start_char >= row.start_char or (article.published is not None and day.date_from > article.published):
            continue
        opens = OPENS.fullmatch(text, sentence.start, day.start_char) is not None
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
    if day is None or row.start_char - day.end_char > 170 or (since - day.date_to).days <= A_YEAR:
        return None
    between = article.text[day.end_char : row.start_char]
    is_birth = _BORN.search(article.text, max(0, day.start_char - 20), day.start_char)
    return None if is_birth or _STOP.search(between) else day
