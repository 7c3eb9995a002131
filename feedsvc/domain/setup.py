"""What the store must know of a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .feed import FeedKey


@dataclass(frozen=True, slots=True)
class Asked:
    """Of a source: the outlet whose records it brings, and the host that it asks, None where that is nobody's."""

    outlet: str
    host: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the store must know of a configuration.

    `sources` maps each source's id to what the store must know of it. `feeds` are all that exist. `presentation` stands
    for whatever shows in documents beside the articles (titles, addresses, the format's version):
    when it differs from the stored one, every document counts as changed. `digest` and `text` stand for
    all that labels are made with: the topics and regions, which are `rules` in the form in which they are stored, what
    sources say of their articles, and the release.
    """

    sources: Mapping[str, Asked]
    feeds: frozenset[FeedKey]
    presentation: str
    digest: str
    text: str
    window: int
    rules: str = ""
