"""Common indicators: a closed vocabulary of about forty quantities that such texts report again and again."""

from __future__ import annotations

from schemas.model import Code, CodeList

INDICATORS = CodeList(
    "indicator",
    (Code("classes_opened", "training classes opened", "số lớp bồi dưỡng đã mở"),),
)
