"""Progress of a run: a bar per stage on a terminal, plain lines otherwise. All of it on stderr."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol


class Progress(AbstractContextManager["Progress"], Protocol):
    def begin(self, stage: str, total: int) -> None:
        """A stage begins that will do ``total`` documents (0: not known)."""

    def advance(self, stage: str, done: int) -> None:
        """``done`` more documents are through."""

    def finish(self, stage: str) -> None:
        """The stage has ended."""


class Lines(Progress):
    """A line when a stage ends, and one every ten seconds in long ones."""

    def __init__(self) -> None:
        self._stages: dict[str, list[float]] = {}  # stage: start, done, total, last line

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None

    def begin(self, stage: str, total: int) -> None:
        now = time.monotonic()
        self._stages[stage] = [now, 0, total, now]

    def advance(self, stage: str, done: int) -> None:
        state = self._stages[stage]
        state[1] += done
        if time.monotonic() - state[3] >= 10 and state[1] != state[2]:  # the last one is told by finish()
            state[3] = time.monotonic()
            self._line(stage)

    def finish(self, stage: str) -> None:
        self._line(stage, ended=True)

    def _line(self, stage: str, ended: bool = False) -> None:
        start, done, total, _ = self._stages[stage]
        seconds = time.monotonic() - start
        rate = f", {done / seconds:,.0f} documents/s" if done and seconds > 0 else ""
        left = f", {(total - done) * seconds / done:,.0f} s left" if not ended and done and total > done else ""
        print(f"{stage:<9}{done:>9,.0f} documents in {seconds:,.1f} s{rate}{left}", file=sys.stderr, flush=True)


class Bars(Progress):
    """A bar per stage, with documents/s and time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._bars = RichProgress(
            TextColumn("{task.description:<9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:>14}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._ids: dict[str, Any] = {}
        self._since: dict[str, float] = {}

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bars.stop()

    def begin(self, stage: str, total: int) -> None:
        self._ids[stage] = self._bars.add_task(stage, total=total or None, rate="")
        self._since[stage] = time.monotonic()

    def advance(self, stage: str, done: int) -> None:
        self._bars.advance(self._ids[stage], done)
        task = self._bars.tasks[self._ids[stage]]
        self._bars.update(
            self._ids[stage], rate=f"{task.completed / max(time.monotonic() - self._since[stage], 1e-6):,.0f} documents/s"
        )

    def finish(self, stage: str) -> None:
        task = self._bars.tasks[self._ids[stage]]
        self._bars.update(self._ids[stage], total=task.completed, completed=task.completed)
        self._bars.stop_task(self._ids[stage])


class Silent(Progress):
    """Says nothing: for tests."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None

    def begin(self, stage: str, total: int) -> None:
        return None

    def advance(self, stage: str, done: int) -> None:
        return None

    def finish(self, stage: str) -> None:
        return None


def for_terminal() -> Progress:
    return Bars() if sys.stderr.isatty() else Lines()
