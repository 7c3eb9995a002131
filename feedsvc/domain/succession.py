"""Topics and places through time: what took one over, what it took over, and where one that is not kept leads.

All of it as of a day, since a decree may be known before it holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .taxonomy import Region, Taxonomy, Topic, WhenEnded, day_after

Ending = Topic | Region
"""What has a last day, or may be given one."""


@dataclass(frozen=True, slots=True)
class Handover:
    """From `day` on, something of `others`, by slug in the order of their file, belonged elsewhere."""

    day: date
    others: tuple[str, ...]


def titles_of(one: Ending, day: date) -> Mapping[str, str]:
    """Its names of a day, by language; a topic has the same on every day."""
    return one.row(day).title if isinstance(one, Region) else one.title


def has_ended(one: Ending, day: date) -> bool:
    """Whether nothing of that name stands any more on a day."""
    return one.end is not None and one.end < day


def taken_over(one: Ending, day: date) -> Handover | None:
    """What took over one that had ended by a day; None for one that stands, or ended without any."""
    ended = one.end is not None and one.end < day
    return Handover(day_after(one.end), one.successors) if one.end and ended and one.successors else None


def took_over(taxonomy: Taxonomy, one: Ending, day: date) -> tuple[Handover, ...]:
    """What had been taken over by a day, the oldest first; a change of a name or a type takes over nothing."""
    found: dict[date, list[str]] = defaultdict(list)
    for other, end in _predecessors(taxonomy, one):
        if end < day:
            found[day_after(end)].append(other)
    return tuple(Handover(since, tuple(others)) for since, others in sorted(found.items()))


def retired(among: Mapping[str, Ending], day: date) -> Mapping[str, str]:
    """The ended ones whose feeds lead to those of another one, and for each that other one, in one step.

    That is the last of the chain of successors that had ended by that day.
    """
    sent = {slug: _chain_end(among, slug, day) for slug, one in among.items() if _leads_away(one, day)}
    return {slug: end for slug, end in sent.items() if end != slug}


def turns(taxonomy: Taxonomy, day: date) -> int:
    """How often a row or a topic had begun or ended by a day: where that is as before, all of it is as before."""
    return bisect_right(taxonomy.turning_days, day)


def _predecessors(taxonomy: Taxonomy, one: Ending) -> Iterator[tuple[str, date]]:
    if isinstance(one, Region):
        yield from taxonomy.predecessors(one.id)
    else:
        topics = taxonomy.topics.values()
        yield from ((other.id, other.end) for other in topics if other.successor == one.id and other.end is not None)


def _leads_away(one: Ending, day: date) -> bool:
    return one.when_ended is WhenEnded.REDIRECT and has_ended(one, day)


def _chain_end(among: Mapping[str, Ending], slug: str, day: date) -> str:
    """Where a chain of single successors ends; one that leads back to where it began goes nowhere."""
    here, seen = slug, {slug}
    while (over := taken_over(among[here], day)) is not None and len(over.others) == 1:
        (here,) = over.others
        if here in seen:
            return slug
        seen.add(here)
    return here
