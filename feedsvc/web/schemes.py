"""`/scheme/topic` and `/scheme/region`: the terms of the categories in feeds, for programs that look them up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..domain.feed import FeedKey
from ..domain.taxonomy import Region, RegionRow, Topic
from .answer import Answer, Asked
from .newsroom import Newsroom, feed_path
from .offers import Representation, respond
from .policies import open_policy
from .wholes import represent

JSON = "application/json"
Term = dict[str, Any]


class SchemeDesk:
    """Answers requests for our own schemes; each is made once, since it lists what is configured."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        taxonomy = newsroom.taxonomy
        self._finished: Mapping[str, Representation] = {
            "topic": self._made("topic", map(self._topic, taxonomy.topics.values())),
            "region": self._made("region", map(self._region, taxonomy.regions.values()), self._types()),
        }

    def answer(self, method: str, kind: str, asked: Asked) -> Answer | None:
        """The terms of a kind in the order of their file, None for a kind that there is not."""
        found = self._finished.get(kind)
        if found is None:
            return None
        policy = open_policy(self._newsroom.address(_path(kind)), self._newsroom.max_age)
        return respond(method, asked, found, policy)

    def _made(self, kind: str, terms: Iterator[Term], types: Term | None = None) -> Representation:
        scheme = {"scheme": self._newsroom.address(_path(kind)), "types": types, "terms": list(terms)}
        return represent(JSON, json.dumps(_said(scheme), ensure_ascii=False, separators=(",", ":")).encode())

    def _types(self) -> Term:
        """What places are, in words."""
        return {name: dict(one.title) for name, one in self._newsroom.taxonomy.types.items() if one.title}

    def _topic(self, topic: Topic) -> Term:
        told = {
            "term": topic.id,
            "label": dict(topic.title),
            "broader": topic.parent,
            "medtop": topic.medtop,
            "until": topic.end.isoformat() if topic.end else None,
            "successors": list(topic.successors),
            "feed": self._feed(FeedKey(topic=topic.id)),
        }
        return _said(told)

    def _region(self, region: Region) -> Term:
        told = {
            "term": region.id,
            "rows": [_row(row) for row in region.rows],
            "feed": self._feed(FeedKey(region=region.id)),
        }
        return _said(told)

    def _feed(self, key: FeedKey) -> str | None:
        """Where a term is to be followed now, None where it is not any more."""
        retirement = self._newsroom.retirement
        if retirement.is_gone(key):
            return None
        return self._newsroom.address(feed_path(retirement.now_at(key) or key, next(iter(self._newsroom.formats))))


def _path(kind: str) -> str:
    return f"/scheme/{kind}"


def _row(row: RegionRow) -> Term:
    return _said(
        {
            "label": dict(row.title),
            "type": row.type,
            "iso": row.iso,
            "broader": row.parent,
            "from": row.start.isoformat() if row.start else None,
            "until": row.end.isoformat() if row.end else None,
            "successors": list(row.successors),
        }
    )


def _said(told: Term) -> Term:
    """What has a value."""
    return {key: value for key, value in told.items() if value not in (None, [], {})}
