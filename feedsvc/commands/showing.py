"""`feedsvc sources`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import click

from ..bootstrap import Services
from ..domain.rhythm import VerdictKind
from ..domain.status import Report
from ..pipeline.reports import Facts, all_facts_of, in_short, moved, reports_of
from .tables import moment, shown, table

_TOLD = frozenset(kind for kind in VerdictKind if kind.bad or kind is VerdictKind.LATE)
"""What is told with its reason."""


def show_sources(services: Services, as_json: bool, bad_alone: bool = False) -> None:
    """A line a configured source, and under it what there is to say of some; or of those alone that are `bad`."""
    every = reports_of(services.settings.sources, services.store.statuses())
    found = [report for report in every if report.verdict.kind.bad or not bad_alone]
    if as_json:
        click.echo(json.dumps([_fields(report) for report in found], ensure_ascii=False, indent=2))
        return
    if bad_alone and not found:
        click.echo(f"None of {len(every)} sources is silent, failing, or never worked.")
        return
    zone = ZoneInfo(services.settings.site.zone)
    click.echo(table(_head(zone), [_row(report, zone) for report in found]))
    for report in found:
        for line in _lines(report):
            click.echo(shown(f"{report.source.id}{line}"))


def _head(zone: ZoneInfo) -> Sequence[str]:
    verdict = f"VERDICT (times: {zone.key})"
    return (
        "SOURCE",
        verdict,
        "INTERVAL",
        "LAST SUCCESS",
        "LAST OUTCOME",
        "NEWEST ITEM",
        "NEXT POLL",
        "ARTICLES",
        "REJECTED",
    )


def _row(report: Report, zone: ZoneInfo) -> tuple[str, ...]:
    status, verdict = report.status, report.verdict
    return (
        report.source.id,
        verdict.kind if verdict.since is None else f"{verdict.kind} since {moment(verdict.since, zone)}",
        in_short(report.interval),
        moment(status.last_success, zone),
        status.last_outcome or "never polled",
        moment(status.newest_item, zone),
        moment(status.next_poll, zone),
        str(status.articles),
        str(len(status.rejections)),
    )


def _lines(report: Report) -> Iterator[str]:
    """What there is to say of a source, each to be read after its id."""
    verdict, message = report.verdict, report.status.last_message
    told = verdict.kind in _TOLD
    if told:
        yield f": {verdict.kind}: {verdict.why}"
    if (where := moved(report)) is not None:
        yield f" {where}"
    if message and not (told and message in verdict.why):
        yield f": {message}"
    yield from (f": {rejection.key}: {rejection.reason}" for rejection in report.status.rejections)


def _fields(report: Report) -> Facts:
    """The names are those of `/api/v1/sources`, but for `source`, which is its `id`."""
    facts = all_facts_of(report)
    return {"source": facts.pop("id"), **facts}
