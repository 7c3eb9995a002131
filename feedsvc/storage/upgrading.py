"""The only module that imports alembic."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_ONE_BY_ONE = Lock()
"""alembic keeps the migration under way in globals, where a second thread would take it for its own."""


def upgrade(connection: Connection, scripts: Path, revision: str = "head") -> None:
    """Run every missing revision, up to one, within the transaction of the connection."""
    config = _config(scripts)
    config.attributes["connection"] = connection
    with _ONE_BY_ONE:
        command.upgrade(config, revision)


def revisions(scripts: Path) -> frozenset[str]:
    """Every revision there is a script for."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config(scripts)).walk_revisions())


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config
