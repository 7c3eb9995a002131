"""The web: what comes back, what is asked, and what an answer costs at most."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.domain.fetched import Answer, Failure, FailureKind, Fetched, NotModified, Request, Validators
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.resolving import Address, Lookups
from feedsvc.fetching.web import WebFetcher, agent_of
from tests.unit.fetching.server import Say, Server, answer

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SOON = timedelta(seconds=20)
SHORT = timedelta(seconds=0.4)
MEBI = 1024 * 1024
HOME = Guard(("127.0.0.1:*", "two.example:*"))
"""This machine, on which all of it stands, is not public."""


def fetch(
    address: str,
    validators: Validators = Validators(),  # noqa: B008
    deadline: timedelta = SOON,
    lookups: Lookups | None = None,
) -> Answer:
    fetcher = WebFetcher(lambda: NOW, "tests/1", lookups, HOME, largest_body=MEBI)
    return fetcher.fetch(Request(address=address, validators=validators), deadline)


def fetched(address: str) -> Fetched:
    found = fetch(address)
    assert isinstance(found, Fetched), found
    return found


def failure(address: str, deadline: timedelta = SOON, lookups: Lookups | None = None) -> Failure:
    found = fetch(address, deadline=deadline, lookups=lookups)
    assert isinstance(found, Failure), found
    return found


def saying(*said: bytes | float) -> Server:
    return Server(lambda path: said)


def reason(*said: bytes | float, deadline: timedelta = SOON) -> str:
    with saying(*said) as server:
        return failure(server.at(), deadline).why


# What comes back


def test_an_answer_comes_with_what_is_known_of_it() -> None:
    headers = {"content_type": "text/xml; charset=utf-8", "etag": 'W/"a"'}
    with saying(*answer(body=b"<rss/>", last_modified="Sun, 01 Mar 2026 01:00:00 GMT", **headers)) as server:
        found = fetched(server.at())
    assert (found.body, found.at, found.address) == (b"<rss/>", NOW, None)
    assert found.media_type == "text/xml; charset=utf-8"
    assert found.modified == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert found.validators == Validators(etag='W/"a"', last_modified="Sun, 01 Mar 2026 01:00:00 GMT")


def test_the_service_says_who_it_is_and_takes_only_gzip() -> None:
    with saying(*answer()) as server:
        fetched(server.at("/tin?a=1&b=%C4%90"))
        head = server.asked[0].lower()
    assert head.startswith("get /tin?a=1&b=%c4%90 http/1.1\r\n")
    assert "\r\nuser-agent: tests/1\r\n" in head
    assert "\r\naccept-encoding: gzip\r\n" in head
    assert all(name not in head for name in ("if-", "cookie", "authorization"))


def test_its_name_holds_version_address_and_contact() -> None:
    assert agent_of("1.2", "https://f.example", "desk@f.example") == "feedsvc/1.2 (+https://f.example; desk@f.example)"
    assert agent_of("1.2", "https://f.example", None) == "feedsvc/1.2 (+https://f.example)"


def test_neither_proxies_nor_netrc_of_the_machine_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with saying(*answer(body=b"a")) as server:
        assert fetched(server.at()).body == b"a"
        assert "authorization" not in server.asked[0].lower()


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b"<rss/>"),
        gzip.compress(b"<rs") + gzip.compress(b"s/>"),
        gzip.compress(b"<rss/>") + b"\0" * 100,
    ],
    ids=["one member", "two members", "padded"],
)
def test_gzip_is_decoded_member_by_member(body: bytes) -> None:
    with saying(*answer(body=body, content_encoding="GZip")) as server:
        assert fetched(server.at()).body == b"<rss/>"


def test_chunks_are_put_together() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with saying(head, b"3\r\n<rs\r\n", 0.05, b"3;x=y\r\ns/>\r\n0\r\n\r\n") as server:
        assert fetched(server.at()).body == b"<rss/>"


def test_a_body_that_ends_with_its_connection_is_taken() -> None:
    with saying(b"HTTP/1.0 200 OK\r\n\r\n<rss/>") as server:
        assert fetched(server.at()).body == b"<rss/>"


# Versions


def test_validators_are_given_back_and_nothing_comes_where_nothing_changed() -> None:
    with saying(*answer("304 Not Modified", content_length="")) as server:
        found = fetch(server.at(), Validators(etag='"a"', last_modified="Sun, 01 Mar 2026 01:00:00 GMT"))
        assert found == NotModified(request=found.request, at=NOW)
        assert '\r\nIf-None-Match: "a"\r\n' in server.asked[0]
        assert "\r\nIf-Modified-Since: Sun, 01 Mar 2026 01:00:00 GMT\r\n" in server.asked[0]


def test_304_to_a_question_without_a_version_is_a_failure() -> None:
    assert reason(*answer("304 Not Modified", content_length="")) == "it answered 304 Not Modified"


@pytest.mark.parametrize("etag", ['"\xff"', '"' + "a" * 2000 + '"', '"a\x01"'])
def test_a_version_that_cannot_be_given_back_as_it_was_is_not_kept(etag: str) -> None:
    with Server(
        lambda path: [f"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: {etag}\r\n\r\n".encode("latin-1")]
    ) as one:
        assert fetched(one.at()).validators == Validators()
        assert isinstance(fetch(one.at(), Validators(etag=etag, last_modified="a\r\nX: y")), Fetched)
        assert "If-None-Match" not in one.asked[1]
        assert "X: y" not in one.asked[1]


@pytest.mark.parametrize("date", ["gestern", "Sun, 99 Mar 2026 01:00:00 GMT", "Sun, 01 Mar 99999 01:00:00 GMT"])
def test_a_date_of_change_that_is_none_costs_nothing(date: str) -> None:
    with saying(*answer(body=b"a", last_modified=date)) as server:
        assert fetched(server.at()).modified is None


# Redirects


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    def says(path: str) -> Say:
        return (
            answer(body=b"<rss/>")
            if path == "/tin/mới"[:5] + "m%E1%BB%9Bi"
            else answer("301 Moved", location="tin/mới")
        )

    with Server(says) as server:
        found = fetch(server.at("/feed"), Validators(etag='"a"'))
        assert isinstance(found, Fetched), found
        assert found.body == b"<rss/>"
        assert found.address == server.at("/tin/mới")
        assert ["If-None-Match" in head for head in server.asked] == [True, False]


def test_the_body_of_a_redirect_is_not_read() -> None:
    bomb = zlib.compress(b"\0" * 50 * MEBI, 9)

    def says(path: str) -> Say:
        if path == "/there":
            return answer(body=b"a")
        return answer("302 Found", body=bomb, location="/there", content_encoding="deflate")

    with Server(says) as server:
        assert fetched(server.at()).body == b"a"


def test_a_cookie_that_a_redirect_sets_is_not_sent() -> None:
    def says(path: str) -> Say:
        return answer(body=b"a") if path == "/b" else answer("302 Found", location="/b", set_cookie="a=b; Path=/")

    with Server(says) as server:
        fetched(server.at())
        assert "cookie" not in server.asked[1].lower()


def test_redirects_without_end_are_given_up() -> None:
    with Server(lambda path: answer("302 Found", location=f"{path}a")) as server:
        assert failure(server.at()).why == "it redirects more than 5 times"
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    "location",
    ["ftp://a.example/", "file:///etc/passwd", "folder:/etc", "javascript:alert(1)", "http://[", "http://a:0/"],
)
def test_a_redirect_off_the_web_is_refused(location: str) -> None:
    with saying(*answer("302 Found", location=location)) as server:
        found = failure(server.at())
    assert found.kind is FailureKind.REFUSED
    assert found.why == "it redirects to what is no address on the web"


def test_a_redirect_that_says_nothing_or_too_much_is_a_failure() -> None:
    assert reason(*answer("302 Found")) == "it redirects without saying where"
    assert "no address on the web" in reason(*answer("302 Found", location="/" + "a" * 9000))


def test_a_redirect_cannot_bring_a_password() -> None:
    with saying(*answer(body=b"a")) as there:
        to = there.at("/x").replace("//", "//me:secret@")
        with saying(*answer("302 Found", location=to)) as server:
            assert fetched(server.at()).address == there.at("/x")
        assert "authorization" not in there.asked[0].lower()


# Failures, in words


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 Not Found", FailureKind.MISSING),
        ("410 Gone", FailureKind.GONE),
        ("500 Internal Server Error", FailureKind.UNREADABLE),
        ("204 No Content", FailureKind.UNREADABLE),
        ("206 Partial Content", FailureKind.UNREADABLE),
        ("999 \x07", FailureKind.UNREADABLE),
    ],
)
def test_any_other_answer_is_a_failure_that_names_it(status: str, kind: FailureKind) -> None:
    with saying(*answer(status, body=b"a" * 10)) as server:
        found = failure(server.at())
    assert found.kind is kind
    assert found.why == f"it answered {status.removesuffix(' ' + chr(7))}"


CUT = [
    answer(body=b"<rss>", content_length="6"),
    [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"],
    [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rs"],
    answer(body=gzip.compress(b"<rss/>" * 1000)[:-9], content_encoding="gzip"),
    answer(body=gzip.compress(b"<rss>") + gzip.compress(b"</rss>" * 100)[:-9], content_encoding="gzip"),
]


@pytest.mark.parametrize("said", CUT)
def test_a_body_that_is_cut_short_is_none(said: list[bytes]) -> None:
    assert reason(*said) == "it is cut short"


def test_compression_that_is_damaged_or_unknown_is_told() -> None:
    assert reason(*answer(body=b"<rss/>", content_encoding="gzip")) == "its compression is damaged"
    assert "not asked for: 'br'" in reason(*answer(body=b"a", content_encoding="br"))
    assert "not asked for: 'gzip, gzip'" in reason(*answer(body=b"a", content_encoding="gzip, gzip"))


def test_a_name_that_is_not_known_is_told() -> None:
    def resolver(host: str, port: int) -> list[Address]:
        raise socket.gaierror(socket.EAI_NONAME, "none")

    found = failure("https://bao.example/rss?key=secret", lookups=Lookups(resolver))
    assert found.why == "the name bao.example is not known"


@pytest.mark.parametrize("address", ["http://a..b/", "http://" + "a" * 70 + ".example/", "http://xn--/"])
def test_a_name_that_is_none_is_told(address: str) -> None:
    assert "name" in failure(address).why


@pytest.mark.parametrize("address", ["http:", "http://", "https:///a", "http://[::1", "ftp://a/", "http://a:99999/"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    assert failure(address).kind is FailureKind.REFUSED


def test_a_port_where_nobody_listens_is_told() -> None:
    with saying() as server:
        gone = server.at()
    assert failure(gone).why == "127.0.0.1 refuses the connection"


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-x\r\n", b"\xff\xfe\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_http_is_told(said: bytes) -> None:
    assert reason(said) in {"127.0.0.1 does not speak HTTP as it should", "127.0.0.1 broke the connection off"}


def test_headers_without_end_are_cut_off() -> None:
    assert "as it should" in reason(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000)
    assert "as it should" in reason(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n")


def test_only_the_host_of_an_address_is_ever_told() -> None:
    with saying() as server:
        gone = server.at("/feed?key=secret")
    assert "secret" not in failure(gone).why


# What it costs at most


def test_a_body_that_promises_too_much_is_not_read() -> None:
    started = time.monotonic()
    assert reason(*answer(body=b"a", content_length=str(MEBI + 1)), 10.0) == "it is over 1 MiB"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_body_without_end_is_given_up(coding: str) -> None:
    body = b"a" * (3 * MEBI)
    said = answer(body=gzip.compress(body) if coding else body, content_length="", content_encoding=coding)
    assert reason(*said) == "it is over 1 MiB"


def test_a_body_as_large_as_may_be_is_taken() -> None:
    body = b"a" * MEBI
    with saying(*answer(body=gzip.compress(body), content_encoding="gzip")) as server:
        assert fetched(server.at()).body == body


def _dripping(one: bytes) -> Iterator[bytes | float]:
    while True:
        yield one
        yield 0.02


SLOW: dict[str, Callable[[], Say]] = {
    "says nothing": lambda: [30.0],
    "drips its headers": lambda: [b"HTTP/1.1 200 OK\r\n", *_first(_dripping(b"A: b\r\n"), 90), 30.0],
    "drips a header": lambda: [b"HTTP/1.1 200 OK\r\nA: ", *_first(_dripping(b"b"), 4000)],
    "asks to go on for ever": lambda: _dripping(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "drips its body": lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", *_first(_dripping(b"a"), 4000)],
    "drips a body without a length": lambda: [b"HTTP/1.1 200 OK\r\n\r\n", *_first(_dripping(b"a"), 4000)],
    "drips chunks": lambda: [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        *_first(_dripping(b"1\r\na\r\n"), 4000),
    ],
    "stops in its body": lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\na", 30.0],
}


def _first(said: Iterator[bytes | float], most: int) -> list[bytes | float]:
    return [next(said) for _ in range(most)]


@pytest.mark.parametrize("how", SLOW)
def test_one_deadline_holds_for_all_of_a_fetch(how: str) -> None:
    before = threading.active_count()
    with Server(lambda path: SLOW[how]()) as server:
        started = time.monotonic()
        assert failure(server.at(), SHORT).why == "there was no whole answer within 0.4 s"
        assert time.monotonic() - started < 3
    assert threading.active_count() <= before


def test_redirects_have_one_deadline_together() -> None:
    with Server(lambda path: [0.15, *answer("302 Found", location=f"{path}a")]) as server:
        assert failure(server.at(), SHORT).why == "there was no whole answer within 0.4 s"


def test_a_handshake_that_stalls_ends_with_the_deadline() -> None:
    with saying(30.0) as server:
        found = failure(server.at().replace("http:", "https:"), SHORT)
    assert found.why == "there was no whole answer within 0.4 s"


def test_a_name_that_takes_too_long_ends_with_the_deadline() -> None:
    held = threading.Event()

    def resolver(host: str, port: int) -> list[Address]:
        held.wait(20)
        return []

    lookups = Lookups(resolver, most=1)
    assert failure("http://slow.example/", SHORT, lookups).why == "there was no whole answer within 0.4 s"
    assert failure("http://next.example/", SHORT, lookups).why == "there was no whole answer within 0.4 s"
    held.set()


def test_a_second_address_is_tried_where_the_first_is_dead() -> None:
    with saying(*answer(body=b"a")) as server, saying() as gone:
        dead = gone.port
    with saying(*answer(body=b"a")) as server:
        places: list[Address] = [(socket.AF_INET, ("127.0.0.1", port)) for port in (dead, server.port)]
        found = fetch(server.at().replace("127.0.0.1", "two.example"), lookups=Lookups(lambda host, port: places))
        assert isinstance(found, Fetched)
        assert f"\r\nHost: two.example:{server.port}\r\n" in server.asked[0]
