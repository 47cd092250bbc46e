"""The processes that do the work: a pool for the stages, and one process that validates. Started before Prefect is loaded."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.util
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from schemas.errors import TransientError

T = TypeVar("T")


@contextmanager
def loading() -> Iterator[None]:
    """While modules are loaded: what they leave stays, so the garbage collector need not go through it, then or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def collect_seldom() -> None:
    """Look for garbage less often: rows are made by the thousand, and none of them is part of a cycle."""
    gc.set_threshold(50_000, 20, 50)


def _load_stages() -> None:
    collect_seldom()
    with loading():
        from flows.stages import warm_up

        warm_up()


def _load_validation() -> None:
    with loading():
        from warehouse.validate import warm_up

        warm_up()


def _leave() -> None:
    """End this process without taking its modules down one by one, which takes a second; semaphores made here are given back."""
    multiprocessing.util._exit_function()  # type: ignore[attr-defined]
    os._exit(0)


class Pools:
    """Lazily started worker processes; a pool whose worker died is replaced."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        # Not fork: Prefect runs threads, and a fork of a threaded process may hang.
        self._context = multiprocessing.get_context("spawn")
        self._stages: ProcessPoolExecutor | None = None
        self._validator: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to load rules and lexicons in the background."""
        with self._lock:
            if self._stages is None:
                self._stages = ProcessPoolExecutor(self._workers, mp_context=self._context)
                self._stages.submit(_load_stages)  # one is enough for a small run; the others start when there is work

    def expect_validation(self) -> None:
        """Begin to load Great Expectations in the background."""
        with self._lock:
            if self._validator is None:
                self._validator = ProcessPoolExecutor(1, mp_context=self._context)
                self._validator.submit(_load_validation)

    def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Run ``function`` in a worker. Raises TransientError when the worker died."""
        self.start()
        with self._lock:
            pool = self._stages
        assert pool is not None
        try:
            return pool.submit(function, *arguments).result()
        except BrokenProcessPool as error:
            with self._lock:
                if self._stages is pool:
                    self._stages = None
            raise TransientError("a worker process died (killed, or out of memory)") from error

    def validate(self, function: Callable[..., T], *arguments: Any, **options: Any) -> T:
        self.expect_validation()
        with self._lock:
            pool = self._validator
        assert pool is not None
        future: Future[T] = pool.submit(function, *arguments, **options)
        try:
            return future.result()
        except BrokenProcessPool as error:
            with self._lock:
                self._validator = None
            raise TransientError("the validating process died (killed, or out of memory)") from error

    def end_validation(self) -> None:
        """Let the validating process go."""
        with self._lock:
            pool, self._validator = self._validator, None
        if pool is not None:
            with suppress(BrokenProcessPool):
                pool.submit(_leave)
            pool.shutdown(wait=False)

    def stop(self) -> None:
        self.end_validation()
        with self._lock:
            if self._stages is not None:
                self._stages.shutdown(wait=True, cancel_futures=True)
            self._stages = None
