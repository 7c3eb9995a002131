"""`python -m benchmarks NAME`; without a name, everything but what is measured by its name alone."""

from __future__ import annotations

from pathlib import Path

import click

from .cases import CASES
from .classifying.measuring import everything as classification
from .classifying.size import SMALL as FEW
from .classifying.size import Size as Much
from .growing.measuring import everything as all_of_growth
from .growing.measuring import on_postgresql
from .growing.size import SMALL as SMALL_GROWTH
from .growing.size import Size as GrowthSize
from .growing.size import size_of
from .ingest import measured, profile
from .planning.measuring import everything as all_of_planning
from .planning.size import SMALL as SMALL_PLAN
from .planning.size import Size as PlanSize
from .polling.measuring import everything
from .polling.size import SMALL, Size
from .rendering.measuring import everything as all_of_rendering
from .rendering.size import SMALL as FEW_DOCUMENTS
from .rendering.size import Size as Rendered
from .results import keep, page
from .room.measuring import everything as all_of_room
from .room.size import SMALL as SMALL_ROOM
from .room.size import Size as RoomSize
from .serving.measuring import PARTS
from .serving.measuring import everything as all_of_serving
from .serving.programs import Missing
from .serving.size import SMALL as FEW_REQUESTS
from .serving.size import Size as Served

RESULTS = Path(__file__).with_name("RESULTS.md")
SOURCES, ROUNDS = 2000, 5
SMALL_SOURCES, SMALL_ROUNDS = 20, 1
RESULTS_FILE = click.option(
    "--results", type=click.Path(dir_okay=False, path_type=Path), help="Where to write, if not RESULTS.md."
)


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure how much work the service does, against the plain way of doing the same; everything without a NAME."""
    if context.invoked_subcommand is None:
        context.invoke(ingest)
        context.invoke(polling)
        context.invoke(classify)
        context.invoke(plan)
        context.invoke(render)
        context.invoke(serve)
        context.invoke(room)
        context.invoke(growth)


@main.command()
@click.option("--sources", type=click.IntRange(1), default=SOURCES, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=ROUNDS, show_default=True)
@click.option("--small", is_flag=True, help=f"{SMALL_SOURCES} sources, {SMALL_ROUNDS} round, and nothing is written.")
@RESULTS_FILE
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
    _tell(page(measured(sources, rounds, _say), sources), results, small)


@main.command()
@click.option("--sources", type=click.IntRange(1000), default=Size().sources, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=Size().rounds, show_default=True)
@click.option("--seconds", type=click.FloatRange(0.1), default=Size().seconds, show_default=True, help="Of each way.")
@click.option("--small", is_flag=True, help="Next to nothing of everything, and nothing is written.")
@RESULTS_FILE
def polling(sources: int, rounds: int, seconds: float, small: bool, results: Path | None) -> None:
    """Polling of many sources: fetches a second, memory, claims."""
    size = SMALL if small else Size(sources=sources, rounds=rounds, seconds=seconds)
    _tell(everything(size, _say), results, small)


@main.command()
@click.option("--articles", type=click.IntRange(1), default=Much().articles, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=Much().rounds, show_default=True)
@click.option("--small", is_flag=True, help="A few articles against fewer names, and nothing is written.")
@RESULTS_FILE
def classify(articles: int, rounds: int, small: bool, results: Path | None) -> None:
    """Topics and regions of an article: a loop of `in`, matching, the whole decision."""
    _tell(classification(FEW if small else Much(articles=articles, rounds=rounds), _say), results, small)


@main.command()
@click.option("--articles", type=click.IntRange(1000), default=PlanSize().articles, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=PlanSize().rounds, show_default=True)
@click.option("--small", is_flag=True, help="Few articles and one round, and nothing is written.")
@RESULTS_FILE
def plan(articles: int, rounds: int, small: bool, results: Path | None) -> None:
    """Plans and applies over many stored articles."""
    size = SMALL_PLAN if small else PlanSize(articles=articles, rounds=rounds)
    _tell(all_of_planning(size, _say), results, small)


@main.command()
@click.option("--rounds", type=click.IntRange(1), default=Rendered().rounds, show_default=True)
@click.option("--small", is_flag=True, help="One round of two feeds, and nothing is written.")
@RESULTS_FILE
def render(rounds: int, small: bool, results: Path | None) -> None:
    """Publishing: what changed, and the rest joined, against feedgen writing all of it."""
    _tell(all_of_rendering(FEW_DOCUMENTS if small else Rendered(rounds=rounds), _say), results, small)


@main.command()
@click.option("--part", "parts", type=click.Choice(list(PARTS)), multiple=True, help="Only this one, or these.")
@click.option("--rounds", type=click.IntRange(1), default=Served().rounds, show_default=True)
@click.option("--seconds", type=click.IntRange(1), default=Served().seconds, show_default=True, help="Of each load.")
@click.option("--commits", type=click.IntRange(1), default=Served().commits, show_default=True)
@click.option("--small", is_flag=True, help="A second of everything, and nothing is written.")
@RESULTS_FILE
def serve(parts: tuple[str, ...], rounds: int, seconds: int, commits: int, small: bool, results: Path | None) -> None:
    """Serving: against nginx and feedgen, beside the scheduler, from a commit to its bytes, and of many feeds."""
    size = FEW_REQUESTS if small else Served(rounds=rounds, seconds=seconds, commits=commits)
    try:
        for text in all_of_serving(size, parts, _say):
            _tell(text, results, small)
    except Missing as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.option("--days", type=click.IntRange(100), default=RoomSize().days, show_default=True)
@click.option("--articles", type=click.IntRange(1), default=RoomSize().a_day, show_default=True, help="A day.")
@click.option("--small", is_flag=True, help="A few days, and nothing is written.")
@RESULTS_FILE
def room(days: int, articles: int, small: bool, results: Path | None) -> None:
    """Room on the disk over a year, and who waits while articles are taken out."""
    _tell(all_of_room(SMALL_ROOM if small else RoomSize(days=days, a_day=articles), _say), results, small)


@main.command()
@click.option("--articles", type=click.IntRange(1000), default=GrowthSize().most, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=GrowthSize().rounds, show_default=True)
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Leave the stores here, and take them.")
@click.option("--small", is_flag=True, help="A few hundred articles and one round, and nothing is written.")
@RESULTS_FILE
def growth(articles: int, rounds: int, keep: Path | None, small: bool, results: Path | None) -> None:
    """A million articles on SQLite; and by articles, sources and feeds."""
    size = SMALL_GROWTH if small else size_of(articles, rounds)
    _tell(all_of_growth(size, keep, _say), results, small)


@main.command("million-postgresql")
@click.option("--articles", type=click.IntRange(1000), default=GrowthSize().most, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=GrowthSize().rounds, show_default=True)
@click.option("--small", is_flag=True, help="A few hundred articles and one round, and nothing is written.")
@RESULTS_FILE
def million_postgresql(articles: int, rounds: int, small: bool, results: Path | None) -> None:
    """A million articles on PostgreSQL; not among everything."""
    _tell(on_postgresql(SMALL_GROWTH if small else size_of(articles, rounds), _say), results, small)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _tell(text: str, results: Path | None, small: bool) -> None:
    click.echo(text)
    if results is not None or not small:
        keep(text, results or RESULTS)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
