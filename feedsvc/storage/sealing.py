"""A seal in the file itself, which tells damage that SQLite cannot see: to it, one letter of a text is like another.

The header of a SQLite database has four bytes for whoever uses it (`user_version`); a sealed one has the CRC-32 of all
its other bytes there. Zero, which new databases have, is no seal.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import IO

_PLACE = slice(60, 64)
_UNSEALED = bytes(4)
_AT_ONCE = 1024 * 1024


def seal(file: Path) -> None:
    """Seal a database that nothing has open, durably. Raises OSError."""
    with file.open("r+b") as opened:
        found = _sum(opened)
        opened.seek(_PLACE.start)
        opened.write(found)
        opened.flush()
        os.fsync(opened.fileno())


def broken(file: Path) -> bool:
    """Whether the file has a seal, and is another than the one that was sealed. Raises OSError."""
    with file.open("rb") as opened:
        written = opened.read(_PLACE.stop)[_PLACE]
        opened.seek(0)
        return written not in (_UNSEALED, _sum(opened))


def _sum(opened: IO[bytes]) -> bytes:
    head = bytearray(opened.read(_PLACE.stop))
    head[_PLACE] = _UNSEALED
    total = zlib.crc32(head)
    while part := opened.read(_AT_ONCE):
        total = zlib.crc32(part, total)
    return (total or 1).to_bytes(4)
