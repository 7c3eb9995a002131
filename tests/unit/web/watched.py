"""Sources as an operator sees them, to put into a room."""

from __future__ import annotations

from datetime import timedelta

from feedsvc.domain.history import History
from feedsvc.domain.passes import Outcome
from feedsvc.domain.record import Rejection
from feedsvc.domain.rhythm import Verdict, VerdictKind
from feedsvc.domain.source import Source
from feedsvc.domain.status import Counts, Report, SourceStatus, unseen

from .room import NOON

HOUR = timedelta(hours=1)
WHY = "nothing new since 2026-02-27 05:00 UTC; the longest gap lately was 30 h"


def a_source(name: str, title: str = "", every: timedelta | None = None) -> Source:
    """A configured source."""
    return Source(
        id=name, kind="syndication", title=title or name.title(), outlet=name, language="vi", zone="UTC", every=every
    )


def watched(name: str, kind: VerdictKind = VerdictKind.FRESH, hours: int = 1, why: str = "") -> Report:
    """A source that has been so for hours."""
    verdict = Verdict(kind, NOON - hours * HOUR, why)
    return Report(
        a_source(name),
        SourceStatus(
            source=name,
            last_success=NOON - HOUR,
            last_pass=NOON - HOUR,
            last_outcome=Outcome.UNCHANGED,
            last_message="",
            newest_item=NOON - hours * HOUR,
            next_poll=NOON + HOUR,
            articles=7,
            history=History(verdict=verdict, interval=timedelta(minutes=7)),
            counts=Counts(seen=30, new=1, corrected=2, withdrawn=3, rejected=4),
        ),
    )


def failing(name: str) -> Report:
    """A source that has failed three times, and moved."""
    why = "fetch failed: it answered 404 Not Found"
    return Report(
        a_source(name, "Báo <Mẫu>", 2 * HOUR),
        SourceStatus(
            source=name,
            last_success=NOON - 9 * HOUR,
            last_pass=NOON,
            last_outcome=Outcome.FETCH_FAILED,
            last_message="it answered 404 Not Found",
            newest_item=None,
            next_poll=NOON + HOUR,
            articles=0,
            rejections=(Rejection("<k>", "no title"),),
            failures=3,
            history=History(
                verdict=Verdict(VerdictKind.FAILING, NOON - 8 * HOUR, why),
                failing_since=NOON - 8 * HOUR,
                moved_to="https://moi.example.org/?a=1&b=<2>",
            ),
        ),
    )


def unpolled(name: str) -> Report:
    """A source that the store does not know yet."""
    return Report(a_source(name), unseen(name))


SOURCES = (
    watched("song", VerdictKind.SILENT, 72, WHY),
    unpolled("moi"),
    watched("bien"),
    failing("nui"),
    watched("gach", VerdictKind.LATE, 20, WHY),
    watched("ao", VerdictKind.SILENT, 90, WHY),
)
