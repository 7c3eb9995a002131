"""`feedsvc plan` and `feedsvc apply`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..commands.framing import CONFIG, JSON, clear_errors, edited_services


@click.command()
@click.option("--examples", type=click.IntRange(0, 100), default=3, show_default=True, help="Articles named a feed.")
@click.option("--feeds", type=click.IntRange(0), default=20, show_default=True, help="Feeds shown; 0 for all.")
@JSON
@CONFIG
def plan(examples: int, feeds: int, as_json: bool, config: Path) -> None:
    """Show what the edited topics and regions would change of what is stored; nothing is written."""
    from ..commands.planning import show_plan

    with clear_errors(nothing="nothing was planned"):
        show_plan(config, examples, feeds, as_json)


@click.command()
@click.option("--feeds", type=click.IntRange(0), default=20, show_default=True, help="Feeds shown; 0 for all.")
@JSON
@CONFIG
def apply(feeds: int, as_json: bool, config: Path) -> None:
    """Put the edited topics and regions in force, all stored articles at one moment."""
    from ..commands.planning import apply_now

    with clear_errors(nothing="nothing was applied"), edited_services(config) as services:
        sys.exit(apply_now(services, feeds, as_json))
