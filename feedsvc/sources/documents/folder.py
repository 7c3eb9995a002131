"""What a listing means, given what was seen before: which files to read, which are gone, when to refuse. Pure.

A file's state in the cursor, under `file/NAME`:
  key       the record's key            sig       size and times of change when it was read
  names     pictures that it may name   pictures  those of them that were there, with their sigs
  rejected  why it is no article        again     it could not be opened, so it is tried in every pass
  missing   since when it is not there, in microseconds
  ahead     its sig in the last pass, when its time of change lay in the future
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from ...domain.fetched import FileKind, FileSeen, Listing, Request
from ...domain.record import Parsed, Refusal, Rejection
from ...domain.source import Cursor, Json
from .names import DOCUMENT_SUFFIXES, PICTURE_SUFFIXES, PicturesBeside, is_passing, record_key, suffix

SETTLED = timedelta(seconds=2)
"""How long a file must have been left alone before it is read."""
GONE_AFTER = timedelta(minutes=1)
"""How long a file must have been missing, over two passes at least."""
LOST_AT_ONCE = 5
LOST_SHARE = 5
"""More than five files and more than one in five of them: a folder in trouble, not an editor."""
FILES_A_PASS = 500
LARGEST_FILE = 16 * 1024 * 1024
PREFIX = "file/"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

State = Mapping[str, Json]


@dataclass(frozen=True)
class Folder:
    """A listing beside what the cursor remembers: documents by key, of files of one key the one that is read first."""

    listing: Listing
    known: Mapping[str, State]
    documents: Mapping[str, tuple[FileSeen, ...]]
    pictures: Mapping[str, FileSeen]

    @classmethod
    def of(cls, listing: Listing) -> Folder:
        """Sort the names: documents by key, pictures by name; passing files and folders are neither."""
        pictures: dict[str, FileSeen] = {}
        documents: dict[str, tuple[FileSeen, ...]] = {}
        for file in listing.files:
            if file.kind is FileKind.FOLDER or is_passing(file.name):
                continue
            if suffix(file.name) not in PICTURE_SUFFIXES:
                key = record_key(file.name)
                documents[key] = tuple(sorted((*documents.get(key, ()), file), key=_precedence))
            elif file.kind is FileKind.FILE and file.size <= LARGEST_FILE:
                pictures[file.name] = file
        return cls(listing, known_files(listing.request.cursor), documents, pictures)

    def read(self) -> Parsed:
        """What to do about this listing."""
        refusal, gone, cursor = self._missing()
        rejections: list[Rejection] = []
        fresh: list[Request] = []
        again: list[Request] = []
        for key, file in self._oldest_first():
            rejections += (Rejection(key, "another file here has the same name") for _ in self.documents[key][1:])
            state = self.known.get(key, {})
            reason = self._standing_rejection(file, state)
            if reason is not None:
                rejections.append(Rejection(key, reason))
                cursor[PREFIX + key] = {"key": key, "sig": signature(file), "rejected": reason}
                continue
            if "missing" in state:
                cursor[PREFIX + key] = {name: value for name, value in state.items() if name != "missing"}
            if not self._changed(file, state):
                again += [self._request(key, file)] if "again" in state else []
            elif self._settled(file, state):
                fresh.append(self._request(key, file))
            elif self._is_ahead(file):
                cursor[PREFIX + key] = {**state, "key": key, "ahead": signature(file)}
        return Parsed(
            held=len(self.documents),
            rejections=tuple(rejections),
            gone=tuple(gone),
            follow=tuple([*fresh, *again][:FILES_A_PASS]),
            cursor=cursor,
            refusal=refusal,
            more=len(fresh) > FILES_A_PASS,
        )

    def _oldest_first(self) -> list[tuple[str, FileSeen]]:
        first = [(key, files[0]) for key, files in self.documents.items()]
        return sorted(first, key=lambda item: (item[1].modified_ns, item[0]))

    def _missing(self) -> tuple[Refusal | None, list[str], dict[str, Json]]:
        lost = [key for key in self.known if key not in self.documents]
        if self.listing.request.accept_deletions:
            return None, lost, {PREFIX + key: None for key in lost}
        if lost and not any(_is_document(files[0]) for files in self.documents.values()):
            return Refusal("the folder is empty", self._articles(lost)), [], {}
        if len(lost) > LOST_AT_ONCE and len(lost) * LOST_SHARE > len(self.known):
            why = f"{len(lost)} of {len(self.known)} files are missing at once"
            return Refusal(why, self._articles(lost)), [], {}
        gone, cursor = [], dict[str, Json]()
        for key in lost:
            since = self.known[key].get("missing")
            if not isinstance(since, int) or since > self._now:
                cursor[PREFIX + key] = {**self.known[key], "missing": self._now}
            elif self._now - since >= GONE_AFTER // MICROSECOND:
                gone.append(key)
                cursor[PREFIX + key] = None
        return None, gone, cursor

    def _articles(self, lost: list[str]) -> int:
        return sum("rejected" not in self.known[key] for key in lost)

    def _standing_rejection(self, file: FileSeen, state: State) -> str | None:
        if file.kind is not FileKind.FILE:
            return f"it is a {file.kind}, and only regular files are read"
        if suffix(file.name) not in DOCUMENT_SUFFIXES:
            return f"it is none of the documents that are read ({', '.join(DOCUMENT_SUFFIXES)})"
        if file.size > LARGEST_FILE:
            return f"it is over {LARGEST_FILE // 1024 // 1024} MiB"
        if file.size == 0 and self._left_alone(file):
            return "it is empty"
        if state.get("sig") != signature(file) or "again" in state:
            return None
        return why if isinstance(why := state.get("rejected"), str) else None

    def _changed(self, file: FileSeen, state: State) -> bool:
        beside = {picture.name: signature(picture) for picture in self._named(state)}
        return state.get("sig") != signature(file) or state.get("pictures", {}) != beside

    def _named(self, state: State) -> Iterator[FileSeen]:
        """The pictures that a document names and that are there now."""
        names = state.get("names")
        for name in names if isinstance(names, list) else ():
            if (file := self._beside.file(str(name))) is not None:
                yield self.pictures[file]

    def _settled(self, file: FileSeen, state: State) -> bool:
        """Whether a document and its pictures have been left alone for long enough.

        The time of a file server that is ahead of ours says nothing: such a file must be the same in two passes.
        """
        alone = state.get("ahead") == signature(file) if self._is_ahead(file) else self._left_alone(file)
        return alone and all(map(self._left_alone, self._named(state)))

    def _is_ahead(self, file: FileSeen) -> bool:
        return file.modified_ns > self._now * 1000

    def _left_alone(self, file: FileSeen) -> bool:
        return abs(self._now * 1000 - file.modified_ns) >= SETTLED // MICROSECOND * 1000

    @cached_property
    def _now(self) -> int:
        return (self.listing.at - EPOCH) // MICROSECOND

    @cached_property
    def _beside(self) -> PicturesBeside:
        return PicturesBeside(PicturesBeside.index(self.pictures))

    @cached_property
    def _context(self) -> dict[str, Json]:
        """What every request of this listing carries, made once."""
        pictures: dict[str, Json] = {
            name: signature(picture) for name, picture in self.pictures.items() if self._left_alone(picture)
        }
        folder = self.listing.request.address.partition(":")[2]
        return {"folder": folder, "pictures": pictures, "beside": PicturesBeside.index(pictures)}

    def _request(self, key: str, file: FileSeen) -> Request:
        own: dict[str, Json] = {"key": key, "name": file.name, "sig": signature(file)}
        return Request(address=f"file:{self._context['folder']}/{file.name}", context={**self._context, **own})


def known_files(cursor: Cursor) -> dict[str, State]:
    """The states of all files that the cursor remembers, by key."""
    return dict(_states(cursor))


def signature(file: FileSeen) -> Json:
    """What changes when a file does."""
    return [file.size, file.modified_ns, file.changed_ns]


def _precedence(file: FileSeen) -> tuple[bool, bool, str]:
    return not _is_document(file), file.name != record_key(file.name), file.name


def _is_document(file: FileSeen) -> bool:
    return file.kind is FileKind.FILE and suffix(file.name) in DOCUMENT_SUFFIXES


def _states(cursor: Cursor) -> Iterator[tuple[str, State]]:
    for name, value in cursor.state.items():
        if name.startswith(PREFIX) and isinstance(value, dict):
            yield name.removeprefix(PREFIX), value
