"""What else a record is known by, how it read when it was last read, and how often its article changed unsaid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, empty: the next pass over a source fills those of its records."""
    op.add_column("records", sa.Column("alternative", sa.Text()))
    op.add_column("records", sa.Column("digest", sa.Text()))
    op.create_index("ix_records_outlet_alternative", "records", ["outlet", "alternative"])
    # Sources of one outlet are not polled together: every claim asks which are under way.
    op.create_index("ix_sources_claim_until", "sources", ["claim_until"])
    op.add_column("articles", sa.Column("stated", sa.BigInteger()))
    op.add_column("articles", sa.Column("unsaid", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("articles", sa.Column("unsaid_at", sa.BigInteger()))
