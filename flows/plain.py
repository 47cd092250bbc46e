"""Values as JSON and the terminal show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any


def plain(value: Any) -> Any:
    """What JSON has no type for: dates as ISO text, bytes as hex, anything else as DuckDB prints it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
