"""One writer at a time: an advisory lock on the warehouse, held for the length of a run."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from schemas.errors import LockedError, UsageError
from warehouse.layout import Layout


@contextmanager
def held(layout: Layout, wait: bool = False, poll_seconds: float = 0.5) -> Iterator[None]:
    """Hold the lock of a warehouse. With ``wait`` wait for it, else raise LockedError at once.

    The kernel gives the lock back when the process ends, however it ends: there is no stale lock to remove.
    """
    try:
        layout.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(layout.lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise UsageError(f"can't write to the warehouse {layout.root}: {error.strerror}") from None
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not wait:
                    holder = os.pread(handle, 100, 0).decode("ascii", "replace").strip() or "unknown"
                    raise LockedError(
                        f"another run (process {holder}) is writing to {layout.root}: wait for it, or run with --wait"
                    ) from None
                time.sleep(poll_seconds)
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
