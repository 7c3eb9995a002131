"""What every store says of documents by name and version, and of the feeds that changed."""

from __future__ import annotations

from dataclasses import replace

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.shown import Shown
from tests.contracts.samples import ALL, DAY, HUE, SETUP, SPORT, WINDOW, Desk, ident, placed, topic


def test_what_is_shown_is_the_newest_in_their_order_each_in_its_version(desk: Desk) -> None:
    for number, name in enumerate("abcd"):
        desk.run(placed(name, at=number))
    desk.run(placed("c", at=2, words="as corrected"))
    shown = desk.store.shown(ALL, 50)
    assert [one.article for one in shown] == [one.id for one in desk.store.newest(ALL, 50)]
    assert shown == (Shown(ident("d"), 4), Shown(ident("c"), 5), Shown(ident("b"), 2), Shown(ident("a"), 1))


def test_an_article_that_came_late_is_shown_too(desk: Desk) -> None:
    desk.run(*(placed(f"n{number}", at=10 + number) for number in range(WINDOW)))
    desk.run(placed("old", at=0))
    names = [one.article for one in desk.store.shown(ALL, WINDOW)]
    assert names == [one.id for one in desk.store.newest(ALL, WINDOW)]
    assert names[-1] == ident("old")


def test_a_version_is_another_once_labels_are(desk: Desk) -> None:
    desk.run(placed("a", ALL, SPORT))
    (before,) = desk.store.shown(ALL, 50)
    desk.run(placed("a", ALL, SPORT, labels=[topic("sport")]))
    (after,) = desk.store.shown(ALL, 50)
    assert after.article == before.article
    assert after.version > before.version


def test_nothing_is_shown_in_a_feed_that_nobody_configured(desk: Desk) -> None:
    assert desk.store.shown(FeedKey(topic="\udcff"), 50) == ()


def test_articles_are_found_by_name_whole_and_those_that_are_not_there_are_left_out(desk: Desk) -> None:
    desk.run(placed("a"), placed("b"))
    found = desk.store.articles([ident("b"), ident("a"), ident("nobody"), "\udcff"])
    assert found == {one.id: one for one in desk.store.newest(ALL, 50)}


def test_at_first_every_configured_feed_has_changed(desk: Desk) -> None:
    found = desk.store.changes_after(-1)
    assert found.states == {key: desk.store.feed(key) for key in SETUP.feeds}


def test_only_what_changed_after_a_seq_is_told(desk: Desk) -> None:
    desk.run(placed("a", ALL, SPORT))
    seq = desk.store.changes_after(-1).seq
    assert desk.store.changes_after(seq).states == {}
    desk.run(placed("b", ALL, HUE))
    found = desk.store.changes_after(seq)
    assert found.seq == seq + 1
    assert found.states == {ALL: desk.store.feed(ALL), HUE: desk.store.feed(HUE)}
    assert desk.store.changes_after(found.seq).states == {}


def test_a_feed_that_was_taken_out_of_the_configuration_has_changed(desk: Desk) -> None:
    desk.run(placed("a", ALL, SPORT, DAY))
    seq = desk.store.changes_after(-1).seq
    desk.store.configure(replace(SETUP, feeds=SETUP.feeds - {SPORT}), desk.now)
    assert desk.store.changes_after(seq).states == {SPORT: None}
    assert SPORT not in desk.store.changes_after(-1).states
