"""The sources, each with its kind's own options, once everything that they refer to is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from ..domain.source import Json, Rights, Source
from ..errors import Problem
from .checking import keys_of, validated
from .listing import Listed
from .models import DefaultsModel, SourceModel
from .references import named
from .yamlfile import KeyPath, YamlFile

Kinds = Mapping[str, type[BaseModel]]
"""The options models of the kinds of sources, by the kind's name."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What sources may refer to. None where a file could not be read, and nothing is said of it."""

    kinds: Kinds
    data_dir: Path
    topics: frozenset[str] | None
    regions: frozenset[str] | None
    scopes: frozenset[str]


def sources_of(
    listed: Listed[SourceModel], defaults: DefaultsModel, known: Known, file: YamlFile
) -> tuple[list[Source], list[Problem]]:
    """The sources in the order of the file."""
    sources: list[Source] = []
    problems: list[Problem] = []
    alike: dict[tuple[str, int], list[Source]] = {}
    for place, raw in listed.raw.items():
        at: KeyPath = ("sources", place)
        options, wrong = _options(raw, file, at, known)
        problems += (*wrong, *_reference_problems(raw, known, file, at))
        one = listed.items.get(place)
        if one is not None and options is not None:
            sources.append(_source(one, defaults, options))
            problems += _twin_problems(sources[-1], alike.setdefault(_likeness(sources[-1]), []), file, at)
    return sources, problems


def _twin_problems(one: Source, alike: list[Source], file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    """A source that reads what another one reads would publish every article of it a second time.

    `alike` are those before it with which it may be the same; it joins them, if it is another one.
    """
    twin = next((other for other in alike if other.options == one.options), None)
    if twin is None:
        alike.append(one)
    elif twin.id != one.id:
        yield file.problem((*at, "kind"), f"{one.id} reads the very same as {twin.id}; give it another place")


def _likeness(one: Source) -> tuple[str, int]:
    """The same for two sources that read the same; thousands of sources are not each compared with all others."""
    try:
        return one.kind, hash(one.options)
    except TypeError:  # a kind may have options that are no keys, like lists
        return one.kind, 0


def _options(
    raw: Mapping[str, Json], file: YamlFile, at: KeyPath, known: Known
) -> tuple[BaseModel | None, list[Problem]]:
    kind, common = raw.get("kind"), keys_of(SourceModel)
    if not isinstance(kind, str):
        return None, []
    if kind not in known.kinds:
        there = ", ".join(sorted(known.kinds))
        return None, [file.problem((*at, "kind"), f"{kind} is no kind of source; there are: {there}")]
    own: dict[str, Json] = {key: value for key, value in raw.items() if key not in common}
    return validated(known.kinds[kind], own, file, at, context={"data_dir": known.data_dir}, beside=common)


def _reference_problems(raw: Mapping[str, Json], known: Known, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    for path, home in named(raw, "home", str):
        if known.regions is not None and home not in known.regions:
            yield file.problem((*at, *path), f"{home} is no region of regions.yaml")
        elif known.regions is not None and home in known.scopes:
            yield file.problem((*at, *path), f"{home} is a scope of regions.yaml, and a home is a place")
    topics = (*named(raw, "topics", list), *named(raw, "categories", dict), *named(raw, "sections", dict))
    for path, topic in topics:
        if known.topics is not None and topic not in known.topics:
            yield file.problem((*at, *path), f"{topic} is no topic of topics.yaml")


def _source(one: SourceModel, defaults: DefaultsModel, options: BaseModel) -> Source:
    return Source(
        id=one.id,
        kind=one.kind,
        title=one.title,
        outlet=one.outlet or one.id,
        language=one.language or defaults.language,
        zone=one.dates.zone or one.zone or defaults.zone,
        date_order=one.dates.order,
        every=(one.every if one.every is not None else defaults.every) or None,
        home=one.home,
        topics=one.topics,
        categories=one.categories,
        sections=one.sections,
        rights=Rights(licence=one.rights.licence, notice=one.rights.notice),
        options=options,
    )
