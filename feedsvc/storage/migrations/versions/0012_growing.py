"""What a million articles need: entries by article, an index of those that feeds hold now, and a count.

With the feed first, an article touched as many places of the table as there are feeds that hold it, and each of them
was read from the disk and written anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

PRESENT = sa.text("left_seq IS NULL")
COPIED = """INSERT INTO entries_anew (article, feed, published, entered_seq, left_seq)
SELECT article, feed, published, entered_seq, left_seq FROM entries ORDER BY article, feed, entered_seq"""


def upgrade() -> None:
    """Make the table anew where its key cannot be changed, in the order of the new one; and count once."""
    op.add_column("ledger", sa.Column("live", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE ledger SET live = (SELECT count(*) FROM articles WHERE withdrawn_at IS NULL)")
    if op.get_bind().dialect.name == "sqlite":
        _rebuild()
    else:
        op.drop_index("ix_entries_article", "entries")
        op.drop_index("ix_entries_feed_published_article", "entries")
        op.drop_constraint("pk_entries", "entries", type_="primary")
        op.create_primary_key("pk_entries", "entries", ["article", "feed", "entered_seq"])
    op.create_index(
        "ix_entries_present",
        "entries",
        ["feed", "published", "article", "entered_seq", "left_seq"],  # all that is asked for: the table need not be
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )


def _rebuild() -> None:
    op.create_table(
        "entries_anew",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("entered_seq", sa.BigInteger(), nullable=False),
        sa.Column("left_seq", sa.BigInteger()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_entries_article"),
        sa.PrimaryKeyConstraint("article", "feed", "entered_seq", name="pk_entries"),
        sqlite_with_rowid=False,
    )
    op.execute(COPIED)
    op.drop_table("entries")
    op.rename_table("entries_anew", "entries")
    op.create_index(
        "ix_entries_feed_entered_seq_published_article", "entries", ["feed", "entered_seq", "published", "article"]
    )
