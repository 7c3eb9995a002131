"""Asking a server whether it is ready."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from feedsvc.running.address import Address
from feedsvc.running.waiting import answers_ready, self_link


@contextmanager
def answering(status: int, body: bytes) -> Iterator[Address]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.send_response(status)
            self.send_header("Link", body.decode())
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Address("127.0.0.1", server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "checks", "expected"),
    [(200, [True, True], True), (200, [True, False], False), (503, [True], False), (200, [], True)],
)
def test_a_server_is_ready_when_every_check_is_in_order(status: int, checks: list[bool], expected: bool) -> None:
    body = json.dumps({"checks": [{"ok": ok} for ok in checks]}).encode()
    with answering(status, body) as address:
        assert answers_ready(address)() is expected


def test_nobody_waits_for_room_on_the_disk() -> None:
    body = json.dumps({"checks": [{"name": "database", "ok": True}, {"name": "disk", "ok": False}]}).encode()
    with answering(200, body) as address:
        assert answers_ready(address)()


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"checks": 3}', b'{"checks": [{}]}'])
def test_an_answer_of_another_shape_is_not_ready(body: bytes) -> None:
    with answering(200, body) as address:
        assert answers_ready(address)() is False


def test_nobody_listening_is_not_ready() -> None:
    with answering(200, b"") as address:
        pass
    assert answers_ready(address)() is False


def test_a_feed_is_called_what_its_link_says_and_else_by_the_address_it_is_asked_at() -> None:
    with answering(200, b'<https://a.example/all.atom>; rel="self", <https://h.example>; rel="hub"') as address:
        assert self_link(address, "/all.atom") == "https://a.example/all.atom"
    with answering(404, b"<https://a.example/>; rel=next") as address:
        assert self_link(address, "/all.atom") == f"http://{address}/all.atom"
    assert self_link(address, "/all.atom") == f"http://{address}/all.atom"
