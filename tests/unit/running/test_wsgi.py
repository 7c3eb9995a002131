"""What applications are handed by the web server, and how their answers are taken."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from granian.server import mp

from feedsvc.running.wsgi import REPLACED, handed_over

SCOPE = {"PATH_INFO": "/", "REQUEST_METHOD": "GET"}


class Taken:
    """A request of granian's, which notes what it is answered with."""

    def __init__(self) -> None:
        self.answer: tuple[Any, ...] = ()

    def response_bytes(self, *answer: Any) -> None:
        self.answer = answer

    def response_iter(self, status: int, fields: Sequence[tuple[str, str]], body: Iterator[bytes]) -> None:
        self.answer = status, fields, list(body)
        body.close()  # type: ignore[attr-defined]  # as granian does


class Told:
    """An application that keeps what it was handed, and answers with a body."""

    def __init__(self, body: Iterable[bytes]) -> None:
        self.body = body
        self.environ: dict[str, Any] = {}

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        self.environ = environ
        start("404 Not Found", [("X", "y")])
        return self.body


class Closing(list[bytes]):
    """Pieces that are closed."""

    closed = False

    def close(self) -> None:
        self.closed = True


def asked(application: Any) -> tuple[Any, ...]:
    request = Taken()
    handed_over(application, {})(request, dict(SCOPE))
    return request.answer


def test_nothing_of_the_environment_of_the_process_is_in_that_of_a_request() -> None:
    told = Told([])
    asked(told)
    assert not os.environ.keys() & told.environ.keys()
    assert told.environ["PATH_INFO"] == "/"
    assert {name for name in told.environ if name.startswith("wsgi.")} >= {"wsgi.version", "wsgi.errors"}


def test_a_list_is_taken_whole() -> None:
    assert asked(Told([b"a", b"b"])) == (404, [("X", "y")], b"ab")


def test_anything_else_is_taken_in_pieces_and_closed() -> None:
    pieces = Closing([b"a", b"b"])
    assert asked(Told(iter(pieces))) == (404, [("X", "y")], [b"a", b"b"])

    class Body:
        def __iter__(self) -> Iterator[bytes]:
            return iter(pieces)

        def close(self) -> None:
            pieces.close()

    assert asked(Told(Body()))[2] == [b"a", b"b"]
    assert pieces.closed


def test_an_answer_that_is_at_hand_is_taken_as_it_is() -> None:
    class AtHand(Told):
        def at_hand(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes] | None:
            return (200, [], b"hot") if environ["PATH_INFO"] == "/" else None

    told = AtHand([b"cold"])
    assert asked(told) == (200, [], b"hot")
    assert told.environ == {}
    request = Taken()
    handed_over(told, {})(request, {**SCOPE, "PATH_INFO": "/x"})
    assert request.answer == (404, [("X", "y")], b"cold")


def test_the_server_still_calls_by_the_name_that_is_replaced() -> None:
    assert f"{REPLACED}(callback, scope_opts, log_access_fmt)" in inspect.getsource(mp)
