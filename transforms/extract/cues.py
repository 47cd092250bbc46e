"""Literals that tell what a sentence says: read from the packaged lexicons, found in one pass, told apart by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from transforms.extract.lexicon_files import table
from transforms.match import Hit, Lexicon, in_one_pass
from transforms.text import Sentence

T = TypeVar("T")


class Cue(NamedTuple):
    """What a literal speaks for, anywhere in a sentence and, besides, at its head. Neutral literals have neither."""

    kind: str = ""
    weight: float = 0.0
    head_kind: str = ""
    head_weight: float = 0.0


@cache
def statement_cues() -> Lexicon[Cue]:
    """Cues of the kinds of statement; ``none`` only hides a shorter cue, ``open`` begins a sentence without a subject."""
    known: dict[str, Cue] = {}
    for row in table("statement_cues.tsv"):
        cue = known.get(row["cue"], Cue())
        weight = float(row["weight"])
        if row["where"] == "start":
            cue = cue._replace(head_kind=row["kind"], head_weight=weight)
        elif row["kind"] != "none":
            cue = cue._replace(kind=row["kind"], weight=weight)
        known[row["cue"]] = cue
    return Lexicon(known.items())


find_cues = in_one_pass(statement_cues)


# What may stand before the head of a sentence: quotes, bullets, an agency's code, connectives.
_LEAD_IN = re.compile(
    r"""["“”'‘«(\-–+•*\s]{0,4}(?:\d{1,2}[.)]\s{0,2})?
    (?:(?:đồng\ thời|bên\ cạnh\ đó|ngoài\ ra|cùng\ với\ đó|trong\ đó|theo\ đó|do\ đó|vì\ vậy|do\ vậy|cùng\ với|mặt\ khác
    |hai\ là|ba\ là|một\ là
    |bốn\ là|năm\ là|thứ\ nhất|thứ\ hai|thứ\ ba|cụ\ thể|đặc\ biệt|nhất\ là|song\ song\ đó|song\ song\ với\ đó|tiếp\ đó|từ\ đó
    |đáng\ chú\ ý|bên\ cạnh)
    \s{0,2}[,:]?\s{0,2}(?:là\s)?)?""",
    re.VERBOSE,
)


# By what letters those connectives begin.
_LEADS = frozenset(
    ["đồn", "bên", "ngo", "cùn", "tro", "the", "do ", "vì ", "mặt", "hai", "ba ", "một", "bốn", "năm", "thứ", "cụ ", "đặc",
     "nhấ", "son", "tiế", "từ ", "đán"]
)  # fmt: skip


def head_of(folded: str, sentence: Sentence) -> tuple[int, int]:
    """Where the sentence begins, and where it begins once its connectives are passed over."""
    if folded[sentence.start].isalpha() and folded[sentence.start : sentence.start + 3] not in _LEADS:
        return sentence.start, sentence.start  # as most
    passed = _LEAD_IN.match(folded, sentence.start, sentence.end)
    return sentence.start, passed.end() if passed else sentence.start


def by_span(hits: Sequence[Hit[T]], spans: Iterable[Sentence]) -> list[list[Hit[T]]]:
    """The hits inside each span; both are in text order, and no span overlaps another."""
    found: list[list[Hit[T]]] = []
    at, count = 0, len(hits)
    for start, end, _, _ in spans:
        inside: list[Hit[T]] = []
        while at < count and (hit := hits[at])[0] < end:
            if hit[0] >= start and hit[1] <= end:
                inside.append(hit)
            at += 1
        found.append(inside)
    return found
