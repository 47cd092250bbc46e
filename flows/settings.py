"""What a run is told: where from, where to, how. Clock and run id are made here and nowhere else."""

from __future__ import annotations

import os
import shlex
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from schemas.errors import UsageError
from warehouse.sources import FieldMap

LOCAL = timezone(timedelta(hours=7))  # Vietnam has had no daylight saving time since 1975
DEFAULT_WAREHOUSE = Path("warehouse/data")


@dataclass(frozen=True, slots=True)
class Settings:
    """One run. ``clock`` fixes the time that goes into the tables (tests, replays); None is the real one."""

    sources: tuple[str, ...]
    warehouse: Path
    names: tuple[str, ...] = ()
    fields: FieldMap = field(default_factory=FieldMap)
    batch_size: int = 500
    workers: int = field(default_factory=lambda: max(1, os.cpu_count() or 1))
    reprocess: bool = False
    wait: bool = False
    run_id: str | None = None
    clock: datetime | None = None
    tolerance: float = 0.05
    memory_limit: str = "1GB"
    replay: tuple[str, ...] = ()  # doc_ids to take again from the raw store: refused before, or held with a run

    def now(self) -> datetime:
        """Local time (UTC+7), without zone, as the tables have it."""
        return self.clock or datetime.now(UTC).astimezone(LOCAL).replace(tzinfo=None)

    def new_run_id(self) -> str:
        """A run id that sorts by time: ``20260405T070809-1a2b3c``."""
        return self.run_id or f"{self.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"


def warehouse_path(given: str | None) -> Path:
    """``--warehouse``, else ``KHOBAO_WAREHOUSE``, else ``./warehouse/data``."""
    path = Path(given or os.environ.get("KHOBAO_WAREHOUSE") or DEFAULT_WAREHOUSE)
    if path.is_file():
        raise UsageError(f"the warehouse {path} is a file: give a folder")
    return path


def on(warehouse: Path) -> str:
    """What a command that is told to the user must end with to reach ``warehouse``: nothing where it is the default one."""
    default = Path(os.environ.get("KHOBAO_WAREHOUSE") or DEFAULT_WAREHOUSE)
    return "" if warehouse.absolute() == default.absolute() else f" --warehouse {shlex.quote(str(warehouse))}"
