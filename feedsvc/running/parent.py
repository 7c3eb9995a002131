"""No process of ours outlives the one that started it, not even when that is killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from threading import Thread

MARK = "SUPERVISED_BY_FEEDSVC"
"""In a child's environment: its standard input is a pipe that ends when the supervisor does. Counts its starts."""

GRACE = 10.0


def end_with_parent() -> None:
    """Stop this process, as TERM would, when its supervisor is gone; nothing where there is none."""
    if os.environ.pop(MARK, None) is not None:
        _watch(_input_ended)


def supervised() -> bool:
    """Whether a supervisor started this process. To be asked before `end_with_parent`."""
    return MARK in os.environ


def first_under_supervisor() -> bool:
    """Whether a supervisor starts this process for the first time, and tells itself what is wrong in the configuration.

    To be asked before `end_with_parent`.
    """
    return os.environ.get(MARK) == "1"


def end_with(parent: int) -> None:
    """Kill this process when the process `parent`, which forked it, is gone."""
    _watch(lambda: _forked_from(parent), signal.SIGKILL)


def _watch(wait: Callable[[], None], number: int = signal.SIGTERM) -> None:
    Thread(target=_end_after, args=(wait, number), name="parent", daemon=True).start()


def _end_after(wait: Callable[[], None], number: int) -> None:
    wait()
    os.kill(os.getpid(), number)
    time.sleep(GRACE)
    # A supervised process leads a group: with it goes whatever it started.
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def _input_ended() -> None:
    while os.read(0, 1024):
        pass


def _forked_from(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
