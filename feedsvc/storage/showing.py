"""What a document shows by name and version, and which feeds changed: what the web asks again and again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import lru_cache

from sqlalchemy import Connection, Select, bindparam, func, select

from ..domain.article import Article
from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from ..domain.shown import FeedChanges, Shown
from .articles import read_articles, shown_labels
from .changing import current_seq
from .database import THESE, portions, read, storable
from .documents import SHOWN
from .feed_paths import key_of
from .moments import moment
from .schema import articles, changes, feeds
from .terms import KEPT

_VERSION = select(func.max(changes.c.seq)).where(changes.c.article == SHOWN.c.article).scalar_subquery()
_NAMES = select(SHOWN.c.article, _VERSION).order_by(SHOWN.c.published.desc(), SHOWN.c.article.desc())
_THESE = select(articles).where(articles.c.id.in_(THESE), KEPT)
_SINCE = select(feeds).where(feeds.c.changed_seq > bindparam("after"))
_CONFIGURED = select(feeds).where(feeds.c.configured)


def shown(connection: Connection, key: FeedKey, limit: int) -> tuple[Shown, ...]:
    """What a feed's document shows, in its order."""
    rows = read(connection, _names(limit), {"path": storable(key.path)})
    return tuple(Shown(name, version or 0) for name, version in rows)


@lru_cache(maxsize=16)
def _names(limit: int) -> Select[tuple[str, int]]:
    return _NAMES.params(window=limit, path="")


def these(connection: Connection, names: Collection[str]) -> Mapping[str, Article]:
    """Articles by id, with labels without their reasons."""
    found: dict[str, Article] = {}
    for portion in portions(sorted(map(storable, names))):
        there = read_articles(connection, _THESE, {"these": json.dumps(portion)}, shown_labels)
        found.update((one.id, one) for one in there)
    return found


def changes_after(connection: Connection, after: int) -> FeedChanges:
    """The feeds that changed after a seq."""
    seq = current_seq(connection)
    if seq == after:
        return FeedChanges(seq, {})
    rows = connection.execute(_CONFIGURED) if after < 0 else connection.execute(_SINCE, {"after": after})
    states = {
        row.path: FeedState(
            changed_at=moment(row.changed_at), changed_seq=row.changed_seq, shared_second=row.shared_second
        )
        if row.configured
        else None
        for row in rows
    }
    keys = ((key_of(path), state) for path, state in states.items())
    return FeedChanges(seq, {key: state for key, state in keys if key is not None})
