"""`feedsvc plan` and `feedsvc apply`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from .. import bootstrap
from ..bootstrap import Services
from ..domain.applied import Effect, Moved
from ..domain.pending import Edited
from ..domain.plan import Example, Motion, Plan
from .tables import shown, table

SOON = 2.0
"""Seconds after which it is told how far the work is, on a terminal."""
NAMED = 5
"""Feeds that open or close and are named, those of one topic or region first; `--json` gives all."""


def show_plan(config: Path, examples: int, feeds: int, as_json: bool) -> None:
    """Tell what an apply would change. Raises ConfigurationError and StoreError."""
    began = time.monotonic()
    found = bootstrap.plan(config, examples, _progress())
    seconds = time.monotonic() - began
    if as_json:
        click.echo(json.dumps(_plan_fields(found, seconds), ensure_ascii=False, indent=2))
        return
    for line in _edits(found):
        click.echo(line)
    for line in _doors(found.opened, "would open", found.closed, "would close"):
        click.echo(line)
    if not found.motions:
        click.echo(f"Of {_count(found.articles, 'article')} none would come into a feed or leave one.")
        return
    chosen = found.motions[: feeds or None]
    rows = [(one.path, f"+{one.come}", f"-{one.gone}", str(one.stay)) for one in chosen]
    click.echo(table(("FEED", "IN", "OUT", "STAY"), rows))
    _more(len(found.motions) - len(chosen))
    for one in chosen:
        for line in _examples(one):
            click.echo(line)
    click.echo(
        f"{_count(found.differing, 'article')} of {found.articles} would stand in other feeds, "
        f"{_count(len(found.motions), 'feed')} would change; looked at in {seconds:.1f} s. `feedsvc apply` does it."
    )


def apply_now(services: Services, feeds: int, as_json: bool) -> int:
    """Apply, and tell what changed; gives the exit code. Raises StoreError and what else keeps it from being done."""
    began = time.monotonic()
    before = services.store.applied_number()
    effect = bootstrap.configure(services, rules=True, progress=_progress(), waiting=_waiting)
    seconds = time.monotonic() - began
    nothing = effect is None and services.store.applied_number() == before
    if as_json:
        click.echo(json.dumps(_effect_fields(effect, nothing, seconds), ensure_ascii=False, indent=2))
    elif nothing:
        click.echo("Nothing to do: the files say what is applied.")
    else:
        _tell(effect or Effect(seq=0), feeds, seconds)
    return 0


def _tell(effect: Effect, feeds: int, seconds: float) -> None:
    moved = _most_first(effect.moved)
    chosen = moved[: feeds or None]
    if chosen:
        click.echo(table(("FEED", "IN", "OUT"), [(one.path, f"+{one.come}", f"-{one.gone}") for one in chosen]))
        _more(len(moved) - len(chosen))
    for line in _doors(effect.opened, "opened", effect.closed, "closed"):
        click.echo(line)
    come, gone = sum(one.come for one in moved), sum(one.gone for one in moved)
    click.echo(
        f"Applied in {seconds:.1f} s: {_count(effect.relabelled, 'article')} labelled anew; "
        f"{_count(len(moved), 'feed')} changed, +{come} -{gone}."
    )


def _most_first(moved: Sequence[Moved]) -> list[Moved]:
    return sorted(moved, key=lambda one: (-(one.come + one.gone), one.path))


def _edits(found: Plan) -> Iterator[str]:
    """What is other in the files, a line a kind of edit."""
    if found.first:
        yield "Nothing is applied yet: the first start of the service applies the files."
    for what, edited in (("topics", found.topics), ("regions", found.regions)):
        for how, slugs in (("new", edited.new), ("changed", edited.changed), ("gone", edited.gone)):
            if slugs:
                yield shown(f"{what} {how}: {', '.join(slugs)}")
    if found.otherwise:
        yield "the order of topics or regions, or the ranks of places, changed"
    if not (found.first or found.topics or found.regions or found.otherwise):
        yield "Topics and regions are as they are applied."


def _examples(one: Motion) -> Iterator[str]:
    for sign, examples in (("+", one.came), ("-", one.left)):
        for example in examples:
            yield shown(f"{one.path} {sign} {example.id} {example.title}")


def _doors(opened: Sequence[str], opens: str, closed: Sequence[str], closes: str) -> Iterator[str]:
    for paths, what in ((opened, opens), (closed, closes)):
        if paths:
            named = ", ".join(sorted(paths, key=lambda path: (path.count("/"), path))[:NAMED])
            yield shown(f"{_count(len(paths), 'feed')} {what}: {named}{', …' if len(paths) > NAMED else ''}")


def _more(count: int) -> None:
    if count > 0:
        click.echo(f"… and {_count(count, 'feed')} more; --feeds 0 shows all.")


def _progress() -> Callable[[int, int], None]:
    """Tells a terminal how far the work is, in one line, when it takes long."""
    began = time.monotonic()

    def tell(done: int, of: int) -> None:
        if sys.stderr.isatty() and (time.monotonic() - began > SOON):
            click.echo(f"\r{100 * done // of:3} % ", err=True, nl=done == of)

    return tell


def _waiting(holder: str) -> None:
    click.echo(f"{holder} is applying a configuration; waiting until that is done …", err=True)


def _plan_fields(found: Plan, seconds: float) -> Mapping[str, object]:
    return {
        "articles": found.articles,
        "differing": found.differing,
        "seconds": round(seconds, 3),
        "topics": _edited_fields(found.topics),
        "regions": _edited_fields(found.regions),
        "otherwise": found.otherwise,
        "opened": list(found.opened),
        "closed": list(found.closed),
        "feeds": [
            {
                "feed": one.path,
                "in": one.come,
                "out": one.gone,
                "stay": one.stay,
                "examples_in": list(map(_example_fields, one.came)),
                "examples_out": list(map(_example_fields, one.left)),
            }
            for one in found.motions
        ],
    }


def _effect_fields(effect: Effect | None, nothing: bool, seconds: float) -> Mapping[str, object]:
    effect = effect or Effect(seq=0)
    return {
        "applied": not nothing,
        "articles": effect.relabelled,
        "seconds": round(seconds, 3),
        "feeds": [{"feed": one.path, "in": one.come, "out": one.gone} for one in _most_first(effect.moved)],
        "opened": list(effect.opened),
        "closed": list(effect.closed),
    }


def _edited_fields(edited: Edited) -> Mapping[str, object]:
    return {"new": list(edited.new), "changed": list(edited.changed), "gone": list(edited.gone)}


def _example_fields(example: Example) -> Mapping[str, str]:
    return {"id": example.id, "title": example.title, "published": f"{example.published:%Y-%m-%dT%H:%M:%SZ}"}


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
