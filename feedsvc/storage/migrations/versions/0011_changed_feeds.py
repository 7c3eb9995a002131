"""Which feeds changed after a seq, without a look at the others."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_feeds_changed_seq", "feeds", ["changed_seq"])
