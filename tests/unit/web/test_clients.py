"""Where a request comes from: believed of proxies of ours alone, whatever else it says (T50 to T52)."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.operator import Operator
from feedsvc.domain.secret import Secret
from feedsvc.domain.serving import Serving
from feedsvc.web.attempts import MOST_WRONG
from feedsvc.web.clients import MOST_PROXIES, address_of, client_address, is_public

from .guarded import guarded_app
from .room import Room

PROXIES = tuple(map(ip_network, ("127.0.0.1", "10.0.0.0/8", "fd00::/8")))
READER, OTHER = "203.0.113.9", "198.51.100.7"


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (READER, None, READER),
        (READER, OTHER, READER),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", READER, READER),
        ("::ffff:127.0.0.1", READER, READER),
        ("127.0.0.1", f"{OTHER}, {READER}", READER),
        ("127.0.0.1", f"{OTHER},{READER} , 10.0.0.3", READER),
        ("127.0.0.1", f"{READER},10.0.0.3,10.0.0.2", READER),
        ("127.0.0.1", f"10.0.0.9, {OTHER}, {READER}, 10.0.0.2", READER),
        ("127.0.0.1", "10.0.0.9, 10.0.0.8", "10.0.0.9"),
        ("127.0.0.1", f"{READER}, unknown", "127.0.0.1"),
        ("127.0.0.1", f"{READER}, _hidden, 10.0.0.2", "10.0.0.2"),
        ("127.0.0.1", f"{READER},", "127.0.0.1"),
        ("127.0.0.1", f"{READER}:4711", READER),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("127.0.0.1", '"[2001:DB8::1]"', "2001:db8::1"),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", "::ffff:203.0.113.9", READER),
        ("127.0.0.1", "203.0.113.9.evil.example", "127.0.0.1"),
        ("127.0.0.1", "999.1.1.1", "127.0.0.1"),
        (None, READER, None),
        ("", READER, ""),
    ],
)
def test_the_client_is_the_rightmost_address_that_is_no_proxy_of_ours(
    peer: str | None, forwarded: str | None, client: str | None
) -> None:
    assert client_address(peer, forwarded, PROXIES) == client


@given(left=st.text(), right=st.sampled_from([READER, f"{READER}, 10.1.1.1", f"{READER},127.0.0.1,fd00::7"]))
def test_nothing_that_a_client_writes_before_it_changes_where_it_comes_from(left: str, right: str) -> None:
    assert client_address("127.0.0.1", f"{left},{right}", PROXIES) == READER


@given(peer=st.none() | st.text() | st.ip_addresses().map(str), forwarded=st.none() | st.text())
def test_without_proxies_nobody_is_believed(peer: str | None, forwarded: str | None) -> None:
    assert client_address(peer, forwarded, ()) == peer


@given(forwarded=st.text(st.sampled_from('0123456789abcdef.:,[]" x')))
def test_whatever_a_proxy_hands_on_is_an_address_or_counts_for_nothing(forwarded: str) -> None:
    assert address_of(client_address("10.0.0.1", forwarded, PROXIES)) is not None


def test_a_chain_without_end_is_followed_for_a_while_only() -> None:
    chain = ",".join([READER, *["10.0.0.1"] * MOST_PROXIES])
    assert client_address("127.0.0.1", chain, PROXIES) == "10.0.0.1"


@pytest.mark.parametrize("address", ["203.0.113.9", "8.8.8.8", "2001:db8::1", "2a00:1450::1"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address_of(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "fe80::1%en0",
        "::ffff:10.0.0.1",
        "",
        "x",
    ],
)
def test_those_of_networks_of_ones_own_are_not(address: str) -> None:
    assert not is_public(address_of(address))


LOCKED = Operator(token=Secret("0123456789abcdef"), trusted=PROXIES)
BEHIND = Serving(proxies=PROXIES)


def desk(room: Room, forwarded: str | None, peer: str = "127.0.0.1", token: str | None = None) -> FlaskClient:
    client = guarded_app(room, LOCKED).test_client()
    client.environ_base |= {"REMOTE_ADDR": peer}
    client.environ_base |= {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    client.environ_base |= {} if token is None else {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    return client


def test_a_trusted_address_opens_the_operators_pages_without_a_proxy_alone(room: Room) -> None:
    assert desk(room, None).get("/desk").status_code == 200
    room.serving = BEHIND
    assert desk(room, None).get("/desk").status_code == 401
    assert desk(room, "10.0.0.5").get("/desk").status_code == 401, "a client can have a proxy say so"
    assert desk(room, READER).get("/desk").status_code == 401
    assert desk(room, READER, token="0123456789abcdef").get("/desk").status_code == 200


def test_wrong_tokens_lock_out_the_client_and_not_the_proxy(room: Room) -> None:
    room.serving = BEHIND
    app = guarded_app(room, LOCKED)

    def status(client: str, token: str) -> int:
        headers = {"X-Forwarded-For": f"{OTHER}, {client}", "Authorization": f"Bearer {token}"}
        return app.test_client().get("/desk", headers=headers, environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code

    assert [status(READER, "wrong") for _ in range(MOST_WRONG + 1)] == [401] * MOST_WRONG + [429]
    assert status("198.51.100.8", "0123456789abcdef") == 200
    assert status(READER, "0123456789abcdef") == 429


def test_a_proxy_does_not_change_what_is_served(room: Room) -> None:
    plain = room.client().get("/feeds/all.atom")
    room.serving = replace(BEHIND)
    told = {"X-Forwarded-For": READER, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "evil"}
    answer = room.client().get("/feeds/all.atom", headers=told)
    assert (answer.data, list(answer.headers)) == (plain.data, list(plain.headers))
