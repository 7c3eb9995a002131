"""To which stored articles an edit of the rules can matter; to all others it cannot, for certain.

Labels follow from what was found in a text, from what its sources say, and from how topics and regions hang together.
So where nothing that the edit is about stands in a text, as it was or as it is now, where the article is in no feed of
what is other otherwise, and where no source of it names that, all is as it was. The order of topics tells which comes
first of those that are equally strong. An edit that reaches further (another order of regions, the ranks of places, and
of a seat or a scope more than its names and phrases) may matter to all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from ..domain.applied import Seen
from ..domain.article import Article, LabelKind
from ..domain.source import Source
from ..ports import Matcher
from .edits import Edit
from .languages import Languages
from .reading import fields_of


@dataclass(frozen=True)
class Mattering:
    """Tells whether an edit can matter to an article.

    `matcher` finds what the edit is about, as it was and as it is; None where that stands in no text. `others` are
    sources of which something else is other.
    """

    edit: Edit
    matcher: Matcher | None
    languages: Languages
    paths: frozenset[str]
    sources: frozenset[str]

    @classmethod
    def of(
        cls,
        edit: Edit,
        matcher: Matcher | None,
        languages: Languages,
        sources: Mapping[str, Source],
        others: frozenset[str],
    ) -> Mattering:
        """Over the sources as they are now."""
        paths = (f"topics/{slug}" for slug in edit.topics), (f"regions/{slug}" for slug in edit.regions)
        naming = (name for name, source in sources.items() if _names(source, edit))
        return cls(edit, matcher, languages, frozenset([*paths[0], *paths[1]]), frozenset((*naming, *others)))

    def __call__(self, seen: Seen) -> bool:
        """Whether it can."""
        article = seen.article
        if not self.paths.isdisjoint(seen.feeds) or not self.sources.isdisjoint(article.sources):
            return True
        return self._decided(article) or self._ranked(article) or self._found(article)

    @property
    def by_labels(self) -> bool:
        """Whether it takes the labels of an article to tell."""
        return self.edit.order is not None

    def _decided(self, article: Article) -> bool:
        return any(one.slug in self.edit.topics or one.slug in self.edit.regions for one in article.decisions)

    def _ranked(self, article: Article) -> bool:
        """Whether another order of topics may tell anything of it: of two that are equally strong, which comes first.

        Which of what the operator gave, or several sources give, is asked more closely.
        """
        order = self.edit.order
        if order is None:
            return False
        strengths = [(one.strength, one.slug) for one in article.labels if one.kind is LabelKind.TOPIC]
        equal = (pair for pair in combinations(strengths, 2) if pair[0][0] == pair[1][0])
        several = len(article.sources) > 1 or bool(article.decisions)
        return several or any(order.swaps(one, other) for (_, one), (_, other) in equal)

    def _found(self, article: Article) -> bool:
        """Whether anything of the edit stands in the text, as the classifier would find it."""
        if self.matcher is None:
            return False
        texts = [text for _, text in fields_of(article.draft)]
        folded = self.languages.of(article.draft.language).unaccented(" ".join(texts))
        return any(scan.hits for scan in self.matcher.scans(texts, folded))


def _names(source: Source, edit: Edit) -> bool:
    named = {*source.topics, *source.categories.values(), *source.sections.values()}
    return source.home in edit.regions or not edit.topics.isdisjoint(named)
