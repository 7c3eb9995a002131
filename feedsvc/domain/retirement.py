"""Feeds of what has ended: which lead elsewhere, which say that nothing new comes, and which are gone.

A feed of a topic in a region ends with either of them, and leads to where both are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from .feed import FeedKey
from .succession import Ending, has_ended, retired
from .taxonomy import Region, Taxonomy, WhenEnded, day_after

FAREWELL = timedelta(days=30)
"""For how long the feed of what has ended says so, unless it is said otherwise."""


@dataclass(frozen=True)
class _Kin:
    """The topics, or the regions, as of a day."""

    among: Mapping[str, Ending]
    day: date

    @cached_property
    def sent(self) -> Mapping[str, str]:
        return retired(self.among, self.day)

    def knows(self, slug: str | None) -> bool:
        return slug is None or slug in self.among

    def now(self, slug: str | None) -> str | None:
        """What its feeds lead to, else itself."""
        return None if slug is None else self.sent.get(slug, slug)

    def left(self, slug: str | None) -> date | None:
        """The last day of one that is gone, or about to be."""
        one = None if slug is None else self.among[slug]
        return _last_day(one) if one is not None and self._leaves(one) else None

    def heirs(self, slug: str | None) -> Iterable[str | None]:
        """What stands in its place now: itself, what took it over, or None where nothing does."""
        if slug is None or not has_ended(self.among[slug], self.day):
            return (slug,)
        seen = {slug}
        after = dict.fromkeys(one for heir in self.among[slug].successors for one in self._standing(heir, seen))
        return after or ((slug,) if self._is_kept(slug) else (None,))

    def _standing(self, slug: str, seen: set[str]) -> Iterator[str]:
        """It, where its feeds are kept; else what stands where they lead, or what took it over."""
        if self._is_kept(slug):
            yield slug
        elif slug not in seen:
            seen.add(slug)
            further = (self.sent[slug],) if slug in self.sent else self.among[slug].successors
            yield from (found for one in further for found in self._standing(one, seen))

    def _is_kept(self, slug: str) -> bool:
        return slug not in self.sent and not self._leaves(self.among[slug])

    def _leaves(self, one: Ending) -> bool:
        last = _last_day(one)
        return one.when_ended is WhenEnded.GONE and last is not None and last < self.day


def _last_day(one: Ending) -> date | None:
    """On which its feeds go on, where they are given up."""
    return (one.given_up if isinstance(one, Region) else None) or one.end


@dataclass(frozen=True)
class Retirement:
    """What of a taxonomy has retired by a day. `farewell`, whole days, is how long a feed says that it has ended.

    Of a feed that names what is not configured nothing is known: it was never there, or it is a mistake.
    """

    taxonomy: Taxonomy
    day: date
    farewell: timedelta = FAREWELL

    def now_at(self, key: FeedKey) -> FeedKey | None:
        """The feed that the readers of a key's feed get in its place, in one step; None where it is kept."""
        if not self._knows(key):
            return None
        there = replace(key, topic=self._topics.now(key.topic), region=self._regions.now(key.region))
        return None if there == key else there

    def ended(self, key: FeedKey) -> date | None:
        """The first day of which nothing stands in a feed any more, None for one that goes on."""
        lefts = (self._topics.left(key.topic), self._regions.left(key.region)) if self._knows(key) else ()
        last = min((day for day in lefts if day is not None), default=None)
        return None if last is None else day_after(last)

    def is_gone(self, key: FeedKey) -> bool:
        """Whether a feed that has ended, or the one that its readers get in its place, has said so long enough."""
        since = self.ended(self.now_at(key) or key)
        return since is not None and self._is_over(since)

    def goes_on(self, key: FeedKey) -> bool:
        """Whether a feed is there to be followed."""
        return self.now_at(key) is None and self.ended(key) is None

    def heirs(self, key: FeedKey) -> tuple[FeedKey, ...]:
        """The feeds to follow, where a part of a feed has ended: of what took it over, as far as it stands itself.

        Where nothing took over what is gone, the feed of the rest: of the topic, of the region, or of everything.
        """
        if not self._knows(key):
            return ()
        parts = self._topics.heirs(key.topic), self._regions.heirs(key.region)
        found = (replace(key, topic=topic, region=region) for topic in parts[0] for region in parts[1])
        return tuple(dict.fromkeys(one for one in found if one != key))

    def farewells(self) -> int:
        """How many have said so long enough by the day: where that is as before, the same feeds are gone."""
        every = ((kin, slug) for kin in (self._topics, self._regions) for slug in kin.among)
        lefts = (kin.left(slug) for kin, slug in every)
        return sum(left is not None and self._is_over(day_after(left)) for left in lefts)

    @cached_property
    def _topics(self) -> _Kin:
        return _Kin(self.taxonomy.topics, self.day)

    @cached_property
    def _regions(self) -> _Kin:
        return _Kin(self.taxonomy.regions, self.day)

    def _knows(self, key: FeedKey) -> bool:
        return self._topics.knows(key.topic) and self._regions.knows(key.region)

    def _is_over(self, since: date) -> bool:
        return self.day - since >= self.farewell
