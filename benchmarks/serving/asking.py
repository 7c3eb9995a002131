"""One request, and the answer as it was sent: names as they are written, in their order."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: int
    fields: tuple[tuple[str, str], ...]
    body: bytes

    def field(self, name: str) -> str:
        """The value of a field. Raises KeyError."""
        return {one.lower(): value for one, value in self.fields}[name.lower()]


def ask(port: int, path: str, fields: Mapping[str, str] | None = None) -> Said:
    """GET a path of a server of this machine. Raises OSError where it does not answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "identity", **(fields or {})})
        answer = connection.getresponse()
        return Said(answer.status, tuple(answer.getheaders()), answer.read())
