"""What every Ledger does with a pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.domain.passes import Change, ChangeKind, Outcome, RecordState
from feedsvc.domain.record import Rejection
from feedsvc.domain.setup import Asked
from feedsvc.domain.source import Cursor, Json
from feedsvc.errors import StoreError
from tests.contracts.samples import ALL, HUE, LEASE, NOW, SETUP, SPORT, Desk, Store, ident, placed, topic


def kinds(changes: tuple[Change, ...]) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.article) for change in changes]


def test_a_new_article_is_read_back_as_it_was(desk: Desk) -> None:
    one = placed("a", ALL, SPORT, labels=[topic("sport"), topic("news", derived=True)])
    changes = desk.run(one)
    assert kinds(changes.changes) == [(ChangeKind.NEW, ident("a"))]
    assert changes.seq == 1
    assert desk.store.article(ident("a")) == one.article
    shown = tuple(replace(label, reason=()) for label in one.article.labels)
    assert desk.store.newest(SPORT, 5) == (replace(one.article, labels=shown),)
    assert not desk.store.withdrawn(ident("a"))


def test_an_article_that_was_never_published_is_neither_there_nor_withdrawn(store: Store) -> None:
    assert store.article("nothing") is None
    assert not store.withdrawn("nothing")
    assert store.article("\udcff") is None


def test_the_same_article_again_changes_nothing_and_consumes_no_seq(desk: Desk) -> None:
    desk.run(placed("a", labels=[topic("sport")]))
    again = desk.run(placed("a", labels=[topic("sport")]))
    assert (again.seq, again.changes, again.feeds, again.stored) == (1, (), frozenset(), True)
    assert desk.run(placed("b")).seq == 2


def test_a_correction_keeps_what_never_moves(desk: Desk) -> None:
    desk.run(placed("a", at=5))
    moved = placed("a", at=9, words="corrected")
    wrong = replace(moved, article=replace(moved.article, uri="tag:elsewhere"))
    assert kinds(desk.run(wrong).changes) == [(ChangeKind.CORRECTED, ident("a"))]
    stored = desk.store.article(ident("a"))
    assert stored is not None
    assert stored.draft.summary == "corrected"
    assert stored.published == NOW + timedelta(minutes=5)
    assert stored.uri == placed("a").article.uri
    assert desk.names() == ["a"]


def test_other_labels_or_feeds_alone_are_a_relabelling(desk: Desk) -> None:
    desk.run(placed("a", ALL, labels=[topic("sport"), topic("news")]))
    changes = desk.run(placed("a", ALL, HUE, labels=[topic("news"), topic("art")]))
    assert kinds(changes.changes) == [(ChangeKind.RELABELLED, ident("a"))]
    stored = desk.store.article(ident("a"))
    assert stored is not None
    assert {label.slug for label in stored.labels} == {"news", "art"}
    assert desk.names(HUE) == ["a"]


def test_what_is_gone_leaves_every_feed_and_is_still_known(desk: Desk) -> None:
    desk.run(placed("a", ALL, SPORT), placed("b"))
    changes = desk.run(gone=["a", "never seen"])
    assert kinds(changes.changes) == [(ChangeKind.WITHDRAWN, ident("a"))]
    assert desk.names() == ["b"]
    assert desk.names(SPORT) == []
    assert desk.store.withdrawn(ident("a"))
    assert desk.store.article(ident("a")) == placed("a").article
    assert desk.store.known("day", ["a"])["a"].state is RecordState.WITHDRAWN_BY_SOURCE
    assert desk.run(gone=["a"]).changes == ()


def test_what_comes_back_is_new_under_its_old_identity(desk: Desk) -> None:
    desk.run(placed("a", at=1))
    desk.run(gone=["a"])
    changes = desk.run(placed("a", at=7))
    assert kinds(changes.changes) == [(ChangeKind.NEW, ident("a"))]
    assert not desk.store.withdrawn(ident("a"))
    assert desk.store.known("day", ["a"])["a"].state is RecordState.LIVE
    assert [article.published for article in desk.store.newest(ALL, 5)] == [NOW + timedelta(minutes=1)]


def test_what_came_in_a_pass_is_not_gone_in_it(desk: Desk) -> None:
    desk.run(placed("a"))
    assert desk.run(placed("a", words="corrected"), gone=["a"]).count(ChangeKind.WITHDRAWN) == 0
    assert desk.names() == ["a"]
    assert desk.store.known("day", ["a"])["a"].state is RecordState.LIVE


def test_known_tells_what_must_not_move(desk: Desk) -> None:
    desk.run(placed("a", at=3, words="w"))
    [(key, known)] = desk.store.known("day", ["a", "b"]).items()
    assert key == "a"
    assert (known.article, known.uri) == (ident("a"), placed("a").article.uri)
    assert (known.fingerprint, known.dated_by, known.state) == ("w", "the test", RecordState.LIVE)
    assert known.published == known.updated == NOW + timedelta(minutes=3)
    assert desk.store.known("night", ["a"]) == {}


def test_keys_and_reasons_that_utf8_cannot_hold_cost_nothing(desk: Desk) -> None:
    key, long = "\udcff.txt", "x" * 5000
    changes = desk.run(placed(key), placed(long), rejections=[Rejection("\udcfe.txt", "name \udcfe")])
    assert changes.count(ChangeKind.NEW) == 2
    assert set(desk.store.known("day", [key, long])) == {key, long}
    assert desk.names() == sorted([key, long], key=ident, reverse=True)
    assert desk.run(gone=[long]).count(ChangeKind.WITHDRAWN) == 1


def test_an_old_claim_stores_nothing(desk: Desk) -> None:
    late = desk.done(placed("late"))
    desk.now += 2 * LEASE
    newer = desk.done(placed("newer"))
    refused = desk.store.commit(late)
    assert (refused.stored, refused.seq, refused.changes) == (False, 0, ())
    assert desk.names() == []
    assert desk.store.commit(newer).stored
    assert not desk.store.commit(newer).stored, "a pass is stored once"
    assert desk.names() == ["newer"]


def test_a_claim_that_ran_out_unnoticed_still_stores(desk: Desk) -> None:
    done = desk.done(placed("a"))
    assert desk.store.commit(replace(done, started=NOW + 5 * LEASE)).stored


def test_a_pass_over_a_source_taken_out_meanwhile_stores_nothing(desk: Desk) -> None:
    done = desk.done(placed("a"))
    desk.store.configure(replace(SETUP, sources={"night": Asked("night")}), NOW)
    assert not desk.store.commit(done).stored
    desk.store.configure(SETUP, NOW)
    assert not desk.store.commit(done).stored
    assert desk.names() == []


def test_a_pass_leaves_its_cursor_and_its_verdict(desk: Desk) -> None:
    state: dict[str, Json] = {"seen": {"\udcff.txt": [1, 2.5, None, True]}, "etag": "đ"}
    done = replace(desk.done(), cursor=Cursor(state), message="fine", rejections=(Rejection("k", "no title"),))
    desk.store.commit(done)
    status = next(one for one in desk.store.statuses() if one.source == "day")
    assert (status.last_pass, status.last_success, status.last_outcome) == (NOW, NOW, Outcome.CHANGED)
    assert (status.last_message, status.rejections) == ("fine", (Rejection("k", "no title"),))
    assert status.next_poll == NOW + timedelta(minutes=10)
    assert desk.claim().cursor == Cursor(state)


def test_a_failure_keeps_the_last_success(desk: Desk) -> None:
    desk.run(placed("a", at=4), placed("gone", at=9))
    desk.run(gone=["gone"], rejections=[Rejection("k", "no title")])
    good = desk.now
    desk.now += timedelta(minutes=1)
    desk.store.commit(replace(desk.done(), outcome=Outcome.FETCH_FAILED, message="away"))
    status = next(one for one in desk.store.statuses() if one.source == "day")
    assert (status.last_success, status.last_pass, status.last_message) == (good, desk.now, "away")
    assert (status.articles, status.newest_item) == (1, NOW + timedelta(minutes=4))
    assert status.rejections == ()


def test_a_pass_that_cannot_be_written_leaves_nothing_behind(desk: Desk) -> None:
    broken = placed("b")
    broken = replace(broken, article=replace(broken.article, fingerprint="\udcff"))
    done = desk.done(placed("a"), broken)
    with pytest.raises(StoreError):
        desk.store.commit(done)
    assert desk.names() == []
    assert desk.store.known("day", ["a"]) == {}
    assert desk.store.commit(replace(done, articles=(placed("a"),))).seq == 1


def test_a_pass_whose_labels_are_of_another_configuration_is_not_stored_and_keeps_its_claim(desk: Desk) -> None:
    desk.store.commit(replace(desk.done(placed("a")), labelling=SETUP.digest))
    done = replace(desk.done(placed("b"), gone=["a"]), labelling="an older one")
    refused = desk.store.commit(done)
    assert (refused.stored, refused.outdated, refused.changes) == (False, True, ())
    assert desk.names() == ["a"]
    assert desk.store.commit(replace(done, labelling=SETUP.digest)).stored
    assert desk.names() == ["b"]


def test_a_pass_without_articles_is_of_no_configuration(desk: Desk) -> None:
    desk.run(placed("a"))
    assert desk.store.commit(replace(desk.done(gone=["a"]), labelling="an older one")).stored
    assert desk.names() == []
