"""What the commands share: their options, and how what is known to be wrong ends them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import ConfigurationError, FeedsvcError

if TYPE_CHECKING:
    from ..bootstrap import Services

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
def services_of(config: Path) -> Iterator[Services]:
    """The services by what is in force, which a running service goes by too."""
    from .. import bootstrap

    with closing(bootstrap.services_in_force(config)) as services:
        yield services


@contextmanager
def edited_services(config: Path) -> Iterator[Services]:
    """The services by what the files say, topics and regions too."""
    from .. import bootstrap

    with closing(bootstrap.Services(bootstrap.read_settings(config))) as services:
        yield services


@contextmanager
def clear_errors(quiet: bool = False, nothing: str = "nothing was started") -> Iterator[None]:
    """What the program knows to be wrong ends it with its message and exit code 1, never with a traceback.

    `quiet`, at the first start under a supervisor, leaves it to that to tell what is wrong in the configuration, and
    tells it that trying again is of no use where that is so. `nothing` is what was not done by that.
    """
    try:
        yield
    except ConfigurationError as error:
        if not quiet:
            _tell(error, nothing)
        sys.exit(HOPELESS if quiet else 1)
    except FeedsvcError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(HOPELESS if quiet and not error.retry else 1)


def _tell(error: ConfigurationError, nothing: str) -> None:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    click.echo(f"{count} problem{'s' if count > 1 else ''} in the configuration; {nothing}.", err=True)
