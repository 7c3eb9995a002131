"""Sources in the order in which they are due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Every claim asks for the few that have been due for longest."""
    op.create_index("ix_sources_next_poll_id", "sources", ["next_poll", "id"])
    doubtful = sa.text("(last_success IS NULL OR failures > 0)")
    columns = ["next_poll", "id"]
    op.create_index("ix_sources_doubtful", "sources", columns, sqlite_where=doubtful, postgresql_where=doubtful)
