"""`feedsvc evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from .. import bootstrap
from ..bootstrap import Services
from ..domain.article import Draft
from ..domain.source import Source
from ..errors import RecordRefused
from ..pipeline.scoring import Judged, given, score, variants, worst
from .evaluated import fields_of, tables_of
from .labelled_file import BadRow, Row, rows_of
from .reasons import Told, reasons_of
from .tables import shown


@dataclass
class _Read:
    """What a file gave: each article judged, and what it was read as; how many lines were bad."""

    judged: list[Judged] = field(default_factory=list)
    drafts: dict[str, tuple[Source, Draft]] = field(default_factory=dict)
    bad: int = 0


def evaluate_file(services: Services, path: Path, bases: Path | None, most: int, as_json: bool) -> int:
    """Judge every article of a file and tell how well its labels fit; the exit code: 1 where a line was bad.

    The files of the configuration decide, applied or not; no database is opened.
    """
    read = _judge(services, path)
    based = _judge(services, bases) if bases is not None else _Read()
    scopes = {slug for slug, region in services.settings.taxonomy.regions.items() if region.scope}
    came = variants(read.judged, {one.said.id: one.got for one in (*based.judged, *read.judged)})
    measured = score(read.judged, scopes, services.settings.taxonomy.areas, came)
    told = [_told(services, read, one) for one in worst(read.judged, most)]
    if as_json:
        click.echo(json.dumps(fields_of(measured, told, came), ensure_ascii=False, indent=2))
    else:
        for line in tables_of(measured, services.settings.taxonomy, told, came):
            click.echo(line)
    return 1 if read.bad or based.bad else 0


def _judge(services: Services, path: Path) -> _Read:
    read = _Read()
    unknown: dict[tuple[str, str], int] = {}
    for row in _rows(path):
        why = row.why if isinstance(row, BadRow) else _judged(services, row, read)
        if why is not None:
            read.bad += 1
            click.echo(shown(f"{path}:{row.line}: {why}"), err=True)
        if isinstance(row, Row) and why is None:
            unknown |= {name: row.line for name in _unknown(services, row) if name not in unknown}
    for (name, effect), line in unknown.items():
        click.echo(shown(f"{path}:{line}: no {name} is configured; it {effect}"), err=True)
    return read


def _rows(path: Path) -> Iterator[Row | BadRow]:
    try:
        yield from rows_of(path)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None


def _judged(services: Services, row: Row, read: _Read) -> str | None:
    """Why the row could not be judged."""
    if row.home is not None and row.home not in services.settings.taxonomy.regions:
        return f"home: no region is called {row.home}"
    try:
        source, draft = bootstrap.draft_of_record(services, row.record, row.home)
    except RecordRefused as refused:
        return str(refused)
    read.drafts[row.said.id] = source, draft
    read.judged.append(Judged(row.said, given(services.classifier.labels(source, draft))))
    return None


def _unknown(services: Services, row: Row) -> Iterable[tuple[str, str]]:
    """What is said and not configured, each with what that does."""
    taxonomy, said = services.settings.taxonomy, row.said
    topics = said.topics.either if said.topics is not None else ()
    regions = said.regions.either if said.regions is not None else ()
    yield from ((f"topic {slug}", "counts as missed") for slug in sorted({*topics} - {*taxonomy.topics}))
    yield from ((f"region {slug}", "counts as missed") for slug in sorted({*regions} - {*taxonomy.regions}))
    yield from ((f"region {slug}", "can never be given") for slug in sorted(said.must_not - {*taxonomy.regions}))


def _told(services: Services, read: _Read, judged: Judged) -> Told:
    source, draft = read.drafts[judged.said.id]
    return Told(judged, draft.title, reasons_of(services.classifier, source, draft, judged))
