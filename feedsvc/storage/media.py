"""Pictures in a folder, by the hash of their bytes: `<folder>/<first two>/<hash>`.

What a file is, its first bytes say, never its name. SVG is a program and is never kept.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

import imagesize

from ..domain.article import Medium
from ..errors import MediaRefused, NoRoom, StoreError
from .syncing import sync_folder

_MOST_BYTES = 16 * 1024 * 1024
_LONGEST_SIDE = 32_767
_MOST_PIXELS = 250_000_000
_LONGEST_NAME = 60
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))

_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
_DIGEST = re.compile(r"[0-9a-f]{32}")
_SERVED = re.compile(r"[a-z0-9-]{1,60}\.(jpg|png|gif|webp)")
_WITHOUT_DECOMPOSITION = str.maketrans(
    {"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe"}
)


class FolderMedia:
    """A MediaStore that many processes may share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, body: bytes) -> Medium:
        """Store the picture durably and tell where it is served. Raises MediaRefused for anything else.

        Raises StoreError when the folder cannot take it.
        """
        media_type = _checked_type(name, body)
        width, height = _checked_size(name, body)
        digest = digest_of(body)
        try:
            _write_once(self._place(digest), body)
        except OSError as error:
            wrong = NoRoom if error.errno in _FULL else StoreError
            raise wrong(f"{name} cannot be kept in {self._folder}: {error.strerror}") from error
        return Medium(
            address=f"/media/{digest}/{_slug(name)}.{_EXTENSIONS[media_type]}",
            media_type=media_type,
            length=len(body),
            width=width,
            height=height,
        )

    def forget(self, digest: str, before: datetime) -> bool:
        """See MediaStore."""
        place = self._place(digest)
        try:
            return _DIGEST.fullmatch(digest) is not None and _taken_out(place, before.timestamp())
        except FileNotFoundError:
            return True
        except OSError as error:
            raise StoreError(f"picture {digest} cannot be taken out: {error.strerror}") from error

    def open(self, digest: str, name: str) -> tuple[str, bytes] | None:
        """The media type and the bytes, None unless `keep` could have given out this very address."""
        served = _SERVED.fullmatch(name)
        if served is None or _DIGEST.fullmatch(digest) is None:
            return None
        try:
            body = self._place(digest).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"picture {digest} cannot be read: {error.strerror}") from error
        media_type = _type(body)
        if media_type is None or _EXTENSIONS[media_type] != served[1]:
            return None
        return media_type, body

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """The digest and the bytes of every picture, by digest, one at a time. Raises StoreError."""
        for digest in self.digests():
            try:
                body = self._place(digest).read_bytes()
            except FileNotFoundError:
                continue  # it was taken out meanwhile: nothing shows it
            except OSError as error:
                raise StoreError(f"picture {self._place(digest)} cannot be read: {error.strerror}") from error
            yield digest, body

    def digests(self) -> Iterator[str]:
        """See MediaStore."""
        for folder in _names(self._folder):
            if len(folder) == 2:
                yield from (name for name in _names(self._folder / folder) if _DIGEST.fullmatch(name))

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def digest_of(body: bytes) -> str:
    """The name of a picture with these bytes."""
    return hashlib.sha256(body).hexdigest()[:32]


def _type(body: bytes) -> str | None:
    if body.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if body.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    return None


def _checked_type(name: str, body: bytes) -> str:
    if len(body) > _MOST_BYTES:
        raise MediaRefused(name, f"{len(body)} bytes are more than the {_MOST_BYTES} that a picture may have")
    media_type = _type(body)
    if media_type is None:
        raise MediaRefused(name, "its bytes are not those of a JPEG, PNG, GIF or WebP picture")
    return media_type


def _checked_size(name: str, body: bytes) -> tuple[int, int]:
    try:
        width, height = imagesize.get(BytesIO(body))
    except Exception as error:  # whatever hostile bytes make of the reader, the record must live on
        raise MediaRefused(name, f"the picture is damaged: {error or type(error).__name__}") from error
    if width < 1 or height < 1:
        raise MediaRefused(name, "the picture is damaged: it does not say how large it is")
    if max(width, height) > _LONGEST_SIDE or width * height > _MOST_PIXELS:
        raise MediaRefused(name, f"{width} × {height} pixels are more than a picture may have")
    return width, height


def _write_once(place: Path, body: bytes) -> None:
    """Whole and on disk when this returns; a reader never sees a part of it."""
    with suppress(FileNotFoundError), _held(place) as file:
        if os.fstat(file).st_size == len(body):
            os.utime(file)  # whoever takes old ones out shall know that it is wanted again
            return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    try:
        with part.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    for folder in (place.parent, place.parent.parent):
        sync_folder(folder)


def _taken_out(place: Path, before: float) -> bool:
    """Take a file out that was last wanted before a second."""
    with _held(place) as file:
        if os.fstat(file).st_mtime >= before:
            return False
        place.unlink()
        return True


@contextmanager
def _held(place: Path) -> Iterator[int]:
    """The number of a file, opened; nobody takes it out, or wants it again, meanwhile. Raises FileNotFoundError."""
    file = os.open(place, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink == 0:  # it was taken out just now
            raise FileNotFoundError(place)
        yield file
    finally:
        os.close(file)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StoreError(f"{folder} cannot be read: {error.strerror}") from error


def _slug(name: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem.translate(_WITHOUT_DECOMPOSITION)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].rstrip("-") or "picture"
