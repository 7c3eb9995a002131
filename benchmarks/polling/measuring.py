"""Everything about polling, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from . import claims, memory, rate
from .page import page
from .size import Size


def everything(size: Size, say: Callable[[str], None]) -> str:
    """The page. Raises RuntimeError or TimeoutError where something did not do its work."""
    with TemporaryDirectory(prefix="feedsvc-bench-") as name:
        folder = Path(name)
        rates = rate.measured(folder / "rate", size.sources, size.rounds, size.seconds, say)
        small = memory.measured(folder / "memory", size.many)
        say(f"{size.many} sources: {small.resident:.0f} MB")
        (folder / "claims").mkdir()
        taken = claims.measured(folder / "claims", size.rows)
        for one in taken:
            say(f"{one.database}: {one.rate:.0f} rows claimed a second")
        return page(size, rates, small, taken)
