"""The shape of topics.yaml and regions.yaml, key by key; what stands here is also the configuration reference."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ..domain.taxonomy import Reach, WhenEnded
from .days import Day
from .places import BoxOf, PointOf
from .shapes import AtLeastOne
from .slugs import Slug
from .values import (
    Iso,
    Medtop,
    Model,
    Text,
    Titles,
    some,
)

FieldName = Literal["title", "lead", "caption", "body"]


class PhraseModel(Model):
    """Words to look for."""

    phrase: Text | None = Field(default=None, description="whole words, accents kept")
    phrases: tuple[Text, ...] = Field(default=(), description="or several, each of which has these weight and fields")
    fields: Annotated[tuple[FieldName, ...], AfterValidator(some), AtLeastOne()] = Field(
        default=("title", "lead", "caption", "body"), alias="in", description="where to look"
    )
    weight: float = Field(default=1.0, gt=0, le=1000, description="what it adds, once, when it is found")
    case: bool = Field(default=False, description="whether its capitals must agree")

    @model_validator(mode="after")
    def _one_or_more(self) -> Self:
        if (self.phrase is None) == (not self.phrases):
            raise ValueError("needs either `phrase` or `phrases`")
        return self


def _phrase(value: object) -> object:
    return {"phrase": value} if isinstance(value, str) else value


AnyPhrase = Annotated[
    PhraseModel, BeforeValidator(_phrase, json_schema_input_type=Text | PhraseModel), "a phrase, see below"
]


class RuleModel(Model):
    """When a text has a topic or a scope."""

    any: tuple[AnyPhrase, ...] = Field(default=(), description="phrases that speak for it, each once")
    exceptions: tuple[AnyPhrase, ...] = Field(
        default=(), alias="except", description="words that these cover count for nothing"
    )
    none: tuple[AnyPhrase, ...] = Field(default=(), description="a hit takes the label away altogether")
    threshold: float = Field(default=1.0, gt=0, le=1000, description="the sum of weights of `any` that is needed")


class TopicModel(RuleModel):
    """One topic."""

    id: Slug = Field(description="in addresses; never to be changed")
    title: Titles = Field(description="by language")
    medtop: Medtop | None = Field(default=None, description="IPTC Media Topics code")
    parent: Slug | None = Field(default=None, description="the topic whose feeds hold its articles too")
    end: Day | None = Field(default=None, alias="until", description="its last day, where it is given up")
    successor: Slug | None = Field(
        default=None, description="the topic that takes it over then; its feeds hold the articles of both"
    )
    when_ended: Annotated[WhenEnded, "`keep`, `redirect` or `gone`"] = Field(
        default=WhenEnded.KEEP,
        description="whether its feeds go on after that day, lead to those of its successor, or say so and are gone",
    )


class TopicsModel(Model):
    """topics.yaml."""

    topics: tuple[TopicModel, ...] = ()


class RowModel(Model):
    """What a region was from one day to another, both included."""

    title: Titles = Field(description="the name, by language")
    type: Slug = Field(description="country, vung, tinh, thanh-pho … as the gazetteer has it")
    iso: Iso | None = Field(default=None, description="its code")
    point: PointOf | None = Field(default=None, description="where it is; goes out with the articles about it")
    box: BoxOf | None = Field(default=None, description="or within which bounds")
    parent: Slug | None = Field(default=None, description="the region that it lies in")
    start: Day | None = Field(default=None, alias="from", description="its first day")
    end: Day | None = Field(default=None, alias="until", description="its last day")
    successors: tuple[Slug, ...] = Field(default=(), description="the regions that took it over")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.point is not None and self.box is not None:
            raise ValueError("has a `point` and a `box`; keep one of them")
        return self


class PlaceTypeModel(Model):
    """A rank of places."""

    title: Titles | None = Field(default=None, description="what readers are told that a place is, by language")
    words: tuple[Text, ...] = Field(default=(), description="what stands in front of names of that rank, like “huyện”")
    bare: bool = Field(default=True, description="whether a name of that rank counts without such a word")
    area: bool = Field(default=False, description="whether it is there to hold others, like the country")


class RegionModel(RuleModel):
    """One region: a place with rows, or a scope with a title and a rule."""

    id: Slug = Field(description="in addresses; never to be changed")
    scope: bool = Field(default=False, description="no place but a reach, like national; decided by phrases")
    reach: Annotated[Reach, "`national` or `international`"] | None = Field(
        default=None, description="of a scope that the places of an article have a say in"
    )
    topics: tuple[Slug, ...] = Field(
        default=(), description="of a scope: topics whose articles have it where nothing tells where they are about"
    )
    seat: bool = Field(default=False, description="of a place where the organs of the country sit")
    title: Titles | None = Field(default=None, description="of a scope, by language")
    rows: tuple[Annotated[RowModel, "a row, see below"], ...] = Field(
        default=(), description="what a place was through time, oldest first"
    )
    aliases: tuple[Text, ...] = Field(default=(), description="further names of the place")
    places: dict[Slug, tuple[Text, ...]] = Field(
        default={}, description="names of lesser places in it that speak for it, by their rank"
    )
    when_ended: Annotated[WhenEnded, "`keep`, `redirect` or `gone`"] = Field(
        default=WhenEnded.KEEP,
        description="whether the feeds of a place that ended go on, lead to those of its one successor, "
        "or say so and are gone",
    )
    given_up: Day | None = Field(
        default=None, description="the last day on which the feeds of a place that is `gone` go on; default: its end"
    )


class RegionsModel(Model):
    """regions.yaml."""

    types: dict[Slug, PlaceTypeModel] = Field(default={}, description="the ranks of places, by the `type` of rows")
    regions: tuple[RegionModel, ...] = ()
