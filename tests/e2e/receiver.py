"""A server of the operator's that takes messages over a socket, as a test says, in the background of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from .loopback import Loopback


@dataclass(frozen=True)
class Message:
    """One POST: where it went, its headers, names in lower case, and its body."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """What it says."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


@dataclass
class Receiver(Loopback):
    """Use it in a `with`. Each message is answered with the next of `statuses`, or 200; while `held` none is."""

    statuses: list[int] = field(default_factory=list)
    held: bool = False
    messages: list[Message] = field(default_factory=list)
    _ends: threading.Event = field(default_factory=threading.Event)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """See Loopback."""
        return _handler(self)

    def ending(self) -> None:
        """See Loopback."""
        self._ends.set()

    @property
    def address(self) -> str:
        """Where it takes messages; what follows the last slash is nobody else's business."""
        return f"http://{self.place}/hooks/very-secret?key=1"

    def told(self) -> list[tuple[str, str, str]]:
        """Of which source, what was before, and what is, in the order in which they came."""
        fields = [message.fields for message in self.messages]
        return [(one["source"], one["before"], one["verdict"]) for one in fields]

    def wait(self) -> None:
        """Hold the answer back until the test is over."""
        self._ends.wait()


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Takes every POST."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.messages.append(Message(self.path, headers, body))
            if receiver.held:
                receiver.wait()
                return
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "3")
            self.end_headers()
            self.wfile.write(b"ok\n")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test looks at `messages`."""

    return Handler
