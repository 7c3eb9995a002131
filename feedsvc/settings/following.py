"""The configuration of a service that runs: two files as they are now, topics and regions as they were applied.

sources.yaml may name what only the edited files have. That counts for nothing until it is applied, and is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from ..domain.pending import NOTHING, Pending, compared
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy
from ..errors import ConfigurationError, Problem
from .files import Gazetteer, gazetteer_of, in_order, read_files
from .load import Settings, complete
from .newsroom import Kinds
from .rules import taxonomy_of
from .yamlfile import KeyPath, YamlFile


@dataclass(frozen=True, slots=True)
class Followed:
    """The settings in force, and what is to be said beside them.

    `problems` are those of topics.yaml and regions.yaml, `warnings` name what counts for nothing yet.
    """

    settings: Settings
    pending: Pending = NOTHING
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def load_followed(
    folder: Path, environ: Mapping[str, str], kinds: Kinds, applied: Callable[[bool], str | None]
) -> Followed:
    """Read the files, and put the applied rules in the place of their topics and regions.

    `applied`, told whether all files are right, gives these rules, or None: then all that the files say is in force.
    Raises ConfigurationError with every problem where the other two files are wrong.
    """
    files = read_files(folder)
    edited = gazetteer_of(files)
    as_edited = complete(files, environ, kinds, edited)
    rules = applied(as_edited.settings is not None)
    if rules is None and as_edited.settings is None:
        raise ConfigurationError(in_order(as_edited.problems))
    if as_edited.settings is not None and rules in (None, as_edited.settings.rules):
        return Followed(as_edited.settings)
    taxonomy = taxonomy_of(str(rules))
    in_force = complete(files, environ, kinds, _with_applied(edited, taxonomy))
    if in_force.settings is None:
        raise ConfigurationError(in_order(as_edited.problems or in_force.problems))
    settings = in_force.settings
    sources: list[Source] = []
    warnings: list[Problem] = []
    for one in settings.sources:
        at: KeyPath = ("sources", in_force.places[one.id])
        warnings += _unapplied(one, taxonomy, files.sources, at)
        sources.append(_under(one, taxonomy))
    return Followed(
        settings=replace(settings, sources=tuple(sources), taxonomy=taxonomy, rules=str(rules)),
        pending=_pending(edited, taxonomy),
        problems=in_order(edited.problems),
        warnings=tuple(warnings),
    )


def _with_applied(edited: Gazetteer, applied: Taxonomy) -> Gazetteer:
    """What sources may name: whatever either has, and anything where the edited files cannot be read."""
    scopes = {slug for slug in edited.scopes if slug not in applied.regions or applied.regions[slug].scope}
    return replace(
        edited,
        topic_ids=None if edited.topic_ids is None else edited.topic_ids | applied.topics.keys(),
        region_ids=None if edited.region_ids is None else edited.region_ids | applied.regions.keys(),
        scopes=frozenset(scopes),
        problems=(),
    )


def _pending(edited: Gazetteer, applied: Taxonomy) -> Pending:
    problems = in_order(edited.problems)
    if problems:
        places = tuple(f"{PurePath(one.file).name}:{one.line}" for one in problems)
        return Pending(wrong=places, state="\n".join(map(str, problems)))
    return compared(applied, edited.taxonomy, hashlib.sha256(edited.rules.encode()).hexdigest())


def _under(one: Source, applied: Taxonomy) -> Source:
    """The source without what is not applied."""
    home = one.home if one.home is None or _is_place(one.home, applied) else None
    topics = tuple(topic for topic in one.topics if topic in applied.topics)
    categories = {term: topic for term, topic in one.categories.items() if topic in applied.topics}
    sections = {part: topic for part, topic in one.sections.items() if topic in applied.topics}
    if (home, topics, categories, sections) == (one.home, one.topics, dict(one.categories), dict(one.sections)):
        return one
    return replace(one, home=home, topics=topics, categories=categories, sections=sections)


def _is_place(slug: str, applied: Taxonomy) -> bool:
    return slug in applied.regions and not applied.regions[slug].scope


def _unapplied(one: Source, applied: Taxonomy, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    if one.home is not None and not _is_place(one.home, applied):
        yield file.problem((*at, "home"), f"{one.home} is no region that is applied; {_UNTIL}")
    named: list[tuple[KeyPath, str]] = [(("topics", place), topic) for place, topic in enumerate(one.topics)]
    named += [(("categories", term), topic) for term, topic in one.categories.items()]
    named += [(("sections", part), topic) for part, topic in one.sections.items()]
    for path, topic in named:
        if topic not in applied.topics:
            yield file.problem((*at, *path), f"{topic} is no topic that is applied; {_UNTIL}")


_UNTIL = "it counts for nothing until `feedsvc apply`"
