"""Terms that the tables and those who ask them share."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, Integer, literal_column


class SourceState(StrEnum):
    """Whether a source is in the configuration; one that was taken out is kept, and never polled."""

    CONFIGURED = "configured"
    REMOVED = "removed"


Number = BigInteger().with_variant(Integer(), "sqlite")
"""Of rows, as many as there may ever be; what SQLite numbers by itself it calls an integer."""

THERE = "state = 'configured'"
"""Of sources: those that are in the configuration."""

FREE = "claim_until IS NULL"
"""Of sources: those that nobody polls."""

CLAIMED = "claim_until IS NOT NULL"
"""Of sources: those that somebody polls, or polled until that process died."""

PROVEN = "(last_success IS NOT NULL AND failures = 0)"
"""Of sources: those that did well in their last pass; all others are doubtful."""

DOUBTFUL = "(last_success IS NULL OR failures > 0)"
"""Of sources: those that have not succeeded yet, or failed in their last pass; in words, as their index has it."""

KEPT_WORDS = "(text <> '')"
KEPT: ColumnElement[bool] = literal_column(KEPT_WORDS)
"""Of articles: those that are still there, withdrawn or not; in words, as their index has it."""

PRESENT_WORDS = "left_seq IS NULL"
"""Of entries: those that a feed holds now; in words, as their index has it."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""How indexes and rules are called that are given no name."""
