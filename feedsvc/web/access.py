"""One line a request: who polls how (by User-Agent, never by address), and what it cost."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple, Protocol
from urllib.parse import quote

from flask import Flask, Response, g, request

_log = logging.getLogger(__name__)

LOGGER = __name__
EVENT = "request"
NAMES = ("method", "path", "status", "encoding", "agent", "if_none_match", "if_modified_since", "bytes", "ms")
"""The fields of a line."""
LONGEST = 200
"""Characters of a path, and of a User-Agent, that are told."""
_WATCHED = ("/healthz", "/readyz", "/metrics")
"""Asked every few seconds, by machines."""

Values = tuple[object, ...]
"""The values of the fields, without the last."""
Moment = tuple[float, float]
"""When a request was answered, in seconds since 1970, and how many seconds that took."""


class Tell(Protocol):
    """Where lines go; for many threads."""

    def one(self, values: Values, elapsed: float, level: int = logging.INFO) -> None:
        """The line of a request that took so many seconds, and has just been answered."""

    def many(self, values: Values, moments: Sequence[Moment]) -> None:
        """The lines of requests that differ in their moments alone."""


class Asking(NamedTuple):
    """A request, as far as it is logged: the path without its query, in which operators' tokens may stand."""

    method: str
    path: str
    agent: str
    none_match: bool
    since: bool


class Plainly:
    """Tells lines like everything else."""

    def one(self, values: Values, elapsed: float, level: int = logging.INFO) -> None:
        """See Tell."""
        _log.log(level, EVENT, extra=dict(zip(NAMES, (*values, milliseconds(elapsed)), strict=True)))

    def many(self, values: Values, moments: Sequence[Moment]) -> None:
        """See Tell."""
        for _, elapsed in moments:
            self.one(values, elapsed)


def line(asked: Asking, status: int, encoding: str, size: int) -> Values:
    """What is told of a request and its answer. Whatever a client wrote is made harmless before."""
    method, path, agent, none_match, since = asked
    return method[:16], path, status, encoding, _printable(agent[:LONGEST]), none_match, since, size


def milliseconds(seconds: float) -> float:
    """As lines tell them."""
    return round(seconds * 1000, 1)


def register(app: Flask, tell: Tell) -> None:
    """Log every request, those that fail included."""

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        level = logging.DEBUG if request.path in _WATCHED else logging.INFO
        tell.one(_line(response), perf_counter() - g.get("began", perf_counter()), level)
        return response


def _line(response: Response) -> Values:
    """Whatever a client wrote is quoted: a line feed in a path must not begin a line of its own."""
    asked = Asking(
        method=request.method,
        path=quote(request.path)[:LONGEST],
        agent=request.headers.get("User-Agent", ""),
        none_match="If-None-Match" in request.headers,
        since="If-Modified-Since" in request.headers,
    )
    size = 0 if request.method == "HEAD" else response.headers.get("Content-Length", 0, int)
    return line(asked, response.status_code, response.headers.get("Content-Encoding", "identity"), size)


def _printable(agent: str) -> str:
    return agent if agent.isprintable() else "".join(filter(str.isprintable, agent))
