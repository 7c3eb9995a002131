"""Many hosts in one process, every one of them as far away as the next: each answer comes after the same time.

They are addresses of this machine's own network, 127.0.0.0/8, all of which one socket answers. 304 to whoever sends
back the ETag, a small feed to anybody else. `/count` tells how many answers were given and how many were waited for at
most at once, and begins to count anew.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import click

ETAG = '"as-it-was"'
BODY = (
    b'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>B\xc3\xa1o</title><link>/</link>'
    b"<item><title>Tin</title><link>/tin</link><guid>tin-1</guid>"
    b"<description>M\xe1\xbb\x99t tin ng\xe1\xba\xafn.</description></item></channel></rss>"
)
NOT_MODIFIED = f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\n\r\n".encode()
FEED = (
    f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {ETAG}\r\nContent-Length: {len(BODY)}\r\n\r\n"
).encode() + BODY
BACKLOG = 2048
"""Connections that may wait to be taken: all that are made at once."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts, as others see them."""

    port: int
    process: int

    def counted(self) -> tuple[int, int]:
        """The answers given since this was asked last, and how many were waited for at most at once."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/count", timeout=10) as answer:
            told = json.load(answer)
        return told["answers"], told["most"]


@contextmanager
def hosts(latency: float) -> Iterator[Hosts]:
    """All hosts, in a process of their own, each `latency` seconds away."""
    argv = [sys.executable, "-m", __name__, str(latency)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Hosts(int(process.stdout.readline() if process.stdout else ""), process.pid)
        finally:
            process.terminate()


class Counts:
    """Answers given, those that are waited for, and the most of these at once."""

    def __init__(self) -> None:
        self.answers = self.waiting = self.most = 0

    def asked(self) -> None:
        """One more is waited for."""
        self.waiting += 1
        self.most = max(self.most, self.waiting)

    def answered(self) -> None:
        """One has its answer."""
        self.waiting -= 1
        self.answers += 1

    def told(self) -> bytes:
        """Both as an answer; they begin anew."""
        body = json.dumps({"answers": self.answers, "most": self.most}).encode()
        self.answers, self.most = 0, self.waiting
        return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class Connection(asyncio.Protocol):
    """One connection; each request is answered `latency` seconds after it is whole."""

    def __init__(self, counts: Counts, latency: float) -> None:
        self._counts = counts
        self._latency = latency
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer later; one request at a time is all that comes."""
        self._received += data
        if not self._received.endswith(b"\r\n\r\n"):
            return
        asked, self._received = self._received, b""
        if asked.startswith(b"GET /count "):
            self._transport.write(self._counts.told())
            return
        self._counts.asked()
        answer = NOT_MODIFIED if ETAG.encode() in asked else FEED
        asyncio.get_running_loop().call_later(self._latency, self._answer, answer)

    def _answer(self, answer: bytes) -> None:
        self._counts.answered()
        self._transport.write(answer)


async def serve(latency: float) -> None:
    """Serve on a free port of this machine, which is printed, until this process is ended."""
    counts = Counts()
    # Nothing less answers for all of 127.0.0.0/8; and there is nothing to be had here but a feed of one line.
    everywhere = "0.0.0.0"  # noqa: S104
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(counts, latency), everywhere, 0, backlog=BACKLOG
    )
    click.echo(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1])))
