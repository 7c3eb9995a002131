"""An operator decides about the labels of a stored article, and that takes effect at once.

article ─► its decisions, changed ─► classified ─► stored, all in one, unless it is another article by then: ─┐
   ▲                                                                                                         │
   └─────────────────────────────────────────────────────────────────────────────────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

from ..domain.article import Article, Decision, LabelKind
from ..domain.source import Source
from ..errors import ApplyLost, DecisionRefused, StoreError
from ..ports import Ledger
from .classify import Classifier
from .deciding import in_order

ATTEMPTS = 5
"""At an article that a pass changes at the same moment."""

Named = tuple[LabelKind, str]
"""A label by its kind and slug."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an operator decides anew about an article, and which decisions are taken back."""

    decisions: tuple[Decision, ...]
    forgotten: frozenset[Named] = frozenset()

    def over(self, before: Iterable[Decision]) -> tuple[Decision, ...]:
        """The decisions that an article has then."""
        kept = {(one.kind, one.slug): one for one in before if (one.kind, one.slug) not in self.forgotten}
        kept |= {(one.kind, one.slug): one for one in self.decisions}
        return in_order(kept.values())


@dataclass(frozen=True, slots=True)
class Relabelled:
    """An article before a decision about it, and after it."""

    before: Article
    after: Article


@dataclass(frozen=True)
class Desk:
    """Where an operator decides: what is stored, and what classifies it; `labelling` is the digest of that."""

    ledger: Ledger
    classifier: Classifier
    sources: Mapping[str, Source]
    labelling: str = ""

    def decide(self, name: str, wanted: Wanted, now: datetime) -> Relabelled:
        """Decide about the article of that id. Raises DecisionRefused, StoreError where it changes all the time.

        Raises ApplyLost where other rules are in force by now.
        """
        self._known(wanted)
        for _ in range(ATTEMPTS):
            article = self._article(name, wanted)
            placed = self.classifier.placed(self.sources, replace(article, decisions=wanted.over(article.decisions)))
            if placed is None:
                sources = ", ".join(article.sources)
                raise DecisionRefused(f"{name} came from {sources}, and that is not configured any more")
            changes = self.ledger.decide(placed, article.decisions, now, self.labelling)
            if changes.outdated:
                raise ApplyLost
            if changes.stored:
                return Relabelled(article, placed.article)
        raise StoreError(f"{name} is changed all the time by others; nothing was decided, try again")

    def _known(self, wanted: Wanted) -> None:
        taxonomy = self.classifier.taxonomy
        for one in wanted.decisions:
            configured = frozenset(taxonomy.topics if one.kind is LabelKind.TOPIC else taxonomy.regions)
            if one.slug not in configured:
                near = get_close_matches(one.slug, configured, n=3)
                hint = f"; there is {' and '.join(near)}" if near else ""
                raise DecisionRefused(f"no {one.kind} is called {one.slug}{hint}")

    def _article(self, name: str, wanted: Wanted) -> Article:
        article = self.ledger.article(name)
        if article is None:
            raise DecisionRefused(f"no article is called {name}; its id is the last part of /articles/…")
        decided = {(one.kind, one.slug) for one in article.decisions}
        for kind, slug in sorted(wanted.forgotten - decided):
            raise DecisionRefused(f"nothing was decided about {kind}:{slug} of {name}, so there is nothing to forget")
        return article
