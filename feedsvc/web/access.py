"""One line a request: who polls how (by User-Agent, never by address), and what it cost."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from time import perf_counter
from urllib.parse import quote

from flask import Flask, Request, Response, g, request

_log = logging.getLogger(__name__)

_LONGEST = 200
_WATCHED = ("/healthz", "/readyz", "/metrics")
"""Asked every few seconds, by machines."""


def register(app: Flask) -> None:
    """Log every request, those that fail included."""

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        elapsed = perf_counter() - g.get("began", perf_counter())
        level = logging.DEBUG if request.path in _WATCHED else logging.INFO
        _log.log(level, "request", extra=_line(request, response, elapsed))
        return response


def _line(asked: Request, response: Response, elapsed: float) -> Mapping[str, object]:
    """The fields of the line; the query is left out, since operators' tokens may stand in it.

    Whatever a client wrote is quoted: a line feed in a path must not begin a line of its own.
    """
    return {
        "method": asked.method[:16],
        "path": quote(asked.path)[:_LONGEST],
        "status": response.status_code,
        "encoding": response.headers.get("Content-Encoding", "identity"),
        "agent": "".join(filter(str.isprintable, asked.headers.get("User-Agent", "")[:_LONGEST])),
        "if_none_match": "If-None-Match" in asked.headers,
        "if_modified_since": "If-Modified-Since" in asked.headers,
        "bytes": 0 if asked.method == "HEAD" else response.headers.get("Content-Length", 0, int),
        "ms": round(elapsed * 1000, 1),
    }
