"""What every Ledger does with articles that are older than they are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedsvc.domain.article import Figure, Medium
from feedsvc.domain.passes import Placed, RecordState
from tests.contracts.samples import ALL, DAY, NOW, WINDOW, Desk, ident, placed, topic

MINUTE = timedelta(minutes=1)


def purge(desk: Desk, minutes: int, limit: int = 100) -> int:
    """Take out what was published so many minutes after NOW, or earlier."""
    return desk.store.purge(NOW + minutes * MINUTE + timedelta(seconds=1), limit, desk.now)


def test_what_is_older_leaves_its_feeds_and_what_is_younger_stays(desk: Desk) -> None:
    desk.run(*(placed(name, at=at, labels=[topic("sport")]) for at, name in enumerate("abcd")))
    assert purge(desk, 1) == 2
    assert desk.names(ALL) == desk.names(DAY) == ["d", "c"]
    assert desk.store.article(ident("a")) is None
    assert desk.store.withdrawn(ident("a"))
    assert desk.store.tally(desk.now).articles == 2


def test_it_goes_by_steps_oldest_first_and_is_done_once(desk: Desk) -> None:
    desk.run(*(placed(name, at=at) for at, name in enumerate("abcd")))
    assert [purge(desk, 2, 2), purge(desk, 2, 2), purge(desk, 2, 2)] == [2, 1, 0]
    assert desk.names(ALL) == ["d"]


def test_what_is_not_kept_never_comes_back(desk: Desk) -> None:
    desk.run(placed("a"), placed("b", at=9))
    purge(desk, 0)
    assert desk.store.known("day", ["a"])["a"].state is RecordState.PURGED
    desk.run(placed("a", words="told anew"))
    assert desk.names(ALL) == ["b"]
    assert purge(desk, 0) == 0


def test_a_document_changes_only_where_what_leaves_it_stood_in_it(desk: Desk) -> None:
    desk.run(*(placed(name, at=at) for at, name in enumerate("abcdef"[: WINDOW + 1])))
    desk.let_go()
    before = desk.store.feed(ALL)
    purge(desk, 0)
    assert desk.store.feed(ALL) == before
    purge(desk, 1)
    assert desk.store.feed(ALL) != before


def test_what_was_withdrawn_is_not_kept_longer_than_the_rest(desk: Desk) -> None:
    desk.run(placed("a"), placed("b"))
    desk.run(gone=["a"])
    assert purge(desk, 0) == 2
    assert desk.store.article(ident("a")) is None


def test_a_source_whose_articles_are_not_kept_goes_on(desk: Desk) -> None:
    desk.run(placed("a"))
    purge(desk, 0)
    desk.run(placed("b", at=5))
    status = desk.store.statuses()[0]
    assert (status.articles, status.newest_item) == (1, NOW + 5 * MINUTE)


def shown(name: str, *pictures: str, at: int = 0, words: str = "as first told") -> Placed:
    """An article that shows pictures of our own."""
    one = placed(name, at=at, words=words)
    media = tuple(Medium(address=f"/media/{digest}/anh.jpg", media_type="image/jpeg", length=9) for digest in pictures)
    draft = replace(one.article.draft, content=(Figure(media), *one.article.draft.content))
    return replace(one, article=replace(one.article, draft=draft))


def test_pictures_are_shown_for_as_long_as_an_article_shows_them(desk: Desk) -> None:
    first, second, third = ("a" * 32, "b" * 32, "c" * 32)
    desk.run(shown("a", first, second), shown("b", second, third, at=1), shown("c", third, at=2))
    left = []
    for at in range(3):
        left.append(desk.store.unshown([first, second, third]))
        desk.store.purge(NOW + (at + 0.5) * MINUTE, 10, desk.now)
    assert left == [frozenset(), {first}, {first, second}]
    assert desk.store.unshown([first, second, third]) == {first, second, third}


def test_an_article_that_was_corrected_shows_its_new_pictures_alone(desk: Desk) -> None:
    first, second = ("a" * 32, "b" * 32)
    desk.run(shown("a", first))
    desk.run(shown("a", second, words="corrected"))
    assert desk.store.unshown([first, second]) == {first}


def test_a_small_store_gives_no_room_back(desk: Desk) -> None:
    desk.run(*(placed(name, at=at) for at, name in enumerate("abcd")))
    purge(desk, 2)
    assert desk.store.shrink(1000) == 0


def test_what_shows_for_having_come_late_moves_its_document_when_it_goes(desk: Desk) -> None:
    desk.run(*(placed(name, at=9) for name in "abcd"[:WINDOW]))
    desk.let_go()
    desk.run(placed("old"))
    before = desk.store.feed(ALL)
    purge(desk, 0)
    assert desk.store.feed(ALL) != before


def test_of_articles_of_one_second_the_one_that_does_not_show_moves_nothing(desk: Desk) -> None:
    names = sorted("abcdef"[: WINDOW + 1], key=ident)
    desk.run(*map(placed, names))
    desk.let_go()
    before = desk.store.feed(ALL)
    purge(desk, 0, 1)
    assert (desk.store.feed(ALL) == before) == (desk.store.article(ident(names[0])) is None)
