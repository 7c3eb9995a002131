"""Folders as a place to fetch from: a listing at `folder:PATH`, a file at `file:PATH`.

Nothing but a regular file is ever opened; links are not followed; a file that changes while it is read is not taken.
"""

from __future__ import annotations

import os
import stat
import time
from datetime import UTC, datetime, timedelta

from ..domain.fetched import Answer, Failure, FailureKind, Fetched, FileKind, FileSeen, Listing, Request
from ..ports import Clock

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of a file that is taken in at all."""
MOST_FILES = 100_000
"""Names in a folder; a folder with more is refused."""
CHUNK = 1024 * 1024


class FolderFetcher:
    """Implements `ports.Fetcher` for folders and files of this machine."""

    def __init__(self, clock: Clock, most_files: int = MOST_FILES) -> None:
        self._clock = clock
        self._most_files = most_files

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """A Listing of a folder or the bytes of a file; see `ports.Fetcher`."""
        scheme, _, path = request.address.partition(":")
        limit = time.monotonic() + deadline.total_seconds()
        try:
            if scheme.lower() == "folder":
                return self._listing(request, path, limit)
            return self._file(request, path, limit)
        except FileNotFoundError:
            return self._failure(request, FailureKind.MISSING, f"{shown(path)} does not exist")
        except NotADirectoryError:
            return self._failure(request, FailureKind.REFUSED, f"{shown(path)} is not a folder")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return self._failure(request, FailureKind.UNREADABLE, f"{shown(path)} cannot be read: {reason}")
        except ValueError as error:
            return self._failure(request, FailureKind.REFUSED, f"{shown(path)} is not a path: {error}")

    def _listing(self, request: Request, path: str, limit: float) -> Answer:
        files: list[FileSeen] = []
        with os.scandir(path) as entries:
            for entry in entries:
                if time.monotonic() > limit:
                    return self._failure(request, FailureKind.UNREADABLE, f"{shown(path)} took too long to list")
                if len(files) >= self._most_files:
                    why = f"{shown(path)} holds more than {self._most_files} names; move the older ones elsewhere"
                    return self._failure(request, FailureKind.REFUSED, why)
                if (seen := _seen(entry)) is not None:
                    files.append(seen)
        # The time is that of the end: a file written while a slow folder is listed was written just now.
        return Listing(request=request, at=self._clock(), files=tuple(sorted(files, key=lambda file: file.name)))

    def _file(self, request: Request, path: str, limit: float) -> Answer:
        # Looked at before it is opened: to open a pipe or a tape is to do something to it.
        if (why := _unfit(os.lstat(path))) is not None:
            return self._failure(request, FailureKind.REFUSED, f"{shown(path)} {why}")
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            before = os.fstat(handle)
            if (why := _unfit(before)) is not None:
                return self._failure(request, FailureKind.REFUSED, f"{shown(path)} {why}")
            body = bytearray()
            while len(body) <= LARGEST_FILE and (chunk := os.read(handle, CHUNK)):
                body += chunk
                if time.monotonic() > limit:
                    return self._failure(request, FailureKind.UNREADABLE, f"{shown(path)} took too long to read")
            after = os.fstat(handle)
        finally:
            os.close(handle)
        if len(body) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            return self._failure(request, FailureKind.CHANGING, f"{shown(path)} changed while it was read")
        return Fetched(request=request, at=self._clock(), body=bytes(body), modified=_moment(after.st_mtime_ns))

    def _failure(self, request: Request, kind: FailureKind, why: str) -> Failure:
        return Failure(request=request, at=self._clock(), kind=kind, why=why)


def shown(path: str) -> str:
    """A path as it can be printed: what is no text in it as escapes."""
    return path.encode("utf-8", "backslashreplace").decode()


def _unfit(found: os.stat_result) -> str | None:
    """Why what stands there is not read, None for a regular file of a size that is."""
    if stat.S_ISLNK(found.st_mode):
        return "is a link"
    if not stat.S_ISREG(found.st_mode):
        return "is not a regular file"
    return f"is over {LARGEST_FILE // 1024 // 1024} MiB" if found.st_size > LARGEST_FILE else None


def _moment(nanoseconds: int) -> datetime | None:
    """The whole second of a file's time, None for one that no calendar holds."""
    try:
        return datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _seen(entry: os.DirEntry[str]) -> FileSeen | None:
    try:
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    return FileSeen(
        name=entry.name,
        kind=_kind(found.st_mode),
        size=found.st_size,
        modified_ns=found.st_mtime_ns,
        changed_ns=found.st_ctime_ns,
    )


def _kind(mode: int) -> FileKind:
    if stat.S_ISREG(mode):
        return FileKind.FILE
    if stat.S_ISDIR(mode):
        return FileKind.FOLDER
    return FileKind.LINK if stat.S_ISLNK(mode) else FileKind.DEVICE
