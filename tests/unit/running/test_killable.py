"""T08, T09, T21: what a bomb can take with it is its worker, and a worker is nothing."""

from __future__ import annotations

import gc
import os
import pickle
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from feedsvc.domain.article import Draft
from feedsvc.domain.fetched import FailureKind, Fetched, Listing, Request
from feedsvc.domain.record import Hypertext, Parsed, RawRecord, Rejection
from feedsvc.domain.source import Cursor, Source
from feedsvc.errors import ReaderBusy, Unreadable
from feedsvc.running import killable, wire
from feedsvc.running.killable import TOO_MANY_DEATHS, KillableReader, Patience
from tests.unit.running.bombs import AT, HOARD, Obedient

pytestmark = pytest.mark.slow

SOURCE = Source(id="bao", kind="fake", title="Báo", outlet="bao", language="vi", zone="UTC", every=timedelta(minutes=1))
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
BUDGET = "reading it took more processor time than any honest one takes"


@pytest.fixture
def reader() -> Iterator[KillableReader]:
    made = reader_with()
    yield made
    made.close()


def reader_with(patience: Patience = Patience(), most: int = 8) -> KillableReader:  # noqa: B008
    return KillableReader("tests.unit.running.bombs:obedient", Obedient(), patience, most)


def answer(order: str) -> Fetched:
    return Fetched(request=Request(address="https://bao.example/"), at=NOW, body=order.encode())


def parse(reader: KillableReader, order: str = "") -> Parsed:
    return reader.parse(SOURCE, answer(order))


def understand(reader: KillableReader, *orders: str) -> tuple[Draft | Rejection, ...]:
    records = [RawRecord(key=str(place), title=order, content=Hypertext("")) for place, order in enumerate(orders)]
    return reader.understand(SOURCE, records, NOW)


def outcomes(read: tuple[Draft | Rejection, ...]) -> list[str]:
    return [one.reason if isinstance(one, Rejection) else one.title for one in read]


def test_an_answer_is_read_in_another_process_the_same_one_each_time(reader: KillableReader) -> None:
    first, second = parse(reader, "một"), parse(reader, "hai")
    assert (first.cursor["order"], second.cursor["order"]) == ("một", "hai")
    assert first.cursor["pid"] == second.cursor["pid"] != os.getpid()


def test_a_worker_that_keeps_much_memory_is_let_go(reader: KillableReader) -> None:
    first, second = parse(reader, "hoard"), parse(reader)
    assert first.cursor["pid"] != second.cursor["pid"]


def test_a_worker_is_not_taken_to_be_as_large_as_whoever_started_it(reader: KillableReader) -> None:
    large = b"x" * HOARD
    first, second = parse(reader), parse(reader)
    assert first.cursor["pid"] == second.cursor["pid"]
    assert large


def test_a_worker_knows_nothing_of_the_environment(reader: KillableReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDSVC_DATABASE_URL", "secret")
    names = parse(reader).cursor["environment"]
    assert isinstance(names, str)
    assert "PATH" in names
    assert "FEEDSVC_DATABASE_URL" not in names


def test_a_listing_is_read_here(reader: KillableReader) -> None:
    listing = Listing(request=Request(address="folder:a"), at=NOW, files=())
    assert reader.parse(SOURCE, listing).cursor["pid"] == os.getpid()


def test_drafts_come_back_as_they_were_made(reader: KillableReader) -> None:
    made = Draft(
        key="0", title="tin", summary="", content=(), published=AT, dated_by="", language="vi", authors=("Ánh",)
    )
    assert understand(reader, "tin") == (made,)


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("refuse", "it is refused"),
        ("spin", BUDGET),
        ("crash", "what read it ended by signal 11"),
        ("leave", "what read it ended by exit code 9"),
        ("kill", "what read it ended by signal 9"),
        ("swell", "reading it took more than 1024 MiB of memory"),
    ],
)
def test_an_answer_that_cannot_be_read_says_why_and_the_next_one_is_read(
    reader: KillableReader, order: str, why: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(reader, order)
    assert str(caught.value) == why
    assert parse(reader, "sau").cursor["order"] == "sau"


def test_an_answer_that_hangs_is_given_up() -> None:
    reader = reader_with(Patience(answer=1.0))
    parse(reader)
    with pytest.raises(Unreadable, match="too long"):
        parse(reader, "sleep")
    reader.close()


def test_one_bad_record_costs_one_record(reader: KillableReader) -> None:
    read = understand(reader, "một", "spin", "hai", "refuse", "crash", "ba")
    expected = ["một", BUDGET, "hai", "it is refused", "what read it ended by signal 11", "ba"]
    assert outcomes(read) == expected
    assert [one.key for one in read] == list("012345")


def test_a_record_that_wants_all_memory_costs_itself(reader: KillableReader) -> None:
    first, second = understand(reader, "swell", "hai")
    assert isinstance(first, Rejection)
    assert isinstance(second, Draft)


def test_an_answer_full_of_bombs_is_given_up(reader: KillableReader) -> None:
    read = understand(reader, "một", *["leave"] * 5, "hai")
    assert outcomes(read) == ["một", *["what read it ended by exit code 9"] * 3, *[TOO_MANY_DEATHS] * 3]


def test_what_a_reader_prints_does_not_come_among_the_answers(
    reader: KillableReader, capfd: pytest.CaptureFixture[str]
) -> None:
    assert parse(reader, "print").cursor["order"] == "print"


def test_many_are_read_at_once_and_a_slow_one_keeps_nobody_waiting(reader: KillableReader) -> None:
    parse(reader)
    with ThreadPoolExecutor(8) as pool:
        slow = [pool.submit(parse, reader, "spin") for _ in range(4)]
        started = time.monotonic()
        assert [parse(reader, str(number)).cursor["order"] for number in range(20)] == [str(n) for n in range(20)]
        assert time.monotonic() - started < 10
        assert all(isinstance(one.exception(), Unreadable) for one in slow)


def test_a_call_waits_for_a_worker_and_not_for_ever() -> None:
    reader = reader_with(Patience(answer=1.0, worker=0.2), most=1)
    parse(reader)
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(parse, reader, "sleep")
        time.sleep(0.1)
        with pytest.raises(ReaderBusy, match="no worker was free"):
            parse(reader)
        assert isinstance(hanging.exception(), Unreadable)
    reader.close()


def test_more_workers_are_started_only_when_the_usual_ones_are_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(killable, "USUAL_WORKERS", 1)
    monkeypatch.setattr(killable, "SOON", 0.2)
    reader = reader_with(Patience(answer=3.0))
    with ThreadPoolExecutor(4) as pool:
        quick = pool.map(lambda number: parse(reader, str(number)).cursor["pid"], range(12))
        assert len(set(quick)) == 1
        hanging = pool.submit(parse, reader, "sleep")
        time.sleep(0.1)
        assert parse(reader).cursor["pid"] != 0
        assert isinstance(hanging.exception(), Unreadable)
    reader.close()


def test_while_workers_start_no_more_are_started_than_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(killable, "USUAL_WORKERS", 2)
    monkeypatch.setattr(killable, "SOON", 0.01)
    reader = reader_with()
    with ThreadPoolExecutor(8) as pool:
        first = list(pool.map(lambda number: parse(reader, str(number)).cursor["pid"], range(8)))
    assert len(set(first)) <= 4, "two that start, and maybe one after the other where these have calls enough"
    reader.close()


def test_a_reader_that_is_closed_starts_nothing_for_those_who_wait() -> None:
    reader = reader_with(Patience(answer=2.0), most=1)
    parse(reader)
    with ThreadPoolExecutor(4) as pool:
        hanging = pool.submit(parse, reader, "sleep")
        time.sleep(0.2)
        waiting = [pool.submit(parse, reader) for _ in range(3)]
        time.sleep(0.2)
        reader.close()
        assert all(isinstance(one.exception(1.5), ReaderBusy) for one in waiting)
        assert isinstance(hanging.exception(), Unreadable)


def test_nothing_is_left_after_many_deaths(reader: KillableReader) -> None:
    parse(reader)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(10):
        with pytest.raises(Unreadable):
            parse(reader, "leave")
    parse(reader)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_worker_ends_with_whoever_asks_it() -> None:
    reader = reader_with()
    pid = parse(reader).cursor["pid"]
    reader.close()
    del reader
    gc.collect()
    assert not os.path.exists(f"/proc/{pid}")


class Calling:
    """A pickle of it calls whatever it likes."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("echo called",)


@pytest.mark.parametrize("value", [Calling(), os.path.join, ("record", Calling()), pickle.Pickler])
def test_a_worker_cannot_make_the_process_call_anything(value: object) -> None:
    with pytest.raises(wire.Closed, match="cannot be understood"):
        wire.unpacked(wire.packed(value))


def test_an_enumeration_comes_through_without_a_call() -> None:
    body = wire.packed(FailureKind.GONE)
    assert b"getattr" not in body
    assert wire.unpacked(body) is FailureKind.GONE


def test_values_of_the_domain_come_through() -> None:
    value = Parsed(cursor=MappingProxyType({"a": 1}), records=(RawRecord(key="k", title="t", content=Hypertext("")),))
    assert wire.unpacked(wire.packed(value)) == value
    cursor = Request(address="a", cursor=Cursor({"x": [1, None]}))
    assert wire.unpacked(wire.packed(cursor)) == cursor
