"""What a feed shows now, told by name alone: which articles, each in which of its versions; and when feeds changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .feed import FeedKey
from .passes import FeedState


class Shown(NamedTuple):
    """An article in a document: `version` is the seq of its last change, so that the two tell how it reads."""

    article: str
    version: int


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """The feeds that changed after a seq, up to `seq`: their states, None of those that are not configured any more."""

    seq: int
    states: Mapping[FeedKey, FeedState | None]
