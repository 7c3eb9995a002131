"""T54: the operator's pages open for the operator alone, and the token is shown to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address, ip_network

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from feedsvc.domain.operator import NOBODY, Operator
from feedsvc.domain.secret import Secret
from feedsvc.web.answer import Answer
from feedsvc.web.attempts import Attempts, place_of
from feedsvc.web.offers import respond
from feedsvc.web.operator import OperatorDesk, admits
from feedsvc.web.policies import PAGE
from feedsvc.web.wholes import represent
from tests.fakes.clock import FakeClock

from .guarded import guarded_app
from .room import NOON, Room

TOKEN = "0123456789abcdef"
WITH_TOKEN = Operator(token=Secret(TOKEN))
TRUSTING = Operator(trusted=(ip_network("127.0.0.1"), ip_network("10.1.0.0/16"), ip_network("fd00::/8")))
STRANGER = "203.0.113.9"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def let_in(
    operator: Operator,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    address: str | None = STRANGER,
) -> bool:
    return admits(operator, Headers(headers), query or {}, address)


@pytest.mark.parametrize(
    "headers", [BEARER, {"authorization": f"bearer {TOKEN}"}, {"Authorization": f"BEARER  {TOKEN} "}]
)
def test_the_token_in_a_header_opens(headers: Mapping[str, str]) -> None:
    assert let_in(WITH_TOKEN, headers)


def test_the_token_in_the_query_opens() -> None:
    assert let_in(WITH_TOKEN, query={"token": TOKEN})
    assert let_in(WITH_TOKEN, {"Authorization": "Basic YTpi"}, {"token": TOKEN}), "a proxy may have its own"


@pytest.mark.parametrize(
    "given", ["", " ", TOKEN[:-1], TOKEN + "0", TOKEN.upper(), f"{TOKEN},{TOKEN}", "ă" * 16, "\udcff", "a" * 100_000]
)
def test_anything_else_does_not(given: str) -> None:
    assert not let_in(WITH_TOKEN, {"Authorization": f"Bearer {given}"})
    assert not let_in(WITH_TOKEN, query={"token": given})


@pytest.mark.parametrize("scheme", ["Basic", "Token", "", "Bearer:"])
def test_another_scheme_does_not(scheme: str) -> None:
    assert not let_in(WITH_TOKEN, {"Authorization": f"{scheme} {TOKEN}"})


def test_another_parameter_does_not() -> None:
    assert not let_in(WITH_TOKEN, query={"Token": TOKEN, "key": TOKEN})


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.255.1", "fd00::1", "::ffff:10.1.0.3", "fd00::1%eth0"])
def test_a_trusted_address_needs_none(address: str) -> None:
    assert let_in(TRUSTING, address=address)


@pytest.mark.parametrize("address", [STRANGER, "10.2.0.1", "::1", "fe80::1", "", None, "localhost", "127.0.0.1:80"])
def test_any_other_address_does(address: str | None) -> None:
    assert not let_in(TRUSTING, address=address)
    assert not let_in(TRUSTING, BEARER, {"token": TOKEN}, address)


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "Host", "True-Client-IP"])
def test_an_address_that_a_request_claims_opens_nothing(name: str) -> None:
    assert not let_in(TRUSTING, {name: "for=127.0.0.1" if name == "Forwarded" else "127.0.0.1"})


def test_nobody_is_let_in_where_nobody_is_the_operator() -> None:
    assert not let_in(NOBODY, BEARER, {"token": TOKEN}, "127.0.0.1")


@dataclass
class Visit:
    """A request."""

    headers: Headers = field(default_factory=Headers)
    args: Mapping[str, str] = field(default_factory=dict)
    remote_addr: str | None = STRANGER
    environ: Mapping[str, object] = field(default_factory=dict)


class Desk:
    """A desk at which a test stands, with a page behind it that counts how often it is made."""

    def __init__(self, operator: Operator = WITH_TOKEN) -> None:
        self.clock = FakeClock(NOON)
        self.made = 0
        self._desk = OperatorDesk(operator, self.clock)

    def ask(self, token: str | None = TOKEN, address: str = STRANGER) -> Answer:
        args = {} if token is None else {"token": token}
        return self._desk.guarded(Visit(args=args, remote_addr=address), self._page)

    def statuses(self, tokens: Iterable[str | None], address: str = STRANGER) -> list[int]:
        return [self.ask(token, address).status for token in tokens]

    def _page(self) -> Answer:
        self.made += 1
        return respond("GET", Headers(), represent("text/html; charset=utf-8", b"<p>status</p>"), PAGE)


WRONG = ["wrong" * 4] * 10


def test_the_page_is_made_for_the_operator_alone_and_kept_by_nobody() -> None:
    desk = Desk()
    assert [desk.ask(None).status, desk.ask("wrong").status, desk.made] == [401, 401, 0]
    answer = desk.ask()
    fields = Headers(answer.fields)
    assert (answer.status, answer.body, desk.made) == (200, b"<p>status</p>", 1)
    assert fields.getlist("Cache-Control") == ["private, no-store"]
    assert fields.getlist("Referrer-Policy") == ["no-referrer"]
    assert "default-src 'none'" in fields["Content-Security-Policy"]


def test_where_nobody_is_the_operator_a_sentence_says_what_opens_the_page() -> None:
    answer = Desk(NOBODY).ask()
    assert answer.status == 404
    assert b"operator.token_file" in answer.body
    assert b"feedsvc.yaml" in answer.body
    assert Headers(answer.fields)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_who_brings_no_token_or_a_wrong_one_is_told_what_is_wanted(token: str | None) -> None:
    answer = Desk().ask(token)
    fields = Headers(answer.fields)
    assert answer.status == 401
    assert fields["WWW-Authenticate"] == 'Bearer realm="feedsvc"'
    assert fields["Cache-Control"] == "private, no-store"
    assert answer.body.startswith(b"401 Unauthorized: ")
    assert b"wrong" not in answer.body


def test_after_ten_wrong_tokens_in_a_minute_nothing_opens_until_the_minute_is_over() -> None:
    desk = Desk()
    assert desk.statuses([*WRONG, WRONG[0], TOKEN, None]) == [401] * 10 + [429] * 3
    fields = Headers(desk.ask().fields)
    assert (fields["Retry-After"], fields["Cache-Control"]) == ("60", "private, no-store")
    desk.clock.pass_time(59.5)
    assert Headers(desk.ask().fields)["Retry-After"] == "1"
    desk.clock.pass_time(0.5)
    assert desk.ask().status == 200


def test_who_waits_is_let_in_when_it_was_said_whatever_was_tried_meanwhile() -> None:
    desk = Desk()
    desk.statuses(WRONG)
    desk.clock.pass_time(30)
    assert desk.statuses(WRONG) == [429] * 10
    desk.clock.pass_time(30)
    assert desk.ask().status == 200


def test_nine_wrong_tokens_a_minute_or_none_at_all_lock_nobody_out() -> None:
    desk = Desk()
    assert desk.statuses([*WRONG[:9], TOKEN]) == [401] * 9 + [200]
    desk.clock.pass_time(60)
    assert desk.statuses([*WRONG[:9], TOKEN]) == [401] * 9 + [200]
    assert desk.statuses([None, ""] * 20) == [401] * 40
    assert desk.ask().status == 200


def test_others_are_not_locked_out_and_a_host_has_a_whole_network_of_ipv6() -> None:
    desk = Desk()
    desk.statuses(WRONG)
    assert desk.ask(address="203.0.113.10").status == 200
    for number in range(10):
        desk.ask("wrong", f"2001:db8::{number}")
    assert desk.ask(address="2001:db8::ff:1").status == 429
    assert desk.ask(address="2001:db8:0:1::1").status == 200


def test_a_trusted_address_is_never_locked_out() -> None:
    desk = Desk(Operator(token=Secret(TOKEN), trusted=TRUSTING.trusted))
    assert desk.statuses([*WRONG, None], "10.1.0.1") == [200] * 11


def test_a_lockout_is_told_in_the_log_without_token_and_address(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    desk.statuses([*WRONG, WRONG[0]])
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert WRONG[0] not in caplog.text
    assert STRANGER not in str(record.__dict__)


def test_what_is_remembered_of_wrong_tokens_is_bounded() -> None:
    attempts = Attempts(places=3)
    for place in ("a", "b", "a", "c", "d"):
        for _ in range(20):
            attempts.wrong(place, NOON)
    assert [attempts.wait(place, NOON) for place in "abcd"] == [60, 0, 60, 60]
    assert attempts.wrong("a", NOON) == 10


def test_a_clock_that_is_put_back_locks_nobody_out() -> None:
    attempts = Attempts()
    for _ in range(10):
        attempts.wrong("a", NOON)
    assert attempts.wait("a", NOON - timedelta(hours=1)) == 0


def test_without_an_address_all_count_as_one_place() -> None:
    assert place_of(None) == ""
    assert place_of(ip_address("10.0.0.1")) == "10.0.0.1"


def test_flask_s_own_request_will_do(room: Room) -> None:
    client = guarded_app(room, WITH_TOKEN).test_client()
    assert client.get("/desk").status_code == 401
    assert client.get(f"/desk?token={TOKEN}").data == client.get("/desk", headers=BEARER).data == b"for you\n"
    assert client.head("/desk", headers=BEARER).data == b""
    spoofed = guarded_app(room, TRUSTING).test_client()
    assert spoofed.get("/desk", environ_base={"REMOTE_ADDR": STRANGER, **CLAIMS}).status_code == 401
    assert spoofed.get("/desk", environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code == 200


CLAIMS = {"HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_REAL_IP": "127.0.0.1", "HTTP_FORWARDED": "for=127.0.0.1"}
PLACES = [
    "/",
    "/desk",
    "/feeds/all.atom",
    "/feeds/all.json",
    "/feeds/nowhere.atom",
    "/topics/the-thao",
    "/articles/abcdefgh22334455",
    "/opml",
    "/status",
    "/status/health.atom",
    "/api/v1/sources",
    "/api/v1/sources?verdict=none",
    "/api/v1/articles/abcdefgh22334455/explain",
    "/api/v1/articles/nothing/explain",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/nowhere",
    "//nowhere",
]


@pytest.mark.parametrize("path", PLACES)
def test_no_answer_and_no_log_holds_a_token_that_a_request_brings(
    room: Room, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    client: FlaskClient = guarded_app(room, WITH_TOKEN).test_client()
    for fails in (False, True):
        room.shelf.fail = fails
        for token in (TOKEN, TOKEN[::-1]):
            answer = client.get(
                f"{path}{'&' if '?' in path else '?'}token={token}", headers={"Authorization": f"Bearer {token}"}
            )
            assert token not in f"{answer.headers}{answer.text}"
            assert client.post(f"{path}?token={token}").status_code in {404, 405}
            assert token not in caplog.text + "".join(str(record.__dict__) for record in caplog.records)


def test_no_trace_of_an_error_holds_it(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Answer:
        raise ZeroDivisionError

    assert guarded_app(room, WITH_TOKEN, broken).test_client().get(f"/desk?token={TOKEN}").status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert TOKEN not in caplog.text
