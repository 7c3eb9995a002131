"""What every store shows for having entered a feed of late, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import FeedState
from feedsvc.storage import releasing
from feedsvc.storage.moments import seconds
from feedsvc.storage.schema import ledger
from tests.contracts.samples import A_DAY, ALL, DAY, SETUP, SPORT, WINDOW, Desk, placed, topic

MINUTE = timedelta(minutes=1)


def shown(desk: Desk, key: FeedKey = ALL) -> list[str]:
    """The keys of what the document of a feed shows."""
    return desk.names(key, WINDOW)


def full(desk: Desk) -> None:
    """As many articles as a document shows by their dates, which came a day ago."""
    desk.run(*(placed(f"n{number}", at=10 + number) for number in range(WINDOW)))
    desk.let_go()


def state(desk: Desk, key: FeedKey = ALL) -> FeedState:
    found = desk.store.feed(key)
    assert found is not None
    return found


def fresh_seq(desk: Desk) -> int:
    with desk.store.database.reading() as connection:
        return int(connection.scalars(select(ledger.c.fresh_seq)).one())


def test_what_enters_late_is_shown_in_the_place_of_its_date(desk: Desk) -> None:
    full(desk)
    assert desk.run(placed("old", at=0), placed("older", at=-5)).feeds == {ALL, DAY}
    assert shown(desk) == ["n2", "n1", "n0", "old", "older"]


def test_of_what_entered_late_as_many_are_shown_as_by_date_and_the_last_to_enter_win(desk: Desk) -> None:
    full(desk)
    desk.run(placed("first", at=9))
    desk.run(placed("b", at=2), placed("c", at=1), placed("d", at=0))
    assert shown(desk) == ["n2", "n1", "n0", "b", "c", "d"]
    desk.run(placed("last", at=-7))
    assert shown(desk) == ["n2", "n1", "n0", "b", "c", "last"]


def test_what_entered_of_late_and_is_among_the_newest_takes_nobodys_place(desk: Desk) -> None:
    full(desk)
    desk.run(*(placed(f"o{number}", at=number) for number in range(WINDOW)))
    desk.run(placed("new", at=20))
    assert shown(desk) == ["new", "n2", "n1", "o2", "o1", "o0"]


def test_it_is_shown_for_a_day_and_then_its_feeds_change_once_more_and_no_others(desk: Desk) -> None:
    full(desk)
    desk.run(placed("old", ALL, SPORT, at=0))
    before = state(desk, SPORT), state(desk, DAY)
    assert desk.let_go(A_DAY) == frozenset()
    assert "old" in shown(desk)
    assert desk.let_go(timedelta(seconds=1)) == {ALL}
    assert shown(desk) == ["n2", "n1", "n0"]
    assert (shown(desk, SPORT), state(desk, SPORT), state(desk, DAY)) == (["old"], *before)
    assert state(desk).changed_at == desk.now


def test_where_nothing_is_due_nothing_is_done_and_what_is_not_seen_moves_nothing(desk: Desk) -> None:
    full(desk)
    before = state(desk), fresh_seq(desk)
    assert desk.store.release_late(desk.now, desk.now) is None
    assert (state(desk), fresh_seq(desk)) == before
    desk.run(placed("new", at=20))
    before = state(desk), fresh_seq(desk)
    assert desk.let_go() == frozenset()
    assert (state(desk), fresh_seq(desk)) == (before[0], before[1] + 1)


def test_a_correction_of_an_old_article_shows_it_for_a_day_again(desk: Desk) -> None:
    desk.run(placed("old", at=0))
    full(desk)
    assert "old" not in shown(desk)
    assert desk.run(placed("old", at=0, words="corrected")).feeds == {ALL, DAY}
    assert shown(desk)[-1] == "old"
    assert desk.let_go() == {ALL, DAY}
    assert "old" not in shown(desk)


def test_a_label_moves_the_documents_that_show_an_article_for_having_entered(desk: Desk) -> None:
    full(desk)
    desk.run(placed("old", at=0))
    assert desk.run(placed("old", at=0, labels=[topic("sport")])).feeds == {ALL, DAY}


def test_one_that_leaves_lets_another_late_one_in(desk: Desk) -> None:
    full(desk)
    desk.run(*(placed(f"o{number}", at=number) for number in range(WINDOW + 1)))
    assert "o0" not in shown(desk)
    assert desk.run(gone=["o2"]).feeds == {ALL, DAY}
    assert shown(desk) == ["n2", "n1", "n0", "o3", "o1", "o0"]


def test_one_that_shows_by_its_date_once_another_left_stays_when_the_day_is_over(desk: Desk) -> None:
    full(desk)
    desk.run(placed("old", at=0))
    desk.run(gone=["n1"])
    assert desk.let_go() == frozenset()
    assert shown(desk) == ["n2", "n0", "old"]


def test_a_document_that_grows_shorter_by_a_setting_still_shows_what_entered_late(desk: Desk) -> None:
    full(desk)
    desk.run(placed("old", at=0), placed("older", at=-5))
    desk.store.configure(replace(SETUP, window=1), desk.now)
    assert desk.names(ALL, 1) == ["n2", "old"]
    assert desk.let_go() == {ALL, DAY}
    assert desk.names(ALL, 1) == ["n2"]


def test_what_came_in_one_seq_is_let_go_at_once_and_many_seqs_in_steps(desk: Desk) -> None:
    full(desk)
    desk.run(*(placed(f"o{number}", at=-number) for number in range(releasing.STEP + 9)))
    desk.run(placed("last", at=-1))
    desk.now += 2 * A_DAY
    steps = [desk.store.release_late(desk.now - A_DAY, desk.now) for _ in range(3)]
    assert [None if one is None else one.feeds for one in steps] == [{ALL, DAY}, {ALL, DAY}, None]
    assert shown(desk) == ["n2", "n1", "n0"]


def test_what_a_clock_dated_far_ahead_is_let_go_with_what_came_after_it(desk: Desk) -> None:
    full(desk)
    right = desk.now
    desk.now = right + timedelta(days=3650)
    desk.run(placed("ahead", at=0))
    desk.now = right
    assert desk.let_go() == frozenset()
    desk.run(placed("right", at=2))
    assert desk.let_go(A_DAY) == frozenset()
    assert shown(desk)[WINDOW:] == ["right", "ahead"]
    assert desk.let_go(MINUTE) == {ALL, DAY}
    assert shown(desk)[WINDOW:] == []


def test_a_change_before_it_holds_one_that_a_clock_dated_too_early(desk: Desk) -> None:
    full(desk)
    right = desk.now
    desk.run(placed("right", at=2))
    desk.now = right - timedelta(days=3650)
    desk.run(placed("behind", at=1))
    desk.now = right
    assert desk.let_go(timedelta(hours=23)) == frozenset()
    assert desk.let_go(timedelta(hours=2)) == {ALL, DAY}


def due(desk: Desk, after: timedelta = 2 * A_DAY) -> releasing.Due:
    """What a scheduler finds that it can let go of so much later."""
    desk.now += after
    with desk.store.database.reading() as connection:
        found = releasing.due(connection, seconds(desk.now - A_DAY), seconds(desk.now))
    assert found is not None
    return found


def released(desk: Desk, found: releasing.Due) -> set[FeedKey] | None:
    """The feeds that changed when it was let go."""
    with desk.store.database.writing() as connection:
        changes = releasing.release(connection, found, seconds(desk.now))
    return None if changes is None else set(changes.feeds)


def test_of_two_schedulers_one_lets_go(desk: Desk) -> None:
    full(desk)
    desk.run(placed("old", at=0))
    found = due(desk)
    assert desk.let_go(timedelta(0)) == {ALL, DAY}
    before = state(desk)
    assert released(desk, found) is None
    assert state(desk) == before


def test_what_changed_meanwhile_is_looked_at_again(desk: Desk) -> None:
    full(desk)
    desk.run(placed("gone", ALL, at=0), placed("seen", DAY, at=1), placed("hidden", DAY, at=-9))
    found = due(desk)
    assert found.moved == {ALL.path, DAY.path}
    desk.run(gone=["gone"])
    assert released(desk, found) == {DAY}
    assert shown(desk) == ["n2", "n1", "n0"]


def test_one_that_shows_only_since_others_left_moves_its_document_too(desk: Desk) -> None:
    full(desk)
    desk.run(placed("hidden", at=0))
    desk.now += A_DAY
    desk.run(*(placed(f"o{number}", at=number) for number in range(1, WINDOW + 1)))
    assert "hidden" not in shown(desk)
    found = due(desk, timedelta(0))
    assert found.moved == frozenset()
    desk.run(gone=["o1"])
    assert shown(desk)[-1] == "hidden"
    assert released(desk, found) == {ALL, DAY}


def test_a_configuration_that_took_effect_meanwhile_puts_it_off(desk: Desk) -> None:
    full(desk)
    desk.run(placed("old", at=0))
    found = due(desk)
    desk.store.configure(replace(SETUP, window=WINDOW + 1), desk.now)
    before = state(desk)
    assert released(desk, found) is None
    assert (state(desk), fresh_seq(desk)) == (before, 1)
