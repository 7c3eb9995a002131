"""What is due is found among what is free, and what is claimed among what is claimed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

CLAIMED = "claim_until IS NOT NULL"
FREE = "state = 'configured' AND claim_until IS NULL"
PROVEN = f"{FREE} AND (last_success IS NOT NULL AND failures = 0)"
DOUBTFUL = f"{FREE} AND (last_success IS NULL OR failures > 0)"


def upgrade() -> None:
    """Put smaller indexes in the place of those that hold every source."""
    for columns in (["claim_until"], ["outlet", "claim_until"], ["host", "claim_until"]):
        name = f"ix_sources_{'_'.join(columns)}"
        op.drop_index(name, "sources")
        _create(name, columns, CLAIMED)
    op.drop_index("ix_sources_next_poll_id", "sources")
    op.drop_index("ix_sources_doubtful", "sources")
    _create("ix_sources_proven", ["next_poll", "id"], PROVEN)
    _create("ix_sources_doubtful", ["next_poll", "id"], DOUBTFUL)


def _create(name: str, columns: list[str], term: str) -> None:
    where = sa.text(term)
    op.create_index(name, "sources", columns, sqlite_where=where, postgresql_where=where)
