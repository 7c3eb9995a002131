"""`feedsvc backup` and `feedsvc restore`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import bootstrap
from ..bootstrap import Services
from ..storage.backup_file import Holding


def back_up(services: Services, file: Path, force: bool) -> None:
    """Back up, and tell what the file holds. Raises BackupFailed."""
    made = bootstrap.back_up(services, file, force)
    click.echo(f"{file} holds {_contents(made)}.")
    _tell_left_out(made, "is damaged and was left out")


def restore_from(services: Services, file: Path, replace: bool) -> None:
    """Restore, and tell what came back. Raises BackupFailed."""
    restored = bootstrap.restore(services, file, replace)
    click.echo(f"Restored from {file}: {_contents(restored)}.")
    _tell_left_out(restored, "cannot be served and was left out")
    effect = bootstrap.configure(services, waiting=bootstrap.told_to_wait)
    if effect is not None:
        click.echo(f"The configuration is another by now: {_count(effect.relabelled, 'article')} labelled anew.")


def _contents(held: Holding) -> str:
    counts = ((held.articles, "article"), (held.sources, "source"), (held.pictures, "picture"))
    return f"{', '.join(_count(number, what) for number, what in counts)} ({held.size / 1e6:,.1f} MB)"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _tell_left_out(held: Holding, why: str) -> None:
    for digest in held.left_out:
        click.echo(f"The picture {digest} {why}.", err=True)
