"""New rules over stored articles: what labels and feeds they would have, and what of that is other than it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..domain.applied import Look, Seen
from ..domain.article import Article
from ..domain.passes import Placed
from ..domain.source import Source
from ..ports import Survey
from .classify import Classifier
from .mattering import Mattering
from .motions import Motions

log = logging.getLogger(__name__)

BATCH = 250
"""Articles that are read, and held in memory, at a time."""


@dataclass(frozen=True, slots=True)
class Placing:
    """The rules with the sources over which they are: gives any stored article its labels and feeds."""

    classifier: Classifier
    sources: Mapping[str, Source]

    def __call__(self, articles: Iterable[Article]) -> Iterator[Placed]:
        """Whatever one article does, the others go on; that one keeps the labels that it has, and is left out.

        So is one that no configured source brings.
        """
        for article in articles:
            try:
                placed = self.classifier.placed(self.sources, article)
            except Exception:
                log.exception("an article could not be classified", extra={"article": article.id})
                continue
            if placed is not None:
                yield placed


Differing = Callable[[tuple[Placed, ...], Look], None]
"""What to do with those of a look that differ."""

Run = tuple[str, str | None]
"""The id after which to begin, and the last one; None: to the end."""


def surveyed(
    survey: Survey,
    placing: Placing,
    into: Motions,
    run: Run,
    *,
    sources: frozenset[str] | None = None,
    matters: Mattering | None = None,
    differing: Differing | None = None,
) -> None:
    """Look at the articles of a run, batch by batch; those that differ in anything are handed on.

    Those to which it does not matter are counted as they are.
    """
    here: str | None
    here, until = run
    labels = differing is not None or (matters is not None and matters.by_labels)
    while here is not None:
        look = survey.look(here, BATCH, until=until, sources=sources, labels=labels)
        others = tuple(_others(look.articles, placing, into, matters))
        if differing is not None and others:
            differing(others, look)
        here = look.last


def _others(seen: tuple[Seen, ...], placing: Placing, into: Motions, matters: Mattering | None) -> Iterator[Placed]:
    asked = seen if matters is None else tuple(filter(matters, seen))
    placed = {one.article.id: one for one in placing(one.article for one in asked)}
    for one in seen:
        found = placed.get(one.article.id)
        feeds = one.feeds if found is None else frozenset(key.path for key in found.feeds)
        into.add(one, feeds)
        if found is not None and (feeds != one.feeds or _labels_differ(one.article, found.article)):
            yield found


def _labels_differ(before: Article, after: Article) -> bool:
    return before.labels != after.labels and frozenset(before.labels) != frozenset(after.labels)
