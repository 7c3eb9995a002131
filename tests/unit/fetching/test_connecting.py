"""Connections are bounded in time, by the kernel where it does that and by Python elsewhere."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from feedsvc.fetching import connecting
from feedsvc.fetching.connecting import connected
from feedsvc.fetching.redirects import Place
from feedsvc.fetching.resolving import Address, Lookups
from feedsvc.fetching.unreached import Unreached
from feedsvc.fetching.watchdog import Watchdog

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]


@pytest.fixture(params=[True, False], ids=["by the kernel", "by Python"])
def _timed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param and not connecting.TIMED_BY_KERNEL:
        pytest.skip("this kernel does not time connections")
    monkeypatch.setattr(connecting, "TIMED_BY_KERNEL", request.param)


@pytest.fixture
def full() -> Iterator[int]:
    """The port of a server whose queue is full: whoever connects waits."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(8):
            one = stack.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        time.sleep(0.1)
        yield server.getsockname()[1]


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def at(*ports: int) -> Lookups:
    return Lookups(lambda host, port: [(socket.AF_INET, ("127.0.0.1", one)) for one in ports])


def anywhere(host: str, port: int, found: list[Address]) -> list[Address]:
    return found


@pytest.mark.usefixtures("_timed")
def test_who_does_not_answer_costs_no_more_than_its_share_of_the_time(full: int, silent: int) -> None:
    with Watchdog(2.0) as watchdog:
        began = time.monotonic()
        one = connected(Place("http", "bao.example", 80), watchdog, at(full, silent), anywhere)
        assert 0.8 < time.monotonic() - began < 1.9
        assert one.getpeername() == ("127.0.0.1", silent)
        one.close()


@pytest.mark.usefixtures("_timed")
def test_where_nobody_answers_that_is_said_in_time(full: int) -> None:
    began = time.monotonic()
    with Watchdog(0.5) as watchdog, pytest.raises(Unreached, match=r"bao\.example does not answer"):
        connected(Place("http", "bao.example", 80), watchdog, at(full), anywhere)
    assert 0.4 < time.monotonic() - began < 2


@pytest.mark.usefixtures("_timed")
def test_a_process_that_is_halted_while_it_connects_waits_no_longer(full: int) -> None:
    began = time.monotonic()
    halting = f"sleep 0.2; kill -STOP {os.getpid()}; sleep 0.1; kill -CONT {os.getpid()}"
    with (
        subprocess.Popen(["/bin/sh", "-c", halting]),
        Watchdog(0.8) as watchdog,
        pytest.raises(Unreached, match="does not answer"),
    ):
        connected(Place("http", "bao.example", 80), watchdog, at(full), anywhere)
    assert time.monotonic() - began < 5


@pytest.mark.usefixtures("_timed")
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_read_ends_with_the_time_though_nothing_comes(silent: int, scheme: str) -> None:
    began = time.monotonic()
    with Watchdog(0.4) as watchdog:
        with connected(Place(scheme, "bao.example", 80), watchdog, at(silent), anywhere) as one:
            assert one.recv(1) == b""
        assert watchdog.over
    assert 0.3 < time.monotonic() - began < 2


@pytest.mark.usefixtures("_timed")
def test_a_read_ends_by_itself_where_the_watchdog_is_gone(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "SPARE", 0.2)
    monkeypatch.setattr(Watchdog, "bite", lambda self: None)
    place = Place("http", "bao.example", 80)
    with (
        Watchdog(0.2) as watchdog,
        connected(place, watchdog, at(silent), anywhere) as one,
        pytest.raises((BlockingIOError, TimeoutError)),
    ):
        one.recv(1)


def test_what_is_watched_stays_open_until_the_fetch_is_over_and_no_longer(silent: int) -> None:
    with Watchdog(5.0) as watchdog:
        first = connected(Place("http", "bao.example", 80), watchdog, at(silent), anywhere)
        first.close()
        assert first.fileno() >= 0
        second = connected(Place("http", "bao.example", 80), watchdog, at(silent), anywhere)
        second.close()
        assert (first.fileno(), second.fileno() >= 0) == (-1, True)
    assert second.fileno() == -1
