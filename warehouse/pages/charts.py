"""The geometry of the charts: numbers in, places in a drawing out. Templates draw them as inline SVG, so nothing is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev
from typing import NamedTuple

WIDTH, HEIGHT = 100.0, 40.0  # of a small chart; stretched to the room it has, so it holds lines and no letters
_BEFORE = 10  # runs that make the usual range


class Line(NamedTuple):
    """A small chart of one measure over runs. ``low`` and ``high``: the usual range, None with fewer than three runs before."""

    points: str
    last: tuple[float, float]
    band: tuple[float, float] | None  # y and height of the usual range
    value: float
    low: float | None
    high: float | None

    @property
    def unusual(self) -> bool:
        return self.low is not None and self.high is not None and not self.low <= self.value <= self.high


def line(values: Sequence[float]) -> Line | None:
    """Draw a measure over runs, oldest first; the usual range is the mean of the ten runs before the last, two deviations wide.

    >>> chart = line([10, 12, 11, 30])
    >>> chart.points, round(chart.low, 2), round(chart.high, 2), chart.unusual
    ('0.0,26.7 33.3,24.0 66.7,25.3 100.0,0.0', 9.37, 12.63, True)
    >>> line([3.0]).band is None, line([]) is None
    (True, True)
    """
    if not values:
        return None
    before = values[-_BEFORE - 1 : -1]
    low = high = None
    if len(before) >= 3:
        mean, spread = fmean(before), 2 * pstdev(before)
        low, high = max(0.0, mean - spread), mean + spread
    top = max([*values, high or 0.0]) or 1.0
    bottom = min([*values, low if low is not None else values[0]])
    bottom = 0.0 if bottom < top * 0.6 else bottom * 0.9  # from nought, unless that would leave a flat line
    places = [
        (round(WIDTH * n / max(1, len(values) - 1), 1), round(HEIGHT * (1 - (v - bottom) / (top - bottom or 1.0)), 1))
        for n, v in enumerate(values)
    ]
    band = None
    if low is not None and high is not None:
        upper, lower = (HEIGHT * (1 - (v - bottom) / (top - bottom or 1.0)) for v in (high, low))
        band = (round(upper, 1), round(max(0.8, lower - upper), 1))
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
