"""The shape of the four files, key by key; what stands here is also the configuration reference."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from ..domain.source import DateOrder
from ..domain.taxonomy import Reach, WhenEnded
from .secrets import SecretFile, TokenFile, WebhookUrl
from .shapes import AtLeastOne
from .values import (
    AUTO,
    FOR_EVER,
    Authority,
    Contact,
    Day,
    Duration,
    Every,
    HttpUrl,
    Interval,
    Iso,
    Keep,
    Language,
    Medtop,
    Model,
    Network,
    PathPart,
    Place,
    PublicUrl,
    Slug,
    Text,
    Titles,
    Zone,
    some,
)

FieldName = Literal["title", "lead", "caption", "body"]


class SiteModel(Model):
    """The service as its readers see it."""

    title: Text = Field(description="stands at the head of every feed and page")
    language: Language = Field(default="en", description="of titles and pages (BCP 47)")
    zone: Zone = Field(default="UTC", description="of the times on pages (IANA)")
    public_url: PublicUrl | None = Field(
        default=None, description="the address that readers use; without it, the one that the web server listens on"
    )
    tag_authority: Authority = Field(
        description="a domain and a year in which it was yours; part of every identity, never to be changed"
    )


class FeedsModel(Model):
    """What all feeds have in common."""

    entries: int = Field(default=50, ge=1, le=500, description="articles in a feed")
    max_age: Duration = Field(
        default=timedelta(minutes=5), description="how long a reader may keep a feed before it asks again"
    )
    keep: Keep = Field(default=FOR_EVER, description="how long an article stays, from when it was published")


class FetchModel(Model):
    """How the service asks the servers of others."""

    contact: Contact | None = Field(
        default=None, description="where their operators reach you; part of the User-Agent, beside `site.public_url`"
    )
    allow_hosts: tuple[Place, ...] = Field(
        default=(), description="places in your own network that sources may name; no other private address is asked"
    )


class PollingModel(Model):
    """How often sources are polled whose `every` is `auto`, and how many at once."""

    floor: Interval = Field(default=timedelta(minutes=5), description="the shortest time between two passes")
    ceiling: Interval = Field(
        default=timedelta(hours=4), description="the longest that a source's own rhythm makes; it may ask for a day"
    )
    at_once: int = Field(default=8, ge=1, le=256, description="sources that are polled at the same time")
    a_host: int = Field(default=2, ge=1, le=64, description="of them, at most at one host, by however many schedulers")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ceiling < self.floor:
            raise ValueError("`ceiling` must not be shorter than `floor`")
        return self


class OperatorModel(Model):
    """Who may see what only the operator needs; nobody, where neither is given. And where the operator is told."""

    token_file: TokenFile | None = Field(
        default=None, description="a file with the token that opens the operator's pages, 16 characters or more"
    )
    trusted: tuple[Network, ...] = Field(
        default=(),
        description="addresses that need no token: of the connection itself, so that a proxy's opens them to everybody",
    )
    webhook: WebhookUrl | None = Field(
        default=None,
        description="where it is told, by POST, when a source goes silent, fails, or does well again; "
        "one in your own network stands in `fetch.allow_hosts` too",
    )
    webhook_secret_file: SecretFile | None = Field(
        default=None, description="a file with the secret that signs what is told there, 16 characters or more"
    )


class ServiceModel(Model):
    """feedsvc.yaml."""

    site: SiteModel = Field(description="the service as its readers see it")
    feeds: FeedsModel = FeedsModel()
    polling: PollingModel = PollingModel()
    fetch: FetchModel = FetchModel()
    operator: OperatorModel = OperatorModel()


class RightsModel(Model):
    """What an outlet allows; goes out with each of its articles."""

    licence: HttpUrl | None = Field(default=None, description="the licence's address")
    notice: Text | None = Field(default=None, description="the line to print, like © Đài Ba Sông")


class DatesModel(Model):
    """How a source writes its dates, where they do not say."""

    order: Annotated[DateOrder, "`dmy`, `mdy` or `ymd`"] = Field(
        default=DateOrder.DMY, description="the order of day, month and year in figures"
    )
    zone: Zone | None = Field(default=None, description="their clock, where it is not the `zone` of the source")


class DefaultsModel(Model):
    """What holds for every source that does not say otherwise."""

    language: Language = Field(default="en", description="of the articles")
    zone: Zone = Field(default="UTC", description="of dates that do not say")
    every: Every = Field(default=AUTO, description="the time between two passes; `auto`: as its own rhythm suggests")


class SourceModel(Model):
    """One source; the keys of its kind stand beside these."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Slug = Field(description="in addresses and identities; never to be changed")
    kind: str = Field(description="how its articles are got; the kinds and their own keys stand below")
    title: Text = Field(description="the outlet's name, as readers see it")
    outlet: Slug | None = Field(
        default=None, description="shared by the section feeds of one publisher, never to be changed; default: the id"
    )
    every: Every | None = Field(default=None, description="the time between two passes; default: that of `defaults`")
    language: Language | None = Field(default=None, description="of the articles; default: that of `defaults`")
    zone: Zone | None = Field(default=None, description="of dates that do not say; default: that of `defaults`")
    dates: DatesModel = Field(default=DatesModel(), description="how it writes its dates")
    home: Slug | None = Field(default=None, description="the region that it reports from")
    topics: tuple[Slug, ...] = Field(default=(), description="topics that each of its articles has")
    categories: dict[Text, Slug] = Field(default={}, description="the upstream's own terms, and the topics they mean")
    sections: dict[PathPart, Slug] = Field(
        default={}, description="parts of the paths of its articles, like `/giao-duc/`, and the topics they mean"
    )
    rights: RightsModel = Field(default=RightsModel(), description="what the outlet allows")


class SourcesModel(Model):
    """sources.yaml."""

    defaults: DefaultsModel = DefaultsModel()
    sources: tuple[SourceModel, ...] = ()


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


class TopicsModel(Model):
    """topics.yaml."""

    topics: tuple[TopicModel, ...] = ()


class RowModel(Model):
    """What a region was from one day to another, both included."""

    title: Titles = Field(description="the name, by language")
    type: Slug = Field(description="country, vung, tinh, thanh-pho … as the gazetteer has it")
    iso: Iso | None = Field(default=None, description="its code")
    parent: Slug | None = Field(default=None, description="the region that it lies in")
    start: Day | None = Field(default=None, alias="from", description="its first day")
    end: Day | None = Field(default=None, alias="until", description="its last day")
    successors: tuple[Slug, ...] = Field(default=(), description="the regions that took it over")


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
    seat: bool = Field(default=False, description="of a place where the organs of the country sit")
    title: Titles | None = Field(default=None, description="of a scope, by language")
    rows: tuple[Annotated[RowModel, "a row, see below"], ...] = Field(
        default=(), description="what a place was through time, oldest first"
    )
    aliases: tuple[Text, ...] = Field(default=(), description="further names of the place")
    places: dict[Slug, tuple[Text, ...]] = Field(
        default={}, description="names of lesser places in it that speak for it, by their rank"
    )
    when_ended: Annotated[WhenEnded, "`keep` or `redirect`"] = Field(
        default=WhenEnded.KEEP,
        description="whether the feeds of a place that ended go on, or lead to those of its one successor",
    )


class RegionsModel(Model):
    """regions.yaml."""

    types: dict[Slug, PlaceTypeModel] = Field(default={}, description="the ranks of places, by the `type` of rows")
    regions: tuple[RegionModel, ...] = ()
