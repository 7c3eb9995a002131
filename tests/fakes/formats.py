"""A format that only lists titles, so that tests of others need no feed library."""

from __future__ import annotations

from feedsvc.domain.feed import Document, Feed


class FakeFormat:
    """Writes the titles of a feed down; counts its renderings, and fails on demand."""

    def __init__(self, name: str, media_type: str) -> None:
        self.name = name
        self.media_type = media_type
        self.rendered = 0
        self.fail = False

    def render(self, feed: Feed) -> Document:
        self.rendered += 1
        if self.fail:
            raise ValueError("this feed cannot be written down")
        lines = [f"{self.name}: {feed.title}, {feed.updated.isoformat()}", *(entry.title for entry in feed.entries)]
        return Document(
            format=self.name, media_type=self.media_type, body="\n".join(lines).encode(), updated=feed.updated
        )
