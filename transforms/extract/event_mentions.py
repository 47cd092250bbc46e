"""Where a text names a gathering or an act done on a day: candidates for its events, each with what speaks for it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from typing import NamedTuple

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.extract import event_signs as signs
from transforms.extract.cues import by_span
from transforms.extract.lexicon_files import table
from transforms.match import Hit, Lexicon, in_one_pass
from transforms.text import Sentence, Spans


class Term(NamedTuple):
    """A ``noun`` for a gathering, an ``act``, or one that tells a kind only in a name (``inner``); kind empty: the act tells."""

    part: str
    kind: str


@dataclass(slots=True)
class Mention:
    """A candidate: its name's span, the number of its sentence, its kind, and the weight of what speaks for it."""

    start: int
    end: int
    sentence: int
    noun: str
    kind: str
    weight: float
    named: bool  # says more than the bare noun
    organised: bool
    day: DateMention | None


@cache
def event_terms() -> Lexicon[Term]:
    return Lexicon((row["term"], Term(row["part"], row["kind"])) for row in table("event_cues.tsv"))


_find_terms = in_one_pass(event_terms)


def mentions(article: Article, facts: Facts) -> list[Mention]:
    """Every candidate of the article, in text order."""
    finder = _Finder(article, facts)
    found: list[Mention] = []
    told = [s for s in article.sentences if s.role != "heading"]
    rank, last = 0, len(told) - 2  # from where a standfirst may be printed at the end
    for number, (sentence, hits) in enumerate(zip(told, by_span(_find_terms(article.folded), told), strict=True)):
        if hits:  # as in few
            dated = signs.DAY_FIRST.match(article.folded, sentence.start, sentence.end)
            closing = rank >= 5 and number >= last and dated is not None
            standfirst = sentence.role == "lead" and rank >= 5
            found.extend(finder.in_sentence(number, sentence, hits, 1 if standfirst else 4 if closing else rank, standfirst))
        rank += sentence.role != "title"
    return found


class _Finder:
    def __init__(self, article: Article, facts: Facts) -> None:
        self.article = article
        self.folded = article.folded
        self.cited = Spans.of(facts.citations)
        # Where a body's, a person's or an office's name ends: what follows is what they do.
        self.subjects = {r.end_char for rows in (facts.organisations, facts.people, facts.positions) for r in rows}
        self.holders = {r.start_char for rows in (facts.people, facts.positions) for r in rows}
        self.bodies = [o.start_char for o in facts.organisations]
        self.published = article.published
        self.days = [d for d in facts.dates if self._is_day(d) and d.start_char not in self.cited]
        self.starts = [d.start_char for d in self.days]
        newest = max((d.date_to for d in self.days), default=None)
        self.now = self.published or newest
        self.off = bool(signs.CALLED_OFF.search(self.folded, 0, self.folded.find("\n") % (len(self.folded) + 1)))
        self.said: dict[int, re.Match[str] | int] = {}  # by the end of a day: that word after it, or how far there is none

    @staticmethod
    def _is_day(mention: DateMention) -> bool:
        return (mention.date_to - mention.date_from).days <= 20

    def in_sentence(self, number: int, sentence: Sentence, hits: list[Hit[Term]], rank: int, standfirst: bool) -> list[Mention]:
        inside = self.days[bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)]
        days = [d for d in inside if not self._is_anniversary(sentence, d)]
        near = 3.0 if rank < 2 else 1.5 if rank < 5 else 0.0 if rank < 8 else -2.0
        acting = rank < 3 or standfirst
        found: list[Mention] = []
        organised = False  # one of them
        for index, hit in enumerate(hits):
            if found and hit.start < found[-1].end:
                continue
            if hit.start in self.cited or (found and self._is_its_news(found[-1], hit)):
                continue
            mention = None
            if hit.value.part == "noun":
                mention = self._noun(number, sentence, hits, index, days, near)
            elif acting and hit.value.part == "act" and not organised:
                mention = self._act(number, sentence, hits, index, self._opening(sentence, days, hit), near)
            if mention is not None:
                found.append(mention)
                organised = organised or mention.organised
        return found

    @staticmethod
    def _opening(sentence: Sentence, days: list[DateMention], hit: Hit[Term]) -> DateMention | None:
        """The day of an act: the one that opens its sentence, or stands before it with who acts in between."""
        if days and days[0].start_char - sentence.start <= 60:
            return days[0]
        count = bisect_right(days, hit.start, key=lambda day: day.end_char)
        return days[count - 1] if count and hit.start - days[count - 1].end_char < 160 else None

    def _is_its_news(self, press: Mention, hit: Hit[Term]) -> bool:
        """``họp báo về Lễ hội … và Liên hoan …``: what a press conference is about."""
        between = self.folded[press.end : hit.start]
        return press.noun in signs.PRESS and len(between) < 120 and signs.LISTED.fullmatch(between) is not None

    def _held_on(self, days: list[DateMention], end: int) -> DateMention | None:
        """``hội nghị tổng kết … đề án “…” diễn ra ngày 28/6``: the day after the verb of a long name."""
        return next((d for d in days if 0 <= d.start_char - end < 220 and self._after_verb(d.start_char)), None)

    def _after_verb(self, at: int) -> bool:
        return signs.HELD_ON.search(self.folded, max(0, at - 20), at) is not None

    def _has_body(self, sentence: Sentence) -> bool:
        return bisect_left(self.bodies, sentence.start) < bisect_left(self.bodies, sentence.end)

    def _is_anniversary(self, sentence: Sentence, day: DateMention) -> bool:
        before = self.folded[max(sentence.start, day.start_char - 40) : day.start_char]
        after = self.folded[day.end_char : day.end_char + 3]
        return bool(signs.ANNIVERSARY.search(before)) or (after.lstrip().startswith(("/", "-")) and before.endswith("("))

    def _noun(
        self, number: int, sentence: Sentence, hits: list[Hit[Term]], index: int, days: list[DateMention], near: float
    ) -> Mention | None:
        hit = hits[index]
        noun = self.folded[hit.start : hit.end]
        before = self.folded[max(sentence.start, hit.start - 48) : hit.start]
        end = hit.end if hit.end + 1 in self.holders else self._name_end(hit.end, sentence.end)
        title = signs.QUOTED.match(self.folded, end, sentence.end)
        if title:
            end = title.end()
        within = list(takewhile(lambda h: h.start < end, islice(hits, index + 1, None)))
        acts = [h for h in within if h.value.part != "noun" and not self._is_no_act(h, sentence)]
        by_trade = before.endswith(("tổ chức ", "diễn ra ")) and bool(signs.BY_TRADE.search(before))
        organised = not by_trade and (
            bool(signs.ORGANISED.search(before)) or bool(signs.HELD_AFTER.match(self.folded, end, min(sentence.end, end + 110)))
        )
        attended = bool(signs.ATTENDED.search(before))
        if not self._names_gathering(hit, noun, end, organised, attended, acts, days, sentence) or signs.NOT_HELD.search(before) \
                or before.endswith("("):  # fmt: skip
            return None
        kind = hit.value.kind or self._kind_told(hit, end, sentence, acts, within)
        weight = near + (3.0 if organised else 1.5 if attended else 0.0)
        bare, held = hit.end, noun
        if within and self.folded.startswith(signs.OPENINGS, hit.start) and within[0].start - hit.end < 3:
            bare, held = within[0].end, self.folded[within[0].start : within[0].end]  # "lễ khai mạc hội thao"
        named = end - bare > 8 or self.folded[end - 1 : end].isdigit()
        weight += 1.5 * named + (1.0 if kind != "other" else 0.0)
        day = _nearest(days, hit.start, end) or self._held_on(days, end)
        if day is not None and day.end_char <= hit.start and self._is_said_then(day.end_char, hit.start):
            day = None
        dated = day is not None
        if day is not None:
            weight += 3.0 if self._is_recent(day) else -4.0
        elif not days and (
            signs.DAY_FIRST.match(self.folded, sentence.start, sentence.end)
            or signs.DAY_AFTER.match(self.folded, end, sentence.end)
        ):  # fmt: skip
            weight += 1.5  # a day whose year nobody tells
            dated = True
        if day is not None and self.folded.startswith((" tới", " sắp tới"), day.end_char):
            weight -= 5.0
        weight -= self._against(hit, noun, before, end, sentence, acts)
        if noun in signs.LOOSE:
            weight -= (0.0 if organised and day else 3.0) + (0.0 if dated else 2.0) + (4.0 if self.off else 0.0)
        elif noun.startswith("đoàn") and not dated:
            weight -= 2.0  # parties of inspection are set up as often as they are at work
        return Mention(hit.start, end, number, held, kind, weight, named, organised, day)

    def _names_gathering(
        self, hit: Hit[Term], noun: str, end: int, organised: bool, attended: bool, acts: list[Hit[Term]],
        days: list[DateMention], sentence: Sentence,
    ) -> bool:  # fmt: skip
        """Whether a noun as wide as ``lễ`` or ``chương trình`` has what makes it the name of a gathering."""
        if noun in ("đại hội", "đại hội đại biểu"):
            return not signs.ASSEMBLY.match(self.folded, hit.end)
        if noun not in ("lễ", "buổi", "cuộc", "chương trình") or (acts and acts[0].start - hit.end < 4):
            return True
        if noun == "chương trình":
            return self.folded[hit.end : hit.end + 2] in (" “", ' "', " ‘", " '") or (organised and bool(days))
        if noun != "lễ" or end - hit.end <= 8:
            return False
        capital = attended and hit.start > sentence.start and self.article.text[hit.start] == "L"
        return capital or (organised and bool(days) and self._has_body(sentence))

    def _is_no_act(self, hit: Hit[Term], sentence: Sentence) -> bool:
        """``cuộc trao đổi`` gives nothing; ``kết quả triển khai …`` is what is looked at."""
        told = self.folded[hit.start : hit.end]
        if told in ("trao", "tặng"):
            return not signs.GIFT.match(self.folded, hit.end, sentence.end)
        before = self.folded[max(sentence.start, hit.start - 12) : hit.start]
        return told == "triển khai" and signs.LOOKED_AT.search(before) is not None

    def _kind_told(
        self, hit: Hit[Term], end: int, sentence: Sentence, acts: list[Hit[Term]], within: list[Hit[Term]]
    ) -> str:  # fmt: skip
        """The kind of the first act in a name, of the gathering that it opens, or of the act after what cut it short."""
        inner = [h for h in within if h.value.part == "noun" and h.value.kind and h.start - hit.end < 30]
        opened = self.folded.startswith(signs.OPENINGS, hit.start)
        first = min(inner if opened else acts + inner, key=lambda h: h.start, default=None)
        if first is not None and first.start - hit.end < 90:
            appoints = first.value.kind == "triển khai" and signs.APPOINTS.search(self.folded, hit.end, end)
            return "other" if appoints else first.value.kind
        limit = min(sentence.end, end + 160)
        if opened or acts or not any(self.folded.find(word, end, limit) >= 0 for word in signs.LATER_ACTS):
            return "other"
        later = signs.LATER_ACT.match(self.folded, end, limit)
        return later[1] if later else "other"

    def _is_recent(self, day: DateMention) -> bool:
        """A day long before the text, or before others that it prints, is one of history."""
        if self.published is not None:
            return (self.published - day.date_to).days < 90
        return self.now is None or (self.now - day.date_to).days < 800

    def _against(self, hit: Hit[Term], noun: str, before: str, end: int, sentence: Sentence, acts: list[Hit[Term]]) -> float:
        """The weight of what speaks against a gathering held: planned, cited, told of in a paper, another one."""
        against = 0.0
        if signs.FUTURE.search(before) or signs.PLANNED.match(self.folded, end, sentence.end):
            against += 5.0
        bare = acts[0].end if acts and acts[0].start - hit.end < 3 else hit.end  # "cuộc bầu cử" without more
        if signs.CITED.search(before) or signs.OTHER_ONE.match(self.folded, bare):
            against += 5.0
        if noun.startswith(("kỳ họp", "đại hội")) and signs.BESIDE.search(before):
            against += 7.0
        if sentence.role != "title" and signs.BESIDES.match(self.folded, sentence.start, hit.start):
            against += 3.0
        near_by = max(sentence.start, hit.start - signs.PAPER_REACH)
        if before.endswith(("tổ chức ", "mở ")) and signs.ASKED.search(self.folded, near_by, hit.start):
            against += 5.0
        if before.endswith("tại ") and signs.TOLD_BY_PAPER.search(self.folded, near_by, hit.start):
            against += 5.0
        return against

    def _is_said_then(self, day_end: int, limit: int) -> bool:
        """Whether a word of telling stands between a day and ``limit``; what was read for an earlier limit is not read again."""
        known = self.said.get(day_end, day_end)
        if isinstance(known, int):
            if known >= limit:
                return False
            known = signs.SAID_THEN.search(self.folded, max(day_end, known - signs.SAID_REACH), limit) or limit
            self.said[day_end] = known
        return not isinstance(known, int) and known.end() <= limit

    def _act(
        self, number: int, sentence: Sentence, hits: list[Hit[Term]], index: int, day: DateMention | None, near: float
    ) -> Mention | None:
        """``Sáng 16/9, đoàn công tác … đã kiểm tra việc …``: an act with a day, without a noun."""
        hit = hits[index]
        title = sentence.role == "title"
        before = self.folded[max(sentence.start, hit.start - 48) : hit.start]
        after_name = hit.start - 1 in self.subjects or before.rstrip()[-1:] in ("", ":", "-", "–")
        told = self.folded[hit.start : hit.end]
        performed = bool(signs.PERFORMED.search(before)) or (before.endswith(" và ") and told.startswith("làm việc"))
        if told in ("trao", "tặng") and not signs.GIFT.match(self.folded, hit.end, sentence.end):
            return None
        if signs.FUTURE.search(before) or signs.MEANWHILE.search(before) or not (performed or after_name or title):
            return None
        if told.endswith("làm việc với") and signs.PERSONS.match(self.folded, hit.end, sentence.end):
            return None  # somebody is questioned
        public = signs.MADE_PUBLIC.get(told)
        if public is not None and not title and not public.match(self.folded, hit.end, sentence.end):
            return None
        if signs.ORDERED.search(self.folded, max(sentence.start, hit.start - 110), hit.start):
            return None
        end = self._name_end(hit.end, sentence.end)
        dayless = 1.5 if signs.DAY_FIRST.match(self.folded, sentence.start, sentence.end) else 0.0
        if day is None and told.startswith(("làm việc", "thăm", "tiếp", "gặp")) and signs.WITH_DAY.match(
            self.folded, end, sentence.end
        ):  # "Làm việc với … sáng 7/2, ông …"
            number_after = bisect_left(self.starts, end)
            after = self.days[number_after] if number_after < len(self.days) else None
            day, dayless = after if after is not None and after.start_char - end < 12 else None, 1.5
        weight = near + (2.5 if day else dayless) + (1.0 if performed or after_name else 0.0) + 0.5
        met = told == "họp" and before.endswith(("đã ", "vừa ")) and bool(day or dayless) and end - hit.end > 8
        if met or (told.startswith("họp ") and after_name):  # a body met
            weight += 3.5 if signs.TODAY_FIRST.match(self.folded, sentence.start, sentence.end) else 2.0
        weight += 2.0 if before.endswith("tổ chức ") else 0.0
        if title:
            weight = 2.0
        return Mention(hit.start, end, number, "", hit.value.kind, weight, end - hit.end > 8, performed, day)

    def _name_end(self, start: int, limit: int) -> int:
        stop = signs.NAME_END.search(self.folded, start, min(limit, start + signs.REACH))
        end = stop.start() if stop else min(limit, start + signs.REACH)
        if stop is None and end < limit:
            end = self.folded.rfind(" ", start, end) if " " in self.folded[start:end] else end
        following = bisect_left(self.starts, start)
        if following < len(self.starts) and self.starts[following] < end:
            end = self.starts[following]
        while end > start and self.article.text[end - 1] in " ,-–)" and not (
            self.article.text[end - 1] == ")" and "(" in self.article.text[start:end]
        ):  # fmt: skip
            end -= 1
        return end


def _nearest(days: list[DateMention], start: int, end: int) -> DateMention | None:
    """The day before the name that is nearest to it, else the first one after it, within the sentence."""
    number = bisect_left(days, end - 1, key=lambda day: day.start_char)
    after = days[number] if number < len(days) else None
    if after is not None and after.start_char - end <= 6:  # "cuộc họp ngày 26/6"
        return after
    count = bisect_right(days, start, key=lambda day: day.end_char)
    if count:
        last = days[count - 1]
        return last if count == 1 or start - last.end_char < 60 else days[0]
    return after if after is not None and after.start_char - end < 80 else None
