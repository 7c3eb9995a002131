"""What topics and regions name by its id: told where it is not there.

It is read from the files as they stand, so that nothing else that is wrong in an entry hides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..domain.source import Json
from ..errors import Problem
from .listing import Listed
from .slugs import is_slug
from .taxonomy import RegionModel, TopicModel
from .yamlfile import KeyPath, YamlFile

Shape = type[str] | type[list[Json]] | type[dict[str, Json]]
Ids = frozenset[str] | None


def named(values: Json | Mapping[str, Json], key: str, shape: Shape) -> Iterator[tuple[KeyPath, str]]:
    """The ids under a key of an entry, each with its path; what has another shape, the models tell."""
    value = values.get(key) if isinstance(values, Mapping) else None
    if isinstance(value, shape):
        for path, one in _parts(value):
            if is_slug(one):
                yield (key, *path), one


def topic_references(topics: Listed[TopicModel], file: YamlFile) -> Iterator[Problem]:
    """Every parent and successor that is not there."""
    for place, raw in topics.raw.items():
        for path, slug in (*named(raw, "parent", str), *named(raw, "successor", str)):
            if _is_missing(slug, topics.ids):
                yield file.problem(("topics", place, *path), f"{slug} is no topic of this file")


def region_references(regions: Listed[RegionModel], file: YamlFile, ranks: Ids, topics: Ids) -> Iterator[Problem]:
    """Every parent, successor, rank and topic that is not there.

    `ranks` are the types of places and `topics` the topics that there are; None where they could not be read.
    """
    scopes = frozenset(one.id for one in regions.items.values() if one.scope)
    for place, raw in regions.raw.items():
        at: KeyPath = ("regions", place)
        for path, slug in _places(raw):
            if _is_missing(slug, regions.ids):
                yield file.problem((*at, *path), f"{slug} is no region of this file")
            elif slug in scopes:
                yield file.problem((*at, *path), f"{slug} is a scope and no place")
        for path, slug in named(raw, "topics", list):
            if _is_missing(slug, topics):
                yield file.problem((*at, *path), f"{slug} is no topic of topics.yaml")
    yield from _rank_problems(regions, file, ranks)


def _rank_problems(regions: Listed[RegionModel], file: YamlFile, ranks: Ids) -> Iterator[Problem]:
    of_rows = {rank for raw in regions.raw.values() for _, rank in _of_rows(raw, "type", str)}
    # A lesser place needs its type, and a row does not: where none of theirs is listed, they are only words.
    ranks_of_rows = None if ranks is None or ranks.isdisjoint(of_rows) else ranks
    for place, raw in regions.raw.items():
        for known, found in ((ranks, _lesser_ranks(raw)), (ranks_of_rows, _of_rows(raw, "type", str))):
            for path, rank in found:
                if _is_missing(rank, known):
                    message = f"{rank} is no type of this file; name it under `types`"
                    yield file.problem(("regions", place, *path), message)


def _places(region: Mapping[str, Json]) -> Iterator[tuple[KeyPath, str]]:
    """What the rows of a region lie in, and what took them over; of several successors, each stands under the key."""
    yield from _of_rows(region, "parent", str)
    for path, slug in _of_rows(region, "successors", list):
        yield path[:-1], slug


def _of_rows(region: Mapping[str, Json], key: str, shape: Shape) -> Iterator[tuple[KeyPath, str]]:
    rows = region.get("rows")
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        for path, one in named(row, key, shape):
            yield ("rows", place, *path), one


def _lesser_ranks(region: Mapping[str, Json]) -> Iterator[tuple[KeyPath, str]]:
    places = region.get("places")
    return ((("places", rank), rank) for rank in (places if isinstance(places, dict) else ()) if is_slug(rank))


def _is_missing(slug: str, ids: Ids) -> bool:
    return ids is not None and slug not in ids


def _parts(value: Json) -> Iterable[tuple[KeyPath, Json]]:
    if isinstance(value, dict):
        return (((key,), one) for key, one in value.items())
    if isinstance(value, list):
        return (((place,), one) for place, one in enumerate(value))
    return [((), value)]
