"""The commands about topics and regions, and the files that they stand in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..commands.framing import CONFIG, JSON, clear_errors, edited_services, services_of


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


@click.command()
@CONFIG
def check(config: Path) -> None:
    """Check the whole configuration, name every problem in it, and warn of what can hardly be meant."""
    from ..commands.checking import check_configuration

    with clear_errors():
        check_configuration(config)


@click.command()
@click.argument("file", required=False, type=click.Choice(["feedsvc", "sources", "topics", "regions"]))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="A folder to write to.")
def schema(file: str | None, out: Path | None) -> None:
    """Print the JSON Schema of a file of the configuration, or write those of all to a folder, for editors."""
    from ..commands.schemas import show_schema, write_schemas

    if (file is None) == (out is None):
        raise click.UsageError("Give either the name of a file, or --out FOLDER for all of them.")
    with clear_errors():
        if out is not None:
            write_schemas(out)
        else:
            show_schema(str(file))


@click.command()
@click.argument("article", required=False, metavar="[ARTICLE-ID]")
@click.option("--text", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="A file instead.")
@click.option("--source", help="With --text: read it as a document of this source.")
@click.option("--topic", "topics", multiple=True, help="Of this topic alone: why, or why not.")
@click.option("--region", "regions", multiple=True, help="Of this region alone.")
@JSON
@CONFIG
def explain(
    article: str | None,
    text: Path | None,
    source: str | None,
    topics: tuple[str, ...],
    regions: tuple[str, ...],
    as_json: bool,
    config: Path,
) -> None:
    """Tell which topics and regions an article has, why, and why not others that were near."""
    from ..commands.explaining import explain_article, explain_text
    from ..pipeline.questions import asked_for

    if (article is None) == (text is None):
        raise click.UsageError("Give either an ARTICLE-ID or --text FILE.")
    # A file is what a rule is tried on before it is applied.
    with clear_errors(), (edited_services if text is not None else services_of)(config) as services:
        if text is not None:
            explain_text(services, text, source, asked_for(topics, regions), as_json)
        else:
            explain_article(services, str(article), asked_for(topics, regions), as_json)


@click.command()
@click.argument("labels", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="LABELS.jsonl")
@click.option("--bases", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="The bases of variants.")
@click.option("--worst", type=click.IntRange(min=0), default=10, show_default=True, help="Articles to show.")
@JSON
@CONFIG
def evaluate(labels: Path, bases: Path | None, worst: int, as_json: bool, config: Path) -> None:
    """Measure topics and regions against articles that people have labelled."""
    from ..commands.evaluating import evaluate_file

    with clear_errors(), edited_services(config) as services:
        sys.exit(evaluate_file(services, labels, bases, worst, as_json))


@click.command()
@click.argument("article", metavar="ARTICLE-ID")
@click.option("--add", multiple=True, metavar="KIND:SLUG", help="Give it a label, such as region:tien-giang.")
@click.option("--remove", multiple=True, metavar="KIND:SLUG", help="Take a label from it, such as topic:sport.")
@click.option("--forget", multiple=True, metavar="KIND:SLUG", help="Let the rules decide about a label again.")
@click.option("--reason", help="Why; it is kept, and `feedsvc explain` shows it.")
@CONFIG
def label(
    article: str,
    add: tuple[str, ...],
    remove: tuple[str, ...],
    forget: tuple[str, ...],
    reason: str | None,
    config: Path,
) -> None:
    """Decide about labels of an article, whatever rules and sources say, for good and at once."""
    from ..commands.labelling import Asked, label_article

    with clear_errors(), services_of(config) as services:
        label_article(services, article, Asked(add, remove, forget, reason))
