"""The rhythm of a source, one article after the other: its longest gap lately, and the mean one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from ..domain.rhythm import Gap, Rhythm

LATELY = timedelta(days=28)
"""For which the longest gap is remembered at least: four of every night and weekend."""
ENOUGH = 200
"""Pauses among which the longest is looked for, where 28 days hold fewer.

The longest of n random gaps is by half exceeded by about one in n√n: of a source with an article a day, three times a
year where only 28 are looked at.
"""
PAUSE = 4
"""A gap of one part in so many of the longest is a pause; what lies between articles that come together is none."""
OUT_OF_PROPORTION = 2
"""Times the longest of the last 28 days."""
MANY = 20.0
"""Of a rhythm's weight, from which on 28 days tell what is in proportion: it is that of two articles a day."""
NEW_WATCH = timedelta(days=7)
"""Of an interruption, or twice the longest gap, after which what was known of a source before it is out of date."""
FEW = 4
"""Articles among which nothing is in proportion or out of it."""
MEMORY = timedelta(days=365)
"""For which gaps are remembered at all: an old article that stands in a feed for ever makes no rhythm."""
HALF_LIFE = timedelta(days=7)
"""After which an article counts for half as much in the mean."""
_SECOND = timedelta(seconds=1)
_DECAY = math.log(2) / HALF_LIFE.total_seconds()


def heard(rhythm: Rhythm, moments: Iterable[datetime]) -> Rhythm:
    """The rhythm with articles of these moments; none of them counts as older than the newest before."""
    for moment in sorted(moments):
        rhythm = _one_more(rhythm, moment)
    return rhythm


def in_proportion(moments: Iterable[datetime]) -> tuple[datetime, ...]:
    """The moments of articles that were there at the first look, without those that merely stand there for ever.

    These are older than a gap out of all proportion to those after it.
    """
    kept: list[datetime] = []
    longest = timedelta(0)
    for moment in sorted(moments, reverse=True):
        gap = kept[-1] - moment if kept else timedelta(0)
        if len(kept) > FEW and gap > max(LATELY, PAUSE * longest):
            break
        longest = max(longest, gap)
        kept.append(moment)
    return tuple(kept)


def interrupted(rhythm: Rhythm) -> Rhythm:
    """The rhythm of a source that cannot be had: the gap that this makes is not its own."""
    return rhythm if rhythm.interrupted else replace(rhythm, interrupted=True)


def longest_gap(rhythm: Rhythm) -> timedelta | None:
    """The longest time without anything new lately, up to the newest article; None before there are two.

    Of those that ended more than 28 days ago, one that is out of all proportion, like a holiday, counts no more where
    there are many articles.
    """
    if rhythm.newest is None or not rhythm.gaps:
        return None
    since = rhythm.newest - LATELY
    lately = next((gap.length for gap in rhythm.gaps if gap.until >= since), None)
    if lately is None or rhythm.weight < MANY:
        return rhythm.gaps[0].length
    return next(gap.length for gap in rhythm.gaps if gap.length <= OUT_OF_PROPORTION * lately)


def mean_gap(rhythm: Rhythm, now: datetime) -> timedelta | None:
    """The mean time between articles, the last weeks counting most; None before there is one."""
    if rhythm.newest is None or rhythm.since is None or rhythm.weight <= 0:
        return None
    known = max(0.0, (now - rhythm.since).total_seconds())
    weight = rhythm.weight * _left(now - rhythm.newest)
    # What the weight would be at one article a second from the first one on.
    whole = (1 - math.exp(-_DECAY * known)) / _DECAY
    return timedelta(seconds=max(1.0, min(whole / weight, 1e9))) if weight > 1e-9 else None


def _one_more(rhythm: Rhythm, moment: datetime) -> Rhythm:
    last = rhythm.newest
    if last is None:
        since = moment if rhythm.since is None else min(rhythm.since, moment)
        return Rhythm(seen=1, since=since, newest=moment, weight=1.0)
    moment = max(moment, last)
    usual = longest_gap(rhythm)
    if rhythm.interrupted and moment - last > max(NEW_WATCH, OUT_OF_PROPORTION * (usual or timedelta(0))):
        return Rhythm(seen=1, since=moment, newest=moment, weight=1.0)
    length, gaps, pauses = moment - last, rhythm.gaps, rhythm.pauses
    if not rhythm.interrupted:
        pauses += usual is None or length * PAUSE >= usual
        gaps = (*(gap for gap in gaps if gap.length > length), Gap(moment, length, pauses))
    return Rhythm(
        seen=rhythm.seen + 1,
        since=rhythm.since,
        newest=moment,
        gaps=tuple(gap for gap in gaps if _counts(gap, moment, pauses)),
        pauses=pauses,
        weight=rhythm.weight * _left(moment - last) + 1.0,
    )


def _counts(gap: Gap, now: datetime, pauses: int) -> bool:
    age = now - gap.until
    return age <= LATELY or (age <= MEMORY and gap.number > pauses - ENOUGH)


def _left(age: timedelta) -> float:
    """What an article of that age still counts for."""
    return math.exp(-_DECAY * max(0.0, age.total_seconds()))
