"""A format that only lists titles, so that tests of others need no feed library."""

from __future__ import annotations

from collections.abc import Sequence

from feedsvc.domain.feed import Document, Entry, Feed
from feedsvc.domain.fragment import Fragment, Frame


class FakeFormat:
    """Writes the titles of a feed down; counts its renderings, the entries it wrote, and fails on demand."""

    def __init__(self, name: str, media_type: str) -> None:
        self.name = name
        self.media_type = media_type
        self.rendered = self.written = 0
        self.fail = False

    def render(self, feed: Feed) -> Document:
        frame = self.frame(feed, frozenset())
        body = frame.joined(one.body for one in self.fragments(feed.entries) if one is not None)
        return Document(format=self.name, media_type=self.media_type, body=body, updated=feed.updated)

    def fragments(self, entries: Sequence[Entry]) -> tuple[Fragment | None, ...]:
        self.written += len(entries)
        return tuple(Fragment(f"\n{entry.title}".encode()) for entry in entries)

    def frame(self, feed: Feed, prefixes: frozenset[str]) -> Frame:
        self.rendered += 1
        if self.fail:
            raise ValueError("this feed cannot be written down")
        return Frame(f"{self.name}: {feed.title}, {feed.updated.isoformat()}".encode(), b"")
