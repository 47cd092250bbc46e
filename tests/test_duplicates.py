"""Near duplicates, planted at known similarities: how many are found, and that nothing else is."""

from __future__ import annotations

import random

import pytest

from transforms.clean.dedupe import SHINGLE, THRESHOLD, sign, similarity

SYLLABLES = [
    a + b
    for a in ("b", "đ", "h", "kh", "l", "ng", "ph", "s", "t", "th", "tr", "v", "x")
    for b in ("a", "ân", "iêu", "ó", "ường", "ành")
]


def pair(number: int, shingles: int, changes: int) -> tuple[str, str]:
    """A text of so many distinct shingles, and one with single syllables changed, far apart: each changes five shingles."""
    draw = random.Random(number)
    length = shingles + SHINGLE - 1
    words = [draw.choice(SYLLABLES) + draw.choice(SYLLABLES) for _ in range(length)]
    other = list(words)
    step = length // changes
    for change in range(changes):
        other[SHINGLE + change * step] = f"khác{change}"
    return " ".join(words), " ".join(other)


def reported(a: str, b: str) -> bool:
    """What the publisher reports: texts that share a band, and whose shingles are alike enough."""
    return bool(set(sign(a).bands) & set(sign(b).bands)) and similarity(a, b) >= THRESHOLD


@pytest.mark.parametrize(
    "jaccard, shingles, changes, pairs, least",
    [(0.95, 390, 2, 1000, 0.999), (0.9, 380, 4, 1000, 0.99), (0.85, 370, 6, 1000, 0.97)],
)
def test_planted_pairs_are_found(jaccard: float, shingles: int, changes: int, pairs: int, least: float) -> None:
    planted = [pair(number, shingles, changes) for number in range(pairs)]
    assert similarity(*planted[0]) == pytest.approx(jaccard)
    assert sum(reported(a, b) for a, b in planted) / pairs >= least


@pytest.mark.parametrize("shingles, changes", [(370, 13), (380, 20), (390, 28)])
def test_pairs_below_are_not_reported(shingles: int, changes: int) -> None:
    planted = [pair(number, shingles, changes) for number in range(200)]
    assert all(0.4 < similarity(a, b) < 0.71 for a, b in planted)
    assert not any(reported(a, b) for a, b in planted)
