"""Whether the client's copy is still good: If-None-Match and If-Modified-Since (RFC 9110 section 13), pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MEMBER = re.compile(r'(?:[Ww]/)?"([^"]*)"|([^\s,]+)')

_LONGEST = 128
_OURS = re.compile(r"[0-9a-f]{32}")
"""A tag of ours, see `represent`."""

# Apache appends to the tag when it compresses, and then never recognises it again.
_SUFFIX = re.compile(r"(?:(?:--?|;)(?:gzip|br|zstd)(?:\.dense)?)+$")


def not_modified(none_match: str | None, modified_since: str | None, tag: str, modified: datetime | None) -> bool:
    """Whether 304 is the answer; If-None-Match, where there is one, decides alone (RFC 9110 section 13.2.2).

    `tag` is the document's opaque tag without quotes or a coding's suffix.
    """
    if none_match is not None:
        return matches(none_match, tag)
    if modified is None or modified_since is None:
        return False
    since = http_date(modified_since)
    return since is not None and modified <= since


def may_spare(none_match: str | None, modified_since: str | None) -> bool:
    """Whether a condition is honest: it could have spared the document, had that not changed.

    That is `*`, a tag that looks like one of ours, or, without tags, a date. One that holds anything else is no
    better than none.
    """
    if none_match is not None:
        return none_match.strip() == "*" or any(map(_OURS.fullmatch, _tags(none_match)))
    return modified_since is not None and http_date(modified_since) is not None


def matches(none_match: str, tag: str) -> bool:
    """Weak comparison with a list of tags, or with `*` (RFC 9110 sections 8.8.3.2 and 13.1.2)."""
    return none_match.strip() == "*" or tag in _tags(none_match)


def http_date(written: str) -> datetime | None:
    """The instant of an HTTP date in any of its three forms (RFC 9110 section 5.6.7), None for anything else."""
    try:
        parsed = parsedate_to_datetime(written)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _tags(none_match: str) -> Iterator[str]:
    """The tags of a list without what was appended to them; what is longer than any of ours is passed over."""
    for member in _MEMBER.finditer(none_match):
        tag = member[1] if member[1] is not None else member[2]
        if len(tag) <= _LONGEST:
            yield _SUFFIX.sub("", tag)
