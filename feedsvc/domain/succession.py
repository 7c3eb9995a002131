"""Places through time: what took a place over, what it took over, and where the readers of an ended one are sent.

All of it as of a day, since a decree may be known before it holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .taxonomy import Region, Taxonomy, WhenEnded

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Handover:
    """From `day` on, something of other `places`, by slug in the order of their file, belonged elsewhere."""

    day: date
    places: tuple[str, ...]


def has_ended(region: Region, day: date) -> bool:
    """Whether nothing of that name stands any more on a day."""
    end = region.rows[-1].end
    return end is not None and end < day


def taken_over(taxonomy: Taxonomy, slug: str, day: date) -> Handover | None:
    """The places that took over one that had ended by a day; None for one that stands, or ended without any."""
    region = taxonomy.regions[slug]
    last = region.rows[-1]
    others = tuple(one for one in last.successors if one != slug)
    return Handover(last.end + _DAY, others) if last.end is not None and last.end < day and others else None


def took_over(taxonomy: Taxonomy, slug: str, day: date) -> tuple[Handover, ...]:
    """What a place had taken over by a day, the oldest first; a change of its name or its type takes over nothing."""
    found: dict[date, list[str]] = defaultdict(list)
    for other, end in taxonomy.predecessors(slug):
        if end < day:
            found[end + _DAY].append(other)
    return tuple(Handover(since, tuple(places)) for since, places in sorted(found.items()))


def retired(taxonomy: Taxonomy, day: date) -> Mapping[str, str]:
    """The ended places whose feeds are not kept, and for each the place whose feeds its readers get, in one step.

    That is the last of the chain of successors that had ended by that day.
    """
    sent = {slug: _chain_end(taxonomy, slug, day) for slug, one in taxonomy.regions.items() if _retires(one, day)}
    return {slug: end for slug, end in sent.items() if end != slug}


def turns(taxonomy: Taxonomy, day: date) -> int:
    """How often a row had begun or ended by a day: where that is as before, all of it is as before."""
    return bisect_right(taxonomy.turning_days, day)


def _retires(region: Region, day: date) -> bool:
    return region.when_ended is WhenEnded.REDIRECT and has_ended(region, day)


def _chain_end(taxonomy: Taxonomy, slug: str, day: date) -> str:
    """Where a chain of single successors ends; one that leads back to where it began goes nowhere."""
    here, seen = slug, {slug}
    while (over := taken_over(taxonomy, here, day)) is not None and len(over.places) == 1:
        (here,) = over.places
        if here in seen:
            return slug
        seen.add(here)
    return here
