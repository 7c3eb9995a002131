"""What the readers of a feed have to know of its topic and its place: what these took over, or what took them over.

All of it as of the day of a retirement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.feed import FeedKey
from ..domain.retirement import Retirement
from ..domain.site import Site
from ..domain.succession import Ending, Handover, taken_over, titles_of, took_over
from .sentences import Sentences, Told, sentences_for


@dataclass(frozen=True, slots=True)
class _Part:
    """A topic or a place, among what it stands, and what is said of such."""

    one: Ending
    among: Mapping[str, Ending]
    told: Told


def story_of(site: Site, retirement: Retirement, key: FeedKey) -> str:
    """The story of a feed in the language of the site, empty where its bounds are what they always were."""
    return " ".join(_story(site, retirement, key))


def _story(site: Site, retirement: Retirement, key: FeedKey) -> Iterator[str]:
    said, day = sentences_for(site.language), retirement.day
    parts = tuple(_parts(said, retirement, key))
    for part in parts:
        for over in took_over(retirement.taxonomy, part.one, day):
            yield _sentence(site, part, part.told.widened, over, (day, over.day - over.day.resolution))
    ended = [(part, by) for part in parts if (by := taken_over(part.one, day)) is not None]
    yield from (_sentence(site, part, part.told.ended, by, (day, day)) for part, by in ended)
    since = retirement.ended(key)
    if since is not None:
        told = any(by.day == since for _, by in ended)
        yield said.silent if told else said.silent_since.format(day=said.day(since))
    elif ended:
        yield ended[-1][0].told.goes_on


def _parts(said: Sentences, retirement: Retirement, key: FeedKey) -> Iterator[_Part]:
    topics, regions = retirement.taxonomy.topics, retirement.taxonomy.regions
    if key.topic is not None and key.topic in topics:
        yield _Part(topics[key.topic], topics, said.topic)
    if key.region is not None and key.region in regions:
        yield _Part(regions[key.region], regions, said.place)


def _sentence(site: Site, part: _Part, pattern: str, over: Handover, days: tuple[date, date]) -> str:
    """Of the days, one is that of the name of the part, the other that of the names of the others.

    These are called as they were called then: whoever misses a place looks for that name.
    """
    said = sentences_for(site.language)
    name = site.title_of(titles_of(part.one, days[0]), part.one.id)
    others = [site.title_of(titles_of(part.among[slug], days[1]), slug) for slug in over.others]
    return pattern.format(day=said.day(over.day), one=name, others=said.listed(others))
