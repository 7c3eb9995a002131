"""What every Ledger does with an operator's decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.domain.article import Carrier, Decision, LabelKind
from feedsvc.domain.passes import Change, ChangeKind, Changes, Placed
from tests.contracts.samples import ALL, DAY, NOW, SPORT, Desk, ident, live, placed, topic

SPORTING = Decision(kind=LabelKind.TOPIC, slug="sport", given=True, reason="it is a match", at=NOW)
NO_NEWS = Decision(kind=LabelKind.TOPIC, slug="news", given=False, reason="it is none\0", at=NOW)
IN_HUE = Decision(kind=LabelKind.REGION, slug="hue", given=True, reason="the stadium", at=NOW + timedelta(days=1))


def under(one: Placed, *decisions: Decision) -> Placed:
    return replace(one, article=replace(one.article, decisions=decisions))


def decide(desk: Desk, one: Placed, *decisions: Decision, before: tuple[Decision, ...] = ()) -> Changes:
    return desk.store.decide(under(one, *decisions), before, desk.now)


def decisions(desk: Desk, name: str = "a") -> tuple[Decision, ...]:
    stored = desk.store.article(ident(name))
    assert stored is not None
    return stored.decisions


def test_a_decision_is_stored_with_what_follows_from_it(desk: Desk) -> None:
    desk.run(placed("a"))
    changes = decide(desk, placed("a", ALL, SPORT, labels=[topic("sport")]), SPORTING)
    assert changes.stored
    assert changes.changes == (Change(ChangeKind.RELABELLED, ident("a")),)
    assert desk.names(SPORT) == ["a"]
    assert decisions(desk) == (SPORTING,)
    assert [one.decisions for one in desk.store.newest(SPORT, 5)] == [(SPORTING,)]
    assert [one.decisions for one in live(desk.store)] == [(SPORTING,)]
    assert desk.store.known("day", ["a"])["a"].decisions == (SPORTING,)


def test_decisions_are_read_in_their_order_and_as_they_can_be_stored(desk: Desk) -> None:
    desk.run(placed("a"))
    decide(desk, placed("a"), NO_NEWS, SPORTING, IN_HUE)
    assert decisions(desk) == (IN_HUE, replace(NO_NEWS, reason="it is none\\x00"), SPORTING)


def test_decisions_are_replaced_and_taken_back(desk: Desk) -> None:
    desk.run(placed("a"))
    decide(desk, placed("a"), SPORTING)
    other = replace(SPORTING, given=False)
    assert decide(desk, placed("a"), other, before=(SPORTING,)).stored
    assert decisions(desk) == (other,)
    assert decide(desk, placed("a"), before=(other,)).stored
    assert decisions(desk) == ()


def test_a_decision_that_changes_no_label_is_a_change_all_the_same(desk: Desk) -> None:
    """What somebody made of the article before has to be made anew."""
    desk.run(placed("a"))
    changes = decide(desk, placed("a"), NO_NEWS)
    assert changes.changes == (Change(ChangeKind.RELABELLED, ident("a")),)
    assert changes.seq == 2
    assert changes.feeds == frozenset()


def test_a_decision_that_was_made_of_another_text_is_not_stored(desk: Desk) -> None:
    desk.run(placed("a", words="corrected"))
    assert not decide(desk, placed("a"), SPORTING).stored
    assert decisions(desk) == ()


def test_a_decision_that_does_not_know_of_another_is_not_stored(desk: Desk) -> None:
    desk.run(placed("a"))
    decide(desk, placed("a"), SPORTING)
    assert not decide(desk, placed("a"), IN_HUE).stored
    assert decisions(desk) == (SPORTING,)


def test_a_decision_that_does_not_know_of_a_source_is_not_stored(desk: Desk) -> None:
    one = placed("a")
    desk.run(replace(one, article=replace(one.article, others=(Carrier("night"),))))
    assert not decide(desk, placed("a"), SPORTING).stored


def test_a_decision_about_what_is_not_there_is_not_stored(desk: Desk) -> None:
    assert not decide(desk, placed("a"), SPORTING).stored


def test_of_a_withdrawn_article_the_decision_alone_is_stored(desk: Desk) -> None:
    desk.run(placed("a"))
    desk.run(gone=["a"])
    changes = decide(desk, placed("a", ALL, SPORT, labels=[topic("sport")]), SPORTING)
    assert (changes.stored, changes.changes) == (True, ())
    assert desk.names(SPORT) == []
    assert decisions(desk) == (SPORTING,)
    assert desk.store.known("day", ["a"])["a"].decisions == (SPORTING,)


@pytest.mark.parametrize("words", ["as first told", "corrected"])
def test_a_pass_that_does_not_know_of_a_decision_is_not_stored(desk: Desk, words: str) -> None:
    desk.run(placed("a"))
    done = desk.done(placed("a", DAY, words=words), placed("b"))
    decide(desk, placed("a", ALL, SPORT), SPORTING)
    assert not desk.store.commit(done).stored
    assert desk.names(SPORT) == ["a"]
    assert desk.names() == ["a"]


def test_nor_is_one_that_knows_of_a_decision_which_was_taken_back(desk: Desk) -> None:
    desk.run(placed("a"))
    decide(desk, placed("a"), SPORTING)
    done = desk.done(under(placed("a", words="corrected"), SPORTING))
    decide(desk, placed("a"), before=(SPORTING,))
    assert not desk.store.commit(done).stored


def test_a_pass_that_knows_of_the_decision_keeps_it(desk: Desk) -> None:
    desk.run(placed("a"))
    decide(desk, placed("a"), SPORTING)
    assert desk.run(under(placed("a", words="corrected"), SPORTING)).stored
    desk.run(gone=["a"])
    assert desk.run(under(placed("a", words="back"), SPORTING)).stored
    assert decisions(desk) == (SPORTING,)


def test_a_pass_over_other_articles_is_stored(desk: Desk) -> None:
    desk.run(placed("a"))
    done = desk.done(placed("b"))
    decide(desk, placed("a"), SPORTING)
    assert desk.store.commit(done).stored


def test_what_is_taken_out_leaves_no_decision(desk: Desk) -> None:
    desk.run(placed("a"))
    decide(desk, placed("a"), SPORTING)
    assert desk.store.purge(NOW + timedelta(days=1), 5, NOW) == 1
    assert desk.store.article(ident("a")) is None
    assert desk.store.known("day", ["a"])["a"].decisions == ()
