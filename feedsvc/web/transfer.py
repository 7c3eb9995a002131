"""From Answer to Flask, with nothing added and nothing taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from werkzeug.datastructures import Headers

from .answer import Answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Sent(Response):
    """An Answer on its way; Werkzeug would drop Last-Modified from a 304 (RFC 9110 section 15.4.5 allows it)."""

    default_mimetype = None

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """The fields as they were decided (PEP 3333)."""
        return self.headers


def sent(answer: Answer) -> Sent:
    """The answer as Flask wants it; bytes in a list, since Werkzeug gives bare ones a Content-Length, 304 included."""
    return Sent([answer.body], answer.status, list(answer.fields))
