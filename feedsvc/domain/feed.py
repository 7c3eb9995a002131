"""What is published: which feed, what it holds, and the bytes it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .geometry import Geometry


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedKey:
    """Which feed: all, a topic's, a region's, a topic's in a region, or a source's."""

    topic: str | None = None
    region: str | None = None
    source: str | None = None

    @property
    def path(self) -> str:
        """The part of the address between /feeds/ and the format: `topics/sport/regions/ha-noi`."""
        if self.source is not None:
            return f"sources/{self.source}"
        parts = [f"topics/{self.topic}"] if self.topic is not None else []
        parts += [f"regions/{self.region}"] if self.region is not None else []
        return "/".join(parts) or "all"

    @property
    def page(self) -> str:
        """The path of its page for people, which every feed has: `/` for all, `/topics/sport/regions/ha-noi`."""
        return "/" if self == FeedKey() else f"/{self.path}"

    @classmethod
    def of(cls, path: str) -> FeedKey | None:
        """The key of a path, None where no key has it."""
        match path.split("/"):
            case ["all"]:
                return cls()
            case ["topics", topic]:
                return cls(topic=topic)
            case ["regions", region]:
                return cls(region=region)
            case ["topics", topic, "regions", region]:
                return cls(topic=topic, region=region)
            case ["sources", source]:
                return cls(source=source)
        return None


@dataclass(frozen=True, slots=True)
class Category:
    """Atom's category: a term of a scheme (an IRI), and its label for people."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of an entry: absolute address, length in bytes, size in pixels where known."""

    address: str
    media_type: str
    length: int
    width: int | None = None
    height: int | None = None
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that stands for a feed: absolute address, and size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The source an entry came from, by its own feed here: id, title, `address` without a format, and page."""

    id: str
    title: str
    address: str
    page: str
    updated: datetime
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another feed to follow: its address without a format at its end, and its title."""

    address: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as it is published: plain `title` and `summary`, `content` in clean HTML, addresses absolute.

    `attribution` is the line that names where it comes from, in HTML, and `via` the address of the article there.
    `where` is the place that it is about.
    """

    id: str
    address: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    language: str
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    pictures: tuple[Picture, ...] = ()
    origin: Origin | None = None
    attribution: str = ""
    via: str | None = None
    licence: str | None = None
    rights: str | None = None
    where: Geometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed complete and resolved: a format only writes it down.

    `address` is absolute and has no format at its end: `.atom`, `.rss` or `.json` is appended.
    `page` is the address for people. The `icon` is as wide as high. `max_age` is in seconds. Entries stand newest
    first. `related` are the feeds of what took over the topic or the place of this feed. One that has `expired` says so
    in its newest entry, and nothing new comes to it.
    """

    key: FeedKey
    id: str
    title: str
    subtitle: str
    address: str
    page: str
    language: str
    author: str
    updated: datetime
    max_age: int
    generator: str
    version: str
    entries: tuple[Entry, ...] = ()
    rights: str | None = None
    logo: Image | None = None
    icon: Image | None = None
    related: tuple[Related, ...] = ()
    expired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed in one format: the bytes, and the second at which they last changed."""

    format: str
    media_type: str
    body: bytes
    updated: datetime
