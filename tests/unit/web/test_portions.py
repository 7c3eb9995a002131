"""At most so many within any hour, in bounded memory, whatever the clock does."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.web.portions import HOUR, Portions

from .room import NOON

STEPS = st.lists(st.tuples(st.sampled_from([b"a", b"b"]), st.integers(0, HOUR)), max_size=60)


@given(steps=STEPS, limit=st.integers(1, 5))
def test_no_hour_holds_more_than_the_limit_and_nobody_waits_longer_than_needed(
    steps: list[tuple[bytes, int]], limit: int
) -> None:
    """Against the plainest model: every time that was given, kept for ever."""
    portions, now = Portions(), 0
    given_to: dict[bytes, list[int]] = {b"a": [], b"b": []}
    for caller, passed in steps:
        now += passed
        recent = [at for at in given_to[caller] if now - at < HOUR]
        wait = portions.wait(caller, limit, NOON + timedelta(seconds=now))
        assert bool(wait) == (len(recent) >= limit)
        if wait:
            assert wait == recent[-limit] + HOUR - now
        else:
            portions.give(caller, limit, NOON + timedelta(seconds=now))
            given_to[caller].append(now)


def test_those_served_longest_ago_are_forgotten_first() -> None:
    portions = Portions(callers=2)
    for caller in (b"a", b"b", b"a", b"c"):
        portions.give(caller, 1, NOON)
    assert [bool(portions.wait(caller, 1, NOON)) for caller in (b"a", b"b", b"c")] == [True, False, True]


def test_the_times_of_all_together_are_bounded_too() -> None:
    portions = Portions(times=5)
    for caller in (b"a", b"a", b"b", b"b", b"b", b"b"):
        portions.give(caller, 3, NOON)
    assert not portions.wait(b"c", 1, NOON)
    assert portions.wait(b"a", 2, NOON)
    portions.give(b"c", 3, NOON)
    assert not portions.wait(b"a", 2, NOON)
    assert portions.wait(b"b", 3, NOON)


def test_a_clock_that_was_put_back_makes_nobody_wait() -> None:
    portions = Portions()
    portions.give(b"a", 1, NOON)
    assert not portions.wait(b"a", 1, NOON - timedelta(seconds=1))
    assert portions.wait(b"a", 1, NOON) == HOUR
