"""HTTP as it stands on the wire: a request has what the test says, and of an answer every byte is seen."""

from __future__ import annotations

import gzip
import socket
from dataclasses import dataclass
from types import TracebackType

import brotli

PATIENCE = 20.0
"""Seconds until an answer is given up."""


@dataclass(frozen=True)
class Reply:
    """An answer: its fields in their order, names in lower case, and what came after them."""

    status: int
    fields: tuple[tuple[str, str], ...]
    body: bytes

    def every(self, name: str) -> list[str]:
        """The values of a field, which may be repeated."""
        return [value for found, value in self.fields if found == name.lower()]

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return bool(self.every(name))

    def __getitem__(self, name: str) -> str:
        """The value of a field that is there once."""
        (value,) = self.every(name)
        return value

    @property
    def document(self) -> bytes:
        """The body without its content coding."""
        (coding,) = self.every("Content-Encoding") or ["identity"]
        unpack = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
        return bytes(unpack(self.body))

    @property
    def steady(self) -> dict[str, str]:
        """All fields but the clock's, and those of this one connection."""
        return {name: value for name, value in self.fields if name not in {"date", "connection"}}


class Wire:
    """One connection, kept open from one request to the next: use it in a `with`."""

    def __init__(self, place: str) -> None:
        host, _, port = place.rpartition(":")
        self._place = place
        self._socket = socket.create_connection((host, int(port)), PATIENCE)
        self._reader = self._socket.makefile("rb")

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()
        self._socket.close()

    def send(self, request: bytes) -> None:
        """Send these bytes as they are."""
        self._socket.sendall(request)

    def ask(self, target: str, method: str = "GET", **fields: str) -> Reply:
        """One request; underscores in names of fields stand for hyphens. The body is as long as the answer says."""
        self.send(request(self._place, target, method, **fields))
        status, found = self.head()
        bodiless = method == "HEAD" or status in {204, 304}
        length = 0 if bodiless else int(dict(found)["content-length"])
        return Reply(status, found, self._reader.read(length))

    def head(self) -> tuple[int, tuple[tuple[str, str], ...]]:
        """The status and the fields that come next."""
        first = self._reader.readline()
        assert first.startswith(b"HTTP/1.1 "), first
        lines = iter(lambda: self._reader.readline().rstrip(b"\r\n"), b"")
        pairs = (line.decode("latin-1").partition(":") for line in lines)
        return int(first.split()[1]), tuple((name.lower(), value.strip()) for name, _, value in pairs)

    def rest(self) -> bytes:
        """Everything until the server closes the connection."""
        return self._reader.read()


def request(place: str, target: str, method: str = "GET", **fields: str) -> bytes:
    """The bytes of a request with these fields and a Host, and no others: no User-Agent, no Accept."""
    named = {name.replace("_", "-"): value for name, value in {"Host": place, **fields}.items()}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def ask(place: str, target: str, method: str = "GET", **fields: str) -> Reply:
    """One request on a connection of its own; the body is all that comes until the server closes it."""
    with Wire(place) as wire:
        wire.send(request(place, target, method, **{"Connection": "close", **fields}))
        status, found = wire.head()
        return Reply(status, found, wire.rest())
