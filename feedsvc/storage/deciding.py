"""An operator's decisions about an article and what follows from them, in one transaction.

placed: decisions, labels, feeds ─► still made from what is stored? ─► decisions ─► labels, feeds, one change
"""

from __future__ import annotations

from sqlalchemy import Connection

from ..domain.article import Decision
from ..domain.passes import ChangeKind, Changes, Placed
from .carriers import carriers_of
from .changing import apply, current_seq
from .configuring import applied_digest
from .decisions import decisions_of, write_decisions
from .holdings import held_articles
from .placing import Held, Move, relabel


def decide(
    connection: Connection, placed: Placed, before: tuple[Decision, ...], now: int, labelling: str = ""
) -> Changes:
    """Store the decisions of an article, of which it had those `before`; nothing where it is not as it was then.

    Nor where another configuration is applied than that which `labelling` stands for.
    """
    if labelling and applied_digest(connection) != labelling:
        return Changes(seq=current_seq(connection), stored=False, outdated=True)
    article = placed.article
    held = held_articles(connection, [article.id]).get(article.id)
    others = carriers_of(connection, [article.id]).get(article.id, ())
    made_from = (article.source, article.fingerprint, article.others, before)
    stored = decisions_of(connection, [article.id]).get(article.id, ())
    if held is None or (held.source, held.fingerprint, others, stored) != made_from:
        return Changes(seq=current_seq(connection), stored=False)
    write_decisions(connection, article.id, article.decisions)
    return apply(connection, [_move(held, placed)] if held.live else [], now)


def _move(held: Held, placed: Placed) -> Move:
    """Noted as a change whatever it changes now, so that what was staged of the article without it is made anew."""
    return relabel(held, placed) or Move(kind=ChangeKind.RELABELLED, article=held.id, published=held.published)
