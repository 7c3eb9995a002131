"""What the web is given: where it reads, what it lists, and how it presents itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit

from ..domain.article import Article
from ..domain.feed import Entry, Feed, FeedKey
from ..domain.operator import NOBODY, Operator
from ..domain.pending import Pending
from ..domain.retirement import Retirement
from ..domain.serving import USUAL_SERVING, Serving
from ..domain.site import Emblem
from ..domain.status import Report, Tally
from ..domain.taxonomy import Taxonomy
from ..pipeline.joining import Joined
from ..pipeline.questions import Wanted
from ..ports import Clock, FeedShelf, Format, MediaStore
from .access import Plainly, Tell
from .budget import USUAL, Budget
from .crowd import Crowd
from .portions import Portions
from .readiness import Readiness
from .traffic import Counts


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed as the index names it, with a short note where there is something to say.

    `parent` is the feed of the topic or region that this one lies directly within. `story` says what the topic or place
    took over, or that others took it over, and since when; the feeds of those others are `heirs`. `rank` is what a
    place is.
    """

    title: str
    key: FeedKey
    note: str = ""
    parent: FeedKey | None = None
    story: str = ""
    heirs: tuple[FeedKey, ...] = ()
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the index with its feeds, and its parts; a `folded` one opens on demand."""

    heading: str
    feeds: tuple[Listed, ...] = ()
    parts: tuple[Section, ...] = ()
    folded: bool = False

    def every(self) -> tuple[Listed, ...]:
        """The feeds of the section and of its parts, in the order in which they are shown."""
        return (*self.feeds, *(feed for part in self.parts for feed in part.every()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What `/` lists: the feed of everything, then the sections; `title` is the site's.

    The `leaving` have ended and say so for a while: they have pages, and nothing lists them.
    """

    title: str
    language: str
    main: Listed
    sections: tuple[Section, ...] = ()
    leaving: tuple[Listed, ...] = ()

    def every(self) -> tuple[Listed, ...]:
        """Every feed of the index, the main one first."""
        return (self.main, *(feed for section in self.sections for feed in section.every()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Everything that the web needs. All of it may be called from many threads at once.

    `feed_of` raises UnknownFeed and StoreError. So does `join`, which gives a feed in one of the `formats`, and its
    bytes; `bytes_of` gives those again, None where it has to be joined anew, and `forget` has all of it joined anew.
    `tally` is that of Ledger. `formats` are by the ending of the address, the preferred one first. `reports` gives
    the configured sources, `health` the operator's feed of how they do; both raise StoreError. `explain` says why an
    article has its labels, None where its source is not configured; it raises UnknownLabel for one that is asked for
    and not configured. `counts` counts what is asked for, and outlives a newsroom. `max_age` is in seconds. `zone` is
    the one in which pages tell the time. `since` is when this newsroom took the place of another one, where it did;
    `overtaken` tells whether yet another one is about to take its own, by which the stored labels were made.
    `taxonomy` is what `/scheme/…` lists, and `retirement` tells what of it has ended. `pending` is what an apply
    would put in force. `emblems` are the pictures that stand for the site. `portions` remember who was given what,
    and `crowd` is who waits for documents; both outlive a newsroom, too. `tell` takes the lines about requests, and
    `budget` is the memory that may be taken.
    """

    shelf: FeedShelf
    media: MediaStore
    feed_of: Callable[[FeedKey], Feed]
    join: Callable[[FeedKey, str], tuple[Joined, bytes]]
    bytes_of: Callable[[Joined], bytes | None]
    forget: Callable[[], None]
    entry_of: Callable[[Article], Entry]
    formats: Mapping[str, Format]
    contents: Contents
    public_url: str
    zone: tzinfo
    max_age: int
    ready: Callable[[], Readiness]
    tally: Callable[[datetime], Tally]
    reports: Callable[[], tuple[Report, ...]]
    explain: Callable[[Article, Wanted], Mapping[str, object] | None]
    health: Callable[[], Feed]
    counts: Counts
    clock: Clock
    operator: Operator = NOBODY
    since: datetime | None = None
    overtaken: Callable[[], bool] = bool
    taxonomy: Taxonomy = field(default_factory=lambda: Taxonomy({}, {}))
    retirement: Retirement = field(default_factory=lambda: Retirement(Taxonomy({}, {}), date.max))
    pending: Callable[[], Pending] = Pending
    emblems: tuple[Emblem, ...] = ()
    serving: Serving = USUAL_SERVING
    portions: Portions = field(default_factory=Portions)
    crowd: Crowd = field(default_factory=Crowd)
    tell: Tell = field(default_factory=Plainly)
    budget: Budget = USUAL

    def address(self, path: str) -> str:
        """The absolute address of a path of ours; never made from what a request says its host is."""
        return self.public_url.rstrip("/") + path

    def local(self, path: str) -> str:
        """The same without scheme and host, for links within the site."""
        return urlsplit(self.public_url).path.rstrip("/") + path


def feed_path(key: FeedKey, form: str) -> str:
    """The path at which a feed is served in a format."""
    return f"/feeds/{key.path}.{form}"
