"""The tables of sources: each as it is now, how its passes went, and what came of that. See schema."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from .terms import CLAIMED, DOUBTFUL, FREE, NAMING, PROVEN, THERE, Number

metadata = MetaData(naming_convention=NAMING)
WHERE = "where"
"""Under which an index says of which rows it is."""


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which a term holds: the scripts make it so, and a test compares.

    Said as SQLAlchemy has it, it would load what knows PostgreSQL at every start, which takes longer than a request.
    """
    return Index(name, *columns, info={WHERE: where})


sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("cursor", Text, nullable=False),
    Column("next_poll", BigInteger, nullable=False),
    Column("interval", BigInteger),  # chosen by the program; NULL where the configured one holds
    Column("failures", Integer, nullable=False, server_default=text("0")),  # in a row
    Column("moved_to", Text),
    Column("claim_holder", Text),
    Column("claim_token", BigInteger, nullable=False, server_default=text("0")),
    Column("claim_until", BigInteger),
    Column("last_pass", BigInteger),
    Column("last_success", BigInteger),
    Column("last_outcome", Text),
    Column("last_message", Text, nullable=False, server_default=text("''")),
    Column("asks", Text),  # the host of its configured address, NULL where that is nobody's
    Column("host", Text),  # the host that is asked: that one, or where it moved to
    Column("failing_since", BigInteger),
    Column("rhythm", Text),  # NULL before the first article
    Column("verdict", Text, nullable=False, server_default=text("'unjudged'")),
    Column("verdict_since", BigInteger),
    Column("verdict_why", Text, nullable=False, server_default=text("''")),
    Index(None, "outlet", "claim_until"),
    Index(None, "host", "claim_until"),
    # What is claimed, which is next to nothing, and what is free, in the order in which it is due.
    partial_index("ix_sources_claimed", "claim_until", where=f"{THERE} AND {CLAIMED}"),
    partial_index("ix_sources_proven", "next_poll", "id", where=f"{THERE} AND {FREE} AND {PROVEN}"),
    partial_index("ix_sources_doubtful", "next_poll", "id", where=f"{THERE} AND {FREE} AND {DOUBTFUL}"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Number, primary_key=True),
    Column("source", Text, ForeignKey("sources.id"), nullable=False, index=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("since", BigInteger),
    Column("why", Text, nullable=False),
    Column("told_at", BigInteger),  # to the operator's webhook
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt", BigInteger, nullable=False, server_default=text("0")),
)

passes = Table(
    "passes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("source", Text, ForeignKey("sources.id"), nullable=False),
    Column("token", BigInteger, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("corrected", Integer, nullable=False),
    Column("relabelled", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Index(None, "source", "id"),
)

rejections = Table(
    "rejections",
    metadata,
    Column("pass_id", Number, ForeignKey("passes.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("pass_id", "position"),
)
