"""What the store must know of a configuration: which feeds there are, and when labels or documents are out of date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from .. import __version__
from ..domain.address import host_of
from ..domain.feed import FeedKey
from ..domain.retirement import FAREWELL
from ..domain.setup import Asked, Setup
from ..domain.site import Site
from ..domain.source import Cursor, Source
from ..domain.succession import turns
from ..domain.taxonomy import Region, Taxonomy, Topic, WhenEnded
from ..ports import SourceKind

DOCUMENT_FORM = 3
"""Grows when a release changes how documents are written: then every feed counts as changed."""
FORM = 2
"""Of what labels are made with, as it is written down."""
LABELLING = 3
"""Grows when a release decides labels differently: then stored articles are classified anew."""


def setup_of(
    site: Site,
    sources: Iterable[Source],
    taxonomy: Taxonomy,
    kinds: Mapping[str, SourceKind],
    today: date = date.max,
    rules: str = "",
) -> Setup:
    """The setup of a configuration as of a day; the same configuration and release give the same one.

    From one day to the next, documents look different only where a topic has ended, or a row of a place begun or ended.
    `rules` are the topics and regions in the form in which they are stored.
    """
    sources = tuple(sources)
    text = _text(_labelling(site, sources, taxonomy, rules))
    return Setup(
        sources={source.id: Asked(source.outlet, _host(kinds[source.kind], source)) for source in sources},
        feeds=frozenset(_feeds(sources, taxonomy)),
        presentation=_digest(_text(_presentation(site, sources, taxonomy, turns(taxonomy, today)))),
        digest=_digest(text),
        text=text,
        window=site.entries,
        rules=rules,
    )


@dataclass(frozen=True, slots=True)
class Differing:
    """What two setups make labels with that is not the same: `rules`, and what these sources say."""

    rules: bool
    sources: frozenset[str]


def differing(before: str, after: str) -> Differing | None:
    """What differs by the `text` of two setups; None where any label may, whatever the rules say."""
    old, new = (_parts(text) for text in (before, after))
    if old is None or new is None or old["release"] != new["release"]:
        return None
    said = old["sources"], new["sources"]
    names = frozenset(name for one in said for name in one if said[0].get(name) != said[1].get(name))
    return Differing(old["rules"] != new["rules"], names)


def _parts(text: str) -> Mapping[str, Any] | None:
    """What labels are made with; None of a release that wrote it down in another way."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("form") == FORM else None


def _host(kind: SourceKind, source: Source) -> str | None:
    requests = kind.ask(source, Cursor(), False)
    return host_of(requests[0].address) if requests else None


def _feeds(sources: tuple[Source, ...], taxonomy: Taxonomy) -> Iterable[FeedKey]:
    yield FeedKey()
    yield from (FeedKey(source=source.id) for source in sources)
    yield from (FeedKey(topic=topic) for topic in taxonomy.topics)
    yield from (FeedKey(region=region) for region in taxonomy.regions)
    yield from (FeedKey(topic=topic, region=region) for topic, region in product(taxonomy.topics, taxonomy.regions))


def _labelling(site: Site, sources: tuple[Source, ...], taxonomy: Taxonomy, rules: str) -> object:
    topics = [replace(topic, when_ended=WhenEnded.KEEP, end=None) for topic in taxonomy.topics.values()]
    kept = [replace(region, when_ended=WhenEnded.KEEP, given_up=None) for region in taxonomy.regions.values()]
    given = rules or _text([list(map(asdict, some)) for some in (topics, kept)])
    return {
        "form": FORM,
        "rules": _digest(given),
        "sources": {
            one.id: [one.home, one.topics, dict(one.categories), dict(one.sections), one.language, one.zone]
            for one in sources
        },
        # in the spelling of which the texts are searched
        "release": [LABELLING, site.language],
    }


def _presentation(site: Site, sources: tuple[Source, ...], taxonomy: Taxonomy, turned: int) -> object:
    return {
        "site": _shown(site),
        "topics": {slug: _presented_topic(topic) for slug, topic in taxonomy.topics.items()},
        "regions": {slug: _presented(region) for slug, region in taxonomy.regions.items()},
        "turned": turned,
        "sources": {source.id: [source.title, asdict(source.rights)] for source in sources},
        "release": [__version__, DOCUMENT_FORM],
    }


def _shown(site: Site) -> object:
    """But for how long a farewell is, of which no document says anything."""
    emblems = [one and one.name for one in (site.logo, site.icon)]
    return [asdict(replace(site, logo=None, icon=None, farewell=FAREWELL)), emblems]


def _presented_topic(topic: Topic) -> object:
    ending = topic.when_ended, topic.end, topic.successor
    return [dict(topic.title), topic.medtop, topic.parent, *ending]


def _presented(region: Region) -> object:
    rows = ([dict(row.title), row.iso, row.where, row.start, row.end, row.successors] for row in region.rows)
    return [region.when_ended, region.given_up, *rows]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
