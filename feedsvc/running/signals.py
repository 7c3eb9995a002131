"""What a process of ours is told: by TERM and INT (Ctrl-C) to stop, by HUP to read its configuration again.

HUP is older than that use of it: it also says that the terminal is gone, and then it means to stop.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_STOP = (signal.SIGTERM, signal.SIGINT)
_HANGUP = {signal.SIGHUP}


def end_at_once(code: int = 1) -> NoReturn:
    """End the process without waiting for its threads; what was logged and printed gets out."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


@contextmanager
def on_stop(
    first: Callable[[], None], again: Callable[[], None] = end_at_once, hangup: Callable[[], None] | None = None
) -> Iterator[None]:
    """While inside, the first signal to stop calls `first`, and each further one `again`; HUP calls `hangup`.

    Where there is no `hangup`, and where the terminal is gone, HUP is a signal to stop.

    To be used in the main thread. All are called between any two instructions of it, so they may
    set a flag or end the process, but take no lock, which rules out setting an Event.
    """
    told = False

    def stop() -> None:
        nonlocal told
        call, told = (again if told else first), True
        call()

    before = {each: signal.getsignal(each) for each in (*_STOP, signal.SIGHUP)}
    on_hangup(hangup or stop, stop)
    for each in _STOP:
        signal.signal(each, lambda _number, _frame: stop())
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def on_hangup(call: Callable[[], None], gone: Callable[[], None]) -> None:
    """From now on HUP calls `call`, or `gone` where it says that the terminal of this process is gone.

    The latter means nothing to a process that was started to outlive its terminal, by nohup. See `on_stop` for what
    either may do.
    """
    attached, nohup = _has_terminal(), signal.getsignal(signal.SIGHUP) is signal.SIG_IGN

    def handle(_number: int, _frame: FrameType | None) -> None:
        if not attached or _has_terminal():
            call()
        elif not nohup:
            gone()

    signal.signal(signal.SIGHUP, handle)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HANGUP)


@contextmanager
def hangups_held() -> Iterator[None]:
    """This process, and any that is started inside, hears of a HUP when it says what to do about it, and not before.

    It says so with `on_stop` or `on_hangup`; until then a HUP waits, which would have ended it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HANGUP)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _has_terminal() -> bool:
    """Whether a terminal controls this process (tty(4)); after a hangup none does."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
