"""T21: no pattern of the program is kept busy by a text; longer ones are cut, or read where they can be ended."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

import feedsvc

PUMPS = [
    "a",
    " ",
    "1",
    "<",
    "(",
    "'",
    '"',
    ".",
    "a ",
    "1 ",
    "a.",
    "<a ",
    "<p>",
    "a@",
    "/a",
    "&#",
    "=a",
    "\n",
    "-",
    ":1",
    "xem 1",
]
ENDS = ["", "!", "\0", "<", ">", "x"]
LENGTH = 2_000
SECONDS = 5.0
"""Processor time for all texts of one pattern; the slowest one takes a tenth of it."""


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that stands in a module, once."""
    seen: set[object] = set()
    for module in pkgutil.walk_packages(feedsvc.__path__, "feedsvc."):
        if "migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and value not in seen:
                seen.add(value)
                yield f"{module.name}.{name}", value


ALL = dict(patterns())


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_a_pattern_is_done_with_any_text(name: str) -> None:
    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"{name} takes too long")

    pattern = ALL[name]
    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        for pump in PUMPS:
            for end in ENDS:
                text = pump * (LENGTH // len(pump)) + end
                subject = text.encode() if isinstance(pattern.pattern, bytes) else text
                for found in pattern.finditer(subject):  # type: ignore[arg-type]
                    del found
                pattern.fullmatch(subject)  # type: ignore[arg-type]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
