"""The plain way to topics and regions: a loop of `in` over every name and phrase, and one SQL statement a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, update

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.storage.schema import entries, feeds, labels

Slug = tuple[str, str]
"""Which kind, and which one of it."""


@dataclass(frozen=True)
class Words:
    """What is looked for, in lower case, and whose it is; nothing where there is nothing to look for."""

    whose: Mapping[str, Slug] = field(default_factory=dict)

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> Words:
        """Every name of a region and of what lies in it, and every phrase of a rule."""
        whose: dict[str, Slug] = {}
        for slug, region in taxonomy.regions.items():
            for name in (*region.names(), *(place.name for place in region.places), *region.exceptions):
                whose.setdefault(name.lower(), ("region", slug))
        for kind, rules in (("region", taxonomy.regions), ("topic", taxonomy.topics)):
            for slug, one in rules.items():
                for phrase in (phrase for _, part in one.rule.parts() for phrase in part):
                    whose.setdefault(phrase.text.lower(), (kind, slug))
        return cls(whose)

    def label(self, connection: Connection, found: Iterable[Mapping[str, Any]], seq: int) -> None:
        """Store a label for each topic and region of which something stands in an article, and an entry of its feed."""
        for article in found if self.whose else ():
            told: dict[Slug, list[str]] = {}
            for word in self._words_in(article):
                told.setdefault(self.whose[word], []).append(word)
            for rank, ((kind, slug), words) in enumerate(told.items()):
                self._store(connection, article, {"kind": kind, "slug": slug, "rank": rank}, words, seq)

    def _words_in(self, article: Mapping[str, Any]) -> list[str]:
        stored = json.loads(article["text"])
        text = " ".join((stored["title"], *(block.get("text", "") for block in stored["content"]))).lower()
        return [word for word in self.whose if word in text]

    @staticmethod
    def _store(
        connection: Connection, article: Mapping[str, Any], label: Mapping[str, Any], words: list[str], seq: int
    ) -> None:
        name, path = article["id"], f"{label['kind']}s/{label['slug']}"
        reason = json.dumps(words, ensure_ascii=False)
        row = {**label, "article": name, "origin": "rule", "strength": 1.0, "reason": reason, "from_seq": seq}
        connection.execute(insert(labels).values(**row))
        connection.execute(
            insert(entries).values(feed=path, article=name, published=article["published"], entered_seq=seq)
        )
        connection.execute(update(feeds).where(feeds.c.path == path).values(changed_seq=seq))
