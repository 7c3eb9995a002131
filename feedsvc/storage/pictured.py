"""Which articles show which of our own pictures, so that a picture goes when the last of them does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from ..domain.article import Article, Figure
from .database import THESE, append, asked, write
from .schema import pictured

_OURS = re.compile(r"/media/([0-9a-f]{32})/")
_OF_ARTICLES = select(pictured.c.digest).where(pictured.c.article.in_(THESE)).distinct()
_STILL = select(pictured.c.digest).where(pictured.c.digest.in_(THESE)).distinct()
_FORGOTTEN = delete(pictured).where(pictured.c.article == bindparam("its_article"))


def note_pictures(connection: Connection, written: Iterable[Article]) -> None:
    """Remember the pictures of articles whose text was written; those that they had before are forgotten."""
    rows = [{"article": one.id, "digest": digest} for one in written for digest in _digests(one)]
    append(connection, pictured, rows)


def forget_pictures(connection: Connection, ids: Sequence[str]) -> None:
    """Forget the pictures of these articles."""
    write(connection, _FORGOTTEN, [{"its_article": name} for name in ids])


def orphaned(connection: Connection, ids: Sequence[str]) -> tuple[str, ...]:
    """Forget the pictures of these articles, and tell the digests of those that no other article shows."""
    theirs = [row.digest for row in asked(connection, _OF_ARTICLES, ids)]
    forget_pictures(connection, ids)
    still = {row.digest for row in asked(connection, _STILL, theirs)}
    return tuple(sorted(set(theirs) - still))


def _digests(article: Article) -> Iterator[str]:
    found = (
        _OURS.match(medium.address)
        for block in article.draft.content
        if isinstance(block, Figure)
        for medium in block.pictures
    )
    yield from dict.fromkeys(one[1] for one in found if one is not None)
