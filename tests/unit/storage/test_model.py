"""Whatever passes come, the store holds what a plain reading of them gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from feedsvc.domain.article import Article
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Change, ChangeKind, Placed
from feedsvc.ports import FeedShelf
from feedsvc.storage.database import Database
from feedsvc.storage.migrating import bring_to_head
from feedsvc.storage.schema import entries, labels
from feedsvc.storage.sqlite import SqliteDatabase
from feedsvc.storage.store import Store
from tests.contracts.samples import A_DAY, ALL, HUE, NOW, SETUP, SPORT, WINDOW, Desk, applied, ident, placed, topic

NAMES = [f"n{number}" for number in range(7)]
FEEDS = [ALL, SPORT, HUE]
LABELS = [topic("sport"), topic("sport", why="đội tuyển"), topic("art")]

Document = tuple[tuple[object, ...], ...]
Step = tuple[str, tuple[Placed, ...], list[str]]


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


steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("pass"), arrivals(), st.lists(st.sampled_from(NAMES), max_size=2)),
    st.tuples(st.just("apply"), arrivals(), st.just([])),
    st.tuples(st.sampled_from(["half a day", "a day"]), st.just(()), st.just([])),
)


@dataclass
class Model:
    """What is stored, as plainly as can be: every article as it was last placed, and which are live.

    `entered` is the step at which an article last entered a feed, and `at` the time of each step.
    """

    articles: dict[str, Placed] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)
    entered: dict[tuple[FeedKey, str], int] = field(default_factory=dict)
    at: list[datetime] = field(default_factory=list)
    late_since: datetime = NOW - A_DAY

    def step(self, kind: str, arrived: tuple[Placed, ...], gone: list[str], now: datetime) -> set[Change]:
        """Take what came, and tell what changed."""
        self.at.append(now)
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
        stays = was_live and before is not None and before.article.fingerprint == one.article.fingerprint
        for key in one.feeds:
            if not (stays and before is not None and key in before.feeds):
                self.entered[key, name] = len(self.at) - 1
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

    def document(self, key: FeedKey, window: int = WINDOW) -> Document:
        """Everything that a feed shows, newest first."""
        held = [self.articles[name].article for name in self.live if key in self.articles[name].feeds]
        newest = sorted(held, key=lambda one: (one.published, one.id), reverse=True)
        rest = sorted(newest[window:], key=lambda one: self._entry(key, one), reverse=True)
        late = [one for one in rest if self.at[self.entered[key, one.draft.key]] >= self.late_since][:window]
        return tuple(
            (one.id, one.fingerprint, frozenset((label.slug, label.rank) for label in one.labels))
            for one in newest
            if one in newest[:window] or one in late
        )

    def _entry(self, key: FeedKey, one: Article) -> tuple[int, datetime, str]:
        return self.entered[key, one.draft.key], one.published, one.id


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


def changed_seq(store: FeedShelf, key: FeedKey) -> int:
    """The seq at which the document of a feed last changed."""
    state = store.feed(key)
    assert state is not None
    return state.changed_seq


def check(database: Database, store: Store, model: Model) -> None:
    """The store shows what the model holds, each entry and each label once."""
    for key in FEEDS:
        for window in (1, WINDOW, 50):
            shown = tuple(
                (one.id, one.fingerprint, frozenset((label.slug, label.rank) for label in one.labels))
                for one in store.newest(key, window)
            )
            assert shown == model.document(key, window)
    for name, one in model.articles.items():
        stored = store.article(ident(name))
        assert stored is not None
        assert (stored.draft, set(stored.labels)) == (one.article.draft, set(one.article.labels))
        assert store.withdrawn(ident(name)) == (name not in model.live)
    assert store.tally(NOW).articles == len(model.live)
    with database.reading() as connection:
        current = connection.execute(select(labels).where(labels.c.to_seq.is_(None))).all()
    assert len(current) == sum(len(one.article.labels) for one in model.articles.values())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=12))
def test_after_any_passes_the_store_holds_what_they_say(history: list[Step]) -> None:
    database = SqliteDatabase(None)
    bring_to_head(database)
    store = Store(database)
    store.configure(SETUP, NOW)
    desk, model = Desk(store), Model()
    held = {0: members(database, 0)}
    seq = 0
    for step in history:
        seq = take(step, desk, model, seq)
        check(database, store, model)
        held[seq] = {key: {str(entry[0]) for entry in model.document(key, 50)} for key in FEEDS}
    assert {past: members(database, past) for past in held} == held
    store.close()


def take(step: Step, desk: Desk, model: Model, seq: int) -> int:
    """Take a step in the store and in the model; the documents that changed are those that say so. Gives the seq."""
    kind, arrived, gone = step
    before = {key: (model.document(key), changed_seq(desk.store, key)) for key in FEEDS}
    if "day" in kind:
        desk.now += A_DAY if kind == "a day" else A_DAY / 2
        model.late_since = desk.now - A_DAY
        told = desk.let_go(timedelta(0))
        seq += bool(told)
    else:
        desk.now += timedelta(minutes=kind == "apply")
        expected = model.step(kind, arrived, gone, desk.now + timedelta(minutes=kind == "pass"))
        seq += bool(expected)
        told = stored(desk, step, expected, seq)
    moved = {key for key in FEEDS if model.document(key) != before[key][0]}
    assert told & set(FEEDS) == moved
    assert {key: changed_seq(desk.store, key) for key in FEEDS} == {
        key: seq if key in told else before[key][1] for key in FEEDS
    }
    return seq


def stored(desk: Desk, step: Step, expected: set[Change], seq: int) -> frozenset[FeedKey]:
    """Store a pass or an apply, which changes what is expected; gives the feeds whose documents changed."""
    kind, arrived, gone = step
    if kind == "pass":
        changes = desk.run(*arrived, gone=gone)
        assert (set(changes.changes), changes.seq) == (expected, seq)
        return changes.feeds
    effect = applied(desk.store, SETUP, desk.now, *arrived)
    assert (effect.relabelled, effect.seq) == (len(expected), seq)
    return frozenset(key for key in FEEDS if expected and changed_seq(desk.store, key) == seq)
