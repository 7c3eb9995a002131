"""Documents joined of kept fragments: the same bytes as one written whole, and no article written twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from feedsvc.domain.article import Article, Paragraph
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.taxonomy import WhenEnded
from feedsvc.errors import UnknownFeed
from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.pipeline.assemble import Assembler
from feedsvc.pipeline.fitting import LARGEST
from feedsvc.pipeline.fragments import OVERHEAD, Fragments, Piece
from feedsvc.pipeline.joining import Joiner, bytes_of
from feedsvc.pipeline.setup import setup_of
from feedsvc.ports import Format
from tests.fakes.formats import FakeFormat
from tests.fakes.shelf import FakeShelf

from .newsroom import MERGED, SITE, draft, place, taxonomy_of, topic

NOON = datetime(2025, 6, 1, 5, tzinfo=UTC)
ARTS, SPORT, EVERYTHING = FeedKey(topic="arts"), FeedKey(topic="sport"), FeedKey()
LEFT = FeedKey(region="go-cong")
TAXONOMY = taxonomy_of(
    (topic("arts"), topic("sport")),
    (
        replace(place("go-cong", "Gò Công", None, until=MERGED, successors=("lua",)), when_ended=WhenEnded.GONE),
        place("lua", "Lúa", None),
    ),
)


def article(name: str, hours: int = 0, words: str = "Lời đầu.") -> Article:
    at = NOON + timedelta(hours=hours)
    return Article(
        id=name * 16,
        uri=f"tag:example.org,2026:a/{name * 16}",
        source="dai-ba-song",
        outlet="dai-ba-song",
        draft=replace(draft(f"Tin {name}", "Lời đầu.", at=at), key=name, content=(Paragraph(words),)),
        updated=at,
        fingerprint=words,
        labels=(),
    )


class Desk:
    """A shelf, and what joins its feeds."""

    def __init__(self, form: Format | None = None, budget: int = 64 * 1024 * 1024) -> None:
        self.shelf = FakeShelf()
        self.shelf.open(*setup_of(SITE, [], TAXONOMY, {}).feeds, at=NOON)
        self.fake = FakeFormat("fake", "text/plain")
        self.form = form or self.fake
        self.fragments = Fragments(budget)
        self.assembler = Assembler(SITE, TAXONOMY, {}, self.shelf)
        self.joiner = Joiner(self.assembler, self.shelf, self.form, self.fragments)

    def put(self, one: Article, *keys: FeedKey, at: datetime = NOON) -> None:
        self.shelf.put(one, *(keys or (EVERYTHING, ARTS)), at=at)

    def whole(self, key: FeedKey) -> bytes:
        return self.form.render(self.assembler.feed(key)).body


@pytest.mark.parametrize("form", [Atom(), Rss(), JsonFeed()], ids=lambda form: form.name)
def test_what_is_joined_is_what_is_written_whole(form: Format) -> None:
    desk = Desk(form)
    for number, name in enumerate("abc"):
        desk.put(article(name, number))
    one, body = desk.joiner.join(EVERYTHING)
    assert body == desk.whole(EVERYTHING) == bytes_of(desk.fragments, one)
    assert (one.media_type, one.updated, len(one.tag)) == (form.media_type, NOON, 32)


def test_an_article_is_written_once_however_many_feeds_hold_it() -> None:
    desk = Desk()
    desk.put(article("a"), EVERYTHING, ARTS, SPORT)
    for key in (EVERYTHING, ARTS, SPORT):
        assert desk.joiner.join(key)[1] == desk.whole(key)
    assert desk.fake.written == 1 + 3  # and thrice by writing it whole


def test_after_a_correction_only_the_article_is_written_anew() -> None:
    desk = Desk()
    for number, name in enumerate("abc"):
        desk.put(article(name, number))
    before, _ = desk.joiner.join(EVERYTHING)
    desk.put(replace(article("b", 1), draft=replace(article("b", 1).draft, title="Tin b, sửa")), at=NOON)
    written = desk.fake.written
    after, body = desk.joiner.join(EVERYTHING)
    assert desk.fake.written == written + 1
    assert "Tin b, sửa".encode() in body
    assert after.tag != before.tag


def test_the_same_feed_has_the_same_tag_whoever_joins_it() -> None:
    one, other = Desk(Atom()), Desk(Atom())
    for desk in (one, other):
        desk.put(article("a"))
        desk.put(article("b", 1))
    one.joiner.join(ARTS)
    assert one.joiner.join(EVERYTHING)[0].tag == other.joiner.join(EVERYTHING)[0].tag


def test_the_heaviest_go_out_in_short_as_in_a_feed_that_is_written_whole() -> None:
    desk = Desk(Atom())
    desk.put(article("a", 0, "dài " * (LARGEST // 5)))
    desk.put(article("b", 1, "rộng " * (LARGEST // 20)))
    _, body = desk.joiner.join(EVERYTHING)
    assert body == desk.whole(EVERYTHING)
    assert len(body) < LARGEST
    assert desk.joiner.join(EVERYTHING)[1] == body


def test_a_feed_that_has_ended_says_so() -> None:
    desk = Desk(Atom())
    desk.put(article("a"), LEFT, at=datetime(2025, 8, 1, tzinfo=UTC))
    one, body = desk.joiner.join(LEFT)
    assert body == desk.whole(LEFT) == bytes_of(desk.fragments, one)
    assert "đã kết thúc".encode() in body


def test_a_feed_that_nobody_configured_is_unknown() -> None:
    with pytest.raises(UnknownFeed):
        Desk().joiner.join(FeedKey(topic="nothing"))


def test_places_are_called_anew_once_their_names_change() -> None:
    desk = Desk()
    days = [date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 2)]
    before, after, later = map(desk.assembler.naming, days)
    assert before != after == later


def test_an_entry_that_cannot_be_written_is_left_out_and_not_tried_again() -> None:
    class Refusing(FakeFormat):
        def fragments(self, entries):  # type: ignore[no-untyped-def]
            return tuple(
                None if entry.title == "Tin a" else one for entry, one in zip(entries, super().fragments(entries))
            )

    form = Refusing("fake", "text/plain")
    desk = Desk(form)
    desk.put(article("a"))
    desk.put(article("b", 1))
    first, body = desk.joiner.join(EVERYTHING)
    assert body.splitlines()[1:] == [b"Tin b"]
    written = form.written
    assert desk.joiner.join(EVERYTHING)[0] == first
    assert form.written == written


def piece(name: str, size: int) -> Piece:
    return Piece(name, b"x" * size, b"", frozenset(), size, 0)


def test_fragments_that_nobody_asks_for_make_room_for_others() -> None:
    kept = Fragments(10 * (OVERHEAD + 100))
    kept.keep([piece("often", 100)])
    for number in range(40):
        kept.keep([piece(str(number), 100)])
        assert kept.find(["often"])[0] is not None
    assert kept.find(["0", "1"]) == [None, None]
    assert kept.find(["39"])[0] is not None


def test_fragments_that_fit_are_all_kept_in_whatever_order_they_are_asked_for() -> None:
    kept = Fragments(40 * (OVERHEAD + 100))
    numbers = [kept.keep([piece(str(number), 100)])[0].number for number in range(40)]
    for order in (numbers, numbers[::-1], numbers[::2] + numbers[1::2]):
        assert all(kept.numbered([number])[0] is not None for number in order)


def test_the_eldest_that_nobody_asks_for_goes_first_and_leaves_nothing_behind() -> None:
    kept = Fragments(10 * (OVERHEAD + 100))
    for number in range(200):
        kept.keep([piece(str(number), 100)])
    there = [number for number in range(200) if kept.find([str(number)])[0] is not None]
    assert there == list(range(190, 200))
    assert len(kept._names) == len(kept._young) + len(kept._old) == 10


def test_a_document_whose_fragments_were_let_go_of_has_no_bytes() -> None:
    desk = Desk(budget=2)
    desk.put(article("a"))
    one, body = desk.joiner.join(EVERYTHING)
    assert body == desk.whole(EVERYTHING)
    desk.fragments.keep([piece(str(number), 1) for number in range(3)])
    assert bytes_of(desk.fragments, one) is None
