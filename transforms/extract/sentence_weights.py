"""The kind of a sentence by all that is seen in it: signs and their weights, learnt from sentences that readers have labelled.

Rules alone know what they have been told: a sentence that asks with a verb they lack is nothing to them. So what the rules say
is weighed together with the sentence's words, pairs of words, cues and place (``lexicons/sentence_weights.tsv``, made by
``tools/fit_sentences.py``). Signs are there or not and weights are whole numbers, so the sums are the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from transforms.document import Article
from transforms.extract.lexicon_files import table
from transforms.extract.sentence_rules import DIGIT, NUMBER, Read, Ruled

KINDS = ("event", "task", "limitation", "result", "other")
_TOKEN = re.compile(r"[^\W\d_]+|[“”\"?!:;…]")
_REACH = 400  # characters of a sentence that are read: what it says stands before that
_NEAR = 150
_STRONG = 3.0  # weight of a cue that alone decides
_BITS = 32  # room for the sum of a kind, so that one addition adds all kinds
_MIDDLE = 1 << (_BITS - 1)  # added to each sum, so that none is negative when they are taken apart
_SHIFTS = tuple(_BITS * rank for rank in range(len(KINDS)))
_MIDDLES = sum(_MIDDLE << shift for shift in _SHIFTS)


@cache
def _weights() -> tuple[dict[str, int], frozenset[str], dict[tuple[str, str], int], frozenset[tuple[str, str]]]:
    """The weights for all kinds in one number: of signs, and of pairs of words (so none need be joined); the keys of both."""
    packed = {
        row["sign"]: sum(int(row[kind]) << shift for kind, shift in zip(KINDS, _SHIFTS, strict=True))
        for row in table("sentence_weights.tsv")
    }
    split = {sign: sign.split(" ") for sign in packed if sign.count(" ") == 1}
    pairs = {(first, second): packed[sign] for sign, (first, second) in split.items()}
    return packed, frozenset(packed), pairs, frozenset(pairs)


def weighed(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled]) -> list[str]:
    """The kind of each sentence; where no sign is known, or two kinds weigh the same, what the rules say."""
    weights, known, pair_weights, known_pairs = _weights()
    weight, pair_weight = weights.__getitem__, pair_weights.__getitem__
    kinds = []
    for number, one in enumerate(rules):
        words, told = _seen(article, sentences, rules, number)
        pairs = known_pairs.intersection(pairwise(words))
        told += words
        total = sum(map(pair_weight, pairs), sum(map(weight, known.intersection(told)), _MIDDLES))
        sums = [total >> shift & (2 * _MIDDLE - 1) for shift in _SHIFTS]
        most = max(sums)
        kinds.append(KINDS[sums.index(most)] if sums.count(most) == 1 else one.kind)
    return kinds


def signs(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled], number: int) -> set[str]:
    """What is seen in a sentence; signs that are no words of it begin with capital letters, so none is taken for a word."""
    words, told = _seen(article, sentences, rules, number)
    return {*told, *words, *map(" ".join, pairwise(words))}


def _seen(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled], number: int) -> tuple[list[str], list[str]]:
    """The words of a sentence, in order, and the signs that are no words of it."""
    one, rule = sentences[number], rules[number]
    start, end, _, _ = one.sentence
    folded = article.folded[start : min(end, start + _REACH)]
    told = [
        "ALWAYS",
        f"RULE {rule.kind}",
        f"MODE {rule.mode}",
        f"BEFORE {rules[number - 1].kind if number else ''}",
        f"NEXT {rules[number + 1].kind if number + 1 < len(rules) else ''}",
    ]
    if one.cues:
        _add_cues(told, article, one)
    _add_shape(told, article, one, number, len(sentences), folded)
    _add_openings(told, article, one)
    return _TOKEN.findall(folded), told


def _add_cues(told: list[str], article: Article, one: Read) -> None:
    folded, near = article.folded, one.sentence.start + _NEAR
    sums: dict[str, float] = {}
    for start, end, cue in one.cues:
        kind, weight, head_kind, _ = cue
        if kind:
            told.append(f"CUE {folded[start:end]}")
            sums[kind] = sums.get(kind, 0.0) + (weight if start < near else weight / 2)
        if head_kind and start <= one.head:
            told.append(f"HEAD {folded[start:end]}")
            told.append(f"HEADED {head_kind}")
    for kind, total in sums.items():
        for step in (0, _STRONG, 2 * _STRONG):
            if total > step:
                told.append(f"CUES {kind} {step:.0f}")


def _add_shape(told: list[str], article: Article, one: Read, number: int, count: int, folded: str) -> None:
    """Where it stands, how long it is, what kinds of things are in it."""
    (start, end, paragraph, role), people, bodies = one.sentence, one.people, one.bodies
    if start == article.paragraphs[paragraph].start:
        told.append("FRESH")
    if number == count - 1:
        told.append("LAST")
    told += (
        f"ROLE {role}",
        f"PLACE {min(number, 2)}",
        f"LONG {min((end - start) // 60, 6)}",
        f"PEOPLE {min(len(people), 3)}",
        f"BODIES {min(len(bodies), 3)}",
    )
    if people and people[0].start_char - start < 60:
        told.append("PERSON FIRST")
    if bodies and bodies[0].start_char - start < 40:
        told.append("BODY FIRST")
    if one.dates:
        told.append("DATED")
        if any(mention.grain in ("day", "time") for mention in one.dates):
            told.append("DAY")
    if folded[:1] in "“\"":
        told.append("QUOTED")
    if folded.count(";") > 1:
        told.append("LIST")
    if one.digits:
        numbers = one.numbers if end - start <= _REACH else len(NUMBER.findall(folded))
        if end - start <= _REACH or DIGIT.search(folded):
            told += "DIGIT", f"NUMBERS {min(numbers, 3)}"


def _add_openings(told: list[str], article: Article, one: Read) -> None:
    """The words that open the sentence, and those after the first person named in it: mostly its verb."""
    places = [("OPEN", one.head)]
    if one.people and one.people[0].start_char - one.sentence.start < 120:
        places.append(("SAYS", one.people[0].end_char))
    for where, pos in places:
        words = _TOKEN.findall(article.folded, pos, min(pos + 40, one.sentence.end))[:3]
        if words:
            told += f"{where} {words[0]}", f"{where} {' '.join(words[:2])}"
