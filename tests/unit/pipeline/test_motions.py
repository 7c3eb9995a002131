"""What comes into feeds, leaves them and stays is counted over any number of articles, with the newest as examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedsvc.domain.applied import Seen
from feedsvc.pipeline.motions import Motions
from tests.contracts.samples import placed

START = datetime(2026, 1, 1, tzinfo=UTC)


def seen(number: int, *feeds: str) -> Seen:
    article = placed(f"n{number}").article
    return Seen(
        replace(article, draft=replace(article.draft, published=START + timedelta(hours=number))), frozenset(feeds)
    )


def counted(motions: Motions) -> dict[str, tuple[int, int, int]]:
    return {one.path: (one.come, one.gone, one.stay) for one in motions.motions()}


def test_each_feed_that_changes_is_counted_and_no_other() -> None:
    motions = Motions()
    motions.add(seen(1, "all", "a"), frozenset({"all", "b"}))
    motions.add(seen(2, "all", "a"), frozenset({"all", "a", "b"}))
    motions.add(seen(3, "all", "a"), frozenset({"all", "a"}))
    assert counted(motions) == {"a": (0, 1, 2), "b": (2, 0, 0)}
    assert (motions.articles, motions.differing) == (3, 2)
    assert [one.path for one in motions.motions()] == ["b", "a"], "what changes most comes first"


def test_the_examples_are_the_newest_whatever_the_order() -> None:
    first, second = Motions(2), Motions(2)
    for number in (3, 1, 5):
        first.add(seen(number), frozenset({"a"}))
    for number in (4, 2):
        second.add(seen(number, "b"), frozenset({"a"}))
    first.join(second)
    (into, out) = first.motions()
    assert [example.title for example in into.came] == ["Tin n5", "Tin n4"]
    assert [example.title for example in out.left] == ["Tin n4", "Tin n2"]
    assert counted(first) == {"a": (5, 0, 0), "b": (0, 2, 0)}
    assert (first.articles, first.differing) == (5, 5)


def test_without_examples_none_is_kept() -> None:
    motions = Motions()
    motions.add(seen(1), frozenset({"a"}))
    assert motions.motions()[0].came == ()
