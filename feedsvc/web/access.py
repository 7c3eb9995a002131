"""One line a request: who polls how (by User-Agent, never by address), and what it cost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple
from urllib.parse import quote

from flask import Flask, Response, g, request

_log = logging.getLogger(__name__)

LOGGER = __name__
EVENT = "request"
NAMES = ("method", "path", "status", "encoding", "agent", "if_none_match", "if_modified_since", "bytes", "ms")
"""The fields of a line."""
_LONGEST = 200
_WATCHED = ("/healthz", "/readyz", "/metrics")
"""Asked every few seconds, by machines."""

Line = tuple[object, ...]
"""The values of the fields."""
Tell = Callable[[Line], None]
"""Where lines go."""


class Seen(NamedTuple):
    """A request, as far as it is logged: the path without its query, in which operators' tokens may stand."""

    method: str
    path: str
    agent: str
    none_match: bool
    since: bool


def line(seen: Seen, status: int, encoding: str, size: int, elapsed: float) -> Line:
    """The line of a request, answered in so many seconds. Whatever a client wrote is made harmless before."""
    agent = seen.agent[:_LONGEST]
    if not agent.isprintable():
        agent = "".join(filter(str.isprintable, agent))
    return (
        seen.method[:16],
        seen.path,
        status,
        encoding,
        agent,
        seen.none_match,
        seen.since,
        size,
        round(elapsed * 1000, 1),
    )


def plainly(values: Line) -> None:
    """Log a line like everything else."""
    _log.info(EVENT, extra=dict(zip(NAMES, values, strict=True)))


def register(app: Flask, tell: Tell = plainly) -> None:
    """Log every request, those that fail included."""

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        found = _line(response, perf_counter() - g.get("began", perf_counter()))
        if request.path in _WATCHED:
            _log.debug(EVENT, extra=dict(zip(NAMES, found, strict=True)))
        else:
            tell(found)
        return response


def _line(response: Response, elapsed: float) -> Line:
    """Whatever a client wrote is quoted: a line feed in a path must not begin a line of its own."""
    seen = Seen(
        method=request.method,
        path=quote(request.path)[:_LONGEST],
        agent=request.headers.get("User-Agent", ""),
        none_match="If-None-Match" in request.headers,
        since="If-Modified-Since" in request.headers,
    )
    size = 0 if request.method == "HEAD" else response.headers.get("Content-Length", 0, int)
    return line(seen, response.status_code, response.headers.get("Content-Encoding", "identity"), size, elapsed)
