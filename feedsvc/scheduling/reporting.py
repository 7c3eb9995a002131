"""A pass as one line of the log."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from ..domain.passes import ChangeKind, Changes, Pass

_log = logging.getLogger("feedsvc.pass")

QUIET = Changes(seq=0)


def report(done: Pass, changes: Changes | None, seconds: float) -> None:
    """Log a finished pass: as a warning what an operator should look at, and hardly at all what changed nothing.

    Without `changes` it is quiet, and not stored yet.
    """
    if changes is None:
        if _log.isEnabledFor(logging.DEBUG):
            _log.debug("pass", extra=dict(fields_of(done, QUIET, seconds)))
        return
    level = logging.INFO if done.outcome.success and changes.stored else logging.WARNING
    _log.log(level, "pass", extra=dict(fields_of(done, changes, seconds)))


def fields_of(done: Pass, changes: Changes, seconds: float) -> Mapping[str, object]:
    """The fields of the line; what did not happen is left out."""
    counts = {
        "new": changes.count(ChangeKind.NEW),
        "corrected": changes.count(ChangeKind.CORRECTED),
        "withdrawn": changes.count(ChangeKind.WITHDRAWN),
        "rejected": len(done.rejections),
    }
    fields: dict[str, object] = {"source": done.claim.source, "outcome": str(done.outcome), "seen": done.seen}
    fields |= {name: count for name, count in counts.items() if count}
    if done.message:
        fields["note"] = done.message
    if done.rejections:
        fields["first_rejection"] = f"{done.rejections[0].key}: {done.rejections[0].reason}"
    if not changes.stored:
        fields["superseded"] = True
    return {**fields, "ms": round(seconds * 1000)}
