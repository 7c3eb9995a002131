"""One lock over processes, as a file beside what it guards. It ends with its holder, however that ends."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import StoreError

PATIENCE = 10.0
"""Seconds that a writer waits for its turn."""


@contextmanager
def file_lock(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock for the block. Raises StoreError when others keep it for longer than `patience`."""
    try:
        opened = file.open("ab")
    except OSError as error:
        raise StoreError(f"{file}: the lock cannot be opened: {error.strerror}") from error
    with opened:
        deadline = time.monotonic() + patience
        while not _taken(opened):
            if time.monotonic() > deadline:
                raise StoreError(f"{file}: held by another process for more than {patience:g} s")
            time.sleep(0.005)
        yield


def _taken(opened: IO[bytes]) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
