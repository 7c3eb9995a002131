"""Rhythms as JSON, times in whole seconds."""

from __future__ import annotations

import json
from datetime import timedelta

from ..domain.rhythm import NOTHING_HEARD, Gap, Rhythm
from .moments import moment, moment_or_none, seconds, seconds_or_none


def rhythm_text(rhythm: Rhythm) -> str | None:
    """The rhythm as it is stored."""
    if rhythm == NOTHING_HEARD:
        return None
    stored = {
        "seen": rhythm.seen,
        "since": seconds_or_none(rhythm.since),
        "newest": seconds_or_none(rhythm.newest),
        "gaps": [[seconds(gap.until), int(gap.length.total_seconds()), gap.number] for gap in rhythm.gaps],
        "pauses": rhythm.pauses,
        "weight": rhythm.weight,
        "interrupted": rhythm.interrupted,
    }
    return json.dumps(stored, separators=(",", ":"))


def rhythm_of(text: str | None) -> Rhythm:
    """The rhythm that was stored."""
    if text is None:
        return NOTHING_HEARD
    stored = json.loads(text)
    return Rhythm(
        seen=stored["seen"],
        since=moment_or_none(stored["since"]),
        newest=moment_or_none(stored["newest"]),
        gaps=tuple(Gap(moment(until), timedelta(seconds=length), number) for until, length, number in stored["gaps"]),
        pauses=stored["pauses"],
        weight=stored["weight"],
        interrupted=stored["interrupted"],
    )
