"""What only a connection shows: how answers are framed, kept alive and refused before any of our code runs."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from tests.e2e.newsroom import ROOT
from tests.e2e.service import eventually, free_port

SERVE = """
import sys
from feedsvc.running.server import serve
sys.exit(serve("tests.unit.web.served:make", sys.argv[1]))
"""
FEED = "/feeds/all.atom"
DOCUMENTS = (FEED, "/", "/topics/the-thao/regions/dong-thap", "/opml", "/robots.txt")

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen((sys.executable, "-c", SERVE, f"127.0.0.1:{port}"), cwd=ROOT)
    try:
        assert eventually(lambda: said(port, b"GET /healthz HTTP/1.0\r\n\r\n"))
        yield port
    finally:
        process.terminate()
        assert process.wait(15) == 0


def said(port: int, request: bytes) -> bytes:
    """All that comes back until the server ends the connection; nothing where none listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))
    except ConnectionError:
        return b""


@pytest.fixture
def connection(port: int) -> Iterator[HTTPConnection]:
    made = HTTPConnection("127.0.0.1", port, timeout=10)
    yield made
    made.close()


def ask(connection: HTTPConnection, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


def test_27_one_connection_serves_many_requests_of_every_kind(connection: HTTPConnection) -> None:
    connection.connect()
    own = connection.sock
    for path in DOCUMENTS:
        for coding in ("identity", "gzip", "br"):
            whole, body = ask(connection, path, Accept_Encoding=coding)
            head, nothing = ask(connection, path, "HEAD", Accept_Encoding=coding)
            same, none = ask(connection, path, Accept_Encoding=coding, If_None_Match=str(whole.headers["ETag"]))
            assert (whole.status, head.status, same.status) == (200, 200, 304)
            assert (nothing, none) == (b"", b"")
            assert [one for one in head.getheaders() if one[0] != "date"] == [
                one for one in whole.getheaders() if one[0] != "date"
            ]
            assert int(head.headers["Content-Length"]) == len(body)
            assert not {"content-length", "content-type", "transfer-encoding"} & {name for name, _ in same.getheaders()}
    for path, status in (("/nothing", 404), ("/feeds/topics/nope.atom", 404), ("/topics/nope", 404)):
        assert (ask(connection, path)[0].status, ask(connection, path, "HEAD")[1]) == (status, b"")
    assert ask(connection, FEED, "POST")[0].headers["Allow"] == "GET, HEAD"
    assert (connection.sock, whole.version) == (own, 11), "it was never closed"


def test_27_requests_may_come_before_the_answers(port: int) -> None:
    first = f"GET {FEED} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    last = f"HEAD {FEED} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
    assert said(port, first + last).count(b"HTTP/1.1 200 OK") == 2


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nNo Name: x\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"A: b\r\n" * 101 + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: " + b"b" * 200_000 + b"\r\n\r\n", b"431"),
    ],
)
def test_what_is_no_http_is_refused_shortly_by_the_server_itself(port: int, request_: bytes, status: bytes) -> None:
    answer = said(port, request_)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status)
    assert (body, b"content-length: 0" in head) == (b"", True)


def test_what_a_connection_claims_in_many_fields_is_read_as_one(port: int, connection: HTTPConnection) -> None:
    tag = ask(connection, FEED)[0].headers["ETag"]
    fields = f'If-None-Match: "x"\r\nIf-None-Match: {tag}\r\nConnection: close\r\n'
    assert said(port, f"GET {FEED} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode()).startswith(b"HTTP/1.1 304")


@pytest.mark.parametrize("fields", ["X-Forwarded-For: {}, {}", "X-Forwarded-For: {}\r\nX-Forwarded-For: {}"])
def test_23_the_client_that_a_proxy_names_last_is_limited(port: int, fields: str) -> None:
    client = f"198.51.100.{len(fields)}"

    def statuses(made_up: str) -> bytes:
        named = fields.format(made_up, client)
        return said(port, f"GET {FEED} HTTP/1.1\r\nHost: a\r\n{named}\r\nConnection: close\r\n\r\n".encode())[9:12]

    assert [statuses(f"203.0.113.{n}") for n in range(3)] == [b"200", b"200", b"429"]


def test_30_a_browser_is_led_away_from_a_feed_by_an_absolute_address(connection: HTTPConnection) -> None:
    answer, _ = ask(connection, "/feeds/topics/the-thao.rss", Host="evil.example", Sec_Fetch_Dest="document")
    assert (answer.status, answer.headers["Location"]) == (302, "https://tin.example.org/topics/the-thao")
