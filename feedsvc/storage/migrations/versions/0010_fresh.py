"""Up to which seq entries are no longer shown for having entered of late, and how to find the last ones of a feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add both; nothing that is there already counts as fresh, so that no document looks different."""
    op.add_column("ledger", sa.Column("fresh_seq", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE ledger SET fresh_seq = seq")
    op.create_index(
        "ix_entries_feed_entered_seq_published_article", "entries", ["feed", "entered_seq", "published", "article"]
    )
