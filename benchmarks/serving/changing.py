"""Newspapers whose feeds have changed whenever they are asked for: one article more, and one of the others corrected.

Fifty entries each, in one process, on every address of this machine's own network; `/<n>.xml` is the feed of source n.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from typing import cast

import click

from ..feeds import FIRST_DAY, feed
from ..polling.crowd import host
from .running import Cores, on

KINDS = 16
"""Feeds that differ from the start; building thousands would take long."""
END = b"</channel>\n</rss>\n"
ITEM = (
    "<item>\n<title>Tin mới thứ {number} của báo {source}</title>\n<link>https://bao.example/{source}/{key}.html</link>\n"
    '<guid isPermaLink="false">{source}-{key}</guid>\n<pubDate>{date}</pubDate>\n'
    "<description>Sáng nay có tin thứ {number}, và chiều nay sẽ có tin nữa.</description>\n</item>\n"
)


class Newspapers:
    """What they say, and how often they were asked."""

    def __init__(self) -> None:
        self._stems = [feed(number).built(FIRST_DAY).removesuffix(END) for number in range(1, KINDS + 1)]
        self._asked = Counter[int]()

    def answer(self, source: int) -> bytes:
        """The feed of a source, as it is this time."""
        self._asked[source] += 1
        number, date = self._asked[source], format_datetime(FIRST_DAY)
        items = (ITEM.format(source=source, number=number, key=key, date=date) for key in ("dau", number))
        body = self._stems[source % KINDS] + "".join(items).encode() + END
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


class Connection(asyncio.Protocol):
    """One connection, kept alive."""

    def __init__(self, newspapers: Newspapers) -> None:
        self._newspapers = newspapers
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            asked, _, self._received = self._received.partition(b"\r\n\r\n")
            path = asked.split(b" ", 2)[1].decode()
            self._transport.write(self._newspapers.answer(int(path.strip("/").removesuffix(".xml"))))


@contextmanager
def newspapers(cores: Cores) -> Iterator[int]:
    """All of them, on the core of the load; gives the port."""
    argv = on(cores.load, [sys.executable, "-m", __name__])
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else "")
        finally:
            process.terminate()


def addresses(port: int, sources: int) -> list[tuple[str, str]]:
    """The feeds of so many sources, and the host and port of each, which is a host of its own."""
    places = [f"{host(number)}:{port}" for number in range(sources)]
    return [(f"http://{place}/{number}.xml", place) for number, place in enumerate(places)]


async def serve() -> None:
    """Serve on a free port of this machine, which is printed, until this process is ended."""
    papers = Newspapers()
    everywhere = "0.0.0.0"  # noqa: S104 - nothing less answers for all of 127.0.0.0/8
    server = await asyncio.get_running_loop().create_server(lambda: Connection(papers), everywhere, 0)
    click.echo(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
