"""What every store says of changes of verdicts: the newest, and what is still to be told to the operator."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedsvc.domain.rhythm import Verdict, VerdictKind
from feedsvc.domain.setup import Asked
from feedsvc.domain.status import Telling, VerdictChange
from tests.contracts.samples import LEASE, NOW, SETUP, Desk, Store

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
FRESH, LATE, SILENT = VerdictKind.FRESH, VerdictKind.LATE, VerdictKind.SILENT
FAILING, NEVER, UNJUDGED = VerdictKind.FAILING, VerdictKind.NEVER_WORKED, VerdictKind.UNJUDGED


def taken(desk: Desk, after: timedelta = timedelta()) -> tuple[str, VerdictKind, VerdictKind] | None:
    """What there is to tell: of which source, what was before, what is."""
    telling = desk.store.next_telling(desk.now + after, LEASE)
    return None if telling is None else _seen(telling)


def _seen(telling: Telling) -> tuple[str, VerdictKind, VerdictKind]:
    change = telling.change
    return change.source, change.before, change.verdict.kind


def told(desk: Desk) -> list[tuple[str, VerdictKind, VerdictKind]]:
    """All that there is to tell now, told."""
    found = []
    while (telling := desk.store.next_telling(desk.now, LEASE)) is not None:
        desk.store.told(telling.change.number, desk.now)
        found.append(_seen(telling))
    return found


def test_a_new_store_has_none(empty_store: Store) -> None:
    assert empty_store.verdict_changes(50) == ()
    assert empty_store.next_telling(NOW, LEASE) is None


def test_the_newest_changes_come_first_and_hold_all_that_is_known(desk: Desk) -> None:
    desk.judge(FRESH)
    desk.judge(FRESH)
    desk.judge(SILENT, "night")
    desk.judge(FAILING)
    found = desk.store.verdict_changes(50)
    assert [(one.source, one.before, one.verdict.kind) for one in found] == [
        ("day", FRESH, FAILING),
        ("night", UNJUDGED, SILENT),
        ("day", UNJUDGED, FRESH),
    ]
    assert found[0] == VerdictChange(
        number=found[0].number,
        source="day",
        at=desk.now,
        verdict=Verdict(FAILING, NOW, "failing it is"),
        before=FRESH,
    )
    assert sorted((one.number for one in found), reverse=True) == [one.number for one in found]
    assert desk.store.verdict_changes(2) == found[:2]


def test_those_of_a_source_that_was_taken_out_stay(desk: Desk) -> None:
    desk.judge(SILENT)
    desk.store.configure(replace(SETUP, sources={"night": Asked("night")}), desk.now)
    assert [one.source for one in desk.store.verdict_changes(50)] == ["day"]
    assert told(desk) == [("day", UNJUDGED, SILENT)]


def test_what_comes_to_a_bad_verdict_or_from_one_is_told_and_nothing_else(desk: Desk) -> None:
    for kind in (FRESH, LATE, SILENT, FAILING, FRESH, LATE, FRESH):
        desk.judge(kind)
    desk.judge(NEVER, "night")
    desk.judge(UNJUDGED, "night")
    assert told(desk) == [
        ("day", LATE, SILENT),
        ("day", SILENT, FAILING),
        ("day", FAILING, FRESH),
        ("night", UNJUDGED, NEVER),
        ("night", NEVER, UNJUDGED),
    ]
    assert told(desk) == [], "each once"


def test_what_is_being_told_is_nobody_elses_until_its_lease_ends(desk: Desk) -> None:
    desk.judge(SILENT)
    first = desk.store.next_telling(desk.now, LEASE)
    assert first is not None
    assert first.attempts == 1
    assert taken(desk, LEASE - SECOND) is None
    again = desk.store.next_telling(desk.now + LEASE, LEASE)
    assert again == Telling(first.change, 2)


def test_of_one_source_nothing_newer_is_told_before_the_older(desk: Desk) -> None:
    desk.judge(SILENT)
    desk.judge(FRESH)
    desk.judge(SILENT, "night")
    first = desk.store.next_telling(desk.now, LEASE)
    assert first is not None
    assert _seen(first) == ("day", UNJUDGED, SILENT)
    assert taken(desk) == ("night", UNJUDGED, SILENT), "other sources do not wait"
    desk.store.tell_again(first.change.number, desk.now + 5 * MINUTE)
    assert taken(desk, 5 * MINUTE - SECOND) == ("night", UNJUDGED, SILENT), "that lease is over"
    assert taken(desk, 5 * MINUTE) == ("day", UNJUDGED, SILENT)
    desk.store.told(first.change.number, desk.now)
    desk.now += 6 * MINUTE
    assert ("day", SILENT, FRESH) in told(desk)


def test_what_was_told_meanwhile_is_not_told_again(desk: Desk) -> None:
    desk.judge(SILENT)
    telling = desk.store.next_telling(desk.now, LEASE)
    assert telling is not None
    desk.store.told(telling.change.number, desk.now)
    desk.store.tell_again(telling.change.number, desk.now)
    assert taken(desk) is None


def test_after_a_day_it_is_no_news_and_holds_up_none(desk: Desk) -> None:
    desk.judge(SILENT)
    assert taken(desk, DAY - SECOND) is not None
    desk.judge(FRESH)
    assert taken(desk, DAY) is None, "the first is too old, the second is held up by nobody else"
    assert taken(desk, DAY - MINUTE) == ("day", SILENT, FRESH)


def test_a_clock_that_was_wrong_keeps_nothing_from_being_told(desk: Desk) -> None:
    desk.judge(SILENT)
    telling = desk.store.next_telling(desk.now, LEASE)
    assert telling is not None
    desk.store.tell_again(telling.change.number, desk.now + timedelta(days=400))
    assert taken(desk) == ("day", UNJUDGED, SILENT)
