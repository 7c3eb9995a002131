"""How a process that reads and stores day and night keeps its memory.

glibc gives threads arenas of their own, up to eight a processor, and each keeps what lies between blocks that live on.
After some two hundred hostile answers, a thread each, a process held 85 MB in one arena, and 139 MB in many.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
from pathlib import Path

M_ARENA_MAX = -8
"""mallopt(3): the number of arenas, in glibc's malloc.h."""
_STATM = Path("/proc/self/statm")
ALLOCATIONS = 50_000
"""Objects more than before that make Python look for rings among them; a pass makes thousands, and next to no rings."""


def collect_seldom() -> None:
    """Have Python look for rings seldom: it was an eighth of a start, and found next to none."""
    gc.set_threshold(ALLOCATIONS, *gc.get_threshold()[1:])


def collect_rarely() -> None:
    """Look through what is there by now no more, and through what comes later seldom: it was a twelfth of all work.

    What a start leaves is not looked for: that takes a tenth of a second, and finds some hundred objects.
    """
    gc.freeze()
    collect_seldom()


def collect_now() -> None:
    """Look through everything, what was frozen too. It stays unfrozen: somebody may hold for a while what is over."""
    gc.unfreeze()
    gc.collect()


def resident() -> int:
    """Bytes of this process that are in memory, 0 where the system does not tell them by /proc (proc(5)).

    Of what getrusage(2) tells, the most that there ever was, the process that started this one has its part.
    """
    try:
        pages = int(_STATM.read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def share_one_arena() -> None:
    """Let the threads that start from now on share one arena; nothing where the C library is another."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
