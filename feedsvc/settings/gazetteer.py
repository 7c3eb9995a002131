"""Topics and regions: from their models to a Taxonomy, once everything that they refer to is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ..domain.rule import Phrase, Rule
from ..domain.taxonomy import LesserPlace, PlaceType, Region, RegionRow, Topic
from ..errors import Problem
from .endings import Followed, ending_problems, followed_by, lasting_problems, retiring_problems, way_round
from .listing import Listed
from .places import geometry_of
from .references import region_references, topic_references
from .taxonomy import AnyPhrase, PhraseModel, PlaceTypeModel, RegionModel, RowModel, RuleModel, TopicModel
from .yamlfile import KeyPath, YamlFile


def topics_of(listed: Listed[TopicModel], file: YamlFile) -> tuple[dict[str, Topic], list[Problem]]:
    """The topics by slug; an unknown parent, a circle, a threshold out of reach or half an ending is a problem."""
    problems = [*topic_references(listed, file)]
    topics = {}
    parents = {topic.id: (topic.parent,) for topic in listed.items.values() if topic.parent}
    followed = {topic.id: (topic.successor,) for topic in listed.items.values() if topic.successor}
    for place, one in listed.items.items():
        at: KeyPath = ("topics", place)
        problems += _rule_problems(one, file, at)
        problems += _circle_problems(one.id, parents, file, (*at, "parent"))
        problems += ending_problems(one, followed, file, at)
        topics[one.id] = topic_of(one)
    return topics, problems


def regions_of(
    listed: Listed[RegionModel], file: YamlFile, ranks: frozenset[str] | None, topics: frozenset[str] | None
) -> tuple[dict[str, Region], list[Problem]]:
    """The regions by slug, their rows in order of time, everything that they name being there.

    `ranks` are the types of places and `topics` the topics that there are; None where they could not be read.
    """
    problems = [*region_references(listed, file, ranks, topics)]
    parents = {one.id: _parents(one) for one in listed.items.values()}
    followed = {one.id: followed_by(one) for one in listed.items.values() if one.rows and one.rows[-1].end}
    for place, one in listed.items.items():
        at: KeyPath = ("regions", place)
        problems += _scope_problems(one, file, at) if one.scope else _place_problems(one, file, at)
        problems += lasting_problems(one, file, at)
        problems += retiring_problems(one, followed, file, (*at, "when_ended"))
        problems += _circle_problems(one.id, parents, file, (*at, "rows"))
    return {one.id: region_of(one) for one in listed.items.values()}, problems


def types_of(models: Mapping[str, PlaceTypeModel]) -> dict[str, PlaceType]:
    """The ranks of places by their names."""
    return {
        name: PlaceType(id=name, title=one.title or {}, words=one.words, bare=one.bare, area=one.area)
        for name, one in models.items()
    }


def _rule(model: RuleModel) -> Rule:
    return Rule(
        any=_phrases(model.any),
        exceptions=_phrases(model.exceptions),
        none=_phrases(model.none),
        threshold=model.threshold,
    )


def _phrases(models: Iterable[AnyPhrase]) -> tuple[Phrase, ...]:
    return tuple(one for model in models for one in _each(model))


def _each(model: PhraseModel) -> Iterator[Phrase]:
    for text in model.phrases or (model.phrase or "",):
        yield Phrase(text=text, fields=model.fields, weight=model.weight, case=model.case)


def topic_of(one: TopicModel) -> Topic:
    """The topic of a model."""
    return Topic(
        id=one.id,
        title=one.title,
        rule=_rule(one),
        medtop=one.medtop,
        parent=one.parent,
        end=one.end,
        successor=one.successor,
        when_ended=one.when_ended,
    )


def region_of(model: RegionModel) -> Region:
    """The region of a model."""
    rows = tuple(_row(row) for row in model.rows)
    if model.scope:
        rows = (RegionRow(title=model.title or {}, type="scope"),)
    return Region(
        id=model.id,
        rows=rows,
        aliases=model.aliases,
        places=tuple(LesserPlace(name, rank) for rank, names in model.places.items() for name in names),
        exceptions=tuple(one.text for one in _phrases(model.exceptions)),
        scope=model.scope,
        reach=model.reach,
        seat=model.seat,
        topics=frozenset(model.topics),
        rule=_rule(model) if model.scope else Rule(),
        when_ended=model.when_ended,
        given_up=model.given_up,
    )


def _row(model: RowModel) -> RegionRow:
    return RegionRow(
        title=model.title,
        type=model.type,
        iso=model.iso,
        where=geometry_of(model.point, model.box),
        parent=model.parent,
        start=model.start,
        end=model.end,
        successors=model.successors,
    )


def _rule_problems(model: RuleModel, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    reach = sum(phrase.weight for phrase in _phrases(model.any))
    if model.any and reach < model.threshold:
        message = f"{model.threshold:g} can never be reached: the weights of `any` add up to {reach:g}"
        yield file.problem((*at, "threshold"), message)


def _scope_problems(region: RegionModel, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    if region.title is None:
        yield file.problem((*at, "title"), "is missing: a scope needs a title")
    if not region.any:
        yield file.problem((*at, "any"), "is missing: a scope is found by its phrases")
    for key in ("rows", "aliases", "seat", "when_ended", "given_up"):
        if key in region.model_fields_set and getattr(region, key):
            yield file.problem((*at, key), "belongs to a place; a scope is found by the phrases of `any`")
    yield from _rule_problems(region, file, at)


def _place_problems(region: RegionModel, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    if region.title is not None:
        yield file.problem((*at, "title"), "belongs into the rows of a place; only a scope has one here")
    for key in ("any", "none", "threshold", "reach", "topics"):
        if key in region.model_fields_set:
            yield file.problem((*at, key), "belongs to a scope (`scope: true`); a place is found by its names")
    if not region.rows:
        yield file.problem((*at, "rows"), "is missing: a place needs rows, and a scope `scope: true`")
    for place, row in enumerate(region.rows):
        here = (*at, "rows", place)
        if row.start and row.end and row.start > row.end:
            yield file.problem((*here, "until"), "lies before `from`")
        if row.successors and row.end is None:
            yield file.problem((*here, "successors"), "take over when the row ends; say when, with `until`")
    for place, (row, following) in enumerate(pairwise(region.rows)):
        if row.end is None or following.start is None or following.start <= row.end:
            message = "must end before the next row begins: `until` here, a later `from` there, the oldest row first"
            yield file.problem((*at, "rows", place), message)


def _parents(region: RegionModel) -> tuple[str, ...]:
    """Whatever a region ever lay in; what it became may well lie in what it was, so successors are no parents."""
    return tuple(dict.fromkeys(row.parent for row in region.rows if row.parent))


def _circle_problems(slug: str, parents: Followed, file: YamlFile, at: KeyPath) -> Iterator[Problem]:
    way = way_round(slug, parents)
    if way:
        yield file.problem(at, f"is a circle of parents: {' in '.join(way)}; one of them must go")
