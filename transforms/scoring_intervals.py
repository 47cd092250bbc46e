"""How sure a score is: bootstrap intervals, for which whole documents are drawn anew, since mistakes come in documents.

Deterministic: the seed is fixed, and all fields are scored on the same draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from transforms.scoring_tally import Tally

RESAMPLES = 2000
SEED = 20260101
LEVEL = 0.95


def intervals(
    documents: Sequence[Mapping[str, Tally]], resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, tuple[float, float]]:
    """The 95 % percentile interval of each field's F1, from its counts in each document.

    A field that some documents do not have is drawn from those that have it; of one document nothing can be drawn, and the
    interval is from 0 to 1: nothing is known.
    """
    found = {}
    for name in sorted({name for one in documents for name in one}):
        counts = np.array([(one[name].right, one[name].predicted, one[name].wanted) for one in documents if name in one])
        if len(counts) < 2:
            found[name] = (0.0, 1.0)
            continue
        draws = np.random.Generator(np.random.PCG64(seed)).multinomial(
            len(counts), np.full(len(counts), 1 / len(counts)), size=resamples
        )
        low, high = np.quantile(_f1(draws @ counts), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        found[name] = (float(low), float(high))
    return found


def _f1(sums: np.ndarray) -> np.ndarray:
    """F1 of each row of (right, predicted, wanted), by the conventions of ``Tally``."""
    right, predicted, wanted = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.where(predicted > 0, right / predicted, (wanted == 0).astype(float))
        recall = np.where(wanted > 0, right / wanted, 1.0)
        both = precision + recall
        return np.where(both > 0, 2 * precision * recall / both, 0.0)
