"""Messages to a server of the operator's: one POST, guarded and in bounded time, and no word of the address."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from itertools import repeat

import pytest

from feedsvc.errors import NotTaken
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.posting import WebPoster
from feedsvc.fetching.resolving import Address, Lookups
from tests.e2e.receiver import Receiver

from .server import Say, Server, answer

BODY = '{"title": "Báo Mẫu"}'.encode()
SIGNED = {"Content-Type": "application/json", "X-Feedsvc-Signature": "sha256=00"}
SECRET = "very-secret"
FOR_EVER = 60.0


def poster(*allowed: str, seconds: float = 10.0, lookups: Lookups | None = None) -> WebPoster:
    return WebPoster("tests/1", lookups or Lookups(), Guard(allowed), seconds)


def refusal(address: str, posting: WebPoster) -> str:
    """Why a message was not taken."""
    with pytest.raises(NotTaken) as caught:
        posting.post(address, BODY, SIGNED)
    assert SECRET not in str(caught.value)
    return str(caught.value)


def test_the_body_arrives_as_it_was_with_its_headers_and_our_name() -> None:
    with Receiver() as receiver:
        poster(receiver.place).post(receiver.address, BODY, SIGNED)
    (message,) = receiver.messages
    assert (message.path, message.body) == ("/hooks/very-secret?key=1", BODY)
    assert message.headers["content-type"] == "application/json"
    assert message.headers["x-feedsvc-signature"] == "sha256=00"
    assert message.headers["user-agent"] == "tests/1"
    assert message.headers["content-length"] == str(len(BODY))


def test_a_name_and_a_password_in_the_address_are_a_header() -> None:
    with Receiver() as receiver:
        poster(receiver.place).post(f"http://a:b@{receiver.place}/", BODY, {})
    assert receiver.messages[0].headers["authorization"] == "Basic YTpi"


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_what_says_that_it_took_it_took_it(status: int) -> None:
    with Receiver([status]) as receiver:
        poster(receiver.place).post(receiver.address, BODY, SIGNED)
    assert len(receiver.messages) == 1


@pytest.mark.parametrize("status", [304, 400, 404, 410, 429, 500, 503])
def test_any_other_answer_is_told(status: int) -> None:
    with Receiver([status]) as receiver:
        assert refusal(receiver.address, poster(receiver.place)) == f"it answered {status}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with Receiver([status]) as receiver:
        said = refusal(receiver.address, poster(receiver.place))
    assert said == f"it answered {status}; a redirect is not followed"
    assert len(receiver.messages) == 1


def test_a_private_address_is_asked_only_where_it_is_listed() -> None:
    with Receiver() as receiver:
        host, _, port = receiver.place.partition(":")
        for allowed in ((), (f"{host}:1",), (f"localhost:{port}",)):
            assert refusal(receiver.address, poster(*allowed)) == (
                f"127.0.0.1 is no public address; if it is in your own network, "
                f"list {receiver.place} under fetch.allow_hosts"
            )
        assert receiver.messages == []
        poster(f"{host}:*").post(receiver.address, BODY, SIGNED)
    assert len(receiver.messages) == 1


def test_a_name_that_leads_into_the_own_network_is_refused() -> None:
    found: list[Address] = [(socket.AF_INET, ("169.254.169.254", 80))]
    lookups = Lookups(lambda _host, _port: found)
    said = refusal(f"http://alerts.example.org/{SECRET}", poster(lookups=lookups))
    assert said == "alerts.example.org is at 169.254.169.254, which is no public address"


@pytest.mark.parametrize("address", [f"ftp://a/{SECRET}", f"http:///{SECRET}", SECRET, f"http://a b/{SECRET}"])
def test_what_is_no_address_on_the_web_is_refused(address: str) -> None:
    assert refusal(address, poster())


def test_where_nobody_listens_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    assert refusal(f"http://{place}/{SECRET}", poster(place)) == "127.0.0.1 refuses the connection"


def silent(path: str) -> Say:
    """Takes the message and says nothing."""
    return [FOR_EVER]


def dripping(path: str) -> Say:
    """Says a header a moment, for ever."""
    yield b"HTTP/1.1 200 OK\r\n"
    for _ in repeat(None):
        yield 0.05
        yield b"X-More: 1\r\n"


def interim(path: str) -> Say:
    """Says that it goes on, for ever."""
    for _ in repeat(None):
        yield b"HTTP/1.1 100 Continue\r\n\r\n"
        yield 0.05


@pytest.mark.parametrize("says", [silent, dripping, interim])
def test_a_server_that_keeps_us_waiting_is_given_up(says: Callable[[str], Say]) -> None:
    with Server(says) as server:
        said = refusal(server.at(f"/{SECRET}"), poster("127.0.0.1:*", seconds=0.5))
    assert said == "there was no answer within 0.5 s"


def test_an_answer_that_came_counts_however_its_body_goes_on() -> None:
    def says(path: str) -> Say:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"
        for _ in repeat(None):
            yield b"x"
            yield 0.05

    with Server(says) as server:
        poster("127.0.0.1:*", seconds=0.5).post(server.at(), BODY, SIGNED)


def test_no_more_than_a_little_of_a_reply_is_read() -> None:
    gone = threading.Event()

    def says(path: str) -> Say:
        yield from answer(body=b"x" * 1024)[:1]
        try:
            for _ in range(100_000):
                yield b"x" * 65536
        finally:
            gone.set()

    with Server(says) as server:
        poster("127.0.0.1:*").post(server.at(), BODY, SIGNED)
        assert gone.wait(10), "the connection was closed"


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 2000 OK\r\n\r\n"])
def test_what_is_no_answer_is_told(said: bytes) -> None:
    with Server(lambda path: [said]) as server:
        assert refusal(server.at(f"/{SECRET}"), poster("127.0.0.1:*"))
