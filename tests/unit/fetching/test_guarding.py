"""T03: no address of a private network is connected to, however it is written and whoever names it."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses

from feedsvc.domain.fetched import Answer, Failure, FailureKind, Fetched, Request
from feedsvc.fetching.guarding import Guard, is_public
from feedsvc.fetching.resolving import Address, Lookups, Resolver, system_resolver
from feedsvc.fetching.unreached import Unreached
from feedsvc.fetching.web import WebFetcher
from tests.unit.fetching.server import Server, answer

SOON = timedelta(seconds=10)

PUBLIC = (
    "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1 192.0.1.1 192.167.1.1 198.17.0.1 223.255.255.1"
)
PUBLIC_6 = "2001:4860:4860::8888 2400:cb00::1 2a00:1450::1 64:ff9b::808:808 ::ffff:8.8.8.8"
PRIVATE = (
    "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 "
    "192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 "
    "224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255"
)
PRIVATE_6 = (
    ":: ::1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a00:1 "
    "64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: "
    "2002:a00:1::1 3fff::1 4000::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ffff::1"
)

SPELLINGS = (
    "127.0.0.1 127.1 127.0.1 0 0.0.0.0 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.0.0.1. "
    "localhost LOCALHOST localhost. 127.0.0.2 127.255.255.254 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] "
    "[::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1] 10.0.0.1 192.168.1.1 169.254.169.254 "
    "１２７.0.0.1 127。0。0。1 ①②⑦.0.0.1 ｌｏｃａｌｈｏｓｔ"
)
"""Ways to write an address of this machine or its network that browsers or resolvers know."""


@pytest.mark.parametrize("numeric", [*PUBLIC.split(), *PUBLIC_6.split()])
def test_an_address_of_the_internet_is_public(numeric: str) -> None:
    assert is_public(numeric)


@pytest.mark.parametrize("numeric", [*PRIVATE.split(), *PRIVATE_6.split(), "", "bao.example", "1.2.3"])
def test_any_other_address_is_not(numeric: str) -> None:
    assert not is_public(numeric)


@given(ip_addresses())
def test_nothing_is_public_that_the_standard_library_calls_private(address: object) -> None:
    if getattr(address, "is_private", False) or getattr(address, "is_multicast", False):
        mapped = getattr(address, "ipv4_mapped", None)
        assert not is_public(str(address)) or (mapped is not None and is_public(str(mapped)))


def test_a_listed_place_is_one_host_and_one_port() -> None:
    guard = Guard(("cms.lan:8080", "kho.lan:*", "[::1]:80"))
    assert guard.allows("cms.lan", 8080)
    assert guard.allows("CMS.lan.", 8080)
    assert guard.allows("kho.lan", 1)
    assert guard.allows("::1", 80)
    assert guard.allows("[::1]", 80)
    assert not guard.allows("cms.lan", 80)
    assert not guard.allows("a.cms.lan", 8080)
    assert not guard.allows("cms.lan.evil.example", 8080)
    assert not guard.allows("::1", 81)


def fetch(address: str, guard: Guard | None = None, resolver: Resolver = system_resolver) -> Answer:
    fetcher = WebFetcher(lambda: datetime(2026, 3, 1, tzinfo=UTC), "tests/1", Lookups(resolver), guard)
    return fetcher.fetch(Request(address=address), SOON)


def refusal(answered: Answer) -> str:
    assert isinstance(answered, Failure), answered
    assert answered.kind is FailureKind.REFUSED, answered.why
    return answered.why


@pytest.mark.parametrize("host", SPELLINGS.split())
def test_no_spelling_of_this_machine_reaches_it(host: str) -> None:
    with Server(lambda path: answer(body=b"secret")) as canary:
        found = fetch(f"http://{host}:{canary.port}/")
        assert isinstance(found, Failure)
        assert canary.asked == []


def test_the_refusal_says_what_to_do() -> None:
    why = refusal(fetch("http://127.0.0.1:8099/"))
    assert why == (
        "127.0.0.1 is no public address; if it is in your own network, list 127.0.0.1:8099 under fetch.allow_hosts"
    )


@pytest.mark.parametrize(
    "numeric", ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254"]
)
def test_nobody_is_told_to_allow_what_hands_out_the_secrets_of_a_machine(numeric: str) -> None:
    place: Address = (socket.AF_INET6 if ":" in numeric else socket.AF_INET, (numeric, 80))
    with pytest.raises(Unreached) as refused:
        Guard().passed("meta.example", 80, [place], at_home=False)
    assert "allow_hosts" not in str(refused.value)


def test_a_name_of_the_internet_that_leads_into_the_network_is_refused() -> None:
    def resolver(host: str, port: int) -> list[Address]:
        return [(socket.AF_INET, ("169.254.169.254", port))]

    assert "169.254.169.254" in refusal(fetch("http://bao.example/", resolver=resolver))


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    inside: Address = (socket.AF_INET, ("127.0.0.1", 1))
    outside: Address = (socket.AF_INET6, ("2001:4860::1", 1))
    assert Guard().passed("bao.example", 1, [inside, outside], at_home=False) == [outside]


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[Address]:
        asked.append(host)
        numeric = "192.0.2.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, (numeric, port))]

    with Server(lambda path: answer(body=b"secret")) as canary:
        refusal(fetch(f"http://bao.example:{canary.port}/", resolver=rebinding))
        assert canary.asked == []
    assert asked == ["bao.example"]


def test_a_listed_place_is_asked() -> None:
    with Server(lambda path: answer(body=b"tin")) as server:
        found = fetch(server.at(), Guard((f"127.0.0.1:{server.port}",)))
    assert isinstance(found, Fetched)


def test_a_redirect_from_a_listed_place_to_an_unlisted_one_is_refused() -> None:
    with Server(lambda path: answer(body=b"secret")) as canary:
        to = canary.at()
        with Server(lambda path: answer("302 Found", location=to)) as server:
            why = refusal(fetch(server.at(), Guard((f"127.0.0.1:{server.port}",))))
        assert why.startswith("it redirects, and 127.0.0.1 is no public address")
        assert f"list 127.0.0.1:{canary.port}" in why
        assert canary.asked == []


def test_a_redirect_from_a_listed_place_to_another_listed_one_is_followed() -> None:
    with Server(lambda path: answer(body=b"tin")) as there:
        to = there.at()
        with Server(lambda path: answer("302 Found", location=to)) as server:
            assert isinstance(fetch(server.at(), Guard(("127.0.0.1:*",))), Fetched)


def test_a_fetch_that_began_outside_does_not_reach_a_listed_place() -> None:
    home = Guard(("cms.lan:80",))
    inside: list[Address] = [(socket.AF_INET, ("10.0.0.7", 80))]
    assert home.passed("cms.lan", 80, inside, at_home=True) == inside
    with pytest.raises(Exception, match="no public address"):
        home.passed("cms.lan", 80, inside, at_home=False)
