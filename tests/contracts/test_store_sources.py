"""What every Ledger says of sources: configuration, claims, signs of life."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feedsvc.domain.article import Carrier
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.history import Beat, History
from feedsvc.domain.passes import Claim, Outcome, Pass, Placed
from feedsvc.domain.record import Rejection
from feedsvc.domain.rhythm import Rhythm, Verdict, VerdictKind
from feedsvc.domain.setup import Asked
from feedsvc.domain.source import Cursor
from feedsvc.domain.status import Counts
from feedsvc.pipeline.rhythm import heard
from tests.contracts.samples import ALL, DAY, LEASE, NOW, SETUP, Desk, Store, ident, placed

MINUTE = timedelta(minutes=1)


def taken(store: Store, now: datetime = NOW, *, limit: int = 10, only: frozenset[str] | None = None) -> list[str]:
    """The sources that a claim gets."""
    claims = store.claim(holder="other", now=now, lease=LEASE, limit=limit, only=only)
    return [claim.source for claim in claims]


def test_a_new_source_is_due_at_once(store: Store) -> None:
    claims = store.claim(holder="one", now=NOW, lease=LEASE, limit=10)
    assert claims == tuple(
        Claim(source=source, holder="one", token=1, until=NOW + LEASE, cursor=Cursor(), first=True)
        for source in ("day", "night")
    )


def test_a_claimed_source_is_nobody_elses_until_the_lease_ends(store: Store) -> None:
    assert taken(store, limit=1) == ["day"]
    assert taken(store) == ["night"]
    assert taken(store, NOW + LEASE) == []
    assert taken(store, NOW + LEASE + timedelta(seconds=1)) == ["day", "night"]


def test_a_source_waits_for_its_next_poll(desk: Desk) -> None:
    desk.run()
    assert taken(desk.store, desk.now + 9 * MINUTE) == ["night"]
    assert taken(desk.store, desk.now + 10 * MINUTE) == ["night", "day"]


def test_asked_for_by_name_a_source_need_not_be_due_but_must_be_free(desk: Desk) -> None:
    desk.run()
    assert taken(desk.store, desk.now, only=frozenset({"day", "nothing"})) == ["day"]
    assert taken(desk.store, desk.now, only=frozenset({"day"})) == []
    assert taken(desk.store, desk.now, only=frozenset()) == []


def test_tokens_grow_with_every_claim(desk: Desk) -> None:
    tokens = []
    for _ in range(3):
        desk.now += 2 * LEASE
        tokens.append(desk.claim().token)
    assert tokens == [1, 2, 3]


def test_a_renewed_claim_holds_longer_and_an_old_one_is_not_renewed(desk: Desk) -> None:
    old = desk.claim()
    desk.now += 2 * LEASE
    new = desk.claim()
    desk.store.renew([old], desk.now, 100 * LEASE)
    desk.store.renew([new], desk.now + LEASE, LEASE)
    assert taken(desk.store, desk.now + 2 * LEASE, only=frozenset({"day"})) == []
    assert taken(desk.store, desk.now + 2 * LEASE + MINUTE, only=frozenset({"day"})) == ["day"]
    desk.store.renew([], NOW, LEASE)


def test_a_released_source_is_polled_when_the_release_says(desk: Desk) -> None:
    claim = desk.claim()
    desk.store.release(claim, NOW + 5 * MINUTE)
    assert taken(desk.store, NOW + 4 * MINUTE) == ["night"]
    assert "day" in taken(desk.store, NOW + 5 * MINUTE)
    desk.store.release(claim, NOW)
    assert taken(desk.store, NOW + 5 * MINUTE, only=frozenset({"day"})) == [], "an old claim releases nothing"


def test_a_claim_that_is_given_back_leaves_its_source_due_as_it_was_and_an_old_one_does_nothing(desk: Desk) -> None:
    desk.store.release(desk.claim("night"), NOW - MINUTE)
    claims = (desk.claim("day"), desk.claim("night"))
    assert taken(desk.store) == []
    desk.store.give_back(claims)
    assert taken(desk.store) == ["night", "day"]
    desk.store.give_back(claims)
    assert taken(desk.store) == [], "these are the claims of others by now"


def test_what_is_due_is_found_however_it_came_about(desk: Desk) -> None:
    desk.run()
    proven, doubtful = desk.claim("day"), desk.claim("night")
    assert (proven.doubtful, doubtful.doubtful) == (False, True)
    late = desk.now + 2 * LEASE
    assert taken(desk.store, late) == ["night"], "its lease is over and its time had come; the other's had not"
    desk.store.release(proven, NOW - MINUTE)
    assert taken(desk.store, late) == ["day"], "nobody has it"
    assert taken(desk.store, late + 2 * LEASE) == ["day", "night"], "both leases are over"


def test_a_released_claim_stores_nothing(desk: Desk) -> None:
    done = desk.done(placed("a"))
    desk.store.release(done.claim, NOW)
    assert not desk.store.commit(done).stored


def test_a_clock_that_was_wrong_silences_no_source(desk: Desk) -> None:
    desk.now = NOW + timedelta(days=400)
    desk.store.beat(desk.now)
    desk.run()
    desk.store.beat(NOW)
    assert "day" in taken(desk.store, NOW), "the poll planned by that clock is due"
    desk.now = NOW + timedelta(days=800)
    desk.claim("night")
    assert "night" in taken(desk.store, NOW + MINUTE), "the claim taken by that clock has ended"


def test_the_longest_due_come_first(desk: Desk) -> None:
    desk.store.release(desk.claim("day"), NOW - MINUTE)
    desk.store.release(desk.claim("night"), NOW - 2 * MINUTE)
    assert taken(desk.store) == ["night", "day"]


def test_no_more_of_those_that_failed_are_taken_than_were_asked_for(desk: Desk) -> None:
    desk.run()
    desk.store.release(desk.claim("day"), NOW)
    [proven] = _due(desk, doubtful=0)
    assert proven.source == "day"
    desk.store.release(proven, NOW)
    found = _due(desk, doubtful=1)
    assert [(claim.source, claim.doubtful) for claim in found] == [("day", False), ("night", True)]


def _due(desk: Desk, doubtful: int) -> tuple[Claim, ...]:
    return desk.store.claim(holder="one", now=desk.now, lease=LEASE, limit=5, doubtful=doubtful)


def test_passes_that_changed_nothing_are_ended_together(desk: Desk) -> None:
    claims = (desk.claim("day"), desk.claim("night"))
    old = replace(claims[0], token=0)
    quiet = [_quiet(claim, desk.now) for claim in (*claims, old)]
    assert all(done.quiet for done in quiet)
    desk.store.end(quiet)
    assert [(one.source, one.last_outcome, one.last_success, one.next_poll) for one in desk.store.statuses()] == [
        (claim.source, Outcome.UNCHANGED, desk.now, desk.now + MINUTE) for claim in claims
    ]
    assert taken(desk.store, desk.now + MINUTE) == ["day", "night"], "the claims were given back"


def test_a_pass_that_another_claim_has_overtaken_ends_nothing(desk: Desk) -> None:
    old = desk.claim("day")
    desk.now += 2 * LEASE
    new = desk.claim("day")
    desk.store.end([_quiet(old, desk.now)])
    assert desk.store.statuses()[0].last_pass is None
    desk.store.end([_quiet(new, desk.now)])
    assert desk.store.statuses()[0].last_pass == desk.now
    assert desk.claim("day").cursor.state == {"n": 7}


def _quiet(claim: Claim, now: datetime) -> Pass:
    cursor = Cursor({"n": 7})
    return Pass(
        claim=claim,
        outlet=claim.source,
        started=now,
        outcome=Outcome.UNCHANGED,
        cursor=cursor,
        next_poll=now + MINUTE,
    )


def test_configuring_twice_is_configuring_once(store: Store) -> None:
    before = (store.feed(ALL), store.statuses())
    store.configure(SETUP, NOW + MINUTE)
    assert (store.feed(ALL), store.statuses()) == before


def test_a_source_taken_out_is_neither_listed_nor_polled_and_comes_back_as_it_was(desk: Desk) -> None:
    desk.run(placed("a"))
    desk.store.configure(replace(SETUP, sources={"night": Asked("night"), "new": Asked("new")}), desk.now)
    assert [status.source for status in desk.store.statuses()] == ["new", "night"]
    assert sorted(taken(desk.store, desk.now + 60 * MINUTE)) == ["new", "night"]
    assert taken(desk.store, desk.now, only=frozenset({"day"})) == []
    assert desk.names() == ["a"]
    desk.store.configure(SETUP, desk.now)
    claim = desk.claim("day")
    assert claim.cursor.state["n"] == 1
    assert claim.token > 1


def test_a_source_never_polled_has_no_past(store: Store) -> None:
    status = store.statuses()[0]
    assert (status.last_pass, status.last_success, status.last_outcome, status.newest_item) == (None,) * 4
    assert (status.articles, status.rejections, status.last_message, status.next_poll) == (0, (), "", NOW)


def test_the_scheduler_is_alive_since_its_last_beat(store: Store) -> None:
    assert store.heartbeat() is None
    assert store.beat(NOW) is None
    assert store.beat(NOW + MINUTE, "the clock is wrong") == Beat(NOW)
    assert store.heartbeat() == Beat(NOW + MINUTE, "the clock is wrong")
    store.beat(NOW + MINUTE)
    assert store.heartbeat() == Beat(NOW + MINUTE)


def test_a_store_that_is_there_answers(empty_store: Store) -> None:
    empty_store.ping()
    assert empty_store.statuses() == ()
    assert empty_store.claim(holder="one", now=NOW, lease=LEASE, limit=5) == ()


SECTIONS = replace(SETUP, sources={"day": Asked("paper"), "night": Asked("paper"), "other": Asked("other")})


def test_of_the_sources_of_one_outlet_one_is_polled_at_a_time(store: Store) -> None:
    store.configure(SECTIONS, NOW)
    held = store.claim(holder="one", now=NOW, lease=LEASE, limit=10)
    assert [claim.source for claim in held] == ["day", "other"]
    assert store.claim(holder="two", now=NOW, lease=LEASE, limit=10) == ()
    store.release(held[0], NOW + timedelta(minutes=5))
    assert [claim.source for claim in store.claim(holder="two", now=NOW, lease=LEASE, limit=10)] == ["night"]


def test_a_pass_stores_nothing_where_a_source_of_its_outlet_came_between(desk: Desk) -> None:
    desk.store.configure(SECTIONS, NOW)
    late = replace(desk.done(placed("a", words="of the day")), outlet="paper")
    desk.now += LEASE + timedelta(seconds=1)
    night = replace(late, claim=desk.claim("night"), articles=(placed("a", words="of the night", source="night"),))
    assert desk.store.commit(night).stored
    assert not desk.store.commit(late).stored
    found = desk.store.article(ident("a"))
    assert found is not None
    assert (found.source, found.fingerprint) == ("night", "of the night")


def test_a_claim_is_the_first_until_a_pass_has_succeeded(desk: Desk) -> None:
    assert desk.claim().first
    desk.now += LEASE + timedelta(seconds=1)
    desk.store.commit(replace(desk.done(), outcome=Outcome.FETCH_FAILED))
    assert desk.claim().first
    desk.now += LEASE + timedelta(seconds=1)
    desk.store.commit(desk.done())
    assert not desk.claim().first


def test_of_one_host_so_many_sources_are_polled_at_a_time_by_whomever(store: Store) -> None:
    asked = {name: Asked(name, "bao.example.org") for name in ("a", "b", "c", "d")}
    store.configure(replace(SETUP, sources={**asked, "folder": Asked("folder"), "else": Asked("else", "else")}), NOW)

    def claimed(a_host: int = 2) -> list[str]:
        return [one.source for one in store.claim(holder="x", now=NOW, lease=LEASE, limit=10, a_host=a_host)]

    assert claimed() == ["a", "b", "else", "folder"]
    assert claimed() == []
    assert claimed(3) == ["c"]


def test_sections_and_neighbours_that_are_due_longest_hold_up_nobody_else(store: Store) -> None:
    sections = {f"section-{number:03}": Asked("paper", "paper") for number in range(60)}
    neighbours = {f"there-{number:03}": Asked(f"there-{number}", "farm") for number in range(60)}
    store.configure(replace(SETUP, sources={**sections, **neighbours}), NOW)
    others = {name: Asked(name, name) for name in "uvwxyz"}
    store.configure(replace(SETUP, sources={**sections, **neighbours, **others}), NOW + MINUTE)
    claims = store.claim(holder="x", now=NOW + MINUTE, lease=LEASE, limit=9, a_host=2)
    assert sorted(claim.source for claim in claims) == ["section-000", "there-000", "there-001", *"uvwxyz"]


def test_what_is_known_of_a_source_is_there_for_its_next_pass(desk: Desk) -> None:
    rhythm = heard(Rhythm(), [NOW - number * MINUTE for number in range(20)])
    history = History(
        rhythm=rhythm,
        verdict=Verdict(VerdictKind.LATE, NOW, "nothing new"),
        failing_since=NOW,
        interval=7 * MINUTE,
        moved_to="https://moi.example.org/rss",
    )
    desk.store.commit(replace(desk.done(), history=history))
    claim = desk.claim()
    assert (claim.history, claim.succeeded) == (history, NOW)
    assert desk.store.statuses()[0].history == replace(history, rhythm=Rhythm())


def test_what_a_source_brings_are_its_own_articles_and_those_that_it_shares(desk: Desk) -> None:
    night, by_night = FeedKey(source="night"), (Carrier("night", ()),)
    desk.store.configure(replace(SETUP, feeds=SETUP.feeds | {night}), NOW)
    shared = [placed(name, ALL, DAY, night, at=at) for name, at in (("a", 1), ("b", 7), ("c", 3))]
    shared = [Placed(replace(one.article, others=by_night), one.feeds) for one in shared]
    desk.run(*shared, placed("d", at=9))
    assert _brought(desk) == {"day": (4, NOW + 9 * MINUTE), "night": (3, NOW + 7 * MINUTE)}
    desk.run(placed("b", ALL, night, at=7, source="night"), gone=["d"])
    assert _brought(desk) == {"day": (2, NOW + 3 * MINUTE), "night": (3, NOW + 7 * MINUTE)}
    desk.run(*(placed(name, ALL, night, at=at, source="night") for name, at in (("a", 1), ("c", 3))))
    assert _brought(desk) == {"day": (0, None), "night": (3, NOW + 7 * MINUTE)}


def _brought(desk: Desk) -> dict[str, tuple[int, datetime | None]]:
    return {status.source: (status.articles, status.newest_item) for status in desk.store.statuses()}


def test_the_counts_and_the_reasons_are_those_of_the_last_pass(desk: Desk) -> None:
    desk.run(placed("a"), placed("b"), rejections=[Rejection("k", "no title")])
    desk.run(placed("c"), gone=["a"], rejections=[Rejection("m", "no date"), Rejection("l", "no title")])
    day, night = desk.store.statuses()
    assert day.counts == Counts(seen=1, new=1, corrected=0, withdrawn=1, rejected=2)
    assert day.rejections == (Rejection("m", "no date"), Rejection("l", "no title"))
    assert night.counts is None


def test_a_source_that_moved_counts_for_its_new_host(desk: Desk) -> None:
    sources = {"day": Asked("day", "old"), "night": Asked("night", "old"), "there": Asked("there", "new")}
    desk.store.configure(replace(SETUP, sources=sources), NOW)
    desk.store.commit(replace(desk.done(), history=History(moved_to="https://new/rss"), next_poll=NOW))
    claims = desk.store.claim(holder="x", now=NOW, lease=LEASE, limit=9, a_host=1)
    assert [claim.source for claim in claims] == ["day", "night"]


def test_a_clock_that_was_set_back_finds_due_what_was_planned_before(desk: Desk) -> None:
    hours = timedelta(hours=2)
    desk.now = NOW + hours
    desk.store.beat(desk.now)
    desk.run()
    assert taken(desk.store, NOW) == ["night"]
    assert desk.store.beat(NOW) == Beat(NOW + hours)
    assert taken(desk.store, NOW) == ["day"]


def test_clocks_of_two_machines_that_differ_by_minutes_plan_nothing_anew(desk: Desk) -> None:
    desk.store.beat(NOW + 5 * MINUTE)
    desk.run()
    desk.store.beat(NOW)
    assert taken(desk.store, NOW + 2 * MINUTE) == ["night"]
