"""How sources do, for whoever looks: put together with what they are, in order, and as values for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from ..domain.rhythm import VerdictKind
from ..domain.source import Source
from ..domain.status import Counts, Report, SourceStatus, unseen

Facts = Mapping[str, object]
"""Values that JSON knows, by name."""

WORST_FIRST = (
    VerdictKind.FAILING,
    VerdictKind.NEVER_WORKED,
    VerdictKind.SILENT,
    VerdictKind.LATE,
    VerdictKind.UNJUDGED,
    VerdictKind.FRESH,
)
_RANK = {kind: rank for rank, kind in enumerate(WORST_FIRST)}


def reports_of(sources: Iterable[Source], statuses: Iterable[SourceStatus]) -> tuple[Report, ...]:
    """Each source with its status, in the order of the sources."""
    known = {status.source: status for status in statuses}
    return tuple(Report(source, known.get(source.id) or unseen(source.id)) for source in sources)


def worst_first(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Those that somebody should look at first; of one verdict those first that have been so longest."""
    return tuple(sorted(reports, key=_badness))


def _badness(report: Report) -> tuple[int, bool, float, str]:
    since = report.verdict.since
    moment = 0.0 if since is None else since.timestamp()
    return _RANK[report.verdict.kind], since is None, moment, report.source.id


def facts_of(report: Report) -> dict[str, object]:
    """What everybody may know."""
    status = report.status
    return {
        "id": report.source.id,
        "title": report.source.title,
        "verdict": {"kind": report.verdict.kind, "since": written(report.verdict.since)},
        "last_success": written(status.last_success),
        "last_outcome": status.last_outcome,
        "newest_item": written(status.newest_item),
        "next_poll": written(status.next_poll),
        "articles": status.articles,
    }


def all_facts_of(report: Report) -> dict[str, object]:
    """What the operator may know; times are RFC 3339, intervals seconds."""
    status, history, verdict = report.status, report.status.history, report.verdict
    return {
        **facts_of(report),
        "verdict": {"kind": verdict.kind, "since": written(verdict.since), "why": verdict.why},
        "last_pass": written(status.last_pass),
        "last_message": status.last_message,
        "interval": None if report.interval is None else int(report.interval.total_seconds()),
        "failures": status.failures,
        "failing_since": written(history.failing_since),
        "moved_to": history.moved_to,
        "counts": None if status.counts is None else _counted(status.counts),
        "rejections": [{"key": one.key, "reason": one.reason} for one in status.rejections],
    }


def moved(report: Report) -> str | None:
    """What to do about a source that has moved, None for one that has not."""
    target = report.status.history.moved_to
    return None if target is None else f"has moved for good to {target}; put that into sources.yaml"


def written(at: datetime | None) -> str | None:
    """A time as programs read it: RFC 3339, UTC, whole seconds."""
    return None if at is None else f"{at.isoformat()[:19]}Z"


def in_short(length: timedelta | None) -> str:
    """A duration as the configuration writes it, in the largest units that say it all; a dash where there is none."""
    if length is None:
        return "–"
    left, parts = int(length.total_seconds()), []
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        number, left = divmod(left, seconds)
        parts += [f"{number}{unit}"] if number else []
    return "".join(parts) or "0s"


def _counted(counts: Counts) -> Facts:
    return {
        "seen": counts.seen,
        "new": counts.new,
        "corrected": counts.corrected,
        "withdrawn": counts.withdrawn,
        "rejected": counts.rejected,
    }
