"""An operator decides about a stored article, whatever else happens to it at that moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedsvc.domain.article import Article, Decision, LabelKind
from feedsvc.domain.passes import Changes, Pass
from feedsvc.errors import StoreError
from feedsvc.pipeline.labelling import ATTEMPTS, Relabelled, Wanted
from feedsvc.pipeline.labelling import Desk as Labelling
from feedsvc.storage.store import Store, open_store

from .desk import Desk, answer, retitled, told
from .newsroom import CLASSIFIER, NOW

SPORT = Decision(kind=LabelKind.TOPIC, slug="sport", given=True, reason="it is a match", at=NOW)
HUE = Decision(kind=LabelKind.REGION, slug="hue", given=True, reason="it is there", at=NOW)


class Busy(Store):
    """A store in which something happens after an article was read, so many times, or before a pass is stored, once."""

    after_reading: Callable[[], object] | None = None
    before_storing: Callable[[], object] | None = None
    times = 1

    def article(self, article: str) -> Article | None:
        found = super().article(article)
        if self.after_reading is not None and self.times:
            self.times -= 1
            self.after_reading()
        return found

    def commit(self, done: Pass) -> Changes:
        happens, self.before_storing = self.before_storing, None
        if happens is not None:
            happens()
        return super().commit(done)


@pytest.fixture
def store() -> Busy:
    """A busy store in memory."""
    return Busy(open_store("sqlite://").database)


@pytest.fixture
def desk(store: Busy) -> Desk:
    """A desk with one article."""
    made = Desk(store)
    made.bring(told("a", "Một câu."))
    return made


def decide(desk: Desk, *decisions: Decision, name: str | None = None) -> Relabelled:
    return Labelling(desk.store, CLASSIFIER, desk.sources).decide(name or desk.only().id, Wanted(decisions), desk.now)


def test_a_decision_is_made_anew_of_a_text_that_came_between(store: Busy, desk: Desk) -> None:
    record = retitled(told("a", "Một câu."), "Bàn về dân vận ở Huế")
    store.after_reading = lambda: desk.bring(record)
    assert decide(desk, SPORT).after.draft.title == record.title
    stored = desk.only()
    assert (stored.draft.title, stored.decisions) == (record.title, (SPORT,))
    assert {"sport", "hue"} <= {label.slug for label in stored.labels}


def test_another_decision_that_came_between_is_kept(store: Busy, desk: Desk) -> None:
    store.after_reading = lambda: decide(desk, HUE)
    decide(desk, SPORT)
    assert desk.only().decisions == (HUE, SPORT)
    assert len(desk.newest(topic="sport", region="hue")) == 1


def test_a_pass_that_was_under_way_is_not_stored_and_the_next_one_keeps_the_decision(store: Busy, desk: Desk) -> None:
    record = retitled(told("a", "Một câu."), "Một tin khác")
    store.before_storing = lambda: decide(desk, SPORT)
    assert not desk.run(answer(record))[1].stored
    assert desk.run(answer(record))[1].stored
    assert (desk.only().draft.title, desk.only().decisions) == (record.title, (SPORT,))


def test_an_article_that_changes_all_the_time_is_given_up_and_nothing_decided(store: Busy, desk: Desk) -> None:
    name, titles = desk.only().id, iter(range(ATTEMPTS))
    store.times = ATTEMPTS
    store.after_reading = lambda: desk.bring(retitled(told("a"), f"Lần {next(titles)}"))
    with pytest.raises(StoreError, match="try again"):
        decide(desk, SPORT, name=name)
    assert desk.newest(topic="sport") == ()
    assert desk.only().decisions == ()
