"""What is applied is stored whole, and what an apply has made so far is staged until all of it takes effect."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make room for the rules of a configuration, and the tables of the stage."""
    op.add_column("configurations", sa.Column("rules", sa.Text()))
    applying = op.create_table(
        "applying",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.Text()),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applying"),
    )
    op.bulk_insert(applying, [{"id": 1, "token": 0, "until": 0}])
    op.create_table(
        "staged",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("shows", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_staged"),
    )
    op.create_table(
        "staged_labels",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staged_labels"),
    )
    op.create_index("ix_staged_labels_article", "staged_labels", ["article"])
    op.create_table(
        "staged_ends",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("label", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("article", "label", name="pk_staged_ends"),
    )
    op.create_table(
        "staged_entries",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("enters", sa.Boolean(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article", "feed", name="pk_staged_entries"),
    )
