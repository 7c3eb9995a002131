"""The server that both sides ask: `python -m benchmarks.upstream SOURCES` prints its port; /case/NAME sets the case."""

from __future__ import annotations

import socket
import sys
import threading
from dataclasses import dataclass, field

from .feeds import MARK, feed

VALIDATED = "validated"
"""The case in which answers bear an ETag, and 304 is given to who sends it back."""


@dataclass
class Upstream:
    """`ticks` counts the cases that move the time at which a feed says it was made."""

    feeds: list[tuple[bytes, bytes]]
    case: str = "new"
    ticks: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def set_case(self, name: str) -> bytes:
        with self.lock:
            self.case, self.ticks = name, self.ticks + (name == "moved")
        return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    def answer(self, path: str, head: bytes) -> bytes:
        """What a request gets, whole."""
        if path.startswith("/case/"):
            return self.set_case(path.removeprefix("/case/"))
        if self.case == VALIDATED and b'if-none-match: "v"' in head.lower():
            return b'HTTP/1.1 304 Not Modified\r\nETag: "v"\r\n\r\n'
        before, after = self.feeds[int(path.split("/")[2].partition(".")[0])]
        when = f"Sun, 01 Mar 2026 00:00:{self.ticks % 60:02} GMT".encode()
        size = len(before) + len(when) + len(after)
        etag = b'ETag: "v"\r\n' if self.case == VALIDATED else b""
        kind = b"Content-Type: application/rss+xml; charset=utf-8\r\n"
        return b"HTTP/1.1 200 OK\r\n%s%sContent-Length: %d\r\n\r\n%s%s%s" % (kind, etag, size, before, when, after)

    def talk(self, connection: socket.socket) -> None:
        """Answer requests until the other side goes."""
        with connection, connection.makefile("rb") as lines:
            while request := lines.readline():
                head = b""
                while (line := lines.readline()).strip():
                    head += line
                connection.sendall(self.answer(request.split()[1].decode(), head))


def main() -> None:
    """Serve until killed."""
    halves = (feed(number).partition(MARK.encode()) for number in range(int(sys.argv[1])))
    upstream = Upstream([(before, after) for before, _, after in halves])
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=upstream.talk, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
