"""Changes of verdicts, and the site and the sources that they are of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedsvc.domain.rhythm import Verdict, VerdictKind
from feedsvc.domain.site import Site
from feedsvc.domain.source import Source
from feedsvc.domain.status import VerdictChange

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
WHY = "nothing new since 2026-02-27 05:00 UTC; the longest gap lately was 30 h"
SITE = Site(
    title="Tin Ba Sông",
    language="vi",
    zone="Asia/Ho_Chi_Minh",
    public_url="https://tin.example.org",
    tag_authority="example.org,2026",
    entries=50,
    max_age=60,
)
SOURCES = {
    "mau": Source(
        id="mau", kind="syndication", title="Báo Mẫu & bạn", outlet="mau", language="vi", zone="UTC", every=None
    )
}


def change(number: int, kind: VerdictKind, why: str = WHY, source: str = "mau", hours: int = 0) -> VerdictChange:
    """A change of that number, so many hours before NOW."""
    return VerdictChange(
        number=number,
        source=source,
        at=NOW - timedelta(hours=hours),
        verdict=Verdict(kind, NOW - timedelta(days=2), why),
        before=VerdictKind.LATE,
    )


CHANGES = (
    change(12, VerdictKind.FRESH, ""),
    change(9, VerdictKind.FAILING, "fetch failed: \x00it <answered> & 404", "gone", hours=1),
    change(10, VerdictKind.LATE, hours=1),
    change(3, VerdictKind.SILENT, hours=2),
)
