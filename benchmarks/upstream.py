"""The newspapers: one process that serves every feed from memory, and answers as it is told to.

`/s/<n>.xml` is the feed of source n, `/s/w<n>.xml` a small one to warm up with; `/mode/<mode>` says how all of them are
answered from then on.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import cast

import click

from .feeds import ENTRIES, Feed, feed

FIRST_BUILT = datetime(2025, 6, 1, tzinfo=UTC)
LAST_MODIFIED = "Sun, 01 Jun 2025 00:00:00 GMT"


class Mode(StrEnum):
    """How feeds are answered."""

    VALIDATORS = "validators"
    """With an ETag and a Last-Modified, and 304 to whoever sends them back."""
    SAME = "same"
    """The same bytes, without validators."""
    MOVED = "moved"
    """Only lastBuildDate is another one than before, without validators; it moves whenever this is asked for."""


class Newspapers:
    """All feeds and the mode; feed 0, of one entry, is that of every source that is polled to warm up."""

    def __init__(self, count: int, named: Sequence[str] = ()) -> None:
        self.feeds: list[Feed] = [feed(0, 1, named), *(feed(number, ENTRIES, named) for number in range(1, count + 1))]
        self.mode = Mode.VALIDATORS
        self.built = FIRST_BUILT

    def answer(self, path: str, asked: bytes) -> tuple[bytes, bytes]:
        """Head and body for a path and the head of its request."""
        if path.startswith("/mode/"):
            self._switch(Mode(path.removeprefix("/mode/")))
            return _head(200, 0), b""
        name = path.removeprefix("/s/").removesuffix(".xml")
        number = 0 if name.startswith("w") else int(name)
        if self.mode is not Mode.VALIDATORS:
            body = self.feeds[number].built(self.built)
            return _head(200, len(body)), body
        etag = f'"n{number}"'
        validators = f"ETag: {etag}\r\nLast-Modified: {LAST_MODIFIED}\r\n"
        if f"If-None-Match: {etag}\r\n".encode() in asked:
            return _head(304, 0, validators), b""
        body = self.feeds[number].built(FIRST_BUILT)
        return _head(200, len(body), validators), body

    def _switch(self, mode: Mode) -> None:
        self.mode = mode
        if mode is Mode.MOVED:
            self.built += timedelta(minutes=5)


def _head(status: int, length: int, more: str = "") -> bytes:
    says = {200: "200 OK", 304: "304 Not Modified"}[status]
    body = f"Content-Type: application/rss+xml; charset=utf-8\r\nContent-Length: {length}\r\n" if status == 200 else ""
    return f"HTTP/1.1 {says}\r\n{body}{more}\r\n".encode()


def words() -> tuple[str, ...]:
    """The names and phrases that are looked for."""
    from .classifying.gazetteer import looked_for, names_of, phrases_of  # noqa: PLC0415 - for this case alone

    taxonomy = looked_for()
    return (*names_of(taxonomy), *phrases_of(taxonomy))


class Connection(asyncio.Protocol):
    """One connection, kept alive: every request is answered in its turn."""

    def __init__(self, newspapers: Newspapers) -> None:
        self._newspapers = newspapers
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole; none has a body."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            asked, _, self._received = self._received.partition(b"\r\n\r\n")
            path = asked.split(b" ", 2)[1].decode()
            head, body = self._newspapers.answer(path, asked + b"\r\n")
            self._transport.write(head + body)


async def serve(count: int, named: Sequence[str] = ()) -> None:
    """Serve so many sources, whose articles name some of these, on a free port of this machine, which is printed."""
    newspapers = Newspapers(count, named)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(newspapers), "127.0.0.1", 0)
    click.echo(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), words() if "named" in sys.argv else ()))
