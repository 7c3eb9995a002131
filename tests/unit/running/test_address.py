"""Addresses to listen on."""

from __future__ import annotations

import socket

import pytest

from feedsvc.running.address import Address, parse_bind, refusal


@pytest.mark.parametrize(
    ("text", "host", "port", "shown"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080, "127.0.0.1:8080"),
        ("[::1]:8080", "::1", 8080, "[::1]:8080"),
        (":80", "0.0.0.0", 80, "0.0.0.0:80"),
        (" 0.0.0.0:65535 ", "0.0.0.0", 65535, "0.0.0.0:65535"),
    ],
)
def test_reads_the_usual_forms(text: str, host: str, port: int, shown: str) -> None:
    assert parse_bind(text) == Address(host, port)
    assert str(parse_bind(text)) == shown


def test_a_name_becomes_a_number() -> None:
    assert parse_bind("localhost:8080").host in ("127.0.0.1", "::1")


@pytest.mark.parametrize(
    "text", ["", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:8٠", "::1:8080", "1.2.3.4:0", ":70000"]
)
def test_refuses_others_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="to listen on is"):
        parse_bind(text)


def test_refuses_an_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ValueError, match="unknown host: 'nowhere'"):
        parse_bind("nowhere:80")


def test_an_address_in_use_is_refused_until_it_is_free(socket_enabled: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = Address("127.0.0.1", taken.getsockname()[1])
        assert "another program" in (refusal(address) or "")
    assert refusal(address) is None


def test_an_address_of_another_machine_is_refused(socket_enabled: None) -> None:
    assert "cannot listen on 192.0.2.1:8080" in (refusal(Address("192.0.2.1", 8080)) or "")
