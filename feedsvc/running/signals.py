"""How a process of ours is told to stop: TERM, INT (Ctrl-C) or HUP (its terminal is gone)."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def end_at_once(code: int = 1) -> NoReturn:
    """End the process without waiting for its threads; what was logged and printed gets out."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


@contextmanager
def on_stop(first: Callable[[], None], again: Callable[[], None] = end_at_once) -> Iterator[None]:
    """While inside, the first signal to stop calls `first`, and each further one `again`.

    To be used in the main thread. Both are called between any two instructions of it, so they may
    set a flag or end the process, but take no lock, which rules out setting an Event.
    """
    told = False

    def handle(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        call, told = (again if told else first), True
        call()

    before = {each: signal.signal(each, handle) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
