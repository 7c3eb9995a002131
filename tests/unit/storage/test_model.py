"""Whatever passes come, the store holds what a plain reading of them gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Change, ChangeKind, Placed
from feedsvc.storage.database import Database
from feedsvc.storage.migrating import bring_to_head
from feedsvc.storage.schema import entries, labels
from feedsvc.storage.sqlite import SqliteDatabase
from feedsvc.storage.store import Store
from tests.contracts.samples import ALL, HUE, NOW, SETUP, SPORT, WINDOW, Desk, applied, ident, placed, topic

NAMES = [f"n{number}" for number in range(7)]
FEEDS = [ALL, SPORT, HUE]
LABELS = [topic("sport"), topic("sport", why="đội tuyển"), topic("art")]

Document = tuple[tuple[object, ...], ...]


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[Placed, ...]:
    """Some articles; each name is always published at the same minute, some minutes are shared."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
    return tuple(
        placed(
            name,
            *draw(st.lists(st.sampled_from(FEEDS), min_size=1, unique=True)),
            at=NAMES.index(name) // 2,
            words=draw(st.sampled_from(["first", "second"])),
            labels=draw(st.lists(st.sampled_from(LABELS), unique=True, max_size=2)),
        )
        for name in names
    )


steps: st.SearchStrategy[tuple[str, tuple[Placed, ...], list[str]]] = st.one_of(
    st.tuples(st.just("pass"), arrivals(), st.lists(st.sampled_from(NAMES), max_size=2)),
    st.tuples(st.just("apply"), arrivals(), st.just([])),
)


@dataclass
class Model:
    """What is stored, as plainly as can be: every article as it was last placed, and which are live."""

    articles: dict[str, Placed] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)

    def step(self, kind: str, arrived: tuple[Placed, ...], gone: list[str]) -> set[Change]:
        """Take what came, and tell what changed."""
        changed = {self._place(kind, one) for one in arrived}
        came = {one.article.draft.key for one in arrived}
        for name in (self.live & set(gone)) - came:
            self.live.discard(name)
            changed.add(Change(ChangeKind.WITHDRAWN, ident(name)))
        return {change for change in changed if change is not None}

    def _place(self, kind: str, one: Placed) -> Change | None:
        name = one.article.draft.key
        before = self.articles.get(name)
        if kind == "apply" and not self._can_relabel(before, one):
            return None
        was_live = name in self.live
        self.articles[name] = one
        self.live.add(name)
        if not was_live or before is None:
            return Change(ChangeKind.NEW, ident(name))
        if before.article.fingerprint != one.article.fingerprint:
            return Change(ChangeKind.CORRECTED, ident(name))
        same = before.feeds == one.feeds and set(before.article.labels) == set(one.article.labels)
        return None if same else Change(ChangeKind.RELABELLED, ident(name))

    def _can_relabel(self, before: Placed | None, one: Placed) -> bool:
        """Labels are taken for live articles only, and only if they were made from the words that are stored."""
        if before is None or one.article.draft.key not in self.live:
            return False
        return before.article.fingerprint == one.article.fingerprint

    def document(self, key: FeedKey) -> Document:
        """Everything that a feed shows, newest first."""
        held = (self.articles[name].article for name in self.live if key in self.articles[name].feeds)
        newest = sorted(held, key=lambda article: (article.published, article.id), reverse=True)
        return tuple(
            (one.id, one.fingerprint, frozenset((label.slug, label.rank) for label in one.labels)) for one in newest
        )


def members(database: Database, seq: int) -> Mapping[FeedKey, set[str]]:
    """What each feed held right after `seq`, read from the log."""
    with database.reading() as connection:
        rows = connection.execute(select(entries)).all()
    return {
        key: {
            row.article
            for row in rows
            if row.feed == key.path and row.entered_seq <= seq and (row.left_seq is None or row.left_seq > seq)
        }
        for key in FEEDS
    }


def changed_seq(store: Store, key: FeedKey) -> int:
    """The seq at which the document of a feed last changed."""
    state = store.feed(key)
    assert state is not None
    return state.changed_seq


def check(database: Database, store: Store, model: Model) -> None:
    """The store shows what the model holds, each entry and each label once."""
    for key in FEEDS:
        shown = tuple(
            (one.id, one.fingerprint, frozenset((label.slug, label.rank) for label in one.labels))
            for one in store.newest(key, 50)
        )
        assert shown == model.document(key)
    for name, one in model.articles.items():
        stored = store.article(ident(name))
        assert stored is not None
        assert (stored.draft, set(stored.labels)) == (one.article.draft, set(one.article.labels))
        assert store.withdrawn(ident(name)) == (name not in model.live)
    with database.reading() as connection:
        current = connection.execute(select(labels).where(labels.c.to_seq.is_(None))).all()
    assert len(current) == sum(len(one.article.labels) for one in model.articles.values())


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(steps, max_size=8))
def test_after_any_passes_the_store_holds_what_they_say(
    history: list[tuple[str, tuple[Placed, ...], list[str]]],
) -> None:
    database = SqliteDatabase(None)
    bring_to_head(database)
    store = Store(database)
    store.configure(SETUP, NOW)
    desk, model = Desk(store), Model()
    held = {0: members(database, 0)}
    seq = 0
    for kind, arrived, gone in history:
        before = {key: model.document(key)[:WINDOW] for key in FEEDS}
        expected = model.step(kind, arrived, gone)
        seq += bool(expected)
        moved = frozenset(key for key in FEEDS if model.document(key)[:WINDOW] != before[key])
        if kind == "pass":
            changes = desk.run(*arrived, gone=gone)
            assert (set(changes.changes), changes.seq, changes.feeds) == (expected, seq, moved)
        else:
            effect = applied(store, SETUP, desk.now, *arrived)
            assert (effect.relabelled, effect.seq) == (len(expected), seq)
            assert {key for key in FEEDS if changed_seq(store, key) == seq} >= moved
        check(database, store, model)
        held[seq] = {key: {str(entry[0]) for entry in model.document(key)} for key in FEEDS}
    assert {past: members(database, past) for past in held} == held
    store.close()
