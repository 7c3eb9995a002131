"""The tables of the stage: what an apply has made so far, and that nobody reads before all of it takes effect.

They are in no backup, and what is restored empties them: a stage is of use to the apply that filled it, and no other.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Connection, Float, Integer, MetaData, Table, Text, delete, update

from .terms import NAMING, Number

stage = MetaData(naming_convention=NAMING)

applying = Table(  # one row: who applies
    "applying",
    stage,
    Column("id", Integer, primary_key=True),
    Column("token", BigInteger, nullable=False),  # grows with every apply
    Column("holder", Text),
    Column("until", BigInteger, nullable=False),
)

staged = Table(  # an article that differs, or that was looked at again
    "staged",
    stage,
    Column("article", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),  # as of which it was looked at
    Column("differs", Boolean, nullable=False),
    Column("shows", Boolean, nullable=False),  # in the documents of feeds in which it stays
)

staged_labels = Table(  # that begin
    "staged_labels",
    stage,
    Column("id", Number, primary_key=True),
    Column("article", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("derived", Boolean, nullable=False),
    Column("strength", Float, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

staged_ends = Table(  # labels that end
    "staged_ends",
    stage,
    Column("article", Text, primary_key=True),
    Column("label", Number, primary_key=True),
)

staged_entries = Table(  # of feeds that an article enters or leaves
    "staged_entries",
    stage,
    Column("article", Text, primary_key=True),
    Column("feed", Text, primary_key=True),
    Column("enters", Boolean, nullable=False),
    Column("published", BigInteger, nullable=False),
)

ROWS = (staged, staged_labels, staged_ends, staged_entries)


def clear(connection: Connection) -> None:
    """Empty the stage; whoever was filling it applies nothing."""
    for table in ROWS:
        connection.execute(delete(table))
    connection.execute(update(applying).values(holder=None, until=0))
