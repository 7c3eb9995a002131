"""One arena for all threads, as glibc itself counts them."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import ctypes, threading
from feedsvc.running.memory import share_one_arena
libc = ctypes.CDLL(None)
if not hasattr(libc, "malloc_info"):
    raise SystemExit(3)
{call}
together = threading.Barrier(8)
def work():
    together.wait()
    kept = [bytes(100_000) for _ in range(50)]
    together.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


def arenas(call: str) -> int:
    done = subprocess.run([sys.executable, "-c", CODE.format(call=call)], capture_output=True, text=True, check=False)
    if done.returncode == 3:
        pytest.skip("the C library is not glibc")
    return done.stdout.count("<heap nr=")


def test_threads_share_one_arena_and_would_not_by_themselves() -> None:
    assert arenas("share_one_arena()") == 1
    assert arenas("") > 1


def test_what_is_there_is_looked_through_no_more_and_rings_are_still_found() -> None:
    code = """
import gc, weakref
from feedsvc.running.memory import ALLOCATIONS, collect_rarely
class Ring: pass
collect_rarely()
assert gc.get_freeze_count() > 1000
ring = Ring(); ring.itself = ring; seen = weakref.ref(ring); del ring
kept = [[] for _ in range(2 * ALLOCATIONS)]
assert seen() is None
"""
    subprocess.run([sys.executable, "-c", code], check=True)
