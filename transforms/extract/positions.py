"""The offices that a text gives people."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date

from schemas.rows import DateMention, Position
from transforms.document import Article, Facts
from transforms.extract.dating import happens
from transforms.extract.holder_bodies import sentence_at
from transforms.extract.people import analyse
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
_MOST_DAYS = 12  # of a sentence that are looked at: one with more is a list of them
_LONGEST = 366  # days: a term is no date of what is done in it
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"\d[/.-]\d\d?[/.-]\d{4}")
_PARTS = ("half_year", "quarter", "month")
_OPENING = 400  # characters
_PLANS = re.compile(
    r"\b(?:sẽ|dự kiến|kế hoạch|mục tiêu|phấn đấu|hoàn thành|tới|tổ chức vào|diễn ra|giai đoạn|trước|chậm nhất|từ nay|đến)\b"
)
_SINCE_THEN = re.compile(r"[\W_]{0,3}(?:(?:từ|trước đó|sau đó|đến|vào|đầu|cuối|ngày),? )*", re.I)
_DONE = re.compile(r"\b(?:đã|từng)\b")
_SHIP = re.compile(r"\b(?:tàu|thuyền (?!trưởng)|thuyền viên|hải quân|cảng|ra khơi|ngư dân)")
LEADER = "Hồ Chí Minh"  # the late president keeps the title for ever: no day attests it


def extract(article: Article, facts: Facts) -> list[Position]:
    """One row per office given to somebody, in text order; the span is the office as printed, its body included.

    Shape: chains before the name, after it (comma, dash, brackets), or given by a verb (``được bầu giữ chức``).
    Chained offices inherit nothing that is not printed, but a committee that closes a chain closes it for its members too.
    Not handled: offices of people who are not named; bodies told only by the sentence before.

    >>> text = "Đồng chí Cao Văn Dũng, Nguyên Phó bí thư huyện ủy phát biểu."
    >>> [(p.person, p.title, p.organisation, p.tenure) for p in extract(Article.from_text(text), Facts())]
    [('Cao Văn Dũng', 'Nguyên Phó Bí thư', 'Huyện ủy', 'former')]
    """
    analysis = analyse(article, facts)
    bodies: dict[str, set[str | None]] = {}
    for body in facts.organisations:
        bodies.setdefault(body.name, set()).add(body.body_id)
    rows = []
    for held in analysis.held:
        mention, office = analysis.mentions[held.holder], held.office
        if office.title == "Thuyền trưởng" and _is_coach(article.folded):
            continue
        known = bodies.get(held.organisation or "", set()) - {None}
        row = Position(office.start, office.end, mention.name, analysis.ids.get(mention.name), office.title, held.organisation)
        body_id = next(iter(known)) if len(known) == 1 else None
        rows.append(row._replace(body_id=body_id, tenure=None if mention.name == LEADER else held.tenure))
    return attested(article, facts, sorted(set(rows), key=lambda row: (row.start_char, row.end_char, row.person)))


def _is_coach(folded: str) -> bool:
    """Whether a captain is one of a football team, as sports pages call its coach: they name no ship."""
    return ("hlv " in folded or "bóng đá" in folded or "cầu thủ" in folded) and _SHIP.search(folded) is None


def attested(article: Article, facts: Facts, rows: list[Position]) -> list[Position]:
    """The rows with the date for which the document attests them: the sentence's own day, else the event's, else the document's.

    None where only a year in passing tells its date, or where the only day is one to come.
    """
    since = until = None
    if facts.dated and _is_told(article, facts) and not _is_history(article, facts):
        since, until = facts.dated[:2]
    cited, ends = Spans.of(facts.citations), [sentence.end for sentence in article.sentences]
    days = [day for day in facts.dates if day.start_char not in cited]
    dated, opened = [], -1
    for row in rows:
        if row.person != LEADER:
            number = bisect_right(ends, row.start_char)
            if number != opened:
                opened, around = number, article.sentences[number] if number < len(ends) else None
                told = _days_of(days, around) if around else []
            day = _own_day(article, told, around, row, until) if told and around else None
            if day is None and since and row.tenure in ("appointed", "left"):
                day = _given_on(article, facts, row)
            row = row._replace(as_of_from=day.date_from if day else since, as_of_to=day.date_to if day else until)
        dated.append(row)
    return dated


def _days_of(days: list[DateMention], sentence: Sentence) -> list[DateMention]:
    first = bisect_left(days, sentence.start, key=lambda day: day.start_char)
    last = bisect_left(days, sentence.end, key=lambda day: day.start_char)
    return [day for day in days[first : min(last, first + _MOST_DAYS)] if (day.date_to - day.date_from).days < _LONGEST]


def _own_day(
    article: Article, told: list[DateMention], sentence: Sentence, row: Position, until: date | None
) -> DateMention | None:
    """The date of the sentence at which somebody acts in the office, or since when it is his: ``Sáng 3/2, Thủ tướng A …``."""
    text = article.text
    given = row.tenure in ("appointed", "left")
    for day in told:
        if given and day.start_char >= row.end_char and _SINCE.fullmatch(text, row.end_char, day.start_char):
            return day if until is None or day.date_to <= until else None
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


def _given_on(article: Article, facts: Facts, row: Position) -> DateMention | None:
    """The date at which a sentence on the past has an office given: ``Tháng 7/2006, ông A được bầu làm Bí thư``."""
    assert facts.dated is not None
    number = bisect_left(facts.dates, row.start_char, key=lambda day: day.start_char) - 1
    day = facts.dates[number] if number >= 0 else None
    if day is None or row.start_char - day.end_char > 170 or (facts.dated[0] - day.date_to).days <= 366:
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
        if (m.date_to - until).days > 366
    )


def _is_events(article: Article, facts: Facts, day: DateMention) -> bool:
    """Whether a day may be the article's own: not one that is told in passing, nor one whose year was taken from a later past.

    The press prints today's year seldom: a full date far from the opening, within a sentence, is that of something else.
    """
    if _YEAR.search(article.text, day.start_char, day.end_char) is None:
        year = day.date_from.year
        is_told = any(m.grain in _PARTS and m.date_from.year == year for m in facts.dates)
        if not is_told and any(m.grain == "year" and m.date_from.year == year + 1 for m in facts.dates):
            return False  # "Ngày 17/5 …, kế hoạch năm 2017": of which of two years?
        return not any(_is_past(article, other, day) for other in facts.dates)
    is_event = any(event.held_from == day.date_from for event in facts.events if event.event_no == 0)
    if is_event or day.start_char < _OPENING or day.grain == "time":
        return True
    sentence = sentence_at(article, day.start_char)
    return sentence is not None and _OPENS.fullmatch(article.text, sentence.start, day.start_char) is not None


def _is_past(article: Article, other: DateMention, day: DateMention) -> bool:
    """Whether another date that prints its year is after a day of that year, and yet no plan."""
    if other.grain not in ("day", "time", "month") or not 2 < (other.date_from - day.date_from).days < 366:
        return False
    if _YEAR.search(article.text, other.start_char, other.end_char) is None:
        return False
    sentence = sentence_at(article, other.start_char)
    if sentence is None or not happens(article, other) or _PLANS.search(article.folded, sentence.start, sentence.end):
        return False
    opens = _SINCE_THEN.fullmatch(article.text, sentence.start, other.start_char)
    return opens is not None or _DONE.search(article.folded, sentence.start, sentence.end) is not None


def _is_told(article: Article, facts: Facts) -> bool:
    """Whether what dates the document is a day on which something happens, or a period in its first line, shorter than a year."""
    assert facts.dated is not None
    since, until, by = facts.dated
    if by == "event":
        days = [day for day in facts.dates if day.date_from == since]
        return not days or any(_is_events(article, facts, day) for day in days if happens(article, day))
    if by != "period":
        return True
    first = article.text.find("\n")
    is_headline = any((m.date_from, m.date_to) == (since, until) for m in facts.dates if m.end_char <= first)
    return is_headline and (until - since).days < 100
