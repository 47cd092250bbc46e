"""Topics of public administration and party work: what a statement is about. Placeholder-free; extended with definitions."""

from __future__ import annotations

from schemas.model import Code, CodeList

TOPICS = CodeList(
    "topic",
    (Code("propaganda", "propaganda, education in party ideology", "tuyên giáo, tuyên truyền"),),
)
