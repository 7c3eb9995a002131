"""Feeds of our own wording, and what the kind makes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedsvc.domain.fetched import Fetched, Request, Validators
from feedsvc.domain.record import Hypertext, Parsed, RawRecord
from feedsvc.domain.source import Cursor, Source
from feedsvc.sources.syndication import Syndication
from feedsvc.sources.syndication.kind import SyndicationOptions

URL = "https://news.example/feeds/all.xml"
SOURCE = Source(
    id="news",
    kind="syndication",
    title="News",
    outlet="news",
    language="vi",
    zone="UTC",
    every=timedelta(hours=1),
    options=SyndicationOptions(url=URL),
)


def parse(body: str | bytes, media_type: str | None = None, **more: str) -> Parsed:
    return Syndication().parse(SOURCE, answer_of(body, media_type, **more))


def answer_of(body: str | bytes, media_type: str | None = None, **more: str) -> Fetched:
    return Fetched(
        request=Request(address=URL, cursor=Cursor()),
        at=datetime(2025, 7, 1, tzinfo=UTC),
        body=body.encode() if isinstance(body, str) else body,
        media_type=media_type,
        address=more.get("address"),
        validators=Validators(etag=more.get("etag"), last_modified=more.get("last_modified")),
    )


def rss(*items: str, head: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    spaces = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {spaces} {content}><channel><title>News</title>{head}{inner}</channel></rss>'


def atom(*entries: str, head: str = "") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><title>News</title>{head}{inner}</feed>'


def one(body: str | bytes) -> RawRecord:
    parsed = parse(body)
    assert parsed.unreadable is None
    (record,) = parsed.records
    return record


def markup(record: RawRecord) -> str:
    assert isinstance(record.content, Hypertext)
    return record.content.html
