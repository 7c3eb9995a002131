"""What is said of edited topics and regions that are not applied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedsvc.domain.pending import Edited, Pending, compared
from feedsvc.domain.rule import Phrase, Rule
from feedsvc.domain.taxonomy import PlaceType, Region, RegionRow, Taxonomy, Topic


def topic(slug: str, *phrases: str) -> Topic:
    return Topic(id=slug, title={"vi": slug}, rule=Rule(any=tuple(map(Phrase, phrases))))


def region(slug: str) -> Region:
    return Region(id=slug, rows=(RegionRow(title={"vi": slug}, type="tinh"),))


def taxonomy(*topics: Topic, regions: tuple[Region, ...] = ()) -> Taxonomy:
    return Taxonomy({one.id: one for one in topics}, {one.id: one for one in regions}, {})


APPLIED = taxonomy(topic("a", "x"), topic("b", "y"), regions=(region("hue"), region("da-nang")))


def test_what_is_as_it_is_applied_is_not_pending() -> None:
    found = compared(APPLIED, taxonomy(topic("a", "x"), topic("b", "y"), regions=(region("hue"), region("da-nang"))))
    assert not found
    assert found.sentence() == ""


def test_what_is_new_other_and_gone_is_told_apart() -> None:
    edited = taxonomy(topic("a", "z"), topic("c"), regions=(region("hue"), region("da-nang")))
    found = compared(APPLIED, edited)
    assert found.topics == Edited(new=("c",), changed=("a",), gone=("b",))
    assert found.regions == Edited()
    assert not found.otherwise


def test_another_order_is_pending_too() -> None:
    found = compared(APPLIED, taxonomy(topic("b", "y"), topic("a", "x"), regions=(region("hue"), region("da-nang"))))
    assert found
    assert found.sentence() == (
        "pending: the order of topics or regions, or a rank of places, differs from what is applied, run `feedsvc plan`"
    )


def test_other_ranks_of_places_are_pending() -> None:
    assert compared(APPLIED, replace(APPLIED, types={"tinh": PlaceType(id="tinh", words=("tỉnh",))})).otherwise


@pytest.mark.parametrize(
    ("pending", "sentence"),
    [
        (Pending(topics=Edited(new=("a",))), "pending: 1 topic differs from what is applied, run `feedsvc plan`"),
        (
            Pending(topics=Edited(("a",), ("b",), ("c",))),
            "pending: 3 topics differ from what is applied, run `feedsvc plan`",
        ),
        (
            Pending(topics=Edited(("a",), ("b",)), regions=Edited(gone=("hue",))),
            "pending: 2 topics and 1 region differ from what is applied, run `feedsvc plan`",
        ),
        (Pending(wrong=("topics.yaml:12",)), "pending, and wrong: topics.yaml:12, run `feedsvc check`"),
        (
            Pending(wrong=("topics.yaml:12", "regions.yaml:3", "regions.yaml:9")),
            "pending, and wrong: topics.yaml:12 and 2 more, run `feedsvc check`",
        ),
    ],
)
def test_the_sentence_counts_and_says_what_to_do(pending: Pending, sentence: str) -> None:
    assert pending.sentence() == sentence
