"""Every table, in SQL that SQLite and PostgreSQL both speak. Times are seconds since 1970, UTC.

sources ──< passes ──< rejections        what was asked of whom, and how it went
records >── articles ──< labels          identity outlives the article; a label ends, it is never deleted
            articles ──< entries >── feeds   a feed is a log: entries enter and leave it at a seq
            articles ──< changes         one row an article in every transaction that changed it
            articles ──< carriers        the further sources of its outlet that bring an article
            articles ──< decisions       what an operator decided about the labels of an article
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
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    text,
)

from .source_tables import metadata, partial_index, passes, rejections, sources, verdicts
from .terms import KEPT_WORDS, PRESENT_WORDS, Number

__all__ = [
    "articles",
    "carriers",
    "changes",
    "configurations",
    "decisions",
    "entries",
    "feeds",
    "heartbeats",
    "labels",
    "ledger",
    "metadata",
    "passes",
    "pictured",
    "records",
    "rejections",
    "sources",
    "verdicts",
]

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
    partial_index("ix_articles_kept", "published", where=KEPT_WORDS),
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

decisions = Table(
    "decisions",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("given", Boolean, nullable=False),  # or taken
    Column("reason", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("article", "kind", "slug"),
)


def _present(name: str, *columns: str) -> Index:
    """Of what feeds hold now, with all that is asked for of it: the table need not be read."""
    return partial_index(name, *columns, "left_seq", where=PRESENT_WORDS)


entries = Table(
    "entries",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("feed", Text, nullable=False),
    Column("published", BigInteger, nullable=False),
    Column("entered_seq", BigInteger, nullable=False),
    Column("left_seq", BigInteger),
    # By article: what comes into many feeds at once is written in one place, and not in as many as there are feeds.
    PrimaryKeyConstraint("article", "feed", "entered_seq"),
    _present("ix_entries_present", "feed", "published", "article", "entered_seq"),
    _present("ix_entries_late", "feed", "entered_seq", "published", "article"),
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    metadata,
    Column("seq", BigInteger, nullable=False),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    PrimaryKeyConstraint("seq", "article"),
    Index(None, "article", "seq"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("path", Text, primary_key=True),
    Column("configured", Boolean, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_seq", BigInteger, nullable=False, index=True),
    Column("shared_second", Boolean, nullable=False, server_default=false()),  # with the change before the last
)

configurations = Table(
    "configurations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("applied_at", BigInteger, nullable=False),
    Column("rules", Text),  # NULL where an earlier release applied it
)

ledger = Table(  # one row: the newest seq, and what every document depends on
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("presentation", Text),
    Column("window_size", Integer),
    # what entered feeds after it shows in them for that alone
    Column("fresh_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("live", BigInteger, nullable=False, server_default=text("0")),  # how many articles are not withdrawn
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("process", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("believed", BigInteger),  # the last one at which the clock was believed
    Column("trouble", Text, nullable=False, server_default=text("''")),  # what keeps it from its work, in words
)
