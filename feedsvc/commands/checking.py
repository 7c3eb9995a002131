"""`feedsvc check`, and how warnings are told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from .. import bootstrap
from ..errors import Problem


def check_configuration(config: Path) -> None:
    """Tell that all is right, and what can hardly be meant. Raises ConfigurationError with every problem."""
    settings = bootstrap.read_settings(config)
    warnings = tell_warnings(bootstrap.doubts_of(config, settings))
    taxonomy = settings.taxonomy
    counted = f"{len(settings.sources)} sources, {len(taxonomy.topics)} topics, {len(taxonomy.regions)} regions"
    click.echo(f"{counted}: right{warnings}.")


def tell_warnings(warnings: Iterable[Problem]) -> str:
    """Print them on standard error, a line each, and count them in words: `, with 2 warnings`; nothing for none."""
    lines = [f"{one.place}: {one.key}: warning: {one.message}" for one in warnings]
    for line in lines:
        click.echo(line, err=True)
    return f", with {len(lines)} warning{'s' if len(lines) > 1 else ''}" if lines else ""
