"""How a source does, judged by its own history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.domain.passes import Outcome
from feedsvc.domain.rhythm import Rhythm, Verdict, VerdictKind
from feedsvc.pipeline.rhythm import heard
from feedsvc.pipeline.verdict import ENOUGH_SEEN, PATIENCE, Course, by_silence, verdict_of

from .newsroom import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WENT_WELL = Course(outcome=Outcome.UNCHANGED, message="", failures=0, failing_since=None, worked=True)
FRESH = Verdict(VerdictKind.FRESH, NOW)


def daily(days: int = 40) -> Rhythm:
    """An article a day at noon and one an hour later, the last one at NOW."""
    return heard(Rhythm(), [NOW - DAY * number - HOUR * part for number in range(days) for part in (0, 1)])


def failed(failures: int, outcome: Outcome = Outcome.FETCH_FAILED, worked: bool = True) -> Course:
    return Course(outcome=outcome, message="it is away", failures=failures, failing_since=NOW, worked=worked)


@pytest.mark.parametrize(
    ("quiet", "kind"),
    [
        (0, VerdictKind.FRESH),
        (23, VerdictKind.FRESH),
        (24, VerdictKind.LATE),
        (34, VerdictKind.LATE),
        (35, VerdictKind.SILENT),
        (3500, VerdictKind.SILENT),
    ],
)
def test_silence_is_measured_by_the_longest_gap(quiet: int, kind: VerdictKind) -> None:
    verdict = verdict_of(WENT_WELL, daily(), FRESH, NOW + quiet * HOUR)
    assert (verdict.kind, verdict.since) == (kind, NOW)


def test_a_silent_source_is_told_with_the_gap_that_it_is_measured_by() -> None:
    assert by_silence(daily(), NOW + 50 * HOUR).why == (
        "nothing new since 2026-03-01 08:00 UTC; the longest gap lately was 23 h"
    )


def test_few_articles_judge_nothing_and_neither_do_a_few_days() -> None:
    few = heard(Rhythm(), [NOW - DAY * number for number in range(ENOUGH_SEEN - 1)])
    young = heard(Rhythm(), [NOW - HOUR * number for number in range(100)])
    for rhythm in (Rhythm(), few, young):
        assert by_silence(rhythm, NOW + 900 * DAY).kind is VerdictKind.UNJUDGED


def test_a_source_fails_after_three_passes_and_until_one_goes_well() -> None:
    for failures in range(1, PATIENCE):
        assert verdict_of(failed(failures), daily(), FRESH, NOW) == FRESH
    verdict = verdict_of(failed(PATIENCE), daily(), FRESH, NOW + HOUR)
    assert verdict == Verdict(VerdictKind.FAILING, NOW, "fetch failed: it is away")
    assert verdict_of(WENT_WELL, daily(), verdict, NOW).kind is VerdictKind.FRESH


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.REFUSED])
def test_what_does_not_pass_by_itself_is_told_at_once(outcome: Outcome) -> None:
    assert verdict_of(failed(1, outcome), daily(), FRESH, NOW).kind is VerdictKind.FAILING


def test_a_source_that_fails_from_the_first_pass_on_never_worked() -> None:
    verdict = verdict_of(failed(1, worked=False), Rhythm(), Verdict(), NOW)
    assert (verdict.kind, verdict.since) == (VerdictKind.NEVER_WORKED, NOW)


def test_who_looks_for_trouble_finds_it_by_kind() -> None:
    assert {kind for kind in VerdictKind if kind.bad} == {
        VerdictKind.SILENT,
        VerdictKind.FAILING,
        VerdictKind.NEVER_WORKED,
    }
    assert replace(WENT_WELL).outcome.success
