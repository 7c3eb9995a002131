"""TLS: who is believed, and that nobody is asked twice for whom to believe."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.domain.fetched import Answer, Failure, Fetched, Request
from feedsvc.fetching.connecting import public_trust
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.web import WebFetcher
from tests.unit.fetching.server import Server, answer


def fetch(
    address: str,
    trust: Callable[[], ssl.SSLContext] = public_trust,
    deadline: timedelta = timedelta(seconds=20),
) -> Answer:
    guard = Guard(("127.0.0.1:*", "localhost:*"))
    fetcher = WebFetcher(lambda: datetime(2026, 3, 1, tzinfo=UTC), "tests/1", guard=guard, trust=trust)
    return fetcher.fetch(Request(address=address), deadline)


@pytest.mark.slow
@pytest.mark.usefixtures("socket_enabled")
def test_who_says_nothing_in_the_handshake_is_waited_for_until_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        answered = fetch(f"https://127.0.0.1:{silent.getsockname()[1]}/", deadline=timedelta(seconds=0.7))
        assert why(answered) == "there was no whole answer within 0.7 s"
        assert time.monotonic() - began < 4


def why(answered: Answer) -> str:
    assert isinstance(answered, Failure), answered
    return answered.why


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a certificate of `localhost` that nobody vouches for, and of its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    making = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    named = ["-addext", "subjectAltName=DNS:localhost"]
    argv = [*making.split(), *named, "-keyout", "key", "-out", "cert"]
    subprocess.run(argv, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def self_signed(certificate: Path) -> ssl.SSLContext:
    """A server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert", certificate / "key")
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(self_signed: ssl.SSLContext) -> None:
    with Server(lambda path: answer(body=b"a"), tls=self_signed) as server:
        said = why(fetch(server.at()))
        assert server.asked == []
    assert said == "the certificate of 127.0.0.1 cannot be trusted: self-signed certificate"


def test_one_that_is_vouched_for_is_believed_of_its_own_host_alone(
    certificate: Path, self_signed: ssl.SSLContext
) -> None:
    trust = ssl.create_default_context(cafile=certificate / "cert")
    with Server(lambda path: answer(body=b"a"), tls=self_signed) as server:
        named = server.at().replace("127.0.0.1", "localhost")
        assert isinstance(fetch(named, lambda: trust), Fetched)
        assert isinstance(fetch(named.replace("localhost", "localhost."), lambda: trust), Fetched)
        assert f"\r\nHost: localhost:{server.port}\r\n" in server.asked[0]
        said = why(fetch(server.at(), lambda: trust))
    assert said.startswith("the certificate of 127.0.0.1 cannot be trusted: IP address mismatch")


def test_a_server_that_speaks_no_tls_is_told() -> None:
    with Server(lambda path: answer()) as server:
        said = why(fetch(server.at().replace("http:", "https:")))
    assert said.startswith("127.0.0.1 does not speak TLS as it should")


def test_those_who_are_believed_are_read_once_and_asked_for_hosts_and_certificates() -> None:
    trust = public_trust()
    assert trust is public_trust()
    assert (trust.check_hostname, trust.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert len(trust.get_ca_certs()) > 50


def test_without_tls_nobody_is_asked_for_whom_to_believe() -> None:
    def never() -> ssl.SSLContext:
        raise AssertionError

    with Server(lambda path: answer(body=b"a")) as server:
        assert isinstance(fetch(server.at(), never), Fetched)
