"""A newspaper in a process of its own, which publishes all the time and writes down what it ever published.

`python -m tests.faults.newspaper LOG FEEDS SECONDS`: it prints its port, publishes an entry every so many seconds, in
one of its feeds after the other, stops publishing with the first line that it is told, and ends with the next.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import IO

from tests.e2e.newsroom import ROOT
from tests.e2e.upstream import Item, rss


class Newspaper:
    """The process, as the test sees it: use it in a `with`."""

    def __init__(self, log: Path, feeds: int, seconds: float) -> None:
        self._log = log
        self._argv = [sys.executable, "-m", "tests.faults.newspaper", str(log), str(feeds), str(seconds)]

    def __enter__(self) -> Newspaper:
        self._process = subprocess.Popen(self._argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.place = f"127.0.0.1:{int(_pipe(self._process.stdout).readline())}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate("stop\nend\n", 10)

    def stop_publishing(self) -> None:
        """Return when the last entry is in its feed."""
        _pipe(self._process.stdin).write("stop\n")
        _pipe(self._process.stdin).flush()
        assert _pipe(self._process.stdout).readline() == "stopped\n"

    @property
    def published(self) -> Counter[str]:
        """The guids of all that it ever published, and how often."""
        return Counter(self._log.read_text(encoding="utf-8").split())


def guid(feed: int, number: int) -> str:
    """That of an entry; a feed's first is its number 1."""
    return f"{feed}-{number}"


def etag(count: int) -> str:
    """That of a feed which has published so many."""
    return f'"{count}"'


class _Press:
    """The feeds, and who publishes in them."""

    def __init__(self, log: IO[str], feeds: int, seconds: float) -> None:
        self._log, self._feeds, self._seconds = log, feeds, seconds
        self.count = Counter[int]()
        self.enough = Event()

    def publish(self) -> None:
        """Until it is enough. What is written down is in the feed, or will be in a moment."""
        turn = 0
        while not self.enough.wait(self._seconds):
            feed = turn % self._feeds
            self._log.write(f"{guid(feed, self.count[feed] + 1)}\n")
            self._log.flush()
            self.count[feed] += 1
            turn += 1

    def body(self, feed: int, count: int) -> bytes:
        """Everything that a feed ever published, newest first."""
        return rss(
            Item(guid(feed, number), f"Tin {number} của báo {feed}", day=number % 28 + 1)
            for number in range(count, 0, -1)
        )


def _handler(press: _Press) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers for the feed whose number is the path."""

        def do_GET(self) -> None:
            feed = int(self.path.strip("/"))
            count = press.count[feed]
            unchanged = self.headers.get("If-None-Match") == etag(count)
            body = b"" if unchanged else press.body(feed, count)
            self.send_response(304 if unchanged else 200)
            self.send_header("ETag", etag(count))
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    return Handler


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def main(log: str, feeds: str, seconds: str) -> None:
    """Be the newspaper."""
    with Path(log).open("w", encoding="utf-8") as opened:
        press = _Press(opened, int(feeds), float(seconds))
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(press))
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        publishing = Thread(target=press.publish)
        publishing.start()
        print(server.server_address[1], flush=True)  # noqa: T201
        sys.stdin.readline()
        press.enough.set()
        publishing.join()
        print("stopped", flush=True)  # noqa: T201
        sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
