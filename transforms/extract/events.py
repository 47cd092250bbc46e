"""The event that an article is about, and others that it reports as held."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from schemas.rows import DateMention, Event
from transforms.document import Article, Facts
from transforms.extract import event_periods
from transforms.extract.event_mentions import Mention, mentions
from transforms.extract.event_periods import Periods, Told
from transforms.extract.event_places import Venues
from transforms.text import Sentence

_LASTING = 15  # days: what lasts longer is no one gathering
_UNTIL = ("diễn ra đến hết ", "kéo dài đến hết ", "diễn ra đến ", "kéo dài đến ")
_MAIN = 6.0  # the weight from which an article is about an event
_FURTHER = 8.0
_GIVING = ("lễ", "buổi lễ", "ngày hội")  # wide nouns: gifts told in the first sentence are what it was held for
_MEETINGS = ("buổi làm việc", "cuộc làm việc")  # what a party of inspection holds
# Signs of a gathering that the article as a whole reports: "phát biểu tại hội nghị", "dự buổi lễ", …
_SIGNS = re.compile(
    r"(?:tại|kết luận|dự|chủ trì) (?:hội nghị|buổi|lễ|đại hội|kỳ họp|hội thảo|chương trình|cuộc họp"
    r"|phiên họp|tọa đàm|cuộc làm việc)\b"
)
_GIFTS = re.compile(r"\b(?:trao|tặng)\b[^.;]{0,25}\b(?:quà|học bổng|nhà|xe|kinh phí|đồng)\b")
_REVIEWED = re.compile(r"đánh giá|kết quả|tình hình|tổng kết")
_SUBJECT = re.compile(
    r"\svề\s(?:việc\s)?([^.;(“”\"]{4,160}?)(?=,?\s(?:giai đoạn|trong giai đoạn|nhiệm kỳ|từ năm|năm học|năm \d|thời hạn)"
    r"|[.;(“”\"]|$)"
)


def extract(article: Article, facts: Facts) -> list[Event]:
    """Event 0 is the one that the article is about; it comes first in the list only if it stands first in the text.

    The kind is that of the first act named. Days, places and periods are those printed; nothing is guessed from the day of
    publication.

    >>> article = Article.from_text("Ủy ban nhân dân xã tổ chức Hội nghị sơ kết công tác dân vận.")
    >>> [(e.event_no, e.kind, e.name) for e in extract(article, Facts())]
    [(0, 'sơ kết', 'Hội nghị sơ kết công tác dân vận')]
    """
    told = [s for s in article.sentences if s.role != "heading"]
    found = mentions(article, facts)
    if not found:
        return []
    body = next((p.start for p in article.paragraphs if p.role in ("lead", "body")), 0)
    main = _main(found, told, min(2.0, 0.7 * len(_SIGNS.findall(article.folded, body, body + 6000))))
    if main is None:
        return []
    reader = _Reader(article, facts, told)
    rows = [reader.row(0, main, found)]
    for further in _further(found, main, told):
        rows.append(reader.row(len(rows), further, []))
    return sorted(rows, key=lambda row: row.start_char)


def _main(found: list[Mention], told: list[Sentence], signs: float) -> Mention | None:
    """The heaviest mention; what the title says of the same gathering speaks for it too."""
    titled = {m.kind for m in found if told[m.sentence].role == "title" and m.weight > 0}
    cores = Counter(_core(m.noun) for m in found if m.noun)
    best, most = None, 0.0
    for mention in found:
        title = told[mention.sentence].role == "title"
        weight = mention.weight + (1.0 if not title and mention.kind in titled else 0.0)
        if mention.noun and cores[_core(mention.noun)] > 1:
            weight += 1.0
        if title:
            weight -= 1.0  # the text tells more than the title
        if weight > most:
            best, most = mention, weight
    return best if most + signs >= _MAIN else None


def _further(found: list[Mention], main: Mention, told: list[Sentence]) -> list[Mention]:
    """Other gatherings with a day of their own."""
    days = {main.day and main.day.date_from}
    rest = []
    for mention in found:
        if mention is main or mention.day is None or not mention.organised or not mention.named or mention.day.date_from in days:
            continue
        if told[mention.sentence].role != "title" and mention.noun and mention.weight >= _FURTHER - 2:
            days.add(mention.day.date_from)
            rest.append(mention)
    return rest


def _fuller(found: list[Mention], mention: Mention, told: list[Sentence], folded: str) -> Mention | None:
    """Another mention of the same gathering that tells its kind: in the title, or near the first.

    A gathering that is named says what it is: only a mention with the same noun, or what the title and its own sentence both
    tell, changes that.
    """
    own = told[mention.sentence]
    working = not mention.noun or mention.noun in _MEETINGS
    for other in found:
        if other is mention or other.kind == "other":
            continue
        if other.noun.startswith("đoàn") and other.sentence == mention.sentence and mention.kind == "other" and working:
            return other  # a party of inspection at work
        if other.weight <= 0:
            continue
        title = told[other.sentence].role == "title"
        if not title and abs(other.sentence - mention.sentence) > 2:
            continue
        if other.noun and _core(other.noun) == _core(mention.noun):
            return other
        if other.noun and mention.noun:
            continue
        act = " ".join(folded[other.start : other.end].split()[:2])
        if not mention.named or mention.noun.startswith("chương trình") or (
            title and (working or folded.find(act, own.start, own.end) >= 0)
        ):  # fmt: skip
            return other
    return None


def _core(noun: str) -> str:
    """What two nouns for one gathering share: ``buổi lễ`` and ``lễ kỷ niệm`` are both ``lễ``."""
    words = [word for word in noun.split() if word not in ("buổi", "cuộc", "phiên")]
    return " ".join(words[:2] if words[:1] == ["hội"] else words[:1])


def _held(mention: Mention, found: list[Mention], told: list[Sentence], folded: str) -> tuple[date, date] | None:
    if mention.day is not None:
        return mention.day.date_from, _last_day(mention, mention.day, found, folded)
    latest = max((m.day.date_from.year for m in found if m.day), default=0)
    for other in found:
        if other.day is None or other.weight <= 0:
            continue
        if other.sentence > mention.sentence + 3 and told[other.sentence].role != "lead":
            continue
        if other.weight < 2 and not other.organised:
            continue  # "tại cuộc họp ngày 26/6": another one
        same = other.kind == mention.kind or _core(other.noun) == _core(mention.noun)
        same = same or (bool(mention.noun) and mention.noun in folded[other.start + len(other.noun) : other.end])
        if same and other.day.date_from.year >= latest - 1:  # not a day of history
            return other.day.date_from, other.day.date_to
    return None


def _last_day(mention: Mention, day: DateMention, found: list[Mention], folded: str) -> date:
    """When it ended: ``Kỳ họp diễn ra từ ngày 10 đến ngày 12/12`` after its opening day, ``diễn ra đến hết ngày 6/10``."""
    for other in found:
        if other.day is None or other is mention or _core(other.noun) != _core(mention.noun):
            continue
        if not 0 < (other.day.date_to - day.date_to).days < _LASTING:
            continue
        until = folded.endswith(_UNTIL, other.end, other.day.start_char) if other.end < other.day.start_char else False
        if until or (other.day.date_from == day.date_from and other.sentence <= mention.sentence + 3):
            return other.day.date_to
    return day.date_to


class _Reader:
    """Makes the rows of an article's events."""

    def __init__(self, article: Article, facts: Facts, told: list[Sentence]) -> None:
        self.article, self.facts, self.told = article, facts, told
        self.periods = Told(article, facts)
        self.venues = Venues(article, facts)

    def row(self, number: int, mention: Mention, found: list[Mention]) -> Event:
        article, told = self.article, self.told
        sentence = told[mention.sentence]
        kind, name = mention.kind, mention
        if number == 0 and (not mention.named or kind == "other"):
            fuller = _fuller(found, mention, told, article.folded)
            if fuller is not None:
                kind = fuller.kind if kind == "other" else kind
                name = name if mention.named else fuller
        if kind == "other" and number == 0 and (mention.noun in _GIVING or mention.noun.startswith("chương trình")) \
                and _GIFTS.search(article.folded, 0, told[0].end):  # fmt: skip
            kind = "trao tặng"
        held = _held(mention, found, told, article.folded)
        periods = self._periods(number, kind, mention, name, held)
        ahead = held and periods.review and kind != "đại hội" and (periods.review[1] - held[1]).days > 45  # not over yet
        if ahead and held and periods.review and not event_periods.is_school_year(periods.review, held[1]):
            periods = Periods(None, periods.plan)
        start, end = name.start, name.end
        place, place_code = self.venues.read(sentence, mention.start, mention.end)
        subject, term = self._agreement(mention, sentence) if kind == "ký kết" else (None, None)
        if kind == "ký kết" and number == 0 and term and periods.plan is None:
            periods = Periods(periods.review if periods.review != term else None, term)
        nothing = (None, None)
        (held_from, held_to), (review_from, review_to), (plan_from, plan_to), (term_from, term_to) = (
            interval or nothing for interval in (held, periods.review, periods.plan, term)
        )
        return Event(
            number, start, end, kind, article.text[start:end] if name.named else None, held_from, held_to, place, place_code,
            review_from, review_to, plan_from, plan_to, subject, term_from, term_to,
        )  # fmt: skip

    def _periods(self, number: int, kind: str, mention: Mention, name: Mention, held: tuple[date, date] | None) -> Periods:
        """What the event reviews and plans: by its name and sentence, and for the main event also by what is said around it."""
        told, day = self.periods, held[0] if held else None
        sentence = self.told[mention.sentence]
        if kind == "đại hội":
            return told.of_congress(name.start, sentence.end, day)
        reviews = kind in event_periods.REVIEWING
        periods = told.in_name(mention.start, sentence.end, kind) if number == 0 or reviews or kind == "other" else Periods()
        if number != 0:
            return periods
        if not reviews and kind != "other":  # "gặp mặt …, nhằm rút kinh nghiệm năm 2016, triển khai … năm 2017": both or none
            return periods if periods.review and periods.plan else Periods()
        if name is not mention:
            more = told.in_name(name.start, self.told[name.sentence].end, kind)
            periods = Periods(periods.review or more.review, periods.plan or more.plan)
        if kind == "other" and mention.noun and periods == Periods():
            following = self.told[mention.sentence + 1 : mention.sentence + 4]
            periods = told.in_its_own_words(_core(mention.noun), following)
        if not reviews and not _REVIEWED.search(self.article.folded, sentence.start, sentence.end):
            return periods
        opening = event_periods.reports(self.article, kind, name.start, sentence.end, periods, day)
        more = told.in_paragraphs(sentence, periods, day, opening)
        return more if reviews else Periods(more.review, periods.plan)

    def _agreement(self, mention: Mention, sentence: Sentence) -> tuple[str | None, tuple[date, date] | None]:
        found = _SUBJECT.search(self.article.text, mention.start, sentence.end)
        subject = found[1].strip(" ,") if found else None
        for period in self.periods.within(mention.start, sentence.end):
            if period.grain in ("range", "year") and (period.date_to - period.date_from).days > 300:
                return subject, (period.date_from, period.date_to)
        return subject, None
