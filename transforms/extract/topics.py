"""The topic of a piece of text: the one whose terms stand in it most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from transforms.extract.lexicon_files import table
from transforms.match import Hit, Lexicon, in_one_pass


@cache
def topic_terms() -> Lexicon[tuple[str, int]]:
    return Lexicon((row["term"], (row["topic"], int(row["weight"]))) for row in table("topic_terms.tsv"))


find_topic_terms = in_one_pass(topic_terms)


def topic_of(hits: Sequence[Hit[tuple[str, int]]]) -> str | None:
    """The topic with the greatest weight, on a tie the one named first; None where the terms are too weak.

    >>> topic_of(topic_terms().find("đẩy mạnh chuyển đổi số trong các trường học"))
    'digital'
    >>> topic_of(topic_terms().find("ông cảm ơn bà con")) is None
    True
    """
    if not hits:
        return None
    weights: dict[str, float] = {}
    for rank, hit in enumerate(hits[:20]):
        topic, weight = hit.value
        weights[topic] = weights.get(topic, 0.0) + weight * (1.0 if rank < 4 else 0.6)
    best = max(weights, key=lambda topic: weights[topic])
    return best if weights[best] >= 2 else None
