"""A backup of all that the services store, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..storage.backup_file import Holding
    from .services import Services


def back_up(services: Services, file: Path, force: bool) -> Holding:
    """Write everything to one file, a new one unless by `force`. Raises BackupFailed."""
    from ..storage.backing import back_up

    return back_up(services.store.database, services.media, file, force=force)


def restore(services: Services, file: Path, replace: bool) -> Holding:
    """Put a backup in the place of everything; articles that are there only with `replace`. Raises BackupFailed.

    What is restored has the sources and feeds of the settings; its labels follow with `configure`.
    """
    from ..storage.restoring import restore

    return restore(
        services.store.database,
        services.media,
        file,
        setup=services.setup,
        now=services.clock(),
        room=services.settings.data_dir,
        replace=replace,
    )
