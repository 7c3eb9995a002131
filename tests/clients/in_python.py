"""Libraries of Python: feedparser, which keeps nothing, and reader, which has a database."""

from __future__ import annotations

import sys
from calendar import timegm
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from time import struct_time
from typing import Any

import feedparser
import feedparser_sgmllib
import reader

from .seen import Failed, Seen

# reader carries a feedparser of its own, which still calls this module by its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)


class Feedparser:
    """feedparser, given back with every poll the validators that the one before brought."""

    def __init__(self, folder: Path, address: str) -> None:
        self._address = address
        self._last: Any = None

    def poll(self) -> list[Seen]:
        """What it finds; it must have nothing to complain of."""
        last = self._last or {}
        found = feedparser.parse(self._address, etag=last.get("etag"), modified=last.get("modified"))
        if found.bozo:
            raise Failed(found.get("bozo_exception"))
        # Where a redirect leads to what did not change, the status is that of the redirect.
        if found.feed:
            self._last = found
        return [_entry(entry) for entry in self._last.entries]

    @property
    def moved_to(self) -> str | None:
        """The address that the last whole answer sent it to for good."""
        return str(self._last.href) if self._last.status == 301 else None


def _entry(entry: Any) -> Seen:
    title = entry.title_detail
    return Seen(
        id=entry.id,
        title=unescape(title.value) if title.type == "text/html" else title.value,
        link=entry.link,
        authors=", ".join(author.name for author in entry.authors),
        published=_moment(entry.published_parsed),
        updated=_moment(entry.updated_parsed),
        picture=entry.enclosures[0].href if entry.enclosures else None,
    )


def _moment(parsed: struct_time) -> datetime:
    return datetime.fromtimestamp(timegm(parsed), UTC)


class Reader:
    """The library reader with a database of its own, which keeps what it has once seen."""

    def __init__(self, folder: Path, address: str) -> None:
        self._reader = reader.make_reader(str(folder))
        self._reader.add_feed(address)
        self._address = address

    def poll(self) -> list[Seen]:
        """An update, and everything that it holds then, newest first."""
        try:
            self._reader.update_feed(self._address)
        except reader.FeedError as why:
            raise Failed(str(why)) from why
        return sorted(map(self._seen, self._reader.get_entries()), key=lambda one: str(one.published), reverse=True)

    def close(self) -> None:
        """Close its database."""
        self._reader.close()

    @staticmethod
    def _seen(entry: reader.Entry) -> Seen:
        return Seen(
            id=entry.id,
            title=entry.title or "",
            link=entry.link or "",
            authors=entry.authors_str,
            published=entry.published,
            updated=entry.updated,
            picture=entry.enclosures[0].href if entry.enclosures else "",
        )
