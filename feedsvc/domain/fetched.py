"""What a source kind asks for, and what a fetcher brings back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Union

from .source import Cursor, Json, nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to fetch: its address, and what its parser wants back beside the answer.

    `cursor` is the source's cursor at the start of the pass and `context` belongs to the kind;
    neither is read by a fetcher. `accept_deletions` says that an operator vouched for what is gone.
    """

    address: str
    cursor: Cursor = field(default_factory=Cursor)
    context: Mapping[str, Json] = field(default_factory=nothing)
    accept_deletions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The bytes behind an address. `at` is when they were read, `modified` their own last change, if known."""

    request: Request
    at: datetime
    body: bytes
    modified: datetime | None = None
    media_type: str | None = None


class FileKind(StrEnum):
    """What a name in a folder stands for; only a regular file is ever opened."""

    FILE = "file"
    LINK = "link"
    FOLDER = "folder"
    DEVICE = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """A name in a folder: its size in bytes, and its times of change in nanoseconds since 1970."""

    name: str
    kind: FileKind
    size: int
    modified_ns: int
    changed_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What stands in a folder at one moment; sub-folders are named, not entered."""

    request: Request
    at: datetime
    files: tuple[FileSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """Nothing changed since the validators that the request carried."""

    request: Request
    at: datetime


class FailureKind(StrEnum):
    """Why nothing was fetched, as far as a decision depends on it."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    CHANGING = "changing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Nothing was fetched; `why` is a sentence for the operator."""

    request: Request
    at: datetime
    kind: FailureKind
    why: str


Answer = Union[Fetched, Listing, NotModified, Failure]
