"""Brings a database to this release's schema, and refuses every database that it does not know.

alembic takes long to import, so a database that is already at the head never needs it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from ..errors import SchemaError
from .database import Database, take_time

HEAD = "0013"
"""The newest revision under migrations/versions."""

SCRIPTS = Path(__file__).parent / "migrations"

_OURS = frozenset(("alembic_version", "records", "entries"))


def bring_to_head(database: Database) -> None:
    """Migrate where needed. Safe in several processes at once. Raises SchemaError for what is not ours."""
    with database.reading() as connection:
        if _revision(connection, database.name) == HEAD:
            return
    with database.writing() as connection:
        take_time(connection)
        found = _revision(connection, database.name)
        if found != HEAD:
            _upgrade(connection, database.name, found)


def require_head(connection: Connection, name: str) -> None:
    """Raises SchemaError unless the database has this release's schema."""
    found = _revision(connection, name)
    if found != HEAD:
        raise SchemaError(f"{name} has the schema {found or 'of an empty file'}, and this release needs {HEAD}.")


def _revision(connection: Connection, name: str) -> str | None:
    tables = frozenset(inspect(connection).get_table_names())
    if not tables:
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version")) if tables >= _OURS else None
    if found is None:
        raise SchemaError(
            f"{name} is a database of something else, and is left as it is. "
            "Move it away, or give feedsvc another place with FEEDSVC_DATABASE_URL."
        )
    return str(found)


def _upgrade(connection: Connection, name: str, found: str | None) -> None:
    from . import upgrading  # noqa: PLC0415 - imports alembic

    if found is not None and found not in upgrading.revisions(SCRIPTS):
        raise SchemaError(
            f"{name} has the schema {found}, made by a newer release; this one knows schemas up to {HEAD}. "
            "Start that release, or restore a backup from before the upgrade."
        )
    upgrading.upgrade(connection, SCRIPTS)
