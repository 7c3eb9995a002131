"""Names of files: which are documents, which are pictures, and what a picture's name says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath

from ...domain.source import Json

DOCUMENT_SUFFIXES = (".txt", ".md", ".html", ".json")
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
LONGEST_NAME = 255
"""Characters of a name: no file system has longer ones."""
PASSING = re.compile(r"^[.~]|[~]$|\.(?:tmp|part|partial|crdownload|swp|bak)$", re.I)
"""Files that programs leave while they write, and hidden ones: none of ours."""
CAMERA_NAME = re.compile(r"(?=.*[A-Za-z])(?=(?:.*\d){4})[A-Za-z0-9][A-Za-z0-9._()-]*")
"""One word with letters and four digits or more, as cameras and players name pictures."""
WORDS_OF_A_NAME = 12
"""A longer line that ends in `.jpg` is a sentence about a file."""
STAMP = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)[-_.T ]*"
    r"(?P<hour>[0-2]\d)[-h_.]?(?P<minute>[0-5]\d)[-m_.]?(?P<second>[0-5]\d)(?:\D|$|\d{3})",
    re.ASCII,
)


def record_key(name: str) -> str:
    """The key of a file: its name in NFC, since some systems hand the same name back decomposed.

    Bytes of a name that are no text stand in it as escapes.
    """
    try:
        text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeError:
        text = name.encode("utf-8", "backslashreplace").decode()
    return unicodedata.normalize("NFC", text)


def suffix(name: str) -> str:
    """The last suffix of a name in lower case, with its dot."""
    return PurePosixPath(name).suffix.lower()


def is_passing(name: str) -> bool:
    """Whether a name is of a file in the making."""
    return PASSING.search(name) is not None


class PicturesBeside:
    """The pictures in a folder, found by the names that texts give them; case and normal form do not matter."""

    def __init__(self, index: Mapping[str, Json]) -> None:
        self._index = index

    @staticmethod
    def index(names: Iterable[str]) -> dict[str, Json]:
        """What the pictures of these names are looked up in: made once for all the documents of a folder."""
        return {_folded(name): name for name in sorted(names)}

    def file(self, named: str) -> str | None:
        """The file that a text means by `NAME` or `NAME.jpg`."""
        wanted = _folded(named.strip())
        candidates = (wanted, *(wanted + ending for ending in PICTURE_SUFFIXES))
        return next((str(self._index[name]) for name in candidates if name in self._index), None)

    def is_named(self, line: str) -> bool:
        """Whether a line of a text names a picture: one that is there, or what can only be such a name."""
        word = line.strip()
        if not could_name(word):
            return False
        if suffix(word) in PICTURE_SUFFIXES and len(word.split()) <= WORDS_OF_A_NAME:
            return True
        return CAMERA_NAME.fullmatch(word) is not None or self.file(word) is not None


def could_name(word: str) -> bool:
    """Whether there can be a file of this name in a folder."""
    return 0 < len(word) <= LONGEST_NAME and "/" not in word


def stamp_of(name: str) -> datetime | None:
    """The wall-clock time in a picture's name: `vlcsnap-2018-01-10-14h42m09s668`, `IMG_20180110_144209`."""
    found = STAMP.search(name)
    if found is None:
        return None
    try:
        return datetime.strptime(":".join(found.groups()), "%Y:%m:%d:%H:%M:%S")  # noqa: DTZ007  a wall clock
    except ValueError:
        return None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", record_key(name).casefold())
