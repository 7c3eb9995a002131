"""How the memory of a web process is shared out, whatever it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.serving import MEGABYTE

AT_WORK = 64 * MEGABYTE
"""For what the program takes yet until it answers, what requests take meanwhile, and what lies between blocks."""
LEAST = 12 * MEGABYTE
"""Less is shared out in no case: a feed may be of two megabytes."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Bytes for fragments of entries, for documents without bodies, for bodies, and for the pages of feeds."""

    fragments: int
    documents: int
    bodies: int
    pages: int


def shared_out(limit: int, taken: int) -> Budget:
    """What a process that has `taken` so many bytes may keep, so that it stays within the limit."""
    room = max(LEAST, limit - taken - AT_WORK)
    return Budget(
        fragments=room * 40 // 100, documents=room * 33 // 100, bodies=room * 20 // 100, pages=room * 7 // 100
    )


USUAL = shared_out(256 * MEGABYTE, 90 * MEGABYTE)
"""Where nothing is said."""
