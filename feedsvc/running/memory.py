"""How the C library keeps the memory of a process that starts a thread for every pass.

glibc gives threads arenas of their own, up to eight a processor, and each keeps what lies between blocks that live on.
After some two hundred hostile answers, a thread each, a process held 85 MB in one arena, and 139 MB in many.
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
