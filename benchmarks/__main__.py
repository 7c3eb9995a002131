"""`python -m benchmarks [ingest]`."""

from __future__ import annotations

from pathlib import Path

import click

from .cases import CASES
from .ingest import measured, profile
from .results import page

RESULTS = Path(__file__).with_name("RESULTS.md")
SOURCES, ROUNDS = 2000, 5
SMALL_SOURCES, SMALL_ROUNDS = 20, 1


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure how much work the service does, against the plain way of doing the same; everything without a NAME."""
    if context.invoked_subcommand is None:
        context.invoke(ingest)


@main.command()
@click.option("--sources", type=click.IntRange(1), default=SOURCES, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=ROUNDS, show_default=True)
@click.option("--small", is_flag=True, help=f"{SMALL_SOURCES} sources, {SMALL_ROUNDS} round, and nothing is written.")
@click.option("--results", type=click.Path(dir_okay=False, path_type=Path), help="Where to write, if not RESULTS.md.")
@click.option(
    "--profile",
    "profiled",
    type=click.Choice([case.name for case in CASES]),
    help="Measure nothing; show where our side spends its time in this case.",
)
def ingest(sources: int, rounds: int, small: bool, results: Path | None, profiled: str | None) -> None:
    """Ingest of feeds: everything is new, nothing is new, 304."""
    if small:
        sources, rounds = SMALL_SOURCES, SMALL_ROUNDS
    if profiled is not None:
        click.echo(profile(sources, next(case for case in CASES if case.name == profiled)))
        return
    text = page(measured(sources, rounds, lambda line: click.echo(line, err=True)), sources)
    click.echo(text)
    if results is not None or not small:
        (results or RESULTS).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
