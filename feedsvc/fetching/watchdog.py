"""One deadline for a whole fetch: when it is over, the socket of the fetch is shut down.

Timeouts of sockets begin anew with every byte, and headers, interim answers and handshakes know none at all
(RFC 9110 section 15.2 allows any number of interim answers); a socket that is shut down ends them all.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType

IDLE = 1.0
"""Seconds that the thread stays although no fetch is under way."""
LEAST = 0.001
"""Seconds: a timeout of 0 would make a socket non-blocking."""


class Watchdog:
    """Use it in a `with`, one for each fetch."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self._held: tuple[socket.socket, socket.SocketIO] | None = None
        self._lock = threading.Lock()
        self._bitten = False

    def __enter__(self) -> Watchdog:
        _KENNEL.watch(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _KENNEL.leave(self)
        with self._lock:
            self._let_go()

    @property
    def over(self) -> bool:
        """Whether the time is over; then whatever was read may be only a part."""
        return self._bitten or time.monotonic() >= self.end

    @property
    def left(self) -> float:
        """Seconds to the end, never quite none."""
        return max(self.end - time.monotonic(), LEAST)

    def watch(self, connected: socket.socket, wrapped: bool) -> None:
        """Shut this socket down when the time is over, whoever closes it meanwhile; the one before it is closed.

        One that is to be `wrapped` is taken away by TLS: its twin is watched.
        """
        with self._lock:
            self._let_go()
            one = connected.dup() if wrapped else connected
            # It stays open for as long as it has a file: a closed number may soon be that of somebody else.
            self._held = one, one.makefile("rb", 0)
            if self._bitten:
                _shut(one)

    def bite(self) -> None:
        """Shut the socket down: the time is over."""
        with self._lock:
            self._bitten = True
            if self._held is not None:
                _shut(self._held[0])

    def _let_go(self) -> None:
        if self._held is not None:
            for one in self._held:
                one.close()
            self._held = None


class _Kennel:
    """The one thread that waits for the ends of all fetches of this process; there while any is under way."""

    def __init__(self) -> None:
        self._ends: dict[Watchdog, float] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._until = 0.0

    def watch(self, watchdog: Watchdog) -> None:
        """Let it bite when its time is over, unless it leaves before."""
        with self._changed:
            self._ends[watchdog] = watchdog.end
            if self._thread is None:
                self._thread = threading.Thread(target=self._wait, name="watchdog", daemon=True)
                self._thread.start()
            elif watchdog.end < self._until:
                self._changed.notify()

    def leave(self, watchdog: Watchdog) -> None:
        """Forget it."""
        with self._changed:
            self._ends.pop(watchdog, None)

    def _wait(self) -> None:
        while (over := self._over()) is not None:
            for watchdog in over:
                watchdog.bite()

    def _over(self) -> list[Watchdog] | None:
        """Those whose time is over, maybe none yet; None where there was nobody to wait for, and the thread ends."""
        with self._changed:
            now = time.monotonic()
            self._until = min(self._ends.values(), default=now + IDLE)
            self._changed.wait(max(self._until - now, 0))
            if not self._ends and time.monotonic() >= now + IDLE:
                self._thread = None
                return None
            over = [watchdog for watchdog, end in self._ends.items() if end <= time.monotonic()]
            for watchdog in over:
                del self._ends[watchdog]
            return over


_KENNEL = _Kennel()


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
