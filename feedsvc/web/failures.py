"""What is said when something is not as asked: short, typed, uncached, and without a trace (RFC 9110 section 15)."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from ..errors import Overloaded, StoreError, UnknownFeed
from .answer import Answer
from .health import plain
from .transfer import Sent, sent

_log = logging.getLogger(__name__)

_RETRY_AFTER = ("Retry-After", "30")  # in seconds: readers parse nothing else (RFC 9110 section 10.2.3)


def register(app: Flask) -> None:
    """Give every error its answer; one table maps errors to statuses."""
    app.before_request(_unredirected)
    app.register_error_handler(HTTPException, lambda error: sent(_refused(error)))
    app.register_error_handler(UnknownFeed, lambda _: sent(not_found()))
    app.register_error_handler(StoreError, _unavailable)
    app.register_error_handler(TimeoutError, _unavailable)
    app.register_error_handler(Overloaded, lambda _: sent(_later()))
    app.register_error_handler(Exception, _broken)


def not_found() -> Answer:
    """RFC 9110 section 15.5.5."""
    return plain(404, "404 Not Found")


def _unredirected() -> Sent | None:
    """Werkzeug would redirect `//feeds` and an empty path to an address made of the Host that the request claims."""
    return sent(not_found()) if isinstance(request.routing_exception, RequestRedirect) else None


def _refused(error: HTTPException) -> Answer:
    """What routing refuses; a 405 names what is allowed (RFC 9110 section 15.5.6)."""
    status = HTTPStatus(error.code or 500)
    text = f"{status.value} {status.phrase}"
    if isinstance(error, MethodNotAllowed):
        return plain(status, text, ("Allow", ", ".join(sorted(error.valid_methods or ()))))
    return plain(status, text)


def _unavailable(error: Exception) -> Sent:
    """RFC 9110 section 15.6.4; the reason is for the log alone."""
    _log.warning("the store does not answer", extra={"error": str(error)})
    return sent(_later())


def _later() -> Answer:
    return plain(503, "503 Service Unavailable", _RETRY_AFTER)


def _broken(error: Exception) -> Sent:
    _log.error("a request failed", exc_info=error)
    return sent(plain(500, "500 Internal Server Error"))
