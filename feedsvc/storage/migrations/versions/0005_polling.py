"""What is known of a source from one pass to the next, the hosts that are asked, and how sources did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns, empty: the configuration brings the hosts, and the next pass over a source the rest."""
    op.add_column("sources", sa.Column("asks", sa.Text()))
    op.add_column("sources", sa.Column("host", sa.Text()))
    op.add_column("sources", sa.Column("failing_since", sa.BigInteger()))
    op.add_column("sources", sa.Column("rhythm", sa.Text()))
    op.add_column("sources", sa.Column("verdict", sa.Text(), nullable=False, server_default=sa.text("'unjudged'")))
    op.add_column("sources", sa.Column("verdict_since", sa.BigInteger()))
    op.add_column("sources", sa.Column("verdict_why", sa.Text(), nullable=False, server_default=sa.text("''")))
    # Of every outlet one, and of every host a few, are polled at a time: each claim asks which are under way.
    op.create_index("ix_sources_outlet_claim_until", "sources", ["outlet", "claim_until"])
    op.create_index("ix_sources_host_claim_until", "sources", ["host", "claim_until"])
    op.add_column("heartbeats", sa.Column("trouble", sa.Text(), nullable=False, server_default=sa.text("''")))
    kept = sa.text("(text <> '')")
    op.create_index("ix_articles_kept", "articles", ["published"], sqlite_where=kept, postgresql_where=kept)
    _verdicts()
    _more_numbers()


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("next_attempt", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_verdicts_source"),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_source", "verdicts", ["source"])
    op.create_index("ix_verdicts_at", "verdicts", ["at"])


def _more_numbers() -> None:
    """Ten thousand sources make a billion passes a year; SQLite's integers hold as many already."""
    if op.get_context().dialect.name != "postgresql":
        return
    for table, column in (("passes", "id"), ("rejections", "pass_id"), ("labels", "id")):
        op.alter_column(table, column, type_=sa.BigInteger(), existing_nullable=False)
    for table in ("passes", "labels"):
        op.execute(f"ALTER SEQUENCE {table}_id_seq AS bigint")
