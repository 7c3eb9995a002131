"""Records that only their arrival dates, in the first pass over their source."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.article import Draft
from feedsvc.domain.record import RawRecord
from feedsvc.pipeline.dating import FIRST_SEEN
from feedsvc.pipeline.undated import BY, one_second_apart

from .desk import MINUTE, Desk
from .desk import told as told_on
from .newsroom import NOW


def draft(key: str, published: datetime | None = None) -> Draft:
    return Draft(
        key=key,
        title=key,
        summary="",
        content=(),
        published=published or NOW,
        dated_by="",
        language="vi",
        dated=published is not None,
    )


def told(key: str, *lines: str, title: str = "Bàn về dân vận") -> RawRecord:
    return told_on(key, *lines, title=title, published=None)


def moments(*drafts: Draft) -> list[datetime]:
    return [one.published for one in one_second_apart(drafts, NOW)]


def test_where_nothing_has_a_date_they_end_a_day_before_the_pass() -> None:
    last = NOW - timedelta(days=1)
    assert moments(draft("a"), draft("b"), draft("c")) == [last - timedelta(seconds=back) for back in range(3)]


def test_they_end_at_the_newest_dated_one() -> None:
    old, new = NOW - timedelta(days=9), NOW - timedelta(days=3)
    assert moments(draft("a"), draft("b", old), draft("c", new), draft("d")) == [
        new,
        old,
        new,
        new - timedelta(seconds=1),
    ]


def test_it_says_where_their_dates_come_from() -> None:
    found, dated = one_second_apart([draft("a"), draft("b", NOW)], NOW)
    assert found.dated_by == BY == "its place in the source's first pass"
    assert dated == draft("b", NOW)


def test_a_date_that_was_not_believed_is_still_told() -> None:
    doubted = replace(draft("a"), dated_by=f"{FIRST_SEEN} (“1/1/2031”, which it states, is no date to go by)")
    (found,) = one_second_apart([doubted], NOW)
    assert found.dated_by == f"{BY} (“1/1/2031”, which it states, is no date to go by)"


@given(st.lists(st.none() | st.integers(0, 10**8), max_size=30))
def test_their_order_stays_and_none_is_newer_than_what_has_a_date(ages: list[int | None]) -> None:
    drafts = [
        draft(str(place), None if age is None else NOW - timedelta(seconds=age)) for place, age in enumerate(ages)
    ]
    found = one_second_apart(drafts, NOW)
    assert [one.key for one in found] == [one.key for one in drafts]
    undated = [one.published for one, before in zip(found, drafts) if not before.dated]
    assert undated == sorted(set(undated), reverse=True)
    assert all(replace(one, dated=True) == one for one in found)
    newest = max((one.published for one in drafts if one.dated), default=NOW - timedelta(days=1))
    assert all(moment <= newest for moment in undated)


def test_a_first_pass_dates_them_and_a_later_one_when_they_are_first_seen(desk: Desk) -> None:
    desk.bring(told("c", "C."), told("b", "B."), told("a", "A."))
    assert [one.draft.key for one in desk.newest()] == ["c", "b", "a"]
    first = NOW + MINUTE - timedelta(days=1)
    assert [one.draft.published for one in desk.newest()] == [first - timedelta(seconds=back) for back in range(3)]
    desk.bring(told("d", "D."), told("c", "C."))
    newest, *others = desk.newest()
    assert (newest.draft.key, newest.draft.published) == ("d", NOW + 2 * MINUTE)
    assert newest.draft.dated_by == "when it was first seen"
    assert {one.draft.dated_by for one in others} == {BY}


def test_a_first_pass_is_one_that_succeeded(desk: Desk) -> None:
    desk.fetcher.failing = {"fake:first"}
    desk.bring(told("a", "A."))
    desk.fetcher.failing = set()
    desk.bring(told("a", "A."))
    assert desk.only().draft.dated_by == BY


def test_an_undated_record_that_did_not_change_changes_nothing(desk: Desk) -> None:
    desk.bring(told("a", "A."))
    before = desk.newest()
    desk.bring(told("a", "A."))
    assert desk.newest() == before
    desk.bring(told("a", "A. Thêm."))
    assert desk.only().draft.published == before[0].draft.published


def test_a_record_that_cannot_be_read_costs_no_other_its_place(desk: Desk) -> None:
    desk.bring(told("b", "B."), told("bad", "", title=""), told("a", "A."))
    assert [one.draft.key for one in desk.newest()] == ["b", "a"]
