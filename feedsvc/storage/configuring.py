"""Brings the stored sources and feeds into line with the configuration; reads only, where nothing differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from ..domain.setup import Asked, Setup
from .changing import next_seq
from .database import write
from .documents import mark_changed
from .schema import configurations, feeds, ledger, sources
from .terms import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What to write. `moved` are feeds that were open before and whose documents now look different."""

    come: Mapping[str, Asked]
    altered: Mapping[str, Asked]
    removed: tuple[str, ...]
    opened: tuple[str, ...]
    reopened: tuple[str, ...]
    closed: tuple[str, ...]
    moved: tuple[str, ...]
    presented: bool

    def __bool__(self) -> bool:
        rows = (self.come, self.altered, self.removed, self.opened, self.reopened, self.closed)
        return self.presented or any(rows)


def difference(connection: Connection, setup: Setup) -> Difference:
    """What of the configuration is not stored yet."""
    columns = select(sources.c.id, sources.c.outlet, sources.c.asks, sources.c.state)
    stored = {row.id: row for row in connection.execute(columns)}
    active = {n: Asked(row.outlet, row.asks) for n, row in stored.items() if row.state == SourceState.CONFIGURED}
    open_now = {row.path: row.configured for row in connection.execute(select(feeds.c.path, feeds.c.configured))}
    wanted = {key.path for key in setup.feeds}
    shown = connection.execute(select(ledger.c.presentation, ledger.c.window_size)).one()
    presented = tuple(shown) != (setup.presentation, setup.window)
    reopened = tuple(sorted(path for path in wanted if open_now.get(path) is False))
    staying = sorted(path for path in wanted if open_now.get(path))
    return Difference(
        come={name: asked for name, asked in setup.sources.items() if name not in stored},
        altered={n: asked for n, asked in setup.sources.items() if n in stored and active.get(n) != asked},
        removed=tuple(sorted(active.keys() - setup.sources.keys())),
        opened=tuple(sorted(wanted - open_now.keys())),
        reopened=reopened,
        closed=tuple(sorted(path for path, there in open_now.items() if there and path not in wanted)),
        moved=(*reopened, *staying) if presented else reopened,
        presented=presented,
    )


def configure(connection: Connection, setup: Setup, now: int) -> None:
    """Write what differs."""
    found = difference(connection, setup)
    _write_sources(connection, found, now)
    _write_feeds(connection, found, now)
    if found.presented:
        connection.execute(update(ledger).values(presentation=setup.presentation, window_size=setup.window))
    if found.moved:
        mark_changed(connection, found.moved, next_seq(connection), now)


def applied_digest(connection: Connection) -> str | None:
    """The digest of the configuration that labels were last made with."""
    return connection.scalar(select(configurations.c.digest).order_by(configurations.c.id.desc()).limit(1))


def record_applied(connection: Connection, setup: Setup, now: int) -> None:
    """Labels are now made with this configuration."""
    if applied_digest(connection) != setup.digest:
        connection.execute(insert(configurations).values(digest=setup.digest, text=setup.text, applied_at=now))


def _write_sources(connection: Connection, found: Difference, now: int) -> None:
    configured = {"state": SourceState.CONFIGURED, "cursor": "{}", "next_poll": now}
    come = [
        {"id": name, "outlet": asked.outlet, "asks": asked.host, "host": asked.host, **configured}
        for name, asked in found.come.items()
    ]
    write(connection, insert(sources), come)
    ours = update(sources).where(sources.c.id == bindparam("source"))
    back = ours.values(
        state=SourceState.CONFIGURED,
        outlet=bindparam("its_outlet"),
        asks=bindparam("its_host"),
        host=bindparam("its_host"),
        next_poll=now,
    )
    altered = [{"source": n, "its_outlet": one.outlet, "its_host": one.host} for n, one in found.altered.items()]
    write(connection, back, altered)
    # the claim ends, so that a pass under way stores nothing
    removed = ours.values(state=SourceState.REMOVED, claim_holder=None, claim_until=None)
    write(connection, removed, [{"source": name} for name in found.removed])


def _write_feeds(connection: Connection, found: Difference, now: int) -> None:
    opening = {"configured": True, "opened_at": now, "changed_at": now, "changed_seq": 0}
    write(connection, insert(feeds), [{"path": path, **opening} for path in found.opened])
    ours = update(feeds).where(feeds.c.path == bindparam("feed"))
    write(connection, ours.values(configured=True), [{"feed": path} for path in found.reopened])
    write(connection, ours.values(configured=False), [{"feed": path} for path in found.closed])
