"""What is due is found among what is free, and what is claimed among what is claimed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

CLAIMED = "state = 'configured' AND claim_until IS NOT NULL"
FREE = "state = 'configured' AND claim_until IS NULL"
PROVEN = f"{FREE} AND (last_success IS NOT NULL AND failures = 0)"
DOUBTFUL = f"{FREE} AND (last_success IS NULL OR failures > 0)"


def upgrade() -> None:
    """Put smaller indexes in the place of those that hold every source."""
    for name in ("claim_until", "next_poll_id", "doubtful"):
        op.drop_index(f"ix_sources_{name}", "sources")
    _create("ix_sources_claimed", ["claim_until"], CLAIMED)
    _create("ix_sources_proven", ["next_poll", "id"], PROVEN)
    _create("ix_sources_doubtful", ["next_poll", "id"], DOUBTFUL)


def _create(name: str, columns: list[str], term: str) -> None:
    where = sa.text(term)
    op.create_index(name, "sources", columns, sqlite_where=where, postgresql_where=where)
