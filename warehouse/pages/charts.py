"""The geometry of the charts: numbers in, places in a drawing out. Templates draw them as inline SVG, so nothing is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 100.0, 40.0  # of a small chart; stretched to the room it has, so it holds lines and no letters


class Line(NamedTuple):
    """A small chart of one measure over runs, and between what its last value is expected to lie (None: not bounded)."""

    points: str
    last: tuple[float, float]
    band: tuple[float, float] | None  # y and height of what is expected
    value: float
    low: float | None
    high: float | None

    @property
    def unusual(self) -> bool:
        return (self.low is not None and self.value < self.low) or (self.high is not None and self.value > self.high)


def line(values: Sequence[float], low: float | None = None, high: float | None = None) -> Line | None:
    """Draw a measure over runs, oldest first.

    >>> chart = line([10, 12, 11, 30], 5, 20)
    >>> chart.points, chart.last, chart.band, chart.unusual
    ('0.0,26.7 33.3,24.0 66.7,25.3 100.0,0.0', (100.0, 0.0), (13.3, 20.0), True)
    >>> line([3.0]).points, line([0.0]).points, line([0.2, 0.2], high=0.1).band, line([])
    ('0.0,0.0', '0.0,40.0', (20.0, 20.0), None)
    """
    if not values:
        return None
    top = max([*values, *(bound for bound in (low, high) if bound is not None)]) or 1.0
    bottom = min([*values, 0.0])

    def height(value: float) -> float:
        return round(HEIGHT * (1 - (value - bottom) / ((top - bottom) or 1.0)), 1)

    places = [(round(WIDTH * n / max(1, len(values) - 1), 1), height(value)) for n, value in enumerate(values)]
    band = None
    if high is not None:
        upper, lower = height(high), height(max(bottom, low if low is not None else bottom))
        band = (upper, round(max(0.8, lower - upper), 1))
    return Line(" ".join(f"{x},{y}" for x, y in places), places[-1], band, values[-1], low, high)


class Bar(NamedTuple):
    """One part of a stacked column: what it stands for, where it begins and how high it is, in percent of the drawing."""

    kind: str
    x: float
    y: float
    width: float
    height: float


def columns(rows: Sequence[Sequence[tuple[str, float]]], fewest: int = 12) -> list[list[Bar]]:
    """Stacked columns, one per row of ``(kind, value)``, as if there were at least ``fewest``, so that one run is no wall.

    >>> [[(b.kind, b.x, b.y, b.height) for b in column] for column in columns([[("new", 3.0), ("known", 1.0)]], fewest=2)]
    [[('new', 5.0, 25.0, 75.0), ('known', 5.0, 0.0, 25.0)]]
    """
    top = max((sum(value for _, value in row) for row in rows), default=0.0) or 1.0
    room = 100.0 / max(fewest, len(rows))
    drawn = []
    for place, row in enumerate(rows):
        level, column = 100.0, []
        for kind, value in row:
            height = 100.0 * value / top
            level -= height
            column.append(Bar(kind, round(room * (place + 0.1), 3), round(level, 3), round(room * 0.8, 3), round(height, 3)))
        drawn.append([bar for bar in column if bar.height])
    return drawn
