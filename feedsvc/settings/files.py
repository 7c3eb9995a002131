"""The four files, read; and what two of them say by themselves: the topics and the regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..domain.taxonomy import Taxonomy
from ..errors import ConfigurationError, Problem
from .gazetteer import regions_of, topics_of, types_of
from .listing import listed
from .rules import rules_text
from .taxonomy import RegionModel, RegionsModel, TopicModel, TopicsModel
from .yamlfile import YamlFile, read_yaml

FILES = ("feedsvc.yaml", "sources.yaml", "topics.yaml", "regions.yaml")


@dataclass(frozen=True, slots=True)
class Files:
    """The four files, read."""

    service: YamlFile
    sources: YamlFile
    topics: YamlFile
    regions: YamlFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """What topics.yaml and regions.yaml say: `rules` is both in the form in which they are stored.

    Of what sources may refer to, None stands for a list that could not be read.
    """

    taxonomy: Taxonomy
    rules: str
    topic_ids: frozenset[str] | None
    region_ids: frozenset[str] | None
    scopes: frozenset[str]
    problems: tuple[Problem, ...]


def read_files(folder: Path) -> Files:
    """The four files of a folder. Raises ConfigurationError where there is none."""
    if not folder.is_dir():
        message = "is no folder; FEEDSVC_CONFIG or --config says where the configuration is"
        raise ConfigurationError((Problem(str(folder), 0, "the configuration", message),))
    return Files(*(read_yaml(folder / name) for name in FILES))


def gazetteer_of(files: Files) -> Gazetteer:
    """Topics and regions, and every problem of their two files."""
    topics, regions = files.topics, files.regions
    topics_head, themes, wrong = listed(TopicsModel, TopicModel, "topics", topics)
    regions_head, places, more = listed(RegionsModel, RegionModel, "regions", regions)
    by_topic, wrong_topics = topics_of(themes, topics)
    by_region, wrong_regions = regions_of(places, regions, _ranks(regions_head, regions), themes.ids)
    topics_head, regions_head = topics_head or TopicsModel(), regions_head or RegionsModel()
    return Gazetteer(
        taxonomy=Taxonomy(topics=by_topic, regions=by_region, types=types_of(regions_head.types)),
        rules=rules_text(
            topics_head.model_copy(update={"topics": tuple(themes.items.values())}),
            regions_head.model_copy(update={"regions": tuple(places.items.values())}),
        ),
        topic_ids=themes.ids,
        region_ids=places.ids,
        scopes=frozenset(slug for slug, region in by_region.items() if region.scope),
        problems=(*topics.problems, *regions.problems, *wrong, *more, *wrong_topics, *wrong_regions),
    )


def _ranks(head: RegionsModel | None, file: YamlFile) -> frozenset[str] | None:
    """The names under `types`, right or wrong; None where these could not be read."""
    types = file.values.get("types")
    if not file.has_read("types") or (head is None and not isinstance(types, dict)):
        return None
    return frozenset(types if isinstance(types, dict) else ())


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The environment's first, then in the order of files and lines, each once."""
    order = {name: place for place, name in enumerate(FILES)}
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (order.get(one.file, -1), one.line, one.key)))
