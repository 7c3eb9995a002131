"""T01–T05, T07–T10, T21, T22, T24, T25: an answer that is no feed, or cannot be read, changes nothing but a status."""

from __future__ import annotations

import time

import pytest

from .desk import GOOD, Desk
from .hostile import FETCHING, READING, Hostile

pytestmark = pytest.mark.slow


def turns_hostile(desk: Desk, case: Hostile) -> tuple[str, str]:
    """The outcome of a pass in which the source answers so, and the reason that the operator sees."""
    desk.says = lambda path: case.says(path, desk.places)
    done, _ = desk.poll()
    (status,) = (one for one in desk.services.store.statuses() if one.source == "xau")
    assert (status.last_outcome, status.last_message) == (done.outcome, done.message)
    return str(done.outcome), done.message


@pytest.mark.parametrize("case", FETCHING, ids=str)
def test_that_cannot_be_had_changes_nothing(desk: Desk, case: Hostile) -> None:
    before, articles = desk.served(), desk.articles()
    started = time.monotonic()
    outcome, why = turns_hostile(desk, case)
    assert time.monotonic() - started < 6
    assert (outcome, case.why in why) == (case.outcome, True), why
    assert (desk.served(), desk.articles()) == (before, articles)
    assert len(desk.poll("lanh")[0].articles) == len(GOOD)


@pytest.mark.parametrize("case", READING, ids=str)
def test_that_is_a_bomb_is_read_within_its_budget_or_not_at_all(desk: Desk, case: Hostile) -> None:
    articles = desk.articles()
    outcome, why = turns_hostile(desk, case)
    assert outcome == case.outcome or not case.outcome, why
    assert ("processor time" in why) == case.processor, why
    assert articles.items() <= desk.articles().items()
    desk.served()
    assert len(desk.poll("lanh")[0].articles) == len(GOOD)


def test_that_came_by_a_permanent_redirect_moves_nobody(desk: Desk) -> None:
    """T05: the address that is asked stays the configured one."""
    (portal,) = (case for case in FETCHING if case.row == "T05")
    for _ in range(5):
        turns_hostile(desk, portal)
        assert desk.server.asked[-1].startswith("GET /xau ")
