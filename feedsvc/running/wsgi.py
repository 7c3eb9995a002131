"""What granian calls for a request, in the place of its own: without a copy of the process's environment.

granian (2.8, granian/wsgi.py) merges all variables of the process into the environment of every request: that is a good
part of what it costs to hand one over, and there are secrets among them. An application may also have an answer at
hand: then `at_hand(environ)` gives the status, the fields and the body, or None, and nothing else of PEP 3333 is done.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from granian.server import mp

Fields = Sequence[tuple[str, str]]
Handed = Callable[["Request", dict[str, Any]], None]
REPLACED = "_wsgi_call_wrap"
"""The name by which granian's workers know what they call."""


class Request(Protocol):
    """What granian takes an answer by."""

    def response_bytes(self, status: int, headers: Fields, body: bytes, /) -> None:
        """A whole answer."""

    def response_iter(self, status: int, headers: Fields, body: Iterator[bytes], /) -> None:
        """An answer in pieces."""


def hand_over_lean() -> None:
    """Have the workers that granian starts from now on call applications so."""
    vars(mp)[REPLACED] = handed_over


def handed_over(application: Callable[..., Any], scope_opts: dict[str, Any], _access_log: str | None = None) -> Handed:
    """What takes granian's request and hands it to an application (PEP 3333)."""
    usual = {
        "SCRIPT_NAME": scope_opts.get("url_path_prefix") or "",
        "SERVER_SOFTWARE": "Granian",
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multiprocess": False,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }
    at_hand = getattr(application, "at_hand", None)

    def answered(request: Request, scope: dict[str, Any]) -> None:
        if at_hand is not None and (found := at_hand(scope)) is not None:
            request.response_bytes(*found)
            return
        start = _Start()
        body = application({**usual, **scope}, start)
        if isinstance(body, list):
            request.response_bytes(start.status, start.fields, b"".join(body))
        else:
            request.response_iter(start.status, start.fields, _Pieces(body))

    return answered


class _Start:
    """`start_response`, which notes what it is told."""

    def __init__(self) -> None:
        self.status = 200
        self.fields: Fields = []

    def __call__(self, status: str, fields: Fields, _exc_info: object = None) -> None:
        self.status, self.fields = int(status.split(" ", 1)[0]), fields


class _Pieces:
    """A body in pieces, which is closed at its end where it can be."""

    def __init__(self, body: Iterable[bytes]) -> None:
        self._body = body
        self._pieces = iter(body)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        """See PEP 3333."""
        close = getattr(self._body, "close", None)
        if close is not None:
            close()
