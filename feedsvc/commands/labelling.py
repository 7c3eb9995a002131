"""`feedsvc label`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import click

from ..bootstrap import Services
from ..domain.article import Article, Decision, LabelKind
from ..domain.clean import one_line
from ..pipeline.believing import believable
from ..pipeline.labelling import Desk, Named, Wanted
from .tables import shown

LONGEST_REASON = 500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operator asks for: labels to give, to take, and to forget about, as written; and why."""

    add: tuple[str, ...]
    remove: tuple[str, ...]
    forget: tuple[str, ...]
    reason: str | None

    def wanted(self, now: datetime) -> Wanted:
        """The decisions. Raises click.UsageError for what cannot be meant."""
        given, taken, forgotten = map(_named, (self.add, self.remove, self.forget))
        if not given + taken + forgotten:
            raise click.UsageError("Say what to --add, to --remove or to --forget.")
        _apart({"--add": given, "--remove": taken, "--forget": forgotten})
        reason = self._reason(bool(given + taken))
        decisions = (
            Decision(kind=kind, slug=slug, given=of is given, reason=reason, at=now)
            for of in (given, taken)
            for kind, slug in of
        )
        return Wanted(tuple(decisions), frozenset(forgotten))

    def _reason(self, needed: bool) -> str:
        reason = one_line(self.reason or "")
        if needed and not reason:
            raise click.UsageError("Give a --reason; it is kept, and `feedsvc explain` shows it.")
        if self.reason is not None and not needed:
            raise click.UsageError("A --reason goes with --add and --remove; with --forget alone nothing keeps it.")
        if len(reason) > LONGEST_REASON:
            raise click.UsageError(f"The --reason has {len(reason)} characters; {LONGEST_REASON} are kept at most.")
        return reason


def label_article(services: Services, name: str, asked: Asked) -> None:
    """Decide about the labels of an article by its id, or by an address or a tag that ends with it."""
    name = name.rstrip("/").rpartition("/")[2]
    now = believable(services.store.heartbeat(), services.clock())
    desk = Desk(services.store, services.classifier, services.sources, services.setup.digest)
    done = desk.decide(name, asked.wanted(now), now)
    click.echo(shown(f"{done.after.id}: {done.after.draft.title}"))
    for line in (*_lines("was", done.before), *_lines("is", done.after)):
        click.echo(line)
    if services.store.withdrawn(name):
        click.echo("It is withdrawn, and stands in no feed; what was decided holds if it comes back.")


def _lines(when: str, article: Article) -> Iterable[str]:
    for kind in LabelKind:
        slugs = [label.slug for label in article.labelled(kind) if not label.derived]
        yield f"  {kind}s {when}: {', '.join(slugs) or 'none'}"


def _named(written: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(map(_label, written)))


def _label(written: str) -> Named:
    kind, _, slug = written.partition(":")
    if kind not in [*LabelKind] or not slug:
        raise click.UsageError(f"{written} is no label; write topic:SLUG or region:SLUG.")
    return LabelKind(kind), slug


def _apart(lists: dict[str, tuple[Named, ...]]) -> None:
    seen: dict[Named, str] = {}
    for option, labels in lists.items():
        for kind, slug in labels:
            if (other := seen.setdefault((kind, slug), option)) != option:
                raise click.UsageError(f"{kind}:{slug} stands at {other} and at {option}; one of them is meant.")
