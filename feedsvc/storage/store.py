"""The store: a FeedShelf and a Ledger over one database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import ModuleType

from sqlalchemy import URL, make_url, select
from sqlalchemy.exc import ArgumentError

from ..domain.article import Article, Decision
from ..domain.feed import FeedKey
from ..domain.passes import Changes, FeedState, Known, Pass, Placed
from ..domain.setup import Setup
from ..domain.shown import FeedChanges, Shown
from ..domain.status import SourceStatus, Tally
from ..errors import StoreError
from . import (
    configuring,
    counting,
    deciding,
    documents,
    holdings,
    keeping,
    passes,
    pictured,
    releasing,
    showing,
    statuses,
)
from .applying_store import ApplyingStore
from .articles import article_by_id
from .database import Database, storable
from .migrating import bring_to_head, require_head
from .moments import seconds
from .schema import articles
from .sqlite import DRIVER, SqliteDatabase

_ADDRESSES = "it is sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"


def open_store(url: str, driver: ModuleType = DRIVER) -> Store:
    """The store at `sqlite:///path` or `postgresql://…`, made or migrated where needed, or at `sqlite://` in memory.

    Call it after every fork. Raises SchemaError for a database that is not ours, StoreError when
    there is no way to it.
    """
    database = _database(url, driver)
    try:
        bring_to_head(database)
        database.settle()
    except BaseException:
        database.close()
        raise
    return Store(database)


def open_to_read(url: str, driver: ModuleType = DRIVER) -> Store:
    """The store at an address, of which only what reads is to be called; nothing is made and nothing migrated.

    Raises SchemaError for one that is not of this release, StoreError where there is none.
    """
    file = _file(make_url(url)) if url.startswith("sqlite:") else None
    if file is not None and not file.exists():
        raise StoreError(f"{file} is not there yet: start the service once, or fetch")
    store = Store(_database(url, driver))
    try:
        store.ping()
    except BaseException:
        store.close()
        raise
    return store


def is_there(url: str) -> bool:
    """Whether there may be a database at an address, as far as can be told without asking it."""
    file = _file(make_url(url)) if url.startswith("sqlite:") else None
    return file is None or file.exists()


def folder_of(url: str) -> Path | None:
    """The folder that holds a database which is a file, None for any other."""
    file = _file(make_url(url)) if url.startswith("sqlite:") else None
    return None if file is None else file.parent


def _database(url: str, driver: ModuleType) -> Database:
    try:
        place = make_url(url)
    except (ArgumentError, ValueError):
        # It may hold a password, wherever that stands in what cannot be read.
        raise StoreError(f"FEEDSVC_DATABASE_URL is not the address of a database; {_ADDRESSES}") from None
    if any("@" in (part or "") for part in (place.host, place.database)) and place.get_backend_name() != "sqlite":
        raise StoreError("FEEDSVC_DATABASE_URL holds more than one @; in a password it is written as %40, and / as %2F")
    match place.get_backend_name():
        case "sqlite":
            return SqliteDatabase(_file(place), driver)
        case "postgresql" | "postgres":
            from .postgresql import PostgresDatabase  # noqa: PLC0415 - its driver is loaded where it is used

            return PostgresDatabase(place)
    raise StoreError(f"FEEDSVC_DATABASE_URL: {place.get_backend_name()} is no database that can be used; {_ADDRESSES}")


def _file(place: URL) -> Path | None:
    return None if place.database in (None, "", ":memory:") else Path(place.database)


class Store(ApplyingStore):
    """Each method is one transaction and keeps the promise of its namesake in ports."""

    @property
    def database(self) -> Database:
        """What it stands on: for backups, which are of rows and of no port."""
        return self._database

    def close(self) -> None:
        """Give every connection back."""
        self._database.close()

    def feed(self, key: FeedKey) -> FeedState | None:
        """See FeedShelf."""
        with self._database.asking() as connection:
            return documents.state_of(connection, key)

    def newest(self, key: FeedKey, limit: int) -> tuple[Article, ...]:
        """See FeedShelf."""
        with self._database.reading() as connection:
            return documents.newest(connection, key, limit)

    def shown(self, key: FeedKey, limit: int) -> tuple[Shown, ...]:
        """See FeedShelf."""
        with self._database.asking() as connection:
            return showing.shown(connection, key, limit)

    def articles(self, names: Collection[str]) -> Mapping[str, Article]:
        """See FeedShelf."""
        with self._database.reading() as connection:
            return showing.these(connection, names)

    def changes_after(self, after: int) -> FeedChanges:
        """See FeedShelf."""
        with self._database.reading() as connection:
            return showing.changes_after(connection, after)

    def article(self, article: str) -> Article | None:
        """See FeedShelf."""
        with self._database.reading() as connection:
            return article_by_id(connection, article)

    def withdrawn(self, article: str) -> bool:
        """See FeedShelf."""
        ours = select(articles.c.id).where(articles.c.id == storable(article), articles.c.withdrawn_at.is_not(None))
        with self._database.reading() as connection:
            return connection.scalar(ours) is not None

    def ping(self) -> None:
        """See FeedShelf."""
        with self._database.reading() as connection:
            require_head(connection, self._database.name)

    def configure(self, setup: Setup, now: datetime) -> bool:
        """See Ledger."""
        with self._database.reading() as connection:
            digest = configuring.applied_digest(connection)
            if digest == setup.digest and not configuring.difference(connection, setup):
                return False
            if digest != setup.digest and not (digest is None and configuring.is_empty(connection)):
                return True
        with self._database.writing() as connection:
            return not configuring.follow(connection, setup, seconds(now))

    def known(self, outlet: str, keys: Iterable[str]) -> Mapping[str, Known]:
        """See Ledger."""
        asked = tuple(keys)
        if not asked:
            return {}
        with self._database.reading() as connection:
            return holdings.known(connection, outlet, asked)

    def alike(self, outlet: str, alternatives: Iterable[str]) -> Mapping[str, Known]:
        """See Ledger."""
        with self._database.reading() as connection:
            return holdings.alike(connection, outlet, alternatives)

    def commit(self, done: Pass) -> Changes:
        """See Ledger."""
        with self._database.writing() as connection:
            return passes.commit(connection, done)

    def decide(self, placed: Placed, before: tuple[Decision, ...], now: datetime, labelling: str = "") -> Changes:
        """See Ledger."""
        with self._database.writing() as connection:
            return deciding.decide(connection, placed, before, seconds(now), labelling)

    def unshown(self, pictures: Collection[str]) -> frozenset[str]:
        """See Ledger."""
        with self._database.reading() as connection:
            return pictured.unshown(connection, pictures)

    def purge(self, before: datetime, limit: int, now: datetime) -> int:
        """See Ledger."""
        with self._database.writing() as connection:
            return keeping.purge(connection, seconds(before), limit, seconds(now))

    def shrink(self, most: int) -> int:
        """See Ledger."""
        return self._database.shrink(most)

    def release_late(self, before: datetime, now: datetime) -> Changes | None:
        """See Ledger. What it takes to know is read while others write; that nothing is due takes one look."""
        with self._database.reading() as connection:
            found = releasing.due(connection, seconds(before), seconds(now))
        if found is None:
            return None
        with self._database.writing() as connection:
            return releasing.release(connection, found, seconds(now))

    def statuses(self) -> tuple[SourceStatus, ...]:
        """See Ledger."""
        with self._database.reading() as connection:
            return statuses.statuses(connection)

    def tally(self, due_before: datetime) -> Tally:
        """See Ledger."""
        with self._database.reading() as connection:
            return counting.tally(connection, seconds(due_before))
