"""What every Ledger says of how much there is, in numbers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedsvc.domain.history import History
from feedsvc.domain.passes import Outcome
from feedsvc.domain.rhythm import Verdict, VerdictKind
from feedsvc.domain.setup import Asked
from feedsvc.domain.status import Tally
from tests.contracts.samples import NOW, SETUP, Desk, Store, placed, topic

SECOND = timedelta(seconds=1)


def test_an_empty_store_has_nothing(empty_store: Store) -> None:
    assert empty_store.tally(NOW) == Tally(sources={}, verdicts={}, late=0, articles=0, heartbeat=None)


def test_sources_count_by_how_their_last_pass_ended(desk: Desk) -> None:
    assert desk.store.tally(NOW).sources == {None: 2}
    desk.run(placed("a"))
    assert desk.store.tally(NOW).sources == {None: 1, Outcome.CHANGED: 1}
    desk.now += timedelta(hours=1)
    desk.store.commit(replace(desk.done(), outcome=Outcome.FETCH_FAILED))
    assert desk.store.tally(NOW).sources == {None: 1, Outcome.FETCH_FAILED: 1}


def test_sources_count_by_how_they_do(desk: Desk) -> None:
    fresh = History(verdict=Verdict(VerdictKind.FRESH, NOW))
    desk.store.commit(replace(desk.done(), history=fresh))
    assert desk.store.tally(NOW).verdicts == {VerdictKind.FRESH: 1, VerdictKind.UNJUDGED: 1}


def test_a_source_that_was_taken_out_counts_no_more(desk: Desk) -> None:
    desk.run(placed("a"))
    desk.store.configure(replace(SETUP, sources={"night": Asked("night")}), NOW)
    found = desk.store.tally(NOW + timedelta(days=1))
    assert (found.sources, found.late) == ({None: 1}, 1)


def test_a_source_is_late_when_its_poll_was_to_be_before_the_time_that_is_given(desk: Desk) -> None:
    assert [desk.store.tally(at).late for at in (NOW, NOW + SECOND)] == [0, 2]
    desk.run()
    due = desk.now + timedelta(minutes=10)
    assert [desk.store.tally(at).late for at in (due, due + SECOND)] == [1, 2]


def test_a_claimed_source_is_as_late_as_it_was(desk: Desk) -> None:
    desk.claim()
    assert desk.store.tally(NOW + SECOND).late == 2


def test_articles_are_those_that_are_live(desk: Desk) -> None:
    desk.run(placed("a"), placed("b"), placed("c"))
    assert desk.store.tally(NOW).articles == 3
    desk.run(gone=["b"])
    assert desk.store.tally(NOW).articles == 2
    desk.run(placed("b"))
    assert desk.store.tally(NOW).articles == 3


def test_the_scheduler_s_last_sign_of_life_is_told(store: Store) -> None:
    store.beat(NOW)
    assert store.tally(NOW).heartbeat == NOW


def test_an_article_counts_once_however_often_it_changes_goes_and_comes_back(desk: Desk) -> None:
    desk.run(placed("a"), placed("b"))
    desk.run(placed("a", words="as corrected"))
    desk.run(placed("b", labels=[topic("sport")]))
    assert desk.store.tally(NOW).articles == 2
    desk.run(gone=["a"])
    desk.run(placed("a"))
    assert desk.store.tally(NOW).articles == 2
    desk.run(gone=["b"])
    desk.store.purge(desk.now + timedelta(days=1), 9, desk.now)
    assert desk.store.tally(NOW).articles == 0
