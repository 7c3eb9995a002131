"""What the core asks of those who get records, read them and understand them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from ..domain.article import Draft, Html
from ..domain.feed import Document, Entry, Feed
from ..domain.fetched import Answer, Failure, Fetched, Listing, Request
from ..domain.fragment import Fragment, Frame
from ..domain.language import Ago, Byline, Day, Mended, Standing
from ..domain.matching import Scan
from ..domain.record import Parsed, RawFigure, RawRecord, Rejection
from ..domain.source import Cursor, Json, Source

Clock = Callable[[], datetime]
"""The time now: aware, UTC."""


class SourceKind(Protocol):
    """One way to get records, pure: it asks, and it reads what was fetched. Bytes in, records out."""

    name: str
    description: str

    @property
    def options(self) -> type:
        """A pydantic model of the kind's own keys in sources.yaml."""

    def ask(self, source: Source, cursor: Cursor, accept_deletions: bool) -> tuple[Request, ...]:
        """What to fetch first in a pass."""

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """The records of an answer. Raises nothing that a hostile answer can cause: bad records are rejections."""

    def absent(self, source: Source, failure: Failure) -> Parsed:
        """What follows when the first request of a pass failed: a refusal, or, where vouched for, withdrawals."""

    def steady(self, answer: Fetched) -> bytes:
        """What of a body can change what is read of it: one with the same is not read again."""

    def passed_over(self, source: Source, answer: Fetched) -> Mapping[str, Json]:
        """What to remember, over the cursor, of an answer that is not read again."""

    def remember(self, cursor: Cursor, key: str, refused: str | None) -> Mapping[str, Json]:
        """What to remember, over the cursor, of a record that did not come through.

        It is `refused` with a reason that stands until it changes; or a picture of it is missing, and it is read again.
        """


class Reader(Protocol):
    """Reads what others sent where it can hurt nothing, in bounded time and memory. Safe for many threads at once."""

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """What the source's kind makes of an answer. Raises Unreadable."""

    def understand(self, source: Source, records: Sequence[RawRecord], now: datetime) -> tuple[Draft | Rejection, ...]:
        """Each record as a draft, or why it is none, in their order; one bad record costs that record alone."""


class Fetcher(Protocol):
    """The only way out. Safe to call from many threads at once."""

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """The answer, within the deadline, in bounded memory; every failure is a Failure, never an exception."""


class Poster(Protocol):
    """Hands a message to a server of the operator's. Safe to call from many threads at once."""

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send the body, in bounded time; nothing but the fact that it was taken comes back.

        Raises NotTaken, with a sentence that does not name the address, which may be a secret.
        """


class Language(Protocol):
    """What only someone who reads the language can tell."""

    tag: str

    def dateline(self, lead: str) -> tuple[str | None, str]:
        """The agency or place in front of a lead, without brackets, and the lead without it."""

    def credit(self, line: str) -> tuple[str, ...] | None:
        """The people that a caption's closing credit names (`Ảnh: …`), maybe none; None when it has no credit."""

    def byline(self, line: str) -> Byline | None:
        """The people a closing line names, None when it is no byline."""

    def day(self, lead: str) -> Day | None:
        """The day on which a lead says that it happened."""

    def date(self, text: str) -> Day | Ago | None:
        """The date that a short text is, in words; what stands in figures alone is read without a language."""

    def standing(self, scan: Scan, start: int, end: int) -> Standing:
        """How the place's name stands that was found from `start` to `end` of the normal form."""

    def everyday(self, name: str) -> bool:
        """Whether a place's name, in small letters and perhaps without its accents, is a word of every day as well."""

    def joins(self, between: str) -> bool:
        """Whether what stands between two names makes an enumeration of them."""

    def foreign(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in a normal form names stand, as (start, end), that are not of the language."""

    def native(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in a normal form the names of people stand, as (start, end), that are of the language."""

    def unaccented(self, text: str) -> bool:
        """Whether a text was typed without the accents that the language cannot do without."""

    def folded(self, text: str) -> str:
        """The text without its accents, as long as it was."""

    def commonest(self) -> frozenset[str]:
        """The words that stand in most texts, in small letters; none where they are not known."""

    def steady(self, text: str) -> str:
        """A text without what counts or ages by itself: views, comments, minutes ago."""

    def lettered(self, text: str) -> str:
        """The text with letters of its own for those that only look like them; as long as it was."""

    def spellings(self, text: str) -> tuple[str, ...]:
        """The ways in which a text is written that has one `canonical` form, as many as are worth looking for."""

    def canonical(self, text: str) -> str:
        """One spelling for all that are one word to a reader; NFC in, NFC of the same length out."""

    def suspect(self, text: str) -> bool:
        """Whether `mended` may have anything to say of a text, or of any part of it; honest texts seldom are."""

    def mended(self, text: str) -> Mended | None:
        """What to do with a whole text, tags included, that was read in the wrong encoding; None for any other."""


class Matcher(Protocol):
    """Finds all its patterns in one pass over a text."""

    def scan(self, text: str, folded: bool = False) -> Scan:
        """Every pattern on word boundaries, overlapping ones included, in the order of the text.

        NFC and NFD, tone placement (`hoà`, `hòa`), look-alike letters and what no reader sees make no difference;
        accents do, unless the text is `folded`, typed without them.
        """

    def scans(self, texts: Sequence[str], folded: bool = False) -> tuple[Scan, ...]:
        """The same for each of several texts, in one pass over them all."""


class Markup(Protocol):
    """Makes hostile HTML safe, once, on the way in."""

    @property
    def policy(self) -> int:
        """The version of the rules for what HTML may hold; it grows when they change, and is stored with articles."""

    def read(self, html: str, base: str | None) -> tuple[Html | RawFigure, ...]:
        """Blocks in reading order: allow-listed HTML with absolute addresses, and the figures taken out of it."""

    def plain(self, html: str) -> str:
        """The text of HTML, white space collapsed."""


class Format(Protocol):
    """One way to write a feed down."""

    name: str
    media_type: str

    def render(self, feed: Feed) -> Document:
        """The document; the same feed gives the same bytes everywhere. A bad entry costs that entry alone."""

    def fragments(self, entries: Sequence[Entry]) -> tuple[Fragment | None, ...]:
        """Each entry as a piece of any document, None for one that cannot be written."""

    def frame(self, feed: Feed, prefixes: frozenset[str]) -> Frame:
        """What stands around the fragments of a feed that use these prefixes; its own entries are not looked at.

        Joined with the fragments of a feed's entries it is what `render` gives.
        """
