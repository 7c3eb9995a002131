"""Backups of every store: what comes back, and what never goes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.history import Beat
from feedsvc.domain.passes import FeedState, Pass
from feedsvc.domain.record import Rejection
from feedsvc.domain.rhythm import VerdictKind
from feedsvc.domain.setup import Asked
from feedsvc.errors import ApplyLost, BackupFailed
from feedsvc.storage.backing import back_up
from feedsvc.storage.changing import current_seq
from feedsvc.storage.schema import ledger
from feedsvc.storage.store import open_store
from tests.contracts.backups import Archive, rows
from tests.contracts.samples import ALL, DAY, HUE, LEASE, NOW, SETUP, SPORT, Desk, Store, applied, placed, topic

HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A desk at another store, a SQLite file, that has seen much more."""
    store = open_store(f"sqlite:///{tmp_path / 'other' / 'feeds.db'}")
    store.configure(SETUP, NOW)
    desk = Desk(store)
    for name in "wxyz":
        desk.run(placed(name))
    yield desk
    store.close()


class Busy:
    """A database in which a pass ends as soon as a snapshot was taken."""

    def __init__(self, store: Store, ending: Pass) -> None:
        self.name = store.database.name
        self._store = store
        self._ending = ending

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._store.database.reading() as connection:
            current_seq(connection)
            self._store.commit(self._ending)
            yield connection

    def asking(self) -> AbstractContextManager[Connection]:
        return self._store.database.asking()

    def writing(self) -> AbstractContextManager[Connection]:
        return self._store.database.writing()

    def claiming(self) -> AbstractContextManager[Connection]:
        return self._store.database.claiming()

    def settle(self) -> None: ...

    def shrink(self, most: int) -> int:
        raise NotImplementedError

    def close(self) -> None: ...


def filled(desk: Desk) -> None:
    """Articles with labels, one corrected, one withdrawn, and passes with rejections."""
    desk.run(placed("a", ALL, DAY, SPORT, labels=[topic("sport")]), placed("b", at=1), placed("c", at=2))
    desk.run(placed("a", ALL, DAY, SPORT, words="told better", labels=[topic("sport", why="đá banh")]), gone=["c"])
    desk.run(rejections=[Rejection("d", "it is empty")])


def seq_of(store: Store) -> int:
    with store.database.reading() as connection:
        return current_seq(connection)


def state(store: Store, key: FeedKey) -> FeedState:
    found = store.feed(key)
    assert found is not None
    return found


def test_every_row_comes_back_as_it_was(desk: Desk, archive: Archive) -> None:
    filled(desk)
    before, names = rows(desk.store), desk.names()
    made = archive.back_up(desk.store)
    assert (made.articles, made.sources, made.pictures) == (3, 2, 0)
    assert made.size == archive.file("a.backup").stat().st_size
    desk.run(placed("e", labels=[topic("sport")]), gone=["a"])
    restored = archive.restore(desk.store, desk.now)
    assert restored == made
    assert rows(desk.store) == before
    assert desk.names() == names == ["b", "a"]


def test_what_one_database_held_is_restored_into_another(desk: Desk, other: Desk, archive: Archive) -> None:
    filled(desk)
    there, here = rows(desk.store), rows(other.store)
    archive.back_up(desk.store, "one.backup")
    archive.back_up(other.store, "other.backup")
    archive.restore(other.store, NOW, "one.backup")
    archive.restore(desk.store, NOW, "other.backup")
    assert rows(other.store) == there
    assert rows(desk.store) == here


def test_the_next_pass_goes_on_from_what_was_restored(desk: Desk, other: Desk, archive: Archive) -> None:
    filled(other)
    archive.back_up(other.store)
    archive.restore(desk.store, NOW + HOUR)
    desk.now = NOW + HOUR
    assert desk.claim().cursor.state == {"n": 7}
    changes = desk.run(placed("e", at=9, labels=[topic("sport")]), placed("b", words="corrected", at=1))
    assert changes.stored
    assert desk.names()[:2] == ["e", "b"]
    assert sorted(desk.names()) == ["a", "b", "e", "w", "x", "y", "z"]


def test_every_document_counts_as_changed_and_no_seq_or_date_goes_back(desk: Desk, archive: Archive) -> None:
    filled(desk)
    archive.back_up(desk.store)
    old = state(desk.store, ALL)
    desk.run(placed("e", ALL, DAY, HUE))
    newest, before = seq_of(desk.store), {key: state(desk.store, key) for key in SETUP.feeds}
    archive.restore(desk.store, desk.now + HOUR)
    assert seq_of(desk.store) == newest + 1
    for key, was in before.items():
        now = state(desk.store, key)
        assert now.changed_seq == newest + 1
        assert now.changed_at == desk.now + HOUR > max(was.changed_at, old.changed_at)
        assert not now.shared_second


def test_a_date_ahead_of_the_clock_stays_and_does_not_tell_the_versions_apart(desk: Desk, archive: Archive) -> None:
    filled(desk)
    archive.back_up(desk.store)
    desk.run(placed("e"))
    was = state(desk.store, ALL)
    archive.restore(desk.store, NOW)
    assert state(desk.store, ALL).changed_at == was.changed_at
    assert state(desk.store, ALL).shared_second


def test_a_seq_of_the_backup_is_never_used_again(desk: Desk, other: Desk, archive: Archive) -> None:
    with other.store.database.writing() as connection:
        connection.execute(update(ledger).values(seq=1000))
    archive.back_up(other.store)
    archive.restore(desk.store, NOW)
    assert seq_of(desk.store) == 1001


def test_a_pass_under_way_stores_nothing(desk: Desk, archive: Archive) -> None:
    filled(desk)
    archive.back_up(desk.store)
    under_way = desk.done(placed("late"))
    quiet = replace(under_way, articles=())
    archive.restore(desk.store, desk.now)
    assert not desk.store.commit(under_way).stored
    desk.store.end([quiet])
    assert desk.names() == ["b", "a"]
    desk.store.renew([under_way.claim], desk.now, LEASE)
    assert desk.claim().token == under_way.claim.token + 2


def test_nor_does_one_whose_source_the_backup_does_not_know(desk: Desk, archive: Archive) -> None:
    desk.store.configure(replace(SETUP, sources={"night": Asked("night")}, feeds=frozenset({ALL, HUE})), NOW)
    early = open_store("sqlite://")
    early.configure(replace(SETUP, sources={"night": Asked("night")}, feeds=frozenset({ALL})), NOW - HOUR)
    archive.back_up(early)
    early.close()
    desk.store.configure(SETUP, NOW)
    filled(desk)
    under_way, was = desk.done(placed("late")), state(desk.store, HUE)
    archive.restore(desk.store, desk.now)
    assert not desk.store.commit(under_way).stored
    claim = desk.claim()
    assert claim.token == under_way.claim.token + 2
    assert (claim.first, claim.failures, dict(claim.cursor.state)) == (True, 0, {})
    assert state(desk.store, HUE).changed_seq > was.changed_seq
    assert desk.names() == []


def test_every_source_is_due_at_once(desk: Desk, archive: Archive) -> None:
    filled(desk)
    archive.back_up(desk.store)
    archive.restore(desk.store, desk.now + HOUR)
    assert {status.source: status.next_poll for status in desk.store.statuses()} == {
        "day": desk.now + HOUR,
        "night": desk.now + HOUR,
    }


def test_a_store_that_holds_articles_is_left_as_it_was_unless_they_may_go(desk: Desk, archive: Archive) -> None:
    archive.back_up(desk.store, "empty.backup")
    filled(desk)
    everything = ("sources", "feeds", "ledger", "articles", "entries")
    before = rows(desk.store, *everything)
    with pytest.raises(BackupFailed, match=r" holds 3 articles, and was left as it is\. .*--replace"):
        archive.restore(desk.store, desk.now, "empty.backup", replace=False)
    assert rows(desk.store, *everything) == before
    archive.restore(desk.store, desk.now, "empty.backup", replace=True)
    assert desk.names() == []
    archive.restore(desk.store, desk.now, "empty.backup", replace=False)


def test_the_scheduler_that_runs_now_stays_known_to_be_alive(desk: Desk, archive: Archive) -> None:
    desk.store.beat(NOW)
    archive.back_up(desk.store)
    desk.store.beat(NOW + HOUR)
    archive.restore(desk.store, NOW + HOUR)
    assert desk.store.heartbeat() == Beat(NOW + HOUR)


def test_what_is_restored_has_the_sources_and_feeds_of_the_configuration(desk: Desk, archive: Archive) -> None:
    filled(desk)
    archive.back_up(desk.store)
    sources = {"night": Asked("night"), "noon": Asked("noon")}
    wanted = replace(SETUP, sources=sources, feeds=frozenset({ALL, FeedKey(source="noon")}))
    archive.restore(desk.store, desk.now, setup=wanted)
    assert [status.source for status in desk.store.statuses()] == ["night", "noon"]
    assert state(desk.store, FeedKey(source="noon")).changed_at == desk.now
    assert desk.store.feed(SPORT) is None
    assert desk.names() == ["b", "a"]


def test_the_number_of_a_change_of_a_verdict_is_never_given_again_and_the_past_is_told_to_nobody(
    desk: Desk, archive: Archive
) -> None:
    desk.judge(VerdictKind.SILENT)
    archive.back_up(desk.store)
    desk.judge(VerdictKind.FRESH)
    desk.judge(VerdictKind.SILENT)
    [last, _, first] = [change.number for change in desk.store.verdict_changes(9)]
    archive.restore(desk.store, desk.now)
    assert [change.number for change in desk.store.verdict_changes(9)] == [last, first]
    assert desk.store.next_telling(desk.now, LEASE) is None
    desk.now += HOUR
    desk.judge(VerdictKind.FAILING)
    [newest, *_] = desk.store.verdict_changes(9)
    assert newest.number > last
    assert newest.before is VerdictKind.SILENT
    archive.restore(desk.store, desk.now)
    assert desk.store.verdict_changes(1) == (newest,)


def test_labels_made_with_other_rules_are_known_to_be_such(desk: Desk, archive: Archive) -> None:
    archive.back_up(desk.store)
    other = replace(SETUP, digest="digest two", rules="rules two")
    applied(desk.store, other, NOW)
    number = desk.store.applied_number()
    archive.restore(desk.store, NOW, setup=other)
    found = desk.store.applied()
    assert found is not None
    assert (found.made, found.rules) == (False, "rules two")
    assert found.number > number
    assert desk.store.configure(other, NOW)
    archive.restore(desk.store, NOW)
    assert not desk.store.configure(SETUP, NOW)


def test_what_is_restored_ends_an_apply_and_empties_its_stage(desk: Desk, archive: Archive) -> None:
    desk.run(placed("a"))
    archive.back_up(desk.store)
    one = desk.store.begin_apply("somebody", NOW, LEASE)
    desk.store.stage(one, [placed("a", ALL, SPORT)], one.seq, NOW + LEASE)
    archive.restore(desk.store, desk.now)
    with pytest.raises(ApplyLost):
        desk.store.take_effect(one, SETUP, lambda articles: (), NOW)
    assert desk.names(SPORT) == []


def test_a_backup_holds_what_was_there_when_it_began(desk: Desk, archive: Archive) -> None:
    if "memory" in desk.store.database.name:
        pytest.skip("in memory, a reader and a writer take turns")
    filled(desk)
    before = rows(desk.store)
    back_up(Busy(desk.store, desk.done(placed("late"))), archive.media, archive.file("a.backup"))
    assert "late" in desk.names()
    archive.restore(desk.store, desk.now)
    assert rows(desk.store) == before
