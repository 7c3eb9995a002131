"""What stands between a client and the service on loopback: it passes everything on and remembers what was asked."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.e2e.loopback import Loopback

HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding"})


@dataclass(frozen=True)
class Asked:
    """A request: its path, whether it named a version that the client has, and the status of its answer."""

    path: str
    conditional: bool
    status: int


@dataclass
class Between(Loopback):
    """Use it in a `with`. `asked` are the requests so far; they are passed on to the host and port of `service`."""

    service: str = ""
    asked: list[Asked] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """See Loopback."""
        return _handler(self)

    def pass_on(self, path: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        """The service's answer to a GET, as it stands on the wire."""
        connection = http.client.HTTPConnection(self.service, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


def _handler(between: Between) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers every GET as the service does."""

        def do_GET(self) -> None:
            given = {name.lower(): value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            answer, body = between.pass_on(self.path, given)
            conditional = not given.keys().isdisjoint({"if-none-match", "if-modified-since"})
            between.asked.append(Asked(self.path, conditional, answer.status))
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test looks at `asked`."""

    return Handler
