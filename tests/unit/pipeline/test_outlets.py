"""Two section feeds of one newspaper: one article, once, with the labels of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from feedsvc.domain.article import Carrier, LabelKind
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import ChangeKind, Outcome
from feedsvc.domain.record import RawRecord
from feedsvc.storage.store import Store, open_store

from .desk import Desk, answer, told
from .newsroom import SOURCE, TAXONOMY

FIRST, SECOND = list(TAXONOMY.topics)[:2]
NEWS = replace(SOURCE, id="thoi-su", outlet="bao", topics=(FIRST,), home=None)
SCHOOL = replace(
    SOURCE, id="giao-duc", outlet="bao", topics=(), categories=MappingProxyType({"Học": SECOND}), home=None
)
OTHER = replace(SOURCE, id="bao-khac", outlet="bao-khac", topics=(), home=None)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, {one.id: one for one in (NEWS, SCHOOL, OTHER)})


def in_school(record: RawRecord) -> RawRecord:
    """The record as the second section has it: under its own term, and cut shorter."""
    return replace(told(record.key, "Ngắn hơn.", title=str(record.title)), categories=("Học",))


A = told("a", "Trời đẹp.", "Nắng lên.", title="Trời đẹp")


def topics(desk: Desk) -> list[str]:
    return sorted(label.slug for label in desk.only().labelled(LabelKind.TOPIC))


def test_an_article_of_two_sections_is_one_article_with_the_labels_and_the_feeds_of_both(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    _, changes = desk.run(answer(in_school(A)), "giao-duc")
    assert [change.kind for change in changes.changes] == [ChangeKind.RELABELLED]
    assert topics(desk) == sorted([FIRST, SECOND])
    assert desk.only().others == (Carrier("giao-duc", ("Học",)),)
    assert [len(desk.newest(source=one)) for one in ("thoi-su", "giao-duc", "bao-khac")] == [1, 1, 0]
    assert len(desk.newest(topic=SECOND)) == 1


def test_the_words_are_those_of_the_section_that_came_first_and_no_section_corrects_the_other(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    before = desk.only()
    for _ in range(3):
        desk.run(answer(in_school(A)), "giao-duc")
        assert desk.run(answer(A), "thoi-su")[0].outcome is Outcome.UNCHANGED
    after = desk.only()
    assert (after.draft.content, after.updated, after.source) == (before.draft.content, before.updated, "thoi-su")


def test_a_correction_by_the_first_section_keeps_what_the_second_gives(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(in_school(A)), "giao-duc")
    _, changes = desk.run(answer(replace(A, title="Trời rất đẹp")), "thoi-su")
    assert [change.kind for change in changes.changes] == [ChangeKind.CORRECTED]
    assert (topics(desk), desk.only().draft.title) == (sorted([FIRST, SECOND]), "Trời rất đẹp")


def test_one_section_taking_it_back_withdraws_nothing_while_the_other_has_it(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(in_school(A)), "giao-duc")
    _, changes = desk.run(answer(gone=("a",)), "thoi-su")
    assert changes.count(ChangeKind.WITHDRAWN) == 0
    assert (desk.only().source, desk.only().others, topics(desk)) == ("giao-duc", (), [SECOND])
    assert desk.newest(source="thoi-su") == ()
    _, changes = desk.run(answer(gone=("a",)), "giao-duc")
    assert (changes.count(ChangeKind.WITHDRAWN), desk.newest()) == (1, ())


def test_a_section_cannot_take_back_what_it_never_had(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(gone=("a",)), "giao-duc")
    assert len(desk.newest()) == 1


def test_another_outlet_with_the_same_key_has_an_article_of_its_own(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(A), "bao-khac")
    assert len({article.id for article in desk.newest()}) == 2


def test_new_rules_keep_the_labels_that_each_section_gives(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(in_school(A)), "giao-duc")
    assert desk.apply().differing == 0
    assert topics(desk) == sorted([FIRST, SECOND])


def test_when_the_first_section_is_no_longer_asked_the_second_takes_over(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(in_school(A)), "giao-duc")
    desk.sources = {one.id: one for one in (SCHOOL, OTHER)}
    desk.apply()
    desk.run(answer(in_school(A)), "giao-duc")
    assert (desk.only().source, desk.only().others) == ("giao-duc", ())
    assert "Ngắn hơn." in [text for _, text in desk.only().draft.fields()]


def test_both_sections_count_it_among_their_articles(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(in_school(A)), "giao-duc")
    counts = {status.source: status.articles for status in desk.store.statuses()}
    assert counts == {"thoi-su": 1, "giao-duc": 1, "bao-khac": 0}


def test_feeds_of_both_sections_are_moved_by_a_correction(desk: Desk) -> None:
    desk.run(answer(A), "thoi-su")
    desk.run(answer(in_school(A)), "giao-duc")
    _, changes = desk.run(answer(replace(A, title="Khác")), "thoi-su")
    assert {FeedKey(source="thoi-su"), FeedKey(source="giao-duc")} <= changes.feeds
