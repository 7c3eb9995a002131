"""The further sources of an outlet that bring an article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of carriers."""
    op.create_table(
        "carriers",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_carriers_article"),
        sa.PrimaryKeyConstraint("article", "source", name="pk_carriers"),
    )
    op.create_index("ix_carriers_source", "carriers", ["source"])
