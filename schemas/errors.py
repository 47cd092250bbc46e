"""The errors that khobao raises on purpose, each with the exit status that it means on the command line.

``TransientError`` may pass on a second try (a busy disk, a lock); ``TerminalError`` never does.
Every error carries its evidence as attributes; ``str(error)`` is one line that says what and what to do.
"""

from __future__ import annotations


class KhobaoError(Exception):
    """Any error raised on purpose. ``exit_code`` is what the command line returns for it.

    ``outcome`` is what came of the run that the error has ended (``flows.record.Outcome``), where there was one.
    """

    exit_code = 1
    outcome: object | None = None


class TransientError(KhobaoError):
    """May pass when tried again."""


class TerminalError(KhobaoError):
    """Will fail again in the same way."""


class UsageError(TerminalError):
    """The caller asked for something that can't be: a missing path, an unknown format, a wrong option."""

    exit_code = 2


class LockedError(TransientError):
    """Another run is writing to the same warehouse."""

    exit_code = 4


class BlockedError(TerminalError):
    """A critical expectation failed: nothing of this run was published."""


class RunFailedError(TerminalError):
    """A run ended early; the previous snapshot is untouched."""


class UndecodableError(TerminalError):
    """Bytes that can't be made into a text; the document goes to quarantine under ``reason_code``."""

    def __init__(self, reason_code: str, reason: str) -> None:
        super().__init__(reason)
        self.reason_code = reason_code
        self.reason = reason

    def __reduce__(self) -> tuple[type[UndecodableError], tuple[str, str]]:
        # Exceptions with their own __init__ signature don't survive a process pool without this.
        return (type(self), (self.reason_code, self.reason))
