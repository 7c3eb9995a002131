"""What never goes back, though everything else does: pure, from a row of the backup and the one it takes the place of.

A pass under way holds a token, a reader a date, a web process a seq: whoever has the newest must not take what is
restored to be what it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.rhythm import VerdictKind

Row = Mapping[str, Any]

_FRESH = {"cursor": "{}", "failures": 0, "last_message": "", "verdict": VerdictKind.UNJUDGED, "verdict_why": ""}
_UNKNOWN = ("interval", "moved_to", "last_pass", "last_success", "last_outcome", "failing_since")
EMPTIED: Mapping[str, Any] = {**_FRESH, **dict.fromkeys((*_UNKNOWN, "rhythm", "verdict_since"))}
"""What a source loses that begins anew; whatever is long in its row is among it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What the database had: its newest seq, its sources and feeds by their keys, and the last of its verdicts.

    Sources are without what is EMPTIED, which may be long.
    """

    seq: int
    sources: Mapping[str, Row]
    feeds: Mapping[str, Row]
    verdict: Row | None = None


def source_row(kept: Row, replaced: Row | None, now: int) -> dict[str, Any]:
    """Due now, under a token that nobody holds: a pass under way stores nothing."""
    token = max(kept["claim_token"], replaced["claim_token"] if replaced else 0) + 1
    return {**kept, "claim_token": token, "claim_holder": None, "claim_until": None, "next_poll": now}


def emptied_source_row(replaced: Row, now: int) -> dict[str, Any]:
    """A source that the backup does not know: it begins anew, but for its tokens."""
    return source_row({**replaced, **EMPTIED}, None, now)


def verdict_row(kept: Row, now: int) -> dict[str, Any]:
    """What was to be told to the operator then is no news now."""
    return {**kept, "told_at": kept["told_at"] if kept["told_at"] is not None else now}


def feed_row(kept: Row, replaced: Row | None) -> dict[str, Any]:
    """The later of both changes: documents were dated by it."""
    if replaced is None:
        return dict(kept)
    return {**kept, "changed_at": max(kept["changed_at"], replaced["changed_at"])}


def next_seq(kept: int, replaced: int) -> int:
    """The seq of the restoring itself, which neither has used."""
    return max(kept, replaced) + 1
