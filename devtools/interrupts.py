"""Ctrl-C and SIGTERM as one exception, held back while a process is being started and noted."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_held: list[int] | None = None


class Stopped(BaseException):
    """Not an error, and not to be caught as one."""


def _interrupted(number: int, _frame: FrameType | None) -> None:
    if _held is not None:
        _held.append(number)
        return
    for each in ENDING:
        signal.signal(each, _too_late)
    raise Stopped(signal.Signals(number).name)


def _too_late(_number: int, _frame: FrameType | None) -> None:
    """Stopping takes a moment; a second Ctrl-C must not cut it short."""


def listen() -> None:
    for each in ENDING:
        signal.signal(each, _interrupted)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """A signal in between would leave a process that nobody knows of."""
    global _held
    _held = []
    try:
        yield
    finally:
        came, _held = _held, None
        if came:
            _interrupted(came[0], None)
