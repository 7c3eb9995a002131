"""The kind `syndication` as the pipeline sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from ...domain.address import is_web_address
from ...domain.fetched import Failure, Fetched, Listing, Request, Validators
from ...domain.record import Parsed
from ...domain.source import Cursor, Json, Source, nothing
from ..encodings import EncodingName
from ..options import Options, SecretFile
from .clocks import without_clocks
from .decoding import as_utf8
from .discovery import named_feed
from .entries import Entries
from .hints import hints_of
from .identity import with_keys
from .jsonfeed import read_json_feed
from .newest import newest_of_xml
from .sniffing import Shape, sniffed
from .xmlfeed import read_xml_feed

HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
"""RFC 9110 section 5.6.2."""
OUR_HEADERS = frozenset(
    "host user-agent accept accept-encoding if-none-match if-modified-since connection content-length "
    "transfer-encoding cookie".split()
)


def _http_url(value: str) -> str:
    if not is_web_address(value):
        raise ValueError("must be an absolute http(s) address, like https://news.example.org/feed.xml")
    if "@" in urlsplit(value).netloc:
        raise ValueError("must not hold a name and a password; `token_file` names a file for them")
    return value


def _header_name(value: str) -> str:
    if not HEADER_NAME.fullmatch(value) or value.lower() in OUR_HEADERS:
        raise ValueError("must be the name of a header that is not sent anyway, like X-Api-Key")
    return value


class SyndicationOptions(Options):
    """The keys that stand beside those of every source."""

    url: Annotated[str, AfterValidator(_http_url), "an http(s) address"] = Field(
        description="the feed: RSS, Atom or JSON Feed"
    )
    entries: int = Field(default=500, ge=1, le=10_000, description="entries that are read of it, the newest")
    encoding: EncodingName | None = Field(
        default=None, description="of a feed that is not UTF-8, whatever it says of itself"
    )
    token_file: SecretFile | None = Field(
        default=None, description="a file with the token that the feed wants; it is sent to the origin of `url` alone"
    )
    token_header: Annotated[str, AfterValidator(_header_name), "the name of a header"] = Field(
        default="Authorization",
        description="where the token is sent: there as a `Bearer` unless it names a scheme of its own, else as it is",
    )


class Syndication:
    """Implements `ports.SourceKind` for feeds."""

    name = "syndication"
    description = "a feed of another publisher: RSS 0.9x to 2.0, RSS 1.0, Atom or JSON Feed"
    options = SyndicationOptions

    def ask(self, source: Source, cursor: Cursor, accept_deletions: bool) -> tuple[Request, ...]:
        """The feed, unless it is still what it was; another address knows nothing of the versions of this one."""
        url = _options(source).url
        state = cursor.state if cursor.state.get("address") == url else nothing()
        validators = Validators(etag=_text(state, "etag"), last_modified=_text(state, "last_modified"))
        return (
            Request(
                address=url,
                cursor=cursor,
                validators=validators,
                accept_deletions=accept_deletions,
                secrets=_secrets(_options(source)),
            ),
        )

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """The records in the order of the feed; nothing is gone because a feed no longer holds it."""
        if isinstance(answer, Listing):
            return Parsed(unreadable="it is a folder and no feed")
        try:
            entries = _entries(answer, _options(source))
            records, twice = with_keys(entries.records)
        except ValueError as error:
            named = named_feed(answer.body, _base(answer))
            return Parsed(unreadable=f"{error}; it names one, though: {named}" if named else str(error))
        except Exception as error:  # parsers of feeds raise anything at all
            return Parsed(unreadable=f"it cannot be read as a feed ({type(error).__name__})")
        return Parsed(
            records=records,
            rejections=(*entries.rejections, *twice),
            held=len(entries.records) + len(entries.rejections),
            note=_left_out(entries),
            cursor=self.passed_over(source, answer),
            hints=hints_of(answer.body),
        )

    def steady(self, answer: Fetched) -> bytes:
        """The feed without its clocks."""
        return without_clocks(answer.body)

    def passed_over(self, source: Source, answer: Fetched) -> Mapping[str, Json]:
        """The version of the answer, to be given back to where it is from."""
        return {
            "address": _options(source).url,
            "etag": answer.validators.etag,
            "last_modified": answer.validators.last_modified,
        }

    def absent(self, source: Source, failure: Failure) -> Parsed:
        """Nothing follows: articles stay when their feed cannot be had."""
        return Parsed()

    def remember(self, cursor: Cursor, key: str, refused: str | None) -> Mapping[str, Json]:
        """Nothing: a feed is read as a whole."""
        return {}


def _entries(answer: Fetched, options: SyndicationOptions) -> Entries:
    base = _base(answer)
    body = as_utf8(answer.body, answer.media_type, options.encoding)
    if sniffed(body) is Shape.JSON:
        return read_json_feed(body, base, options.entries)
    body, held = newest_of_xml(body, options.entries)
    return replace(read_xml_feed(body, base), held=held)


def _left_out(entries: Entries) -> str:
    taken = len(entries.records) + len(entries.rejections)
    return "" if entries.held <= taken else f"it holds {entries.held} entries, of which the newest {taken} were read"


def _base(answer: Fetched) -> str:
    return answer.address or answer.request.address


def _options(source: Source) -> SyndicationOptions:
    if not isinstance(source.options, SyndicationOptions):
        raise TypeError(f"the options of {source.id} are not those of syndication")
    return source.options


def _secrets(options: SyndicationOptions) -> Mapping[str, str]:
    """The header that authorises (RFC 9110 section 11.6.2), or none; a token alone is a bearer's (RFC 6750)."""
    if options.token_file is None:
        return {}
    token = options.token_file.get_secret_value()
    bare = " " not in token and options.token_header.lower() == "authorization"
    return {options.token_header: f"Bearer {token}" if bare else token}


def _text(state: Mapping[str, Json], name: str) -> str | None:
    value = state.get(name)
    return value if isinstance(value, str) else None
