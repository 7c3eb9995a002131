"""What every store says of feeds: what they hold, and when their documents moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import FeedState
from tests.contracts.samples import ALL, DAY, HUE, NOW, SETUP, SPORT, SPORT_IN_HUE, WINDOW, Desk, Store, placed, topic


def seq(desk: Desk, key: FeedKey) -> int:
    state = desk.store.feed(key)
    assert state is not None
    return state.changed_seq


def test_a_new_feed_is_as_old_as_its_configuration(store: Store) -> None:
    assert store.feed(SPORT) == FeedState(changed_at=NOW, changed_seq=0)
    assert store.newest(SPORT, 50) == ()


def test_a_feed_that_is_not_configured_does_not_exist(store: Store) -> None:
    assert store.feed(FeedKey(topic="nothing")) is None
    assert store.feed(FeedKey(topic="\udcff")) is None


def test_the_newest_come_first_and_ties_by_id(desk: Desk) -> None:
    desk.run(*(placed(name, at=at) for name, at in [("a", 1), ("b", 3), ("c", 2), ("d", 2)]))
    desk.let_go()
    found = desk.store.newest(ALL, 3)
    assert [(one.published, one.id) for one in found] == sorted(
        ((one.published, one.id) for one in desk.store.newest(ALL, 50)), reverse=True
    )[:3]
    assert found[0].draft.key == "b"


def test_only_the_feeds_that_hold_the_article_move(desk: Desk) -> None:
    changes = desk.run(placed("a", ALL, SPORT))
    assert changes.feeds == {ALL, SPORT}
    assert desk.store.feed(SPORT) == FeedState(changed_at=desk.now, changed_seq=1)
    assert desk.store.feed(HUE) == FeedState(changed_at=NOW, changed_seq=0)


def test_feeds_that_are_not_configured_keep_entries_and_move_nothing(desk: Desk) -> None:
    hidden = FeedKey(topic="hidden")
    assert desk.run(placed("a", ALL, hidden)).feeds == {ALL}
    desk.store.configure(replace(SETUP, feeds=frozenset({ALL, hidden})), desk.now)
    assert desk.names(hidden) == ["a"]


def test_an_article_too_old_to_show_moves_no_document(desk: Desk) -> None:
    desk.run(placed("old", at=0), *(placed(f"n{number}", at=10 + number) for number in range(WINDOW)))
    desk.let_go()
    before = seq(desk, ALL)
    assert desk.run(placed("old", at=0, labels=[topic("sport")])).feeds == frozenset()
    assert desk.run(gone=["old"]).feeds == frozenset()
    assert seq(desk, ALL) == before


def test_an_article_that_leaves_lets_an_older_one_in(desk: Desk) -> None:
    desk.run(*(placed(f"n{number}", at=number) for number in range(5)))
    desk.let_go()
    assert desk.run(gone=["n4"]).feeds == {ALL, DAY}
    assert desk.names(limit=3) == ["n3", "n2", "n1"]
    assert desk.run(gone=["n0"]).feeds == frozenset()


def test_a_shown_label_moves_every_document_of_the_article_and_a_mere_reason_none(desk: Desk) -> None:
    desk.run(placed("a", ALL, DAY, labels=[topic("sport", why="bóng đá")]))
    reason = desk.run(placed("a", ALL, DAY, labels=[topic("sport", why="đội tuyển")]))
    assert (reason.seq, reason.feeds) == (2, frozenset())
    assert desk.run(placed("a", ALL, DAY, labels=[topic("art")])).feeds == {ALL, DAY}


def test_the_time_of_a_change_never_goes_back(desk: Desk) -> None:
    desk.run(placed("a"))
    last = desk.now
    desk.now = NOW - timedelta(hours=2)
    assert desk.run(placed("b")).feeds == {ALL, DAY}
    assert desk.store.feed(ALL) == FeedState(changed_at=last, changed_seq=2, shared_second=True)


def test_two_changes_within_one_second_are_told_apart(desk: Desk) -> None:
    desk.run(placed("a"))
    second = desk.now
    desk.now = NOW - timedelta(hours=2)
    desk.run(placed("b"))
    state = desk.store.feed(ALL)
    assert state is not None
    assert state.shared_second
    desk.now = second + timedelta(hours=1)
    desk.run(placed("c"))
    state = desk.store.feed(ALL)
    assert state is not None
    assert not state.shared_second


def test_another_presentation_moves_every_document(desk: Desk) -> None:
    desk.run(placed("a"))
    later = desk.now + timedelta(hours=1)
    desk.store.configure(replace(SETUP, presentation="second"), later)
    assert {desk.store.feed(key) for key in (ALL, SPORT, HUE)} == {FeedState(changed_at=later, changed_seq=2)}
    desk.store.configure(replace(SETUP, presentation="second"), later + timedelta(hours=1))
    assert seq(desk, ALL) == 2
    desk.store.configure(replace(SETUP, presentation="second", window=5), later)
    assert seq(desk, ALL) == 3


def test_a_feed_taken_out_of_the_configuration_comes_back_with_its_entries(desk: Desk) -> None:
    desk.run(placed("a", ALL, SPORT))
    desk.store.configure(replace(SETUP, feeds=frozenset({ALL, SPORT_IN_HUE})), desk.now)
    assert desk.store.feed(SPORT) is None
    assert desk.run(placed("b", ALL, SPORT)).feeds == {ALL}
    later = desk.now + timedelta(minutes=5)
    desk.store.configure(SETUP, later)
    assert desk.store.feed(SPORT) == FeedState(changed_at=later, changed_seq=4)
    assert sorted(desk.names(SPORT)) == ["a", "b"]
    assert seq(desk, ALL) == 3
