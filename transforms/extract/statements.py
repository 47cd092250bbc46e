"""What each sentence says: a result, a limitation, a task, an event, or something else; about what, and who says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from schemas.rows import DateMention, Organisation, Person, Statement
from transforms.document import Article, Facts
from transforms.extract.cues import by_span, find_cues, head_of
from transforms.extract.sentence_rules import Read, Ruled, numbers_at, ruled
from transforms.extract.sentence_weights import weighed
from transforms.extract.topics import find_topic_terms, topic_of
from transforms.text import Sentence, Spans, digit_runs

_Row = TypeVar("_Row", DateMention, Organisation, Person)

# Verbs that attribute: what follows them is somebody's words.
_ATTRIBUTING = frozenset(
    ["đề nghị", "yêu cầu", "mong muốn", "mong rằng", "đề xuất", "kiến nghị", "chỉ đạo các", "giao nhiệm vụ cho",
     "lưu ý", "hy vọng", "hi vọng", "tin tưởng", "kỳ vọng", "kêu gọi", "khuyến cáo", "đề nghị các", "mong các",
     "cũng mong", "bày tỏ mong", "tin tưởng rằng", "nhắc nhở", "giao các", "giao cho", "yêu cầu các", "phấn đấu",
     "cho biết", "nhấn mạnh", "khẳng định", "chia sẻ", "bày tỏ", "thừa nhận", "cho rằng", "cho hay", "nêu rõ",
     "nhận định", "phân tích", "báo cáo tại", "phát biểu", "phát biểu khai mạc"]
)  # fmt: skip
_ANAPHORA = re.compile(
    r"(?:đồng chí|ông|bà)(?: \w+)? (?:cũng |đã |còn |tiếp tục )?(?=đề nghị|yêu cầu|nhấn mạnh|cho biết|khẳng định|mong|chỉ"
    r"|lưu|cho|đánh)"
)
_HELD = re.compile(r"\b(?:tổ chức|khai mạc|mở|họp|có|dự|chủ trì|đã|tiến hành)\s(?:\w+\s){0,4}$")


def extract(article: Article, facts: Facts) -> list[Statement]:
    """One row per sentence of lead and body, in order.

    What the rules make of a sentence (``sentence_rules``) is one of the signs that are weighed (``sentence_weights``).

    >>> article = Article.from_text("Đồng chí đề nghị các xã vào cuộc. Tăng cường tuyên truyền.")
    >>> [s.kind for s in extract(article, Facts())]
    ['task', 'task']
    """
    sentences = read(article, facts)
    kinds = weighed(article, sentences, told_by_rules(article, facts, sentences))
    topics = by_span(find_topic_terms(article.folded), [one.sentence for one in sentences])
    teller = _Teller(article, facts)
    return [
        teller.tell(number, one, kind, topic_of(terms))
        for number, (one, kind, terms) in enumerate(zip(sentences, kinds, topics, strict=True))
    ]


def read(article: Article, facts: Facts) -> list[Read]:
    """The sentences of lead and body, each with the cues, people, bodies and dates in it."""
    sentences = [s for s in article.lines if s.role in ("lead", "body")]
    found = zip(
        sentences, by_span(find_cues(article.folded), sentences), _spread(facts.people, sentences),
        _spread(facts.organisations, sentences), _spread(facts.dates, sentences), strict=True,
    )  # fmt: skip
    folded, reads, made = article.folded, [], tuple.__new__
    runs = digit_runs(folded)
    for sentence, cues, people, bodies, dates in found:
        start, end, _, _ = sentence
        first = bisect_left(runs, start)
        last = bisect_left(runs, end, first)
        digits = first < last
        numbers = numbers_at(folded, runs[first:last], start, end) if digits else 0
        # As ``Read(…)``, without its call in Python.
        reads.append(made(Read, (sentence, cues, people, bodies, dates, head_of(folded, sentence)[1], digits, numbers)))
    return reads


def told_by_rules(article: Article, facts: Facts, sentences: Sequence[Read]) -> list[Ruled]:
    """The kinds by the rules; sentences in which the main event and its like are named as held tell of an event."""
    folded = article.folded
    held = [e.start_char for e in facts.events if _HELD.search(folded, max(0, e.start_char - 40), e.start_char)]
    main = next((e.start_char for e in facts.events if e.event_no == 0), None)
    return ruled(article, sentences, held, main)


_statement = partial(tuple.__new__, Statement)  # half the time of Statement(…)


class _Teller:
    """Who says a sentence, about whom and about when: goes through them once, keeping what one leaves to the next."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.article = article
        self.cited = Spans.of(facts.citations)
        self.tasks = False  # whether the sentence before was a task
        self.paragraph = -1
        self.speaker: str | None = None
        self.source: str | None = None
        self.last_person: str | None = None
        self.period: tuple[date, date] | None = None

    def tell(self, number: int, one: Read, kind: str, topic: str | None) -> Statement:
        sentence = one.sentence
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.period, self.source = sentence.paragraph, None, None
            if not self.tasks:
                self.speaker = None
        speaker, source = self._attribution(one, kind)
        first, last = self._period(one, kind) if one.dates or self.period else (None, None)
        self.tasks = kind == "task" or (self.tasks and kind == "other")
        if one.people:
            self.last_person = one.people[-1].name
        subject = self._subject(one) if one.bodies else None
        return _statement((number, sentence.start, sentence.end, kind, topic, speaker, source, subject, first, last))

    def _attribution(self, one: Read, kind: str) -> tuple[str | None, str | None]:
        folded, sentence = self.article.folded, one.sentence
        verb = None
        for hit in one.cues:
            if folded[hit.start : hit.end] in _ATTRIBUTING:
                verb = hit
                break
        if verb is not None:
            people = [p for p in one.people if p.end_char <= verb.start]
            if people:
                self.speaker, self.source = people[0].name if verb.start - people[0].end_char > 200 else people[-1].name, None
            elif _ANAPHORA.search(folded, max(sentence.start, verb.start - 30), verb.end + 12):
                self.speaker, self.source = self.last_person, None
            else:
                bodies = [b for b in one.bodies if b.end_char <= verb.start and verb.start - b.end_char < 40]
                self.speaker, self.source = None, bodies[-1].body_id if bodies else None
            return self.speaker, self.source
        if folded.startswith("theo ", one.head):
            bodies = [b for b in one.bodies if b.start_char - sentence.start < 60]
            if bodies:
                return None, bodies[0].body_id
            people = [p for p in one.people if p.start_char - sentence.start < 60]
            if people:
                return people[0].name, None
        if kind == "task" and self.tasks and not one.people:
            return self.speaker, self.source
        self.speaker = self.source = None
        return None, None

    def _subject(self, one: Read) -> str | None:
        """The body at the head of the sentence, or after the time that opens it."""
        for body in one.bodies[:2]:
            before = self.article.folded[one.sentence.start : body.start_char]
            if len(before) <= 40 and (not before or before.rstrip().endswith(",") or before.strip(" -–").isdigit()):
                return body.body_id
        return None

    def _period(self, one: Read, kind: str) -> tuple[date | None, date | None]:
        for mention in one.dates:
            if mention.grain in ("time", "day"):
                continue
            before = self.article.folded[max(one.sentence.start, mention.start_char - 24) : mention.start_char]
            if "so với" in before or "cùng kỳ" in before + self.article.folded[mention.start_char : mention.end_char]:
                continue
            if mention.start_char in self.cited:
                continue
            self.period = mention.date_from, mention.date_to
            return self.period
        if self.period and kind in ("result", "limitation"):
            return self.period
        return None, None



def _spread(rows: list[_Row], sentences: list[Sentence]) -> list[list[_Row]]:
    """The rows of a table inside each sentence; both in text order."""
    starts, none = [row.start_char for row in rows], list[_Row]()
    if not starts:
        return [none] * len(sentences)
    found: list[list[_Row]] = []
    at = 0
    for start, end, _, _ in sentences:
        first = bisect_left(starts, start, at)
        at = bisect_left(starts, end, first)
        found.append(rows[first:at] if first < at else none)
    return found
