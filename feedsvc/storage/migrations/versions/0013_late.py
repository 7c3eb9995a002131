"""The index of what entered feeds of late: only of what they hold now, and with all that is asked for.

Without whether an article has left, each that a document might show was looked up in the table.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

PRESENT = sa.text("left_seq IS NULL")


def upgrade() -> None:
    """Lay the index anew."""
    op.drop_index("ix_entries_feed_entered_seq_published_article", "entries")
    op.create_index(
        "ix_entries_late",
        "entries",
        ["feed", "entered_seq", "published", "article", "left_seq"],
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )
