"""How many requests a web process answers at once."""

from __future__ import annotations

import os

MOST = 8


def answering_threads(most: int = MOST) -> int:
    """Threads that answer requests: more than processors, since some wait for the database."""
    return min(most, 2 * (os.cpu_count() or 1) + 1)
