"""Counts of one scored field, and the forms in which printed values are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from transforms.clean.unicode import fold_key

Rows = Sequence[Mapping[str, Any]]
_ODD = re.compile(r"[\s\W_]+")


@dataclass(slots=True)
class Tally:
    """Counts of one field; ``errors`` has a line for each difference."""

    right: float = 0
    predicted: float = 0
    wanted: float = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in the counts of another document."""
        self.right += other.right
        self.predicted += other.predicted
        self.wanted += other.wanted
        self.errors += other.errors

    def add_sets(self, source: str, wanted: set[Any], predicted: set[Any]) -> None:
        self.right += len(wanted & predicted)
        self.predicted += len(predicted)
        self.wanted += len(wanted)
        self.errors += [f"{source}: missed {v}" for v in sorted(wanted - predicted, key=str)]
        self.errors += [f"{source}: extra {v}" for v in sorted(predicted - wanted, key=str)]

    def add_value(self, source: str, wanted: Any, predicted: Any) -> None:
        self.wanted += 1
        self.predicted += 1
        self.right += wanted == predicted
        if wanted != predicted:
            self.errors.append(f"{source}: wanted {wanted!r}, got {predicted!r}")

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else float(not self.wanted)

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; for single values the share that is right."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def fold(value: Any) -> str | None:
    """How printed values are compared: folded, every run of other characters than letters and digits one space.

    >>> fold("05-CT/TW,  Hoà  Bình")
    '05 ct tw hòa bình'
    """
    return None if value is None else _ODD.sub(" ", fold_key(str(value))).strip()


def day(value: Any) -> str | None:
    return None if value is None else str(value)[:10]


def number(value: Any) -> str:
    return f"{float(value):.12g}"
