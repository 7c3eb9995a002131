"""Gathering what one pass brings in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedsvc.domain.fetched import Request
from feedsvc.domain.passes import Claim
from feedsvc.domain.record import Hypertext, Parsed, RawRecord, WantedPicture
from feedsvc.domain.source import Cursor, Source
from feedsvc.pipeline.digests import Digests
from feedsvc.pipeline.harvest import BODY, World, harvest
from feedsvc.pipeline.languages import Languages
from feedsvc.pipeline.reader import PlainReader
from feedsvc.text.neutral import Neutral
from tests.fakes.kind import FakeFetcher, FakeKind
from tests.fakes.markup import FakeMarkup
from tests.fakes.media import FakeMedia

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SOURCE = Source(
    id="dai-thu", kind="fake", title="Đài Thử", outlet="dai-thu", language="vi", zone="UTC", every=timedelta(minutes=1)
)
PICTURE = WantedPicture("a.jpg", ("a", "a.jpg"), Request(address="fake:a.jpg"))
RECORD = RawRecord(key="k", title="Tin", content=Hypertext("<p>x</p>"), wants=(PICTURE,))
PARSED = Parsed(records=(RECORD,), held=1, cursor={"file/k": {"seen": 1}})
LANGUAGES = Languages({}, Neutral())
JPEG = b"\xff\xd8\xff picture"


def claim_of(cursor: Cursor) -> Claim:
    return Claim(source=SOURCE.id, holder="test", token=1, until=NOW, cursor=cursor)


def reader_of(kind: FakeKind) -> PlainReader:
    return PlainReader({"fake": kind}, LANGUAGES, FakeMarkup())


def test_a_picture_is_known_by_every_name_that_the_record_has_for_it() -> None:
    kind = FakeKind(PARSED)
    world = World(FakeFetcher(bodies={"fake:a.jpg": JPEG}), reader_of(kind), FakeMedia())
    gathered = harvest(kind, SOURCE, claim_of(Cursor()), world, Digests(SOURCE), accept_deletions=False, now=NOW)
    (record,) = gathered.records
    assert set(record.media) == {"a", "a.jpg"}
    assert gathered.cursor.advanced({BODY: None}).state == {"file/k": {"seen": 1}}


def test_a_picture_that_cannot_be_fetched_makes_the_next_pass_read_the_record_again() -> None:
    kind = FakeKind(PARSED)
    world = World(FakeFetcher(failing={"fake:a.jpg"}), reader_of(kind), FakeMedia())
    gathered = harvest(
        kind, SOURCE, claim_of(Cursor({"before": 1})), world, Digests(SOURCE), accept_deletions=False, now=NOW
    )
    (record,) = gathered.records
    assert record.media == {}
    assert gathered.cursor.advanced({BODY: None}).state == {"before": 1, "file/k": {"seen": 1}, "k": "again"}


def test_a_pass_that_takes_too_long_stops_and_the_next_one_goes_on_at_once() -> None:
    follow = tuple(Request(address=f"fake:{number}") for number in range(5))
    one = Parsed(records=(replace(RECORD, wants=()),))
    kind = FakeKind(Parsed(follow=follow), others={request.address: one for request in follow})
    minutes = iter(range(0, 600, 60))
    world = World(FakeFetcher(), reader_of(kind), FakeMedia(), monotonic=lambda: float(next(minutes)))
    gathered = harvest(kind, SOURCE, claim_of(Cursor()), world, Digests(SOURCE), accept_deletions=False, now=NOW)
    assert gathered.more
    assert 0 < len(gathered.records) < 5


def test_an_answer_that_says_the_same_is_not_read_again_and_its_version_is_remembered() -> None:
    kind = FakeKind(replace(PARSED, records=()))
    world = World(FakeFetcher(bodies={"fake:first": b"tin"}), reader_of(kind), FakeMedia())
    first = harvest(kind, SOURCE, claim_of(Cursor()), world, Digests(SOURCE), accept_deletions=False, now=NOW)
    kind.first = AssertionError("it is read again")
    second = harvest(kind, SOURCE, claim_of(first.cursor), world, Digests(SOURCE), accept_deletions=False, now=NOW)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert second.cursor.state == {**first.cursor.state, "passed over": True}
