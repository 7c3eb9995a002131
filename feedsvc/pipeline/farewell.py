"""The last entry of a feed that has ended: it says so, and which feeds to follow instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from zoneinfo import ZoneInfo

from ..domain.feed import Entry, FeedKey
from ..domain.identity import farewell_uri
from ..domain.site import Site
from .content import attribution_html
from .sentences import sentences_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A feed by its key and its `name`, of which nothing is published `since` a day; `story` tells why.

    `heirs` are the feeds to follow instead, and their titles.
    """

    key: FeedKey
    name: str
    since: date
    story: str
    heirs: Mapping[FeedKey, str]


def farewell(site: Site, ended: Ended) -> Entry:
    """The entry, of the first second of that day where the site is: whatever else is said some day, it is the same."""
    said = sentences_for(site.language)
    at = datetime.combine(ended.since, time(), ZoneInfo(site.zone)).astimezone(UTC)
    followed = said.follow.format(feeds=said.listed(tuple(ended.heirs.values())))
    links = [_link(site, heir, title) for heir, title in ended.heirs.items()]
    first = next(iter(ended.heirs), FeedKey())
    return Entry(
        id=farewell_uri(site.tag_authority, ended.key.path),
        address=site.address(first.page),
        title=said.farewell.format(feed=ended.name),
        summary=f"{ended.story} {followed}",
        content="\n".join(
            (
                f"<p>{escape(ended.story, quote=False)}</p>",
                f"<p>{said.follow.format(feeds=said.listed(links))}</p>",
                attribution_html(site.title, site.address("/"), site.language),
            )
        ),
        published=at,
        updated=at,
        language=site.language,
    )


def _link(site: Site, heir: FeedKey, title: str) -> str:
    """The feed's page, which has it in every format, and its address, to be copied."""
    page, feed = site.address(heir.page), site.address(f"/feeds/{heir.path}.atom")
    return f'<a href="{escape(page)}">{escape(title, quote=False)}</a> ({escape(feed, quote=False)})'
