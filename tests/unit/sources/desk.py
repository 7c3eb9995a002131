"""A newsroom's folder in memory, and the passes that are made over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedsvc.domain.fetched import Failure, FailureKind, Fetched, FileKind, FileSeen, Listing, Request
from feedsvc.domain.record import Parsed, RawRecord, Refusal, Rejection
from feedsvc.domain.source import Cursor, Json, Source
from feedsvc.sources.documents import Documents
from feedsvc.sources.documents.kind import DocumentsOptions

START = datetime(2025, 6, 1, 8, 0, 0, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOLDER = "/srv/inbox"
PLAIN = b"M\xe1\xbb\x99t t\xe1\xbb\xb1a\nM\xe1\xbb\x99t d\xc3\xb2ng."


def nanoseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1) * 1000


def source_of(encoding: str = "utf-8") -> Source:
    """A source of the kind."""
    return Source(
        id="dai-lang",
        kind="documents",
        title="Đài Làng",
        outlet="dai-lang",
        language="vi",
        zone="Asia/Ho_Chi_Minh",
        every=timedelta(seconds=30),
        options=DocumentsOptions(path=Path(FOLDER), encoding=encoding),
    )


def stored(cursor: Mapping[str, Json]) -> Cursor:
    """A cursor as the store hands it back: through JSON text in UTF-8."""
    state: dict[str, Json] = json.loads(json.dumps(dict(cursor)).encode())
    return Cursor(state)


@dataclass(frozen=True)
class Seen:
    """What one pass did."""

    read: tuple[str, ...] = ()
    records: Mapping[str, RawRecord] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    refusal: Refusal | None = None
    more: bool = False
    held: int = 0

    @property
    def reasons(self) -> dict[str, str]:
        return {rejection.key: rejection.reason for rejection in self.rejections}


class Desk:
    """A folder with knobs: what stands in it, what cannot be opened, and what the source remembers of it."""

    def __init__(self) -> None:
        self.kind = Documents()
        self.source = source_of()
        self.cursor = Cursor()
        self.files: dict[str, FileSeen] = {}
        self.bodies: dict[str, bytes] = {}
        self.locked: set[str] = set()
        self.busy: set[str] = set()

    def put(
        self,
        *names: str,
        body: bytes = PLAIN,
        at: datetime = START - timedelta(hours=1),
        kind: FileKind = FileKind.FILE,
        size: int | None = None,
    ) -> None:
        """Put files there, or others in their place."""
        for name in names:
            at_ns = nanoseconds(at)
            length = len(body) if size is None else size
            self.files[name] = FileSeen(name=name, kind=kind, size=length, modified_ns=at_ns, changed_ns=at_ns)
            self.bodies[name] = body

    def take(self, *names: str) -> None:
        """Take files away."""
        for name in names:
            del self.files[name]

    def look(self, seconds: float = 0, accept: bool = False) -> Seen:
        """One pass so many seconds after the start, whole."""
        at = START + timedelta(seconds=seconds)
        (request,) = self.kind.ask(self.source, self.cursor, accept)
        files = tuple(sorted(self.files.values(), key=lambda file: file.name))
        return self._gather(self.kind.parse(self.source, Listing(request=request, at=at, files=files)), at)

    def fail(self, kind: FailureKind, accept: bool = False) -> Seen:
        """One pass in which the folder is not there, or not to be read."""
        (request,) = self.kind.ask(self.source, self.cursor, accept)
        failure = Failure(request=request, at=START, kind=kind, why=f"{FOLDER} is {kind}")
        return self._gather(self.kind.absent(self.source, failure), START)

    def _gather(self, parsed: Parsed, at: datetime) -> Seen:
        learnt = dict(parsed.cursor)
        rejections, records = list(parsed.rejections), dict[str, RawRecord]()
        for request in parsed.follow:
            followed = self._follow(request, at)
            learnt |= followed.cursor
            rejections += followed.rejections
            records |= {record.key: record for record in followed.records}
        self.cursor = stored(self.cursor.advanced(learnt).state)
        return Seen(
            read=tuple(str(request.context["name"]) for request in parsed.follow),
            records=records,
            gone=parsed.gone,
            rejections=tuple(rejections),
            refusal=parsed.refusal,
            more=parsed.more,
            held=parsed.held,
        )

    def _follow(self, request: Request, at: datetime) -> Parsed:
        name = request.address.removeprefix(f"file:{FOLDER}/")
        if name in self.locked or name in self.busy:
            kind = FailureKind.UNREADABLE if name in self.locked else FailureKind.CHANGING
            return self.kind.absent(self.source, Failure(request=request, at=at, kind=kind, why="it is locked"))
        modified = EPOCH + timedelta(seconds=self.files[name].modified_ns // 1_000_000_000)
        answer = Fetched(request=request, at=at, body=self.bodies[name], modified=modified)
        return self.kind.parse(self.source, answer)


def read_document(
    name: str, body: bytes, beside: tuple[str, ...] = (), encoding: str = "utf-8"
) -> RawRecord | Rejection:
    """One document by itself, with pictures beside it."""
    desk = Desk()
    desk.source = replace(desk.source, options=DocumentsOptions(path=Path(FOLDER), encoding=encoding))
    desk.put(name, body=body)
    desk.put(*beside, body=b"\xff\xd8\xff")
    seen = desk.look()
    found: tuple[RawRecord | Rejection, ...] = (*seen.records.values(), *seen.rejections)
    assert len(found) == 1
    return found[0]


def numbered(count: int) -> list[str]:
    return [f"bai-{number:03}.txt" for number in range(count)]


def filled(desk: Desk, count: int) -> list[str]:
    """A folder of so many files, all of them read."""
    names = numbered(count)
    desk.put(*names)
    assert len(desk.look().read) == count
    return names
