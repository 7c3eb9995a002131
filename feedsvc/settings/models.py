"""The shape of feedsvc.yaml and sources.yaml, key by key; what stands here is also the configuration reference."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from ..domain.retirement import FAREWELL
from ..domain.source import DateOrder
from .days import Days
from .emblems import IconFile, LogoFile
from .proxies import Proxy
from .secrets import SecretFile, TokenFile, WebhookUrl
from .slugs import Slug
from .values import (
    AUTO,
    FOR_EVER,
    Authority,
    Contact,
    Every,
    HttpUrl,
    Interval,
    Keep,
    Language,
    MaxAge,
    Model,
    Network,
    PathPart,
    Place,
    PublicUrl,
    Text,
    Zone,
)


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
    rights: Text | None = Field(
        default=None,
        description="the notice of feeds of several sources; without it, that each article is its source's",
    )
    logo: LogoFile | None = Field(
        default=None, description="a PNG, JPEG or GIF of at most 144 by 400 pixels, which readers show beside a feed"
    )
    icon: IconFile | None = Field(default=None, description="a square one, for where there is little room")


class FeedsModel(Model):
    """What all feeds have in common."""

    entries: int = Field(
        default=50,
        ge=1,
        le=500,
        description="the newest articles in a feed; at most as many more are there that came within the last 24 hours",
    )
    max_age: MaxAge = Field(
        default=timedelta(minutes=5), description="how long a reader may keep a feed before it asks again"
    )
    keep: Keep = Field(default=FOR_EVER, description="how long an article stays, from when it was published")
    preview: bool = Field(default=True, description="whether a browser that opens a feed is sent to the feed's page")
    farewell: Days = Field(
        default=FAREWELL,
        description="how long the feed of a topic or region that is `gone` says so, before it answers 410",
    )


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


class ServeModel(Model):
    """How readers reach the service."""

    proxies: tuple[Proxy, ...] = Field(
        default=(), description="proxies in front of it, whose `X-Forwarded-For` tells where a request comes from"
    )
    whole_an_hour: int = Field(
        default=60,
        ge=0,
        le=1000,
        description="how often within an hour one client is sent one feed whole, if it asks without a condition that "
        "could spare it; 0: as often as it likes",
    )
    memory: int = Field(
        default=256,
        ge=160,
        le=1_000_000,
        description="megabytes of memory that a web process may take; with more it keeps more feeds ready",
    )


class OperatorModel(Model):
    """Who may see what only the operator needs; nobody, where neither is given. And where the operator is told."""

    token_file: TokenFile | None = Field(
        default=None, description="a file with the token that opens the operator's pages, 16 characters or more"
    )
    trusted: tuple[Network, ...] = Field(
        default=(),
        description="addresses that need no token: of the connection itself, and never through one of `serve.proxies`",
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
    serve: ServeModel = ServeModel()
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
