"""Every table, in SQL that SQLite and PostgreSQL both speak. Times are seconds since 1970, UTC.

sources ──< passes ──< rejections        what was asked of whom, and how it went
records >── articles ──< labels          identity outlives the article; a label ends, it is never deleted
            articles ──< entries >── feeds   a feed is a log: entries enter and leave it at a seq
            articles ──< changes         one row an article in every transaction that changed it
            articles ──< carriers        the further sources of its outlet that bring an article
            articles ──< pictured        the pictures of our own that it shows
sources ──< verdicts                     how each source did, whenever that changed
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    text,
)

from .terms import CLAIMED, DOUBTFUL, FREE, KEPT_WORDS, PROVEN, THERE, Number, index_where

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
    index_where("ix_sources_claimed", "claim_until", where=f"{THERE} AND {CLAIMED}"),
    index_where("ix_sources_proven", "next_poll", "id", where=f"{THERE} AND {FREE} AND {PROVEN}"),
    index_where("ix_sources_doubtful", "next_poll", "id", where=f"{THERE} AND {FREE} AND {DOUBTFUL}"),
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

records = Table(
    "records",
    metadata,
    Column("outlet", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("alternative", Text),  # the key that it would have without its own identifier
    Column("digest", Text),  # of the record as it was last read
    PrimaryKeyConstraint("outlet", "key"),
    Index(None, "outlet", "alternative"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("uri", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("story", Text, nullable=False),  # an article's own id until stories are told apart
    Column("text", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("published", BigInteger, nullable=False),
    Column("dated_by", Text, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("visible_from", BigInteger),
    Column("visible_until", BigInteger),
    Column("withdrawn_at", BigInteger),
    Column("why", Text),
    Column("stated", BigInteger),  # when the source itself said that it was updated
    Column("unsaid", Integer, nullable=False, server_default=text("0")),  # changes since then
    Column("unsaid_at", BigInteger),  # the last of these
    Index(None, "source", "withdrawn_at", "published"),
    index_where("ix_articles_kept", "published", where=KEPT_WORDS),
)

carriers = Table(
    "carriers",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("source", Text, nullable=False, index=True),
    Column("categories", Text, nullable=False),
    PrimaryKeyConstraint("article", "source"),
)

pictured = Table(  # by articles; pictures of our own, as MediaStore keeps them
    "pictured",
    metadata,
    Column("digest", Text, nullable=False),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    PrimaryKeyConstraint("digest", "article"),
)

labels = Table(
    "labels",
    metadata,
    Column("id", Number, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("derived", Boolean, nullable=False, server_default=false()),
    Column("strength", Float, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("from_seq", BigInteger, nullable=False),
    Column("to_seq", BigInteger),
)

entries = Table(
    "entries",
    metadata,
    Column("feed", Text, nullable=False),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    Column("published", BigInteger, nullable=False),
    Column("entered_seq", BigInteger, nullable=False),
    Column("left_seq", BigInteger),
    PrimaryKeyConstraint("feed", "article", "entered_seq"),
    Index(None, "feed", "published", "article"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", BigInteger, nullable=False),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    PrimaryKeyConstraint("seq", "article"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("path", Text, primary_key=True),
    Column("configured", Boolean, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_seq", BigInteger, nullable=False),
    Column("shared_second", Boolean, nullable=False, server_default=false()),  # with the change before the last
)

configurations = Table(
    "configurations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("applied_at", BigInteger, nullable=False),
)

ledger = Table(  # one row: the newest seq, and what every document depends on
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("presentation", Text),
    Column("window_size", Integer),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("process", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("trouble", Text, nullable=False, server_default=text("''")),  # what keeps it from its work, in words
)
