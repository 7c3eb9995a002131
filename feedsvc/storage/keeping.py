"""Takes out what is older than articles are kept: they leave their feeds, and what is left is that they were there.

The identity outlives the article, so that what an upstream still lists does not come back as new.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, select, text, update

from ..domain.passes import RecordState
from .changing import apply
from .database import write
from .holdings import feeds_of
from .moments import moment
from .placing import expired
from .schema import articles, carriers, changes, decisions, entries, labels, pictured, records
from .terms import KEPT

_OLD = (
    select(articles.c.id, articles.c.published, articles.c.withdrawn_at)
    .where(KEPT, articles.c.published < bindparam("before"))
    .order_by(articles.c.published)
    .limit(bindparam("limit"))
)
_EMPTIED = update(articles).where(articles.c.id == bindparam("article")).values(text="", fingerprint="")
_BESIDE_OTHERS = text("UPDATE articles SET rowid = (SELECT min(rowid) FROM articles) - 1 WHERE id = :article")
"""On SQLite, where a row stays on its page: without this, there would be a page for each, with little on it."""
_PURGED = update(records).where(records.c.article == bindparam("its_article")).values(state=RecordState.PURGED)
_FORGOTTEN = (
    delete(labels).where(labels.c.article == bindparam("its_article")),
    delete(entries).where(entries.c.article == bindparam("its_article")),
    delete(carriers).where(carriers.c.article == bindparam("its_article")),
    delete(decisions).where(decisions.c.article == bindparam("its_article")),
    delete(pictured).where(pictured.c.article == bindparam("its_article")),
)
_OLDER_CHANGES = delete(changes).where(changes.c.article == bindparam("its_article"), changes.c.seq < bindparam("at"))


def purge(connection: Connection, before: int, limit: int, now: int) -> int:
    """Take out so many articles published before a second, at most; returns how many these were."""
    old = connection.execute(_OLD, {"before": before, "limit": limit}).all()
    feeds = feeds_of(connection, (row.id for row in old))
    moves = [expired(row.id, moment(row.published), feeds[row.id]) for row in old if row.withdrawn_at is None]
    done = apply(connection, moves, now)
    _forget(connection, [row.id for row in old], done.seq)
    return len(old)


def _forget(connection: Connection, old: Sequence[str], seq: int) -> None:
    theirs = [{"its_article": name} for name in old]
    for statement in _FORGOTTEN:
        write(connection, statement, theirs)
    write(connection, _OLDER_CHANGES, [{"its_article": name, "at": seq} for name in old])
    write(connection, _PURGED, theirs)
    emptied = [{"article": name} for name in old]
    write(connection, _EMPTIED, emptied)
    if connection.dialect.name == "sqlite":
        write(connection, _BESIDE_OTHERS, emptied)
