"""What a source kind asks for, and what a fetcher brings back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Union

from .source import Cursor, Json, nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an upstream calls its version, to be given back as it was written (RFC 9110 section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to fetch: its address, and what its parser wants back beside the answer.

    With `validators`, an answer of the same version is NotModified. `secrets` are headers that only the origin of this
    address may see, and that nothing prints. `cursor` is the source's cursor at the start of
    the pass and `context` belongs to the kind; neither is read by a fetcher. `accept_deletions` says that an operator
    vouched for what is gone.
    """

    address: str
    validators: Validators = Validators()
    cursor: Cursor = field(default_factory=Cursor)
    context: Mapping[str, Json] = field(default_factory=nothing)
    accept_deletions: bool = False
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The bytes behind an address, decoded of any transfer or content coding, and whole.

    `at` is when they were read, `modified` their own last change, if known. `address` is where they were found in the
    end, None where that is where they were asked for; `moved` is how far permanent redirects alone led (RFC 9110
    sections 15.4.2 and 15.4.9). `media_type` is the Content-Type, parameters included. `fresh_for` is how long the
    answer counts as new (RFC 9111 section 4.2).
    """

    request: Request
    at: datetime
    body: bytes
    modified: datetime | None = None
    media_type: str | None = None
    address: str | None = None
    validators: Validators = Validators()
    moved: str | None = None
    fresh_for: timedelta | None = None


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
    fresh_for: timedelta | None = None


class FailureKind(StrEnum):
    """Why nothing was fetched, as far as a decision depends on it."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    CHANGING = "changing"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Nothing was fetched; `why` is a sentence for the operator, `not_before` when it may be asked for again."""

    request: Request
    at: datetime
    kind: FailureKind
    why: str
    not_before: datetime | None = None


Answer = Union[Fetched, Listing, NotModified, Failure]
