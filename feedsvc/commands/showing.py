"""`feedsvc sources`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from ..bootstrap import Services
from ..domain.status import SourceStatus
from .tables import moment, shown, table

HEAD = ("SOURCE", "LAST SUCCESS", "LAST OUTCOME", "NEWEST ITEM", "NEXT POLL", "ARTICLES", "REJECTED")


def show_sources(services: Services, as_json: bool) -> None:
    """A line a configured source, and under it what its last pass could not take in."""
    known = {status.source: status for status in services.store.statuses()}
    found = [known.get(source.id) or _unseen(source.id) for source in services.settings.sources]
    if as_json:
        click.echo(json.dumps([_fields(status) for status in found], ensure_ascii=False, indent=2))
        return
    zone = ZoneInfo(services.settings.site.zone)
    click.echo(table(HEAD, [_row(status, zone) for status in found]))
    for status in found:
        if status.last_message:
            click.echo(shown(f"{status.source}: {status.last_message}"))
        for rejection in status.rejections:
            click.echo(shown(f"{status.source}: {rejection.key}: {rejection.reason}"))


def _row(status: SourceStatus, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        status.source,
        moment(status.last_success, zone),
        status.last_outcome or "never polled",
        moment(status.newest_item, zone),
        moment(status.next_poll, zone),
        str(status.articles),
        str(len(status.rejections)),
    )


def _fields(status: SourceStatus) -> Mapping[str, object]:
    return {
        "source": status.source,
        "last_success": _iso(status.last_success),
        "last_pass": _iso(status.last_pass),
        "last_outcome": status.last_outcome,
        "last_message": status.last_message,
        "newest_item": _iso(status.newest_item),
        "next_poll": _iso(status.next_poll),
        "articles": status.articles,
        "rejections": [{"key": one.key, "reason": one.reason} for one in status.rejections],
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _unseen(source: str) -> SourceStatus:
    return SourceStatus(
        source=source,
        last_success=None,
        last_pass=None,
        last_outcome=None,
        last_message="",
        newest_item=None,
        next_poll=None,
        articles=0,
    )
