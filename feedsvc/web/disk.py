"""Whether there is room on the disks that the service writes to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

LEAST = 16 * 1024 * 1024
"""Bytes that have to be left: a pass that brings much takes some, and so does the database's own log."""

Statvfs = Callable[[Path], os.statvfs_result]


def want_of_room(folders: Iterable[Path], statvfs: Statvfs = os.statvfs) -> str:
    """What is wrong with the disks below these folders, empty for nothing; no folder is named, since all may read it.

    A folder that is not there yet, or is out of reach, says nothing.
    """
    found = (_wanting(folder, statvfs) for folder in folders)
    return next((why for why in found if why), "")


def _wanting(folder: Path, statvfs: Statvfs) -> str:
    try:
        disk = statvfs(folder)
    except OSError:
        return ""
    left = disk.f_bavail * disk.f_frsize
    if left < LEAST:
        return f"{left // 1024 // 1024} MiB are left, too few to store what comes; make room"
    # File systems without a table of files count none.
    if disk.f_files and not disk.f_favail:
        return "no more files can be made; remove some"
    return ""
