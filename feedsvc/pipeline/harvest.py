"""One pass over a source up to the records: ask, fetch, parse, follow; nothing is decided about articles yet."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..domain.address import WEB
from ..domain.article import Medium
from ..domain.fetched import Answer, Failure, Fetched, Listing, NotModified, Request
from ..domain.passes import Claim
from ..domain.record import Parsed, RawRecord, Refusal, Rejection
from ..domain.source import Cursor, Source
from ..errors import MediaRefused, Unreadable
from ..ports import Fetcher, MediaStore, Reader, SourceKind
from .digests import Digests
from .hinting import hinted
from .moving import followed

log = logging.getLogger(__name__)

BODY = "body"
"""The key of a cursor under which the digest of the first answer stands that was read last."""
MOST_REQUESTS = 2000
"""Requests of one pass, pictures apart; a kind's own cap lies below."""


@dataclass(frozen=True, slots=True)
class World:
    """What a pass reaches out to, and how long one fetch may take."""

    fetcher: Fetcher
    reader: Reader
    media: MediaStore
    deadline: timedelta = timedelta(seconds=30)
    patience: timedelta = timedelta(minutes=2)
    monotonic: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class Harvest:
    """What one pass brought in, in the order of its coming.

    `asked` is its first request, which the source named `origin`, and `moved` and `fresh_for` are what the answer to it
    said. `held_known` says whether a record of it was known before.
    """

    cursor: Cursor
    records: list[RawRecord] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    refusal: Refusal | None = None
    failure: Failure | None = None
    unreadable: str | None = None
    held: int = 0
    more: bool = False
    answered: bool = False
    unchanged: bool = False
    notes: list[str] = field(default_factory=list)
    asked: Request | None = None
    origin: str = ""
    moved: str | None = None
    fresh_for: timedelta | None = None
    held_known: bool = False

    @property
    def asks_a_server(self) -> bool:
        """Whether the source is somebody's server, and no folder."""
        return self.asked is not None and self.asked.address.partition(":")[0].lower() in WEB


def harvest(
    kind: SourceKind,
    source: Source,
    claim: Claim,
    world: World,
    digests: Digests,
    accept_deletions: bool,
    now: datetime,
) -> Harvest:
    """Run the requests of a pass, the ones that follow from answers included, and gather what they gave.

    A first answer that says the same as the one that was last read is not read again.
    What is not reached in time is left to the next pass, which follows at once: a claim does not hold for ever.
    """
    gathered = Harvest(claim.cursor)
    waiting = deque(kind.ask(source, claim.cursor, accept_deletions))
    if waiting:
        gathered.origin = waiting[0].address
        gathered.asked = waiting[0] = followed(waiting[0], claim.cursor, claim.failures, now)
    end = world.monotonic() + world.patience.total_seconds()
    for _ in range(MOST_REQUESTS):
        if not waiting or world.monotonic() > end:
            break
        parsed = _parsed(kind, source, waiting.popleft(), world, digests, gathered)
        waiting.extend(parsed.follow)
        _gather(gathered, parsed)
        for record in parsed.records:
            _add(gathered, record, kind, world)
    gathered.more = gathered.more or bool(waiting)
    return gathered


def _parsed(
    kind: SourceKind, source: Source, request: Request, world: World, digests: Digests, gathered: Harvest
) -> Parsed:
    answer = world.fetcher.fetch(request, world.deadline)
    if isinstance(answer, Failure):
        parsed = kind.absent(source, answer)
        if not gathered.answered and parsed == Parsed():
            gathered.failure = answer
        return parsed
    first, gathered.answered = not gathered.answered, True
    if first and not isinstance(answer, Listing):
        gathered.fresh_for = answer.fresh_for
    if isinstance(answer, NotModified):
        gathered.unchanged = True
        return Parsed()
    return _read(kind, source, answer, first, world, digests, gathered)


def _read(
    kind: SourceKind,
    source: Source,
    answer: Fetched | Listing,
    first: bool,
    world: World,
    digests: Digests,
    gathered: Harvest,
) -> Parsed:
    request, mark = answer.request, None
    if first and isinstance(answer, Fetched):
        gathered.moved = answer.moved
    if first and isinstance(answer, Fetched):
        mark = digests.of_answer(answer, kind.steady(answer))
        if gathered.cursor.state.get(BODY) == mark:
            gathered.unchanged = True
            return Parsed(cursor=kind.passed_over(source, answer))
    try:
        parsed = world.reader.parse(source, answer)
        if mark is None or parsed.unreadable is not None:
            return parsed
        read = {BODY: mark} if parsed.held else {}
        return replace(parsed, cursor={**parsed.cursor, **read, **hinted(parsed.hints)})
    except Unreadable as error:
        if first:
            gathered.unreadable = str(error)
            return Parsed()
        return Parsed(rejections=(Rejection(str(request.context.get("key", request.address)), str(error)),))


def _gather(gathered: Harvest, parsed: Parsed) -> None:
    gathered.rejections += parsed.rejections
    gathered.gone += parsed.gone
    gathered.refusal = gathered.refusal or parsed.refusal
    gathered.unreadable = gathered.unreadable or parsed.unreadable
    gathered.held += parsed.held
    gathered.notes += [parsed.note] if parsed.note else []
    gathered.more = gathered.more or parsed.more
    gathered.cursor = gathered.cursor.advanced(parsed.cursor)


def _add(gathered: Harvest, record: RawRecord, kind: SourceKind, world: World) -> None:
    """Add a record with its pictures; one of which could not be fetched makes the next pass read the record again."""
    complete, whole = _with_media(record, world)
    gathered.records.append(complete)
    if not whole:
        gathered.cursor = gathered.cursor.advanced(kind.remember(gathered.cursor, record.key, None))


def _with_media(record: RawRecord, world: World) -> tuple[RawRecord, bool]:
    """The record with the pictures that could be taken in, and whether every one that it wants could be fetched."""
    media: dict[str, Medium] = {}
    whole = True
    for wanted in record.wants:
        answer = world.fetcher.fetch(wanted.request, world.deadline)
        whole = whole and isinstance(answer, Fetched)
        medium = _kept(wanted.name, answer, world.media)
        media |= dict.fromkeys(wanted.called, medium) if medium is not None else {}
    return (replace(record, media=media) if media else record), whole


def _kept(name: str, answer: Answer, media: MediaStore) -> Medium | None:
    """The picture, kept; None for one that was not fetched, or that is no picture and is as if it were not there."""
    if not isinstance(answer, Fetched):
        return None
    try:
        return media.keep(name, answer.body)
    except MediaRefused as refused:
        log.warning("a picture was left out: %s", refused)
        return None
