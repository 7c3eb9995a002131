"""Documents are made once a change, shared by all, bounded, and outlive the store's absence."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from time import sleep

import brotli
import pytest

from feedsvc.domain.feed import FeedKey
from feedsvc.errors import StoreError, UnknownFeed
from feedsvc.web.remembered import Place
from feedsvc.web.representations import Representations
from feedsvc.web.states import FeedStates
from feedsvc.web.wholes import Whole, represent

from .room import ALL, DELTA, NOON, SPORT, Room, an_article


class Maker:
    """Makes documents of `size` bytes; `gate` holds it up, `error` fails it."""

    def __init__(self, size: int = 100) -> None:
        self.made: list[Place] = []
        self.size = size
        self.error: Exception | None = None
        self.gate = Event()
        self.gate.set()

    def __call__(self, place: Place, dated_apart: bool) -> Whole:
        self.gate.wait(5)
        self.made.append(place)
        if self.error:
            raise self.error
        tag = f"tag{len(self.made)}"
        return Whole("text/plain", {"identity": b"x" * self.size}, tag, dated_apart=dated_apart)


def test_a_document_is_made_again_only_after_a_change(room: Room) -> None:
    maker = Maker()
    kept = Representations(FeedStates(room.shelf), maker)
    first = kept.of((ALL, "atom"))
    assert kept.of((ALL, "atom")) is first
    room.put(an_article("other"))
    assert kept.of((ALL, "atom")) is not first
    assert len(maker.made) == 2


def test_a_document_is_not_made_again_while_another_configuration_is_about_to_be_taken_over(room: Room) -> None:
    maker, overtaken = Maker(), False
    kept = Representations(FeedStates(room.shelf), maker, overtaken=lambda: overtaken)
    first = kept.of((ALL, "atom"))
    overtaken = True
    room.put(an_article("other"))
    assert kept.of((ALL, "atom")) is first
    overtaken = False
    assert kept.of((ALL, "atom")) is not first
    assert len(maker.made) == 2


def test_what_is_made_while_another_configuration_takes_effect_is_not_kept(room: Room) -> None:
    maker = Maker()
    answers = iter([True, False])
    kept = Representations(FeedStates(room.shelf), maker, overtaken=lambda: next(answers))
    assert kept.of((ALL, "atom")).tag == "tag1"
    assert kept.of((ALL, "atom")).tag == "tag2", "nothing was there before, so that one had to do"


def test_what_was_there_before_is_served_instead_of_what_is_made_meanwhile(room: Room) -> None:
    answers = iter([False, False, True, False, False])
    kept = Representations(FeedStates(room.shelf), Maker(), overtaken=lambda: next(answers))
    first = kept.of((ALL, "atom"))
    room.put(an_article("other"))
    assert kept.of((ALL, "atom")) is first
    assert kept.of((ALL, "atom")).tag == "tag3"


def test_many_requests_for_a_cold_document_make_it_once(room: Room) -> None:
    maker = Maker()
    maker.gate.clear()
    kept = Representations(FeedStates(room.shelf), maker)
    ready = Barrier(9)

    def ask() -> Whole:
        ready.wait(5)
        return kept.of((ALL, "atom"))

    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask) for _ in range(8)]
        ready.wait(5)
        sleep(0.05)
        maker.gate.set()
        answers = {id(one.result(5)) for one in asking}
    assert len(answers) == len(maker.made) == 1


def test_a_failure_reaches_everyone_and_the_next_request_tries_again(room: Room) -> None:
    maker = Maker()
    maker.error = StoreError("away")
    kept = Representations(FeedStates(room.shelf), maker)
    with pytest.raises(StoreError):
        kept.of((ALL, "atom"))
    maker.error = None
    assert kept.of((ALL, "atom")).bodies


@pytest.mark.parametrize("error", [StoreError("away"), ValueError("cannot be rendered")])
def test_a_failed_build_keeps_the_last_good_document(room: Room, error: Exception) -> None:
    maker = Maker()
    kept = Representations(FeedStates(room.shelf), maker)
    good = kept.of((ALL, "atom"))
    room.put(an_article("other"))
    maker.error = error
    assert kept.of((ALL, "atom")) is good


def test_the_last_good_document_is_served_while_the_store_is_away(room: Room) -> None:
    kept = Representations(FeedStates(room.shelf), Maker())
    good = kept.of((ALL, "atom"))
    room.shelf.fail = True
    assert kept.of((ALL, "atom")) is good
    with pytest.raises(StoreError):
        kept.of((ALL, "rss"))


def test_a_feed_that_is_configured_no_more_is_forgotten(room: Room) -> None:
    kept = Representations(FeedStates(room.shelf), Maker())
    kept.of((DELTA, "atom"))
    room.shelf.close(DELTA)
    with pytest.raises(UnknownFeed):
        kept.of((DELTA, "atom"))
    room.shelf.fail = True
    with pytest.raises(StoreError):
        kept.of((DELTA, "atom"))


def test_a_feed_that_cannot_be_assembled_is_unknown_even_with_an_old_document(room: Room) -> None:
    maker = Maker()
    kept = Representations(FeedStates(room.shelf), maker)
    kept.of((DELTA, "atom"))
    room.put(an_article("other"))
    maker.error = UnknownFeed("regions/dong-thap")
    with pytest.raises(UnknownFeed):
        kept.of((DELTA, "atom"))


def test_the_least_recently_asked_for_goes_first(room: Room) -> None:
    maker = Maker(size=40)
    kept = Representations(FeedStates(room.shelf), maker, budget=100)
    for key in (ALL, SPORT, ALL, DELTA, ALL):
        kept.of((key, "atom"))
    assert maker.made == [(ALL, "atom"), (SPORT, "atom"), (DELTA, "atom")]
    kept.of((SPORT, "atom"))
    assert maker.made[3:] == [(SPORT, "atom")]


def test_a_document_over_the_budget_is_served_but_not_kept(room: Room) -> None:
    maker = Maker(size=101)
    kept = Representations(FeedStates(room.shelf), maker, budget=100)
    for _ in range(2):
        assert kept.of((FeedKey(), "atom")).size == 101
    assert len(maker.made) == 2


def test_the_same_body_gives_the_same_bytes_and_tags() -> None:
    one, two = (represent("text/plain", b"abc" * 100, NOON + timedelta(microseconds=7)) for _ in range(2))
    assert one == two
    assert gzip.decompress(one.bodies["gzip"]) == brotli.decompress(one.bodies["br"]) == one.bodies["identity"]
    assert one.modified == NOON
    assert len({one.etags(coding)[0] for coding in one.bodies}) == 3


def test_every_coding_counts_in_the_memory_that_a_document_takes() -> None:
    made = represent("text/plain", b"abc" * 100)
    assert made.size == sum(len(body) for body in made.bodies.values()) > 300
