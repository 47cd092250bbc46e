"""The kind of a sentence by all that is seen in it: signs and their weights, learnt from sentences that readers have labelled.

Rules alone know what they have been told: a sentence that asks with a verb they lack is nothing to them. So what the rules say
is weighed together with the sentence's words, pairs of words, cues and place (``lexicons/sentence_weights.tsv``, made by
``tools/fit_sentences.py``). What stands around it counts by signs too: what the rules say of its neighbours. Signs are there or
not and weights are whole numbers, so the sums are the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.document import Article
from transforms.extract.lexicon_files import table
from transforms.extract.sentence_rules import DIGIT, NUMBER, Read, Ruled
from transforms.extract.sentence_words import WordWeights
from transforms.text import Sentence, codes_of

KINDS = ("event", "task", "limitation", "result", "other")
_WORD = r"[^\W\d_]+|[“”\"?!:;…]"
_TOKEN = re.compile(_WORD)
_NO_WORD = r"(?:[^\w“”\"?!:;…]|[\d_])*"
_PLAIN_TWO = re.compile(r"([^\W\d_]+) [^\W\d_]+")  # as most sentences begin: several times as fast
_FIRST_TWO = re.compile(rf"{_NO_WORD}({_WORD})(?:{_NO_WORD}({_WORD}))?")
_REACH = 400  # characters of a sentence that are read: what it says stands before that
_SWEEP = 1 << 14  # characters of the texts whose words are told at once: what that needs stays in the processor's cache
_NEAR = 150
_STRONG = 3.0  # weight of a cue that alone decides
_BITS = 32  # room for the sum of a kind, so that one addition adds all kinds
_MIDDLE = 1 << (_BITS - 1)  # added to each sum, so that none is negative when they are taken apart
_STEPS = (0.0, _STRONG, 2 * _STRONG)
_SHIFTS = tuple(_BITS * rank for rank in range(len(KINDS)))
_MIDDLES = sum(_MIDDLE << shift for shift in _SHIFTS)

Shape = tuple[Any, ...]  # a function that names signs, and what it is given


@cache
def _words() -> WordWeights:
    rows = table("sentence_weights.tsv")
    return WordWeights({row["sign"]: [int(row[kind]) for kind in KINDS] for row in rows if not row["sign"][0].isupper()})


@cache
def _weights() -> tuple[dict[str, int], frozenset[str]]:
    """The weights of each sign for all kinds, in one number; and the signs."""
    packed = {
        row["sign"]: sum(int(row[kind]) << shift for kind, shift in zip(KINDS, _SHIFTS, strict=True))
        for row in table("sentence_weights.tsv")
    }
    return packed, frozenset(packed)


@cache
def _weights_of(sign: str) -> dict[str, int]:
    """The weights of the signs that begin so, by what follows: ``OPEN`` by words, ``CUE`` by literals."""
    return {told[len(sign) + 1 :]: weight for told, weight in _weights()[0].items() if told.startswith(f"{sign} ")}


@cache
def _weights_of_sums() -> dict[str, tuple[int, int, int]]:
    """The weights of the signs that the cues of a kind make together, by how many steps above the first they are."""
    known, found = _weights_of("CUES"), {}
    for kind in KINDS:
        first, second, third = (known.get(f"{kind} {step:.0f}", 0) for step in _STEPS)
        found[kind] = first, first + second, first + second + third
    return found


def _weight(told: Iterable[str]) -> int:
    weights, known = _weights()
    return sum(map(weights.__getitem__, known.intersection(told)))


@cache  # a few thousand: keys are short codes and small numbers
def _weight_of(signs_of: Callable[..., tuple[str, ...]], *given: str | int) -> int:
    return _weight(signs_of(*given))


def weighed(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled]) -> list[str]:
    """The kind of each sentence: the one for which its signs weigh most, of several as heavy the first."""
    if not sentences:
        return []
    return [KINDS[kind] for kind in sums_of(article, sentences, rules).argmax(axis=1).tolist()]


def sums_of(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled]) -> NDArray[np.int64]:
    """What the signs of each sentence weigh, by kind."""
    spans = tuple([_read_of(one.sentence) for one in sentences])
    by_words = _ahead.pop((article.folded, spans), None)
    if by_words is None:
        by_words = _words().sums(article.folded, spans)
    packed = []
    for number, one in enumerate(sentences):
        turn, place, content = _shapes(article, sentences, rules, number)
        total = _MIDDLES + _told_weight(article, one) + _weight_of(*turn) + _weight_of(*place) + _weight_of(*content)
        if by_words is None:  # letters that its table doesn't know
            total += _weight(words_of(article, one))
        packed.append(total.to_bytes(len(KINDS) * _BITS // 8, "little"))
    sums = np.frombuffer(b"".join(packed), "<u4").reshape(-1, len(KINDS)).astype(np.int64) - _MIDDLE
    return sums if by_words is None else sums + by_words


def signs(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled], number: int) -> set[str]:
    """What is seen in a sentence; signs that are no words of it begin with capital letters, so none is taken for a word."""
    found = {*words_of(article, sentences[number]), *_told_signs(article, sentences[number])}
    for signs_of, *given in _shapes(article, sentences, rules, number):
        found.update(signs_of(*given))
    return found


_ahead: dict[tuple[str, tuple[tuple[int, int], ...]], NDArray[np.int64]] = {}


def read_ahead(articles: Iterable[Article]) -> None:
    """Sum the words of the articles that will be asked about next: several in one sweep take half the time."""
    _ahead.clear()
    texts: list[tuple[str, tuple[tuple[int, int], ...]]] = []
    room = _SWEEP
    for article in articles:
        if codes_of(article.folded) is None:
            continue
        if len(article.folded) > room:
            _sweep(texts)
            texts, room = [], _SWEEP
        texts.append((article.folded, tuple([_read_of(one) for one in article.sentences if one.role in ("lead", "body")])))
        room -= len(article.folded) + 1
    _sweep(texts)


def _sweep(texts: list[tuple[str, tuple[tuple[int, int], ...]]]) -> None:
    if len(texts) > 1:  # one alone is read when it is asked about
        _ahead.update(zip(texts, _words().sums_of_all(texts), strict=True))


def _read_of(sentence: Sentence) -> tuple[int, int]:
    start, end, _, _ = sentence
    return start, min(end, start + _REACH)


def words_of(article: Article, one: Read) -> list[str]:
    """The words of a sentence, then its pairs of words."""
    start, end = _read_of(one.sentence)
    words = _TOKEN.findall(article.folded, start, end)
    return [*words, *map(" ".join, pairwise(words))]


def _told_signs(article: Article, one: Read) -> list[str]:
    """The cues, and the words that open the sentence, and those after the first person named in it: mostly its verb."""
    folded, begin, told = article.folded, one.sentence.start, []
    sums: dict[str, float] = {}
    for start, end, (kind, weight, head_kind, _) in one.cues:
        if kind:
            told.append(f"CUE {folded[start:end]}")
            sums[kind] = sums.get(kind, 0.0) + (weight if start - begin < _NEAR else weight / 2)
        if head_kind and start <= one.head:
            told += f"HEAD {folded[start:end]}", f"HEADED {head_kind}"
    for kind, total in sums.items():
        for step in _STEPS:
            if total > step:
                told.append(f"CUES {kind} {step:.0f}")
    places = [("OPEN", one.head)]
    if one.people and one.people[0].start_char - begin < 120:
        places.append(("SAYS", one.people[0].end_char))
    for where, pos in places:
        words = _FIRST_TWO.match(folded, pos, min(pos + 40, one.sentence.end))
        if words:
            first, second = words.groups()
            told += f"{where} {first}", f"{where} {first} {second}" if second else f"{where} {first}"
    return told


def _told_weight(article: Article, one: Read) -> int:
    """What ``_told_signs`` weigh together, without their names: most are of no weight, and a look-up by a part of it tells."""
    folded, begin, head, people = article.folded, one.sentence.start, one.head, one.people
    weight = 0
    if one.cues:
        sums: dict[str, float] = {}
        cues, heads, headed = set(), set(), set()  # a sign weighs once, however often it is seen
        for start, end, (kind, strength, head_kind, _) in one.cues:
            if kind:
                cues.add(folded[start:end])
                sums[kind] = sums.get(kind, 0.0) + (strength if start - begin < _NEAR else strength / 2)
            if head_kind and start <= head:
                heads.add(folded[start:end])
                headed.add(head_kind)
        known = _weights_of("CUE")
        for literal in cues:
            weight += known.get(literal, 0)
        for names, kinds in ((heads, "HEAD"), (headed, "HEADED")) if heads else ():
            known = _weights_of(kinds)
            for name in names:
                weight += known.get(name, 0)
        steps = _weights_of_sums()
        for kind, total in sums.items():
            if total > 0:
                weight += steps[kind][(total > _STRONG) + (total > 2 * _STRONG)]
    weight += _opening_weight("OPEN", folded, head, one.sentence.end)
    if people and people[0].start_char - begin < 120:
        weight += _opening_weight("SAYS", folded, people[0].end_char, one.sentence.end)
    return weight


def _opening_weight(where: str, folded: str, pos: int, end: int) -> int:
    end, known = min(pos + 40, end), _weights_of(where)
    if words := _PLAIN_TWO.match(folded, pos, end):
        return known.get(words[1], 0) + known.get(words[0], 0)
    if not (words := _FIRST_TWO.match(folded, pos, end)):
        return 0
    first, second = words.groups()
    return known.get(first, 0) + (known.get(f"{first} {second}", 0) if second else 0)


def _shapes(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled], number: int) -> tuple[Shape, Shape, Shape]:
    """Where it stands, how long it is, what kinds of things are in it: what names the signs of each."""
    one, rule, last = sentences[number], rules[number], len(sentences) - 1
    (start, end, paragraph, role), people, bodies, folded = one.sentence, one.people, one.bodies, article.folded
    read, numbers = min(end, start + _REACH), -1
    if one.digits and (read == end or DIGIT.search(folded, start, read)):
        numbers = min(one.numbers if read == end else len(NUMBER.findall(folded, start, read)), 3)
    return (
        (
            _turn_signs, rule.kind, rule.mode, rules[number - 1].kind if number else "",
            rules[number + 1].kind if number < last else "",
        ),
        (
            _place_signs, start == article.paragraphs[paragraph].start, number == last, role, min(number, 2),
            min((end - start) // 60, 6),
        ),
        (
            _content_signs, min(len(people), 3), min(len(bodies), 3),
            bool(people) and people[0].start_char - start < 60,
            bool(bodies) and bodies[0].start_char - start < 40,
            bool(one.dates),
            any(mention.grain in ("day", "time") for mention in one.dates) if one.dates else False,
            folded[start] in "“\"",
            folded.count(";", start, read) > 1,
            numbers,
        ),
    )  # fmt: skip


def _turn_signs(kind: str, mode: str, before: str, after: str) -> tuple[str, ...]:
    return "ALWAYS", f"RULE {kind}", f"MODE {mode}", f"BEFORE {before}", f"NEXT {after}"


def _place_signs(fresh: bool, last: bool, role: str, place: int, long: int) -> tuple[str, ...]:
    return *["FRESH"] * fresh, *["LAST"] * last, f"ROLE {role}", f"PLACE {place}", f"LONG {long}"


def _content_signs(
    people: int, bodies: int, person: bool, body: bool, dated: bool, day: bool, quoted: bool, listed: bool, numbers: int
) -> tuple[str, ...]:
    flags = {"PERSON FIRST": person, "BODY FIRST": body, "DATED": dated, "DAY": day, "QUOTED": quoted, "LIST": listed}
    figures = ("DIGIT", f"NUMBERS {numbers}") if numbers >= 0 else ()
    return f"PEOPLE {people}", f"BODIES {bodies}", *(name for name, seen in flags.items() if seen), *figures
