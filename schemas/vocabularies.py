"""Every closed list by its name, gathered from the tables that use them."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.model import Code
from schemas.tables import TABLES

LISTS: Mapping[str, tuple[Code, ...]] = {
    column.codes.name: column.codes.codes for table in TABLES for column in table.columns if column.codes is not None
}
