"""What every Applier promises: all that is staged takes effect at one moment, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedsvc.domain.applied import Moved
from feedsvc.domain.article import Article, Carrier
from feedsvc.domain.passes import Placed
from feedsvc.domain.setup import Asked
from feedsvc.errors import ApplyLost, ApplyUnderWay
from feedsvc.storage.changing import current_seq
from feedsvc.storage.effect import FEW
from feedsvc.storage.schema import changes, entries, labels
from feedsvc.storage.stage import ROWS
from tests.contracts.samples import (
    ALL,
    DAY,
    HUE,
    LEASE,
    NOW,
    SETUP,
    SPORT,
    SPORT_IN_HUE,
    WINDOW,
    Desk,
    Store,
    applied,
    ident,
    nothing,
    placed,
    topic,
)

TWO = replace(SETUP, digest="digest two", text="text two", rules="rules two")
LATER = NOW + timedelta(hours=1)
SPORTY = (ALL, DAY, SPORT)


def staged_rows(store: Store) -> int:
    with store.database.reading() as connection:
        return sum(len(connection.execute(select(table)).all()) for table in ROWS)


def seq_of(store: Store) -> int:
    with store.database.reading() as connection:
        return current_seq(connection)


def changed(store: Store) -> list[tuple[int, int]]:
    """When the documents of the feeds changed, and at which seq."""
    found = [store.feed(key) for key in (ALL, DAY, SPORT, HUE)]
    return [(int(one.changed_at.timestamp()), one.changed_seq) for one in found if one is not None]


class TestTakingEffect:
    def test_gives_articles_the_labels_and_feeds_that_were_staged_and_moves_nothing_else(self, desk: Desk) -> None:
        desk.run(placed("a"), placed("b", *SPORTY, labels=[topic("sport")]), placed("c"))
        before = {name: desk.store.article(ident(name)) for name in "abc"}
        effect = applied(
            desk.store, TWO, LATER, placed("a", *SPORTY, labels=[topic("sport")]), placed("b"), placed("c")
        )
        assert desk.names(SPORT) == ["a"]
        assert sorted(desk.names()) == ["a", "b", "c"]
        for name, one in before.items():
            after = desk.store.article(ident(name))
            assert one is not None
            assert after is not None
            assert replace(after, labels=()) == replace(one, labels=())
        assert effect.relabelled == 2
        assert effect.moved == (Moved(SPORT.path, 1, 1),)
        assert effect.seq == seq_of(desk.store)

    def test_is_one_seq_for_labels_entries_and_changes(self, desk: Desk) -> None:
        desk.run(*(placed(name) for name in "ab"), placed("c", *SPORTY, labels=[topic("sport")]))
        wanted = [placed(name, *SPORTY, labels=[topic("sport")]) for name in "ab"]
        seq = applied(desk.store, TWO, LATER, *wanted, placed("c")).seq
        with desk.store.database.reading() as connection:
            at = connection.execute(select(changes.c.article).where(changes.c.seq == seq)).all()
            begun = connection.execute(select(labels.c.article).where(labels.c.from_seq == seq)).all()
            ended = connection.execute(select(labels.c.article).where(labels.c.to_seq == seq)).all()
            entered = connection.execute(
                select(entries.c.feed, entries.c.article).where(entries.c.entered_seq == seq)
            ).all()
            left = connection.execute(select(entries.c.feed, entries.c.article).where(entries.c.left_seq == seq)).all()
        assert sorted(row.article for row in at) == sorted(map(ident, "abc"))
        assert sorted(row.article for row in begun) == sorted(map(ident, "ab"))
        assert [tuple(row) for row in ended] == [(ident("c"),)]
        assert sorted(tuple(row) for row in entered) == sorted((SPORT.path, ident(name)) for name in "ab")
        assert [tuple(row) for row in left] == [(SPORT.path, ident("c"))]

    def test_marks_the_documents_that_look_different_and_no_others(self, desk: Desk) -> None:
        desk.run(*(placed(name, *SPORTY, at=number) for number, name in enumerate("abcd")))
        desk.let_go()
        later = desk.now + LEASE
        before = changed(desk.store)
        applied(desk.store, TWO, later, placed("a", ALL, DAY, at=0))
        assert changed(desk.store) == before, "it stood below the newest three"
        seq = applied(desk.store, SETUP, later, placed("d", ALL, DAY, at=3)).seq
        after = changed(desk.store)
        assert [one for one, was in zip(after, before) if one != was] == [(int(later.timestamp()), seq)]
        seq = applied(desk.store, TWO, later + LEASE, placed("c", *SPORTY, at=2, labels=[topic("sport")])).seq
        assert [at == seq for _, at in changed(desk.store)] == [True, True, True, False]

    def test_shows_what_enters_a_feed_by_it_whatever_its_date(self, desk: Desk) -> None:
        desk.run(*(placed(name, ALL, DAY, *([SPORT] if name > "a" else []), at=at) for at, name in enumerate("abcd")))
        desk.let_go()
        assert (desk.names(SPORT, WINDOW), desk.names(ALL, WINDOW)) == (["d", "c", "b"], ["d", "c", "b"])
        before = changed(desk.store)
        seq = applied(desk.store, TWO, desk.now, placed("a", *SPORTY, labels=[topic("sport", derived=True)])).seq
        assert (desk.names(SPORT, WINDOW), desk.names(ALL, WINDOW)) == (["d", "c", "b", "a"], ["d", "c", "b"])
        assert [was if at != seq else None for was, (_, at) in zip(before, changed(desk.store))] == [
            *before[:2],
            None,
            before[3],
        ]

    def test_is_of_no_document_where_only_a_reason_changed(self, desk: Desk) -> None:
        desk.run(placed("a", *SPORTY, labels=[topic("sport", why="đá bóng")]))
        before = changed(desk.store)
        effect = applied(desk.store, TWO, LATER, placed("a", *SPORTY, labels=[topic("sport", why="bóng đá")]))
        assert (effect.relabelled, effect.moved) == (1, ())
        assert changed(desk.store) == before
        article = desk.store.article(ident("a"))
        assert article is not None
        assert article.labels[0].reason[0].words == "bóng đá"

    def test_brings_sources_feeds_and_the_configuration_with_it(self, desk: Desk) -> None:
        desk.run(placed("a"))
        other = replace(
            TWO, sources={"day": Asked("day"), "noon": Asked("noon")}, feeds=frozenset({ALL, DAY, SPORT_IN_HUE, HUE})
        )
        assert desk.store.configure(other, LATER)
        assert desk.store.feed(SPORT) is not None, "nothing of it is there before"
        assert desk.store.opened_and_closed(other) == ((), (SPORT.path,))
        effect = applied(desk.store, other, LATER, placed("a", ALL, DAY, HUE))
        assert (effect.opened, effect.closed) == ((), (SPORT.path,))
        assert desk.store.feed(SPORT) is None
        assert [one.source for one in desk.store.statuses()] == ["day", "noon"]
        found = desk.store.applied()
        assert found is not None
        assert (found.digest, found.text, found.rules, found.made) == ("digest two", "text two", "rules two", True)
        assert (found.at, found.number) == (LATER, desk.store.applied_number())
        assert desk.store.configured_digest() == "digest two"
        assert not desk.store.configure(other, LATER)

    def test_opens_a_feed_with_what_is_in_it(self, desk: Desk) -> None:
        desk.store.configure(replace(SETUP, feeds=SETUP.feeds - {SPORT}), NOW)
        desk.run(placed("a"))
        assert desk.store.opened_and_closed(TWO) == ((SPORT.path,), ())
        effect = applied(desk.store, TWO, LATER, placed("a", *SPORTY))
        assert effect.opened == (SPORT.path,)
        assert desk.names(SPORT) == ["a"]
        state = desk.store.feed(SPORT)
        assert state is not None
        assert (state.changed_at, state.changed_seq) == (LATER, effect.seq)

    def test_empties_the_stage(self, desk: Desk) -> None:
        desk.run(placed("a"))
        applied(desk.store, TWO, LATER, placed("a", *SPORTY, labels=[topic("sport")]))
        assert staged_rows(desk.store) == 0

    def test_of_nothing_changes_nothing_but_the_configuration(self, desk: Desk) -> None:
        desk.run(placed("a"))
        before = (changed(desk.store), seq_of(desk.store))
        assert applied(desk.store, TWO, LATER, placed("a")).relabelled == 0
        assert (changed(desk.store), seq_of(desk.store)) == before

    def test_looks_again_at_a_few_articles_that_came_changed_or_left_meanwhile(self, desk: Desk) -> None:
        desk.run(placed("a"), placed("b"), placed("c"))
        one = desk.store.begin_apply("the test", NOW, LEASE)
        wanted = [placed(name, *SPORTY, labels=[topic("sport")]) for name in "abc"]
        desk.store.stage(one, wanted, one.seq, NOW + LEASE)
        desk.run(placed("a", words="corrected"), placed("new"), gone=["b"])
        assert set(desk.store.stale(one, 9)) == {ident(name) for name in ("a", "b", "new")}
        seen: list[str] = []

        def place(found: tuple[Article, ...]) -> Iterable[Placed]:
            seen.extend(article.draft.key for article in found)
            return [Placed(article, frozenset({ALL, DAY, HUE})) for article in found]

        assert desk.store.take_effect(one, TWO, place, LATER) is not None
        assert sorted(seen) == ["a", "new"]
        assert (sorted(desk.names(HUE)), desk.names(SPORT)) == (["a", "new"], ["c"])
        assert sorted(desk.names()) == ["a", "c", "new"]

    def test_waits_where_too_many_changed_meanwhile(self, desk: Desk) -> None:
        one = desk.store.begin_apply("the test", NOW, LEASE)
        names = [f"n{number}" for number in range(FEW + 1)]
        desk.run(*(placed(name) for name in names))
        assert desk.store.take_effect(one, TWO, nothing, NOW) is None
        assert desk.store.configured_digest() == SETUP.digest
        with pytest.raises(ApplyUnderWay):
            desk.store.begin_apply("another", NOW + LEASE / 2, LEASE)
        stale = desk.store.stale(one, FEW)
        look = desk.store.look_at(stale)
        assert len(look.articles) == len(stale) == FEW
        again = [Placed(seen.article, frozenset({ALL, DAY, HUE})) for seen in look.articles]
        desk.store.stage(one, again, look.seq, NOW + LEASE, again=stale)
        assert len(desk.store.stale(one, 9)) == 1
        assert desk.store.take_effect(one, TWO, nothing, LATER) is not None
        assert len(desk.names(HUE, 1000)) == FEW

    def test_replaces_what_was_staged_of_an_article_that_is_looked_at_again(self, desk: Desk) -> None:
        desk.run(placed("a"), placed("b"))
        one = desk.store.begin_apply("the test", NOW, LEASE)
        wanted = [placed(name, *SPORTY, labels=[topic("sport")]) for name in "ab"]
        desk.store.stage(one, wanted, one.seq, NOW + LEASE)
        desk.store.stage(one, [placed("a"), wanted[1]], one.seq, NOW + LEASE, again=[ident("a"), ident("b")])
        assert desk.store.take_effect(one, TWO, nothing, LATER) is not None
        assert desk.names(SPORT) == ["b"]

    def test_notices_that_a_source_brings_an_article_under_other_terms_though_no_label_changed(
        self, desk: Desk
    ) -> None:
        desk.run(placed("a"))
        one = desk.store.begin_apply("the test", NOW, LEASE)
        first = placed("a")
        desk.run(Placed(replace(first.article, others=(Carrier("night", ("Thể thao",)),)), first.feeds))
        assert desk.store.stale(one, 9) == (ident("a"),)


class TestTheRightToApply:
    def test_is_one_s_alone_until_its_lease_ends(self, store: Store) -> None:
        first = store.begin_apply("the first", NOW, LEASE)
        with pytest.raises(ApplyUnderWay, match="the first applies a configuration") as refused:
            store.begin_apply("the second", NOW + LEASE / 2, LEASE)
        assert refused.value.retry
        store.hold_apply(first, NOW + LEASE / 2, LEASE)
        with pytest.raises(ApplyUnderWay):
            store.begin_apply("the second", NOW + LEASE, LEASE)
        second = store.begin_apply("the second", NOW + 2 * LEASE, LEASE)
        assert second.token > first.token

    def test_is_not_held_for_ever_by_a_clock_that_was_wrong(self, store: Store) -> None:
        store.begin_apply("of the future", NOW + timedelta(days=3653), LEASE)
        assert store.begin_apply("of today", NOW, LEASE).token == 2

    def test_ends_with_what_takes_effect_and_when_it_is_given_up(self, desk: Desk) -> None:
        desk.run(placed("a"))
        applied(desk.store, TWO, NOW)
        one = desk.store.begin_apply("the next", NOW, LEASE)
        desk.store.stage(one, [placed("a", *SPORTY)], one.seq, NOW + LEASE)
        desk.store.give_up(one)
        assert staged_rows(desk.store) == 0
        assert desk.store.begin_apply("one more", NOW, LEASE).token == one.token + 1

    def test_is_of_no_use_to_whoever_slept_through_its_end(self, desk: Desk) -> None:
        desk.run(placed("a"))
        old = desk.store.begin_apply("the sleeper", NOW, LEASE)
        desk.store.stage(old, [placed("a", *SPORTY)], old.seq, NOW + LEASE)
        new = desk.store.begin_apply("the next", LATER, LEASE)
        assert staged_rows(desk.store) == 0, "what a killed one left is gone"
        with pytest.raises(ApplyLost) as lost:
            desk.store.stage(old, [placed("a", *SPORTY)], old.seq, LATER + LEASE)
        assert lost.value.retry
        with pytest.raises(ApplyLost):
            desk.store.hold_apply(old, LATER, LEASE)
        with pytest.raises(ApplyLost):
            desk.store.take_effect(old, TWO, nothing, LATER)
        desk.store.give_up(old)
        assert desk.store.take_effect(new, TWO, nothing, LATER) is not None
        assert desk.names(SPORT) == []

    def test_is_lost_where_another_configuration_was_applied_meanwhile(self, empty_store: Store) -> None:
        one = empty_store.begin_apply("the test", NOW, LEASE)
        assert one.base == 0
        assert not empty_store.configure(SETUP, NOW), "the first configuration, with nothing to label"
        with pytest.raises(ApplyLost):
            empty_store.take_effect(one, TWO, nothing, NOW)


class TestTheApplied:
    def test_is_nothing_before_the_first_start(self, empty_store: Store) -> None:
        assert (empty_store.applied(), empty_store.applied_number(), empty_store.configured_digest()) == (None, 0, None)

    def test_is_the_first_configuration_where_there_is_nothing_to_label(self, empty_store: Store) -> None:
        assert not empty_store.configure(SETUP, NOW)
        found = empty_store.applied()
        assert found is not None
        assert (found.number, found.digest, found.at) == (1, SETUP.digest, NOW)

    def test_is_remembered_for_a_while(self, store: Store) -> None:
        for number in range(25):
            applied(store, replace(SETUP, digest=f"digest {number}"), NOW)
        assert store.applied_number() == 26
        assert store.configured_digest() == "digest 24"

    def test_is_not_what_a_setup_with_another_digest_says(self, desk: Desk) -> None:
        desk.run(placed("a"))
        assert desk.store.configure(TWO, LATER)
        assert desk.store.configured_digest() == SETUP.digest
        applied(desk.store, TWO, LATER)
        assert desk.store.configure(SETUP, LATER), "the one applied last counts"


class TestLooking:
    def test_meets_every_live_article_once_with_its_feeds(self, desk: Desk) -> None:
        names = [f"n{number}" for number in range(25)]
        desk.run(*(placed(name, *SPORTY, labels=[topic("sport")]) for name in names))
        desk.run(gone=["n3"])
        bounds = desk.store.bounds(10)
        assert len(bounds) == 2
        met: list[str] = []
        for after, until in zip(("", *bounds), (*bounds, None)):
            here: str | None = after
            while here is not None:
                look = desk.store.look(here, 4, until=until)
                assert look.seq == seq_of(desk.store)
                assert all(seen.feeds == {key.path for key in SPORTY} for seen in look.articles)
                assert all(seen.article.labels for seen in look.articles)
                met += [seen.article.id for seen in look.articles]
                here = look.last
        assert met == sorted(ident(name) for name in names if name != "n3")

    def test_is_at_the_articles_of_some_sources_where_that_is_asked(self, desk: Desk) -> None:
        both = placed("b")
        desk.run(placed("a"), Placed(replace(both.article, others=(Carrier("night"),)), both.feeds))
        look = desk.store.look("", 9, sources=frozenset({"night", "noon"}), labels=False)
        assert [(seen.article.draft.key, seen.article.labels) for seen in look.articles] == [("b", ())]

    def test_passes_over_what_is_gone(self, desk: Desk) -> None:
        desk.run(placed("a"), placed("b"))
        desk.run(gone=["a"])
        look = desk.store.look_at([ident("a"), ident("b"), ident("never")])
        assert [seen.article.draft.key for seen in look.articles] == ["b"]
