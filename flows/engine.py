"""How stages are carried out: here one after the other, in ``flows.pipeline`` as Prefect tasks on a process pool."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Engine(Protocol):
    """Runs functions of ``flows.stages`` (and of ``warehouse``) over batches."""

    flow_run_id: str | None

    def map(self, stage: str, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        """The result of each call, in any order, as they come."""

    def once(self, stage: str, function: Callable[..., T], *arguments: Any) -> T:
        """One call in this process, as a step of its own."""

    def validate(self, function: Callable[..., T], *arguments: Any, **options: Any) -> T:
        """One call in a process of its own, which has loaded Great Expectations meanwhile."""

    def expect_validation(self) -> None:
        """Begin to load what validation needs, in the background: there is something new."""

    def end_validation(self) -> None:
        """Nothing more will be validated: the process that does it may go."""


class Inline(Engine):
    """Everything in this process, in order. For tests and for debugging."""

    flow_run_id = None

    def map(self, stage: str, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        for call in calls:
            yield function(*call)

    def once(self, stage: str, function: Callable[..., T], *arguments: Any) -> T:
        return function(*arguments)

    def validate(self, function: Callable[..., T], *arguments: Any, **options: Any) -> T:
        return function(*arguments, **options)

    def expect_validation(self) -> None:
        return None

    def end_validation(self) -> None:
        return None
