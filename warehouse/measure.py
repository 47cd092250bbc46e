"""One number about the warehouse, and the bounds within which it is as it should be."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.model import Severity


@dataclass(frozen=True, slots=True)
class Measure:
    """One number and the bounds within which it is as it should be; None bounds nothing.

    ``counted`` tells that the number counts things that are wrong, of ``elements`` that were looked at.
    """

    rule: str
    table: str
    value: float
    meaning: str
    meaning_vi: str
    low: float | None = None
    high: float | None = 0.0
    severity: Severity = Severity.CRITICAL
    column: str | None = None
    source: str | None = None
    elements: int = 0
    counted: bool = True
    history: tuple[float, ...] = ()
