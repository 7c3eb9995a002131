"""One that asks a web server for a feed every few milliseconds, and notes when a change can first be read there."""

from __future__ import annotations

import http.client
import re
import time
from contextlib import closing
from threading import Event, Thread

from .writer import MARK

PAUSE = 0.005
"""Seconds between an answer and the next question."""
_CHANGE = re.compile(re.escape(MARK.encode()) + rb"(\d+)")


class Watch:
    """Watches from `start` to `stop`, over one connection; `seen` are the times of the answers, by change."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        self._path = path
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self.seen: dict[int, float] = {}
        self.failure: Exception | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End. Raises whatever kept it from watching."""
        self._over.set()
        self._thread.join()
        if self.failure is not None:
            raise self.failure

    def until(self, change: int, patience: float) -> None:
        """Wait until a change was seen, or for so many seconds."""
        end = time.monotonic() + patience
        while change not in self.seen and self.failure is None and time.monotonic() < end:
            time.sleep(0.01)

    def _run(self) -> None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
                self._watch(connection)
        except Exception as error:
            self.failure = error

    def _watch(self, connection: http.client.HTTPConnection) -> None:
        tag = '""'
        while not self._over.wait(PAUSE):
            connection.request("GET", self._path, headers={"If-None-Match": tag, "Accept-Encoding": "identity"})
            answer = connection.getresponse()
            body, at = answer.read(), time.monotonic()
            if answer.status == 200:
                tag = answer.headers["ETag"]
                self._note(body, at)
            elif answer.status != 304:
                raise RuntimeError(f"{self._path}: {answer.status}")

    def _note(self, body: bytes, at: float) -> None:
        """What shows a change shows every change before it."""
        newest = max(map(int, _CHANGE.findall(body)), default=0)
        for change in range(max(self.seen, default=0) + 1, newest + 1):
            self.seen[change] = at
