"""What every command shares: its options, its services, and how it ends where something is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import ConfigurationError, FeedsvcError

if TYPE_CHECKING:
    from ..bootstrap import Services
    from ..settings import Settings

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="FEEDSVC_CONFIG",
    default=Path("config"),
    show_default=True,
    help="The folder of the configuration.",
)
HOPELESS = os.EX_CONFIG
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@contextmanager
def services_of(config: Path, read: Callable[[], Settings] | None = None) -> Iterator[Services]:
    """The services of a configuration, for as long as a command needs them; `read` takes the place of reading it."""
    from .. import bootstrap

    services = bootstrap.Services(read() if read is not None else bootstrap.read_settings(config))
    try:
        yield services
    finally:
        services.close()


@contextmanager
def clear_errors(quiet: bool = False) -> Iterator[None]:
    """What the program knows to be wrong ends it with its message and exit code 1, never with a traceback.

    `quiet`, at the first start under a supervisor, leaves it to that to tell what is wrong in the configuration, and
    tells it that trying again is of no use where that is so.
    """
    try:
        yield
    except ConfigurationError as error:
        if not quiet:
            _tell(error)
        sys.exit(HOPELESS if quiet else 1)
    except FeedsvcError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(HOPELESS if quiet and not error.retry else 1)


def _tell(error: ConfigurationError) -> None:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    click.echo(f"{count} problem{'s' if count > 1 else ''} in the configuration; nothing was started.", err=True)
