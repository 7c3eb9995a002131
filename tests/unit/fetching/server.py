"""A server that says over its sockets exactly what a test wrote down, be it HTTP or not."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Union

Say = Iterable[Union[bytes, float]]
"""Bytes to send, and seconds to wait between them."""


def answer(status: str = "200 OK", body: bytes = b"", **headers: str) -> list[bytes]:
    """An answer as it stands on the wire; `content_type="text/xml"` is a header, an empty one is left out."""
    lines = {"content_length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items() if value)
    return [f"HTTP/1.1 {status}\r\n{head}\r\n".encode(), body]


TLS = b"\x16"
"""How a client greets that speaks TLS."""


@dataclass
class Server:
    """Use it in a `with`. `says` is asked with the path of each request; `asked` holds the heads as they came."""

    says: Callable[[str], Say]
    tls: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)
    _ends: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Server:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join()

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return int(self._listening.getsockname()[1])

    def at(self, path: str = "/feed") -> str:
        """The address of a path."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}{path}"

    def _listen(self) -> None:
        while not self._ends.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._talk, args=(connection,), daemon=True))
            self._threads[-1].start()

    def _talk(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(self._secured(plain)) as connection:
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head and not head.startswith(TLS) and (chunk := connection.recv(65536)):
                head += chunk
            self.asked.append(head.decode("latin-1"))
            for said in self.says(self.asked[-1].split(" ")[1]):
                if isinstance(said, bytes):
                    connection.sendall(said)
                elif self._ends.wait(said):
                    return

    def _secured(self, plain: socket.socket) -> socket.socket:
        return plain if self.tls is None else self.tls.wrap_socket(plain, server_side=True)
