"""Brings the stored sources and feeds into line with the configuration; reads only, where nothing differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from ..domain.applied import Applied
from ..domain.setup import Asked, Setup
from .changing import next_seq
from .database import write
from .documents import mark_changed
from .moments import moment
from .schema import articles, configurations, feeds, ledger, sources
from .terms import SourceState

UNMADE = ""
"""In the place of a digest: not all labels are those of this configuration. Whoever comes first makes them anew."""
KEPT = 20
"""Configurations that are remembered; each may be a megabyte."""


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

    @property
    def opened_and_closed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The feeds that there are then and were not, and those that there are no more."""
        return tuple(sorted((*self.opened, *self.reopened))), self.closed

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


def configure(connection: Connection, setup: Setup, now: int) -> Difference:
    """Write what differs, and give it; which documents look different by that is for `mark`."""
    found = difference(connection, setup)
    _write_sources(connection, found, now)
    _write_feeds(connection, found, now)
    if found.presented:
        connection.execute(update(ledger).values(presentation=setup.presentation, window_size=setup.window))
    return found


def follow(connection: Connection, setup: Setup, now: int) -> bool:
    """Write what differs, where labels need not be made anew for it; whether that is so.

    Where there is nothing to label, the first configuration is applied by that.
    """
    digest = applied_digest(connection)
    first = digest is None and is_empty(connection)
    if digest != setup.digest and not first:
        return False
    mark(connection, configure(connection, setup, now), now)
    if first:
        record_applied(connection, setup, now)
    return True


def mark(connection: Connection, found: Difference, now: int) -> None:
    """Mark the documents that look different."""
    if found.moved:
        mark_changed(connection, found.moved, next_seq(connection), now)


def applied(connection: Connection) -> Applied | None:
    """The configuration that was applied last, None where none ever was."""
    row = connection.execute(_NEWEST).one_or_none()
    if row is None:
        return None
    made = row.digest != UNMADE
    return Applied(
        number=row.id, digest=row.digest, text=row.text, rules=row.rules, at=moment(row.applied_at), made=made
    )


def applied_number(connection: Connection) -> int:
    """The number of that configuration, 0 for none."""
    return connection.scalar(_NUMBER) or 0


def applied_digest(connection: Connection) -> str | None:
    """The digest of that configuration, None where none ever was applied."""
    return connection.scalar(_DIGEST)


def record_applied(
    connection: Connection, setup: Setup, now: int, *, made: bool = True, number: int | None = None
) -> None:
    """Labels are made with this configuration from now on; with `made`, those that are stored are so too."""
    digest = setup.digest if made else UNMADE
    values = {"digest": digest, "text": setup.text, "rules": setup.rules, "applied_at": now}
    numbered = values if number is None else {**values, "id": number}
    connection.execute(insert(configurations).values(numbered))
    connection.execute(_FORGOTTEN, {"kept": KEPT})


def is_empty(connection: Connection) -> bool:
    """Whether there never was an article."""
    return connection.scalar(select(articles.c.id).limit(1)) is None


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
    if found.closed:
        closed = ours.values(configured=False, changed_seq=next_seq(connection))
        write(connection, closed, [{"feed": path} for path in found.closed])


_NEWEST = select(configurations).order_by(configurations.c.id.desc()).limit(1)
_DIGEST = select(configurations.c.digest).order_by(configurations.c.id.desc()).limit(1)
_NUMBER = select(func.max(configurations.c.id))
_FORGOTTEN = delete(configurations).where(
    configurations.c.id <= select(func.max(configurations.c.id)).scalar_subquery() - bindparam("kept")
)
