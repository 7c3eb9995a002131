"""Files that change: others than those last dealt with, and standing still."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

Signature = tuple[tuple[int, ...] | None, ...]
"""Of each file what differs when it is another one, or was written to; None for one that cannot be seen.

The last of them is of what is watched beside the files.
"""
Stat = Callable[[Path], os.stat_result]


def signature_of(files: Iterable[Path], stat: Stat = os.stat) -> Signature:
    """What the files are now, without reading them."""
    return tuple(_mark(file, stat) for file in files)


def _mark(file: Path, stat: Stat) -> tuple[int, ...] | None:
    try:
        found = stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class Watch:
    """Tells when files are others than those last dealt with, and stand still. For one thread."""

    def __init__(self, files: Iterable[Path], stat: Stat = os.stat, also: Callable[[], int] = int) -> None:
        self._files = tuple(files)
        self._stat = stat
        self._also = also
        self._dealt_with = self._seen = self.now()

    def now(self) -> Signature:
        """What the files are, and what is watched beside them."""
        return *signature_of(self._files, self._stat), (self._also(),)

    def look(self, at_once: bool = False) -> Signature | None:
        """What to deal with: what the files are now, if that is new and was so at the last look, or `at_once`.

        What is watched beside the files is never half another.
        """
        now, before = self.now(), self._seen
        self._seen = now
        still = now == before or self.same_files(now)
        return now if at_once or (still and now != self._dealt_with) else None

    def same_files(self, signature: Signature) -> bool:
        """Whether the files are those that were dealt with, whatever is watched beside them."""
        return signature[:-1] == self._dealt_with[:-1]

    def dealt_with(self, signature: Signature) -> None:
        """Note that there is nothing more to do about these."""
        self._dealt_with = signature

    def known_beside(self, number: int) -> None:
        """Note that there is nothing more to do about what is watched beside the files while it is this."""
        self._dealt_with = *self._dealt_with[:-1], (number,)
