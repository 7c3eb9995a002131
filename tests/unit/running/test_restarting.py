"""How long a process that ended waits before it is started again."""

from __future__ import annotations

import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.running.restarting import KILLED, LONGEST, LONGEST_KILLED, QUICK, Restart, restart

codes = st.none() | st.integers(-64, 255)


def waits(code: int | None, ends: int) -> list[float]:
    """The pauses of a process that ends at once, again and again."""
    quick, found = 0, []
    for _ in range(ends):
        quick, wait = restart(code, 0.1, quick)
        found.append(wait)
    return found


def test_one_that_fails_waits_longer_each_time() -> None:
    assert waits(1, 8) == [0, 0.25, 0.5, 1, 2, 4, 5, 5]
    assert waits(None, 3) == waits(-signal.SIGSEGV, 3) == [0, 0.25, 0.5]


@pytest.mark.parametrize("code", [-signal.SIGKILL, KILLED])
def test_one_that_was_killed_is_back_in_a_quarter_of_a_second(code: int) -> None:
    assert waits(code, 20) == [0, *[0.25] * 19]


@given(codes, st.integers(0, 10**9))
def test_one_that_ran_for_a_while_is_started_at_once(code: int | None, quick: int) -> None:
    assert restart(code, QUICK, quick) == Restart(0, 0.0)


@given(codes, st.floats(0, 10**6), st.integers(0, 10**9))
def test_no_pause_is_longer_than_the_longest(code: int | None, lived: float, quick: int) -> None:
    found = restart(code, lived, quick)
    assert 0 <= found.wait <= (LONGEST_KILLED if code in {-signal.SIGKILL, KILLED} else LONGEST)
    assert 0 <= found.quick <= quick + 1
