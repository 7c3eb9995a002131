"""An upstream whose feed does as the test says, over a socket, in the background of a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from xml.sax.saxutils import escape

from .loopback import Loopback


@dataclass(frozen=True)
class Item:
    """An item of the feed: its guid and what it says; `day` is that of March 2026 on which it came out.

    Its address bears the guid, or `link`; its date is written as `date`, where one is given.
    """

    guid: str
    title: str
    text: str = "Một đoạn văn ngắn."
    day: int = 1
    categories: tuple[str, ...] = ()
    link: str = ""
    date: str | None = None

    @property
    def written(self) -> str:
        """Its date as newspapers write it."""
        return f"Sun, {self.day:02} Mar 2026 08:00:00 GMT+7" if self.date is None else self.date


def rss(items: Iterable[Item]) -> bytes:
    """The items as RSS 2.0, as a newspaper might write it."""
    written = "".join(
        f"<item><guid isPermaLink='false'>{one.guid}</guid><title>{escape(one.title)}</title>"
        f"<link>http://bao.example/{one.link or one.guid}.html</link>"
        f"<description>{escape(f'<p>{one.text}</p>')}</description>"
        f"<pubDate>{one.written}</pubDate>"
        + "".join(f"<category>{escape(term)}</category>" for term in one.categories)
        + "</item>"
        for one in items
    )
    head = "<title>Báo Mẫu</title><link>http://bao.example/</link><description>Tin</description>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{written}</channel></rss>'.encode()


@dataclass
class Reply:
    """What the upstream says next: to every request alike, until it is told otherwise."""

    body: bytes = b""
    status: int = 200
    media_type: str = "application/rss+xml"
    etag: str | None = None
    promised: int | None = None
    """The Content-Length, where it is not that of the body."""
    wait: float = 0.0


@dataclass
class Upstream(Loopback):
    """Use it in a `with`; `asked` are the If-None-Match of the requests so far, and `at` when they came, monotonic."""

    reply: Reply = field(default_factory=Reply)
    asked: list[str | None] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    _ends: threading.Event = field(default_factory=threading.Event)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """See Loopback."""
        return _handler(self)

    def ending(self) -> None:
        """See Loopback."""
        self._ends.set()

    def pause(self, seconds: float) -> None:
        """Keep a client waiting, unless the test is over."""
        self._ends.wait(seconds)


def _handler(upstream: Upstream) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers every GET with the upstream's reply."""

        def do_GET(self) -> None:
            reply, given = upstream.reply, self.headers.get("If-None-Match")
            upstream.at.append(time.monotonic())
            upstream.asked.append(given)
            upstream.pause(reply.wait)
            unchanged = reply.etag is not None and given == reply.etag
            self.send_response(304 if unchanged else reply.status)
            if reply.etag:
                self.send_header("ETag", reply.etag)
            self.send_header("Connection", "close")
            if not unchanged:
                self.send_header("Content-Type", reply.media_type)
                self.send_header("Content-Length", str(reply.promised or len(reply.body)))
            self.end_headers()
            if not unchanged:
                with suppress(ConnectionError):  # whoever asked was killed, or had enough
                    self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test looks at `asked`."""

    return Handler
