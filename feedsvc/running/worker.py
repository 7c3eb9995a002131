"""The process that reads hostile bytes: nothing but its pipes, so much processor time and memory, and then its end.

The limits are the kernel's. They hold within C libraries too, where no exception and no timer of Python arrives.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from importlib import import_module
from typing import Any, TypeVar

from ..errors import Unreadable
from ..ports import Reader
from .memory import collect_rarely, resident
from .wire import Closed, packed, receive, send

_Result = TypeVar("_Result")

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space."""
PARSING = 10.0
UNDERSTANDING = 2.0
"""Seconds of processor time for an answer, and for one record of it."""
MOST_CALLS = 2000
LARGEST = 400 * 1024 * 1024
"""Bytes in memory with which a worker goes on, and calls it may have answered: a new one has its memory in order."""
KNOWN_SOURCES = 4096
OUT_OF_MEMORY = 71
"""The exit code of a worker that has no memory left to say so."""


def main() -> None:
    """Serve the reader that the first argument names, `module:function`, until nobody asks any more."""
    module, _, name = sys.argv[1].partition(":")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    requests, answers = os.dup(0), os.dup(1)
    # Whatever prints must not print among the answers.
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        reader = getattr(import_module(module), name)()
        collect_rarely()
        send(answers, packed(("ready", True)))
        serve(reader, requests, answers)
    except Closed:
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def serve(reader: Reader, requests: int, answers: int) -> None:
    """Answer calls, each with its results and then with whether more can be asked. Raises Closed at the end."""
    for count in range(1, MOST_CALLS + 1):
        source, call = _call(receive(requests))
        for result in _results(reader, source, call):
            send(answers, packed(result))
        goes_on = count < MOST_CALLS and resident() < LARGEST
        send(answers, packed(("end", goes_on)))
        if not goes_on:
            return


def _call(body: bytes) -> tuple[Any, Any]:
    source, call = pickle.loads(body)  # noqa: S301  it comes from the process that started this one
    return _source(source), call


@lru_cache(maxsize=KNOWN_SOURCES)
def _source(body: bytes) -> Any:
    return pickle.loads(body)  # noqa: S301  as above


def _results(reader: Reader, source: Any, call: Any) -> Iterator[Any]:
    """`("parsed", Parsed)` or `("unreadable", why)` for an answer; `("records", …)` for some records, in portions."""
    match call:
        case ("parse", answer):
            yield _within(PARSING, partial(_parsed, reader, source, answer))
        case ("understand", records, now, portion):
            for start in range(0, len(records), portion):
                yield "records", _understood(reader, source, records[start : start + portion], now)


def _parsed(reader: Reader, source: Any, answer: Any) -> tuple[str, Any]:
    try:
        return "parsed", reader.parse(source, answer)
    except Unreadable as error:
        return "unreadable", str(error)


def _understood(reader: Reader, source: Any, records: Iterable[Any], now: Any) -> list[Any]:
    found: list[Any] = []
    for record in records:
        found += _within(UNDERSTANDING, partial(reader.understand, source, (record,), now))
    return found


def _within(seconds: float, work: Callable[[], _Result]) -> _Result:
    """What the work gives, within so much processor time: then the kernel ends this process (setitimer(2))."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
