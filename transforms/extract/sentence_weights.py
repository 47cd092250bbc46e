"""The kind of a sentence by all that is seen in it: signs and their weights, learnt from sentences that readers have labelled.

Rules alone know what they have been told: a sentence that asks with a verb they lack is nothing to them. So what the rules say
is weighed together with the sentence's words, pairs of words, cues and place (``lexicons/sentence_weights.tsv``, made by
``tools/fit_sentences.py``). Signs are there or not and weights are whole numbers, so the sums are the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from transforms.document import Article
from transforms.extract.lexicon_files import table
from transforms.extract.sentence_rules import NUMBER, Read, Ruled

KINDS = ("event", "task", "limitation", "result", "other")
_TOKEN = re.compile(r"[^\W\d_]+|[“”\"?!:;…]")
_REACH = 400  # characters of a sentence that are read: what it says stands before that
_NEAR = 150
_DIGIT = re.compile(r"\d")
_STRONG = 3.0  # weight of a cue that alone decides


@cache
def _weights() -> dict[str, tuple[int, ...]]:
    return {row["sign"]: tuple(int(row[kind]) for kind in KINDS) for row in table("sentence_weights.tsv")}


def weighed(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled]) -> list[str]:
    """The kind of each sentence; where no sign is known, or two kinds weigh the same, what the rules say."""
    weights = _weights()
    known = weights.keys()
    kinds = []
    for number, one in enumerate(rules):
        event = task = limitation = result = other = 0
        for sign in known & signs(article, sentences, rules, number):
            found = weights[sign]
            event += found[0]
            task += found[1]
            limitation += found[2]
            result += found[3]
            other += found[4]
        sums = (event, task, limitation, result, other)
        most = max(sums)
        kinds.append(KINDS[sums.index(most)] if sums.count(most) == 1 else one.kind)
    return kinds


def signs(article: Article, sentences: Sequence[Read], rules: Sequence[Ruled], number: int) -> set[str]:
    """What is seen in a sentence; signs that are no words of it begin with capital letters, so none is taken for a word."""
    one, rule = sentences[number], rules[number]
    folded = article.folded[one.sentence.start : min(one.sentence.end, one.sentence.start + _REACH)]
    words = _TOKEN.findall(folded)
    found = {
        "ALWAYS",
        f"RULE {rule.kind}",
        f"MODE {rule.mode}",
        f"BEFORE {rules[number - 1].kind if number else ''}",
        f"NEXT {rules[number + 1].kind if number + 1 < len(rules) else ''}",
    }
    found.update(words, map(" ".join, pairwise(words)))
    found.update(_cues(article, one), _shape(article, one, number, len(sentences), folded), _openings(article, one))
    return found


def _cues(article: Article, one: Read) -> Iterator[str]:
    folded, start = article.folded, one.sentence.start
    sums: dict[str, float] = {}
    seen = set()
    for hit in one.cues:
        cue = hit.value
        if cue.kind:
            seen.add(f"CUE {folded[hit.start : hit.end]}")
            sums[cue.kind] = sums.get(cue.kind, 0.0) + (cue.weight if hit.start - start < _NEAR else cue.weight / 2)
        if cue.head_kind and hit.start <= one.head:
            seen.add(f"HEAD {folded[hit.start : hit.end]}")
            seen.add(f"HEADED {cue.head_kind}")
    yield from seen
    for kind, total in sums.items():
        for step in (0, _STRONG, 2 * _STRONG):
            if total > step:
                yield f"CUES {kind} {step:.0f}"


def _shape(article: Article, one: Read, number: int, count: int, folded: str) -> Iterator[str]:
    """Where it stands, how long it is, what kinds of things are in it."""
    sentence, length = one.sentence, one.sentence.end - one.sentence.start
    if sentence.start == article.paragraphs[sentence.paragraph].start:
        yield "FRESH"
    yield f"ROLE {sentence.role}"
    yield f"PLACE {min(number, 2)}"
    if number == count - 1:
        yield "LAST"
    yield f"LONG {min(length // 60, 6)}"
    yield f"PEOPLE {min(len(one.people), 3)}"
    yield f"BODIES {min(len(one.bodies), 3)}"
    if one.people and one.people[0].start_char - sentence.start < 60:
        yield "PERSON FIRST"
    if one.bodies and one.bodies[0].start_char - sentence.start < 40:
        yield "BODY FIRST"
    if one.dates:
        yield "DATED"
        if any(mention.grain in ("day", "time") for mention in one.dates):
            yield "DAY"
    if folded[:1] in "“\"":
        yield "QUOTED"
    if folded.count(";") > 1:
        yield "LIST"
    if _DIGIT.search(folded):
        yield "DIGIT"
        yield f"NUMBERS {min(len(NUMBER.findall(folded)), 3)}"


def _openings(article: Article, one: Read) -> Iterator[str]:
    """The words that open the sentence, and those after the first person named in it: mostly its verb."""
    places = [("OPEN", one.head)]
    if one.people and one.people[0].start_char - one.sentence.start < 120:
        places.append(("SAYS", one.people[0].end_char))
    for where, pos in places:
        words = _TOKEN.findall(article.folded, pos, min(pos + 40, one.sentence.end))[:3]
        if words:
            yield f"{where} {words[0]}"
            yield f"{where} {' '.join(words[:2])}"
