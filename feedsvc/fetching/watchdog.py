"""One deadline for a whole fetch: when it is over, every socket that the fetch opened is shut down.

Timeouts of sockets begin anew with every byte, and headers, interim answers and handshakes know none at all
(RFC 9110 section 15.2 allows any number of interim answers); a socket that is shut down ends them all.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType

LEAST = 0.001
"""Seconds: a timeout of 0 would make a socket non-blocking."""


class Watchdog:
    """Use it in a `with`, one for each fetch; its thread is gone with it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(max(seconds, 0), self._bite)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._bitten = False

    def __enter__(self) -> Watchdog:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        for one in self._sockets:
            one.close()

    @property
    def over(self) -> bool:
        """Whether the time is over; then whatever was read may be only a part."""
        return self._bitten or time.monotonic() >= self._end

    @property
    def left(self) -> float:
        """Seconds to the end, never quite none."""
        return max(self._end - time.monotonic(), LEAST)

    def watch(self, connected: socket.socket) -> None:
        """Shut this socket down when the time is over, whoever wraps or closes it meanwhile."""
        with self._lock:
            # Its twin: TLS takes the socket itself away, and a closed number may soon be that of somebody else.
            self._sockets.append(connected.dup())
            if self._bitten:
                _shut(self._sockets[-1])

    def _bite(self) -> None:
        with self._lock:
            self._bitten = True
            for one in self._sockets:
                _shut(one)


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
