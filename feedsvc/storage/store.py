"""The store: a FeedShelf and a Ledger over one database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

from sqlalchemy import URL, make_url, select
from sqlalchemy.exc import ArgumentError

from ..domain.article import Article
from ..domain.feed import FeedKey
from ..domain.history import Beat
from ..domain.passes import Changes, Claim, FeedState, Known, Pass, Placed, Purged
from ..domain.setup import Setup
from ..domain.status import SourceStatus, Tally
from ..errors import StoreError
from . import configuring, counting, documents, endings, heartbeats, holdings, keeping, leases, passes, statuses
from .articles import article_by_id, read_articles
from .changing import apply
from .database import Database, storable
from .migrating import bring_to_head, require_head
from .moments import seconds
from .placing import Held, relabel
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
    match place.get_backend_name():
        case "sqlite":
            return SqliteDatabase(_file(place), driver)
        case "postgresql" | "postgres":
            from .postgresql import PostgresDatabase  # noqa: PLC0415 - its driver is loaded where it is used

            return PostgresDatabase(place)
    raise StoreError(f"FEEDSVC_DATABASE_URL: {place.get_backend_name()} is no database that can be used; {_ADDRESSES}")


def _file(place: URL) -> Path | None:
    return None if place.database in (None, "", ":memory:") else Path(place.database)


class Store:
    """Each method is one transaction and keeps the promise of its namesake in ports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """What it stands on: for backups, which are of rows and of no port."""
        return self._database

    def close(self) -> None:
        """Give every connection back."""
        self._database.close()

    def feed(self, key: FeedKey) -> FeedState | None:
        """See FeedShelf."""
        with self._database.reading() as connection:
            return documents.state_of(connection, key)

    def newest(self, key: FeedKey, limit: int) -> tuple[Article, ...]:
        """See FeedShelf."""
        with self._database.reading() as connection:
            return documents.newest(connection, key, limit)

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
            differs = configuring.difference(connection, setup)
            unapplied = configuring.applied_digest(connection) != setup.digest
        if differs:
            with self._database.writing() as connection:
                configuring.configure(connection, setup, seconds(now))
        return unapplied

    def applied(self, setup: Setup, now: datetime) -> None:
        """See Ledger."""
        with self._database.writing() as connection:
            configuring.record_applied(connection, setup, seconds(now))

    def claim(
        self,
        *,
        holder: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        doubtful: int | None = None,
        a_host: int | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[Claim, ...]:
        """See Ledger. The common answer, that nothing is due, takes no write transaction."""
        if only is None and not self._any_due(now, lease):
            return ()
        with self._database.claiming() as connection:
            if only is None:
                most = limit if doubtful is None else doubtful
                found = leases.due(connection, now, lease, limit, most, limit if a_host is None else a_host)
            else:
                found = leases.named(connection, now, lease, limit, only)
            return leases.claim(connection, found, holder, now, lease)

    def _any_due(self, now: datetime, lease: timedelta) -> bool:
        with self._database.reading() as connection:
            return leases.any_due(connection, now, lease)

    def renew(self, claims: Iterable[Claim], now: datetime, lease: timedelta) -> None:
        """See Ledger."""
        with self._database.writing() as connection:
            leases.renew(connection, claims, seconds(now + lease))

    def release(self, claim: Claim, next_poll: datetime) -> None:
        """See Ledger."""
        with self._database.writing() as connection:
            leases.release(connection, claim, seconds(next_poll))

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

    def end(self, quiet: Sequence[Pass]) -> None:
        """See Schedule."""
        with self._database.writing() as connection:
            endings.end_quietly(connection, quiet)

    def walk(self, after: str, limit: int) -> tuple[Article, ...]:
        """See Ledger."""
        live = select(articles).where(articles.c.id > after, articles.c.withdrawn_at.is_(None))
        with self._database.reading() as connection:
            return read_articles(connection, live.order_by(articles.c.id).limit(limit))

    def relabel(self, placed: Iterable[Placed], now: datetime) -> Changes:
        """See Ledger."""
        wanted = {one.article.id: one for one in placed}
        with self._database.writing() as connection:
            held = holdings.held_articles(connection, wanted)
            moves = (relabel(held[name], one) for name, one in wanted.items() if _same_text(held.get(name), one))
            return apply(connection, [move for move in moves if move is not None], seconds(now))

    def purge(self, before: datetime, limit: int, now: datetime) -> Purged:
        """See Ledger."""
        with self._database.writing() as connection:
            return keeping.purge(connection, seconds(before), limit, seconds(now))

    def statuses(self) -> tuple[SourceStatus, ...]:
        """See Ledger."""
        with self._database.reading() as connection:
            return statuses.statuses(connection)

    def beat(self, now: datetime, trouble: str = "") -> Beat | None:
        """See Schedule."""
        with self._database.writing() as connection:
            return heartbeats.beat(connection, seconds(now), trouble)

    def heartbeat(self) -> Beat | None:
        """See Ledger."""
        with self._database.reading() as connection:
            return heartbeats.heartbeat(connection)

    def tally(self, due_before: datetime) -> Tally:
        """See Ledger."""
        with self._database.reading() as connection:
            return counting.tally(connection, seconds(due_before))


def _same_text(held: Held | None, placed: Placed) -> bool:
    """Whether the article is live, with the text that the labels were made from: a pass may have come between."""
    return held is not None and held.live and held.fingerprint == placed.article.fingerprint
