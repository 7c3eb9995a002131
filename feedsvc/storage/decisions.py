"""What an operator decided about the labels of articles, as rows, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, select

from ..domain.article import Decision, LabelKind
from .database import THESE, Bytewise, append, asked, storable, write
from .moments import moment, seconds
from .schema import decisions

_OF_ARTICLES = (
    select(decisions).where(decisions.c.article.in_(THESE)).order_by(decisions.c.kind, Bytewise(decisions.c.slug))
)
_FORGOTTEN = delete(decisions).where(decisions.c.article == bindparam("its_article"))


def decisions_of(connection: Connection, ids: Iterable[str]) -> Mapping[str, tuple[Decision, ...]]:
    """The decisions about each of these articles that has any, by its id, in the order of Article."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in asked(connection, _OF_ARTICLES, ids):
        one = Decision(kind=LabelKind(row.kind), slug=row.slug, given=row.given, reason=row.reason, at=moment(row.at))
        found[row.article].append(one)
    return {article: tuple(theirs) for article, theirs in found.items()}


def write_decisions(connection: Connection, article: str, wanted: Iterable[Decision]) -> None:
    """Make these the decisions about an article."""
    write(connection, _FORGOTTEN, [{"its_article": article}])
    rows = [
        {
            "article": article,
            "kind": one.kind,
            "slug": one.slug,
            "given": one.given,
            "reason": storable(one.reason),
            "at": seconds(one.at),
        }
        for one in wanted
    ]
    append(connection, decisions, rows)
