"""The further sources of an outlet that bring an article, beside the one whose words it has."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, select

from ..domain.article import Carrier
from .database import THESE, Bytewise, append, asked, write
from .schema import carriers

_OF_ARTICLES = select(carriers).where(carriers.c.article.in_(THESE)).order_by(Bytewise(carriers.c.source))
_FORGOTTEN = delete(carriers).where(carriers.c.article == bindparam("its_article"))


def carriers_of(connection: Connection, ids: Iterable[str]) -> Mapping[str, tuple[Carrier, ...]]:
    """The further sources of each of these articles that has any, by id."""
    found: dict[str, list[Carrier]] = defaultdict(list)
    for row in asked(connection, _OF_ARTICLES, ids):
        found[row.article].append(Carrier(row.source, tuple(json.loads(row.categories))))
    return {article: tuple(theirs) for article, theirs in found.items()}


def write_carriers(connection: Connection, wanted: Mapping[str, tuple[Carrier, ...]]) -> frozenset[str]:
    """Make these the further sources of these articles, and give those that had others; the others keep theirs."""
    stored = carriers_of(connection, wanted)
    differing = {article: theirs for article, theirs in wanted.items() if stored.get(article, ()) != theirs}
    write(connection, _FORGOTTEN, [{"its_article": article} for article in differing])
    rows = [
        {"article": article, "source": one.source, "categories": json.dumps(one.categories)}
        for article, theirs in differing.items()
        for one in theirs
    ]
    append(connection, carriers, rows)
    return frozenset(differing)
