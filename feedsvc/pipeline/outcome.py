"""How a pass ended, and what an operator should know of it."""

from __future__ import annotations

from ..domain.fetched import FailureKind
from ..domain.passes import Outcome
from .harvest import Harvest


def outcome_of(gathered: Harvest, changed: bool) -> Outcome:
    """What the pass was, given whether it changes anything."""
    if gathered.refusal is not None:
        return Outcome.REFUSED
    if gathered.failure is not None:
        return Outcome.GONE if gathered.failure.kind is FailureKind.GONE else Outcome.FETCH_FAILED
    if gathered.unreadable is not None:
        return Outcome.PARSE_FAILED
    if changed:
        return Outcome.CHANGED
    if gathered.rejections and len(gathered.rejections) >= gathered.held:
        return Outcome.ALL_REJECTED
    return Outcome.UNCHANGED if gathered.held or gathered.unchanged else Outcome.EMPTY


def message_of(gathered: Harvest) -> str:
    """A sentence for the operator, empty where there is nothing to say."""
    if gathered.refusal is not None:
        missing = gathered.refusal.missing
        kept = f"; {missing} articles kept, until fetched with --accept-deletions" if missing else ""
        return f"{gathered.refusal.reason}{kept}"
    failure = gathered.failure.why if gathered.failure is not None else None
    return failure or gathered.unreadable or "; ".join(gathered.notes)
