"""Which articles show which of our own pictures."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OURS = re.compile(r'"/media/([0-9a-f]{32})/')


def upgrade() -> None:
    """Make the table, and fill it from the texts of the articles."""
    table = op.create_table(
        "pictured",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_pictured_article"),
        sa.PrimaryKeyConstraint("digest", "article", name="pk_pictured"),
    )
    op.create_index("ix_pictured_article", "pictured", ["article"])
    connection = op.get_bind()
    texts = connection.execute(sa.text("SELECT id, text FROM articles WHERE text LIKE '%\"/media/%'"))
    rows = [{"digest": digest, "article": name} for name, text in texts for digest in dict.fromkeys(OURS.findall(text))]
    if rows:
        op.bulk_insert(table, rows)
