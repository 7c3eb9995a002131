"""A pass as a line of the log."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from feedsvc.domain.passes import Change, ChangeKind, Changes, Claim, Outcome, Pass
from feedsvc.domain.record import Rejection
from feedsvc.domain.source import Cursor
from feedsvc.scheduling.reporting import fields_of, report

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
CLAIM = Claim(source="dai-thu", holder="h", token=1, until=NOW, cursor=Cursor())


def finished(outcome: Outcome, message: str = "", rejections: tuple[Rejection, ...] = ()) -> Pass:
    return Pass(
        claim=CLAIM,
        outlet="dai-thu",
        started=NOW,
        outcome=outcome,
        cursor=Cursor(),
        next_poll=NOW,
        seen=3,
        message=message,
        rejections=rejections,
    )


def test_the_line_counts_what_happened_and_leaves_out_what_did_not() -> None:
    changes = Changes(seq=1, changes=(Change(ChangeKind.NEW, "a"), Change(ChangeKind.NEW, "b")))
    found = fields_of(finished(Outcome.CHANGED), changes, 0.25)
    assert found == {"source": "dai-thu", "outcome": "changed", "seen": 3, "new": 2, "ms": 250}


def test_the_line_names_the_first_rejection() -> None:
    rejections = (Rejection("a.txt", "it is empty"), Rejection("b.txt", "it is a link"))
    found = fields_of(finished(Outcome.ALL_REJECTED, rejections=rejections), Changes(seq=1), 0)
    assert (found["rejected"], found["first_rejection"]) == (2, "a.txt: it is empty")


def test_a_pass_that_was_superseded_says_so() -> None:
    assert fields_of(finished(Outcome.CHANGED), Changes(seq=1, stored=False), 0)["superseded"] is True


def test_what_changed_nothing_is_for_those_who_look_closely(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        report(finished(Outcome.UNCHANGED), None, 0.1)
    (line,) = caplog.records
    assert (line.levelno, line.getMessage()) == (logging.DEBUG, "pass")


@pytest.mark.parametrize(
    ("outcome", "level"),
    [(Outcome.CHANGED, logging.INFO), (Outcome.UNCHANGED, logging.INFO), (Outcome.REFUSED, logging.WARNING)],
)
def test_what_an_operator_should_look_at_is_a_warning(
    outcome: Outcome, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        report(finished(outcome, "the folder is empty"), Changes(seq=1), 0.1)
    (line,) = caplog.records
    assert (line.levelno, line.getMessage()) == (level, "pass")
