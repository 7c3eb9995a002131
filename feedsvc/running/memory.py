"""How the C library keeps the memory of a process that starts a thread for every pass.

glibc gives threads arenas of their own, up to eight a processor, and each keeps what lies between blocks that live on. A
scheduler that had 85 MB after a thousand answers of up to 16 MiB in one arena had 140 MB in many, and grew on.
"""

from __future__ import annotations

import contextlib
import ctypes

M_ARENA_MAX = -8
"""mallopt(3): the number of arenas, in glibc's malloc.h."""


def share_one_arena() -> None:
    """Let the threads that start from now on share one arena; nothing where the C library is another."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
