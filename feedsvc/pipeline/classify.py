"""Topics and regions of a draft, each with its reason; and the feeds that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..domain.article import Article, Draft, Label, LabelKind
from ..domain.feed import FeedKey
from ..domain.passes import Placed
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy
from ..ports import Matcher
from .deciding import decided, taken_topics
from .languages import Languages
from .merging import merged
from .naming import Namer, Ranks
from .reading import Reading
from .regions import Located, Locator
from .topics import Themes, themes_of


@dataclass(frozen=True, slots=True)
class Understood:
    """What a draft is about, and where, as it was read; and the labels that follow."""

    reading: Reading
    themes: Themes
    located: Located
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Classifier:
    """A taxonomy with the matcher that was built from it, and the languages it may meet."""

    taxonomy: Taxonomy
    matcher: Matcher
    languages: Languages
    _locators: dict[str, Locator] = field(default_factory=dict, init=False, repr=False, compare=False)

    def labels(self, source: Source, draft: Draft) -> tuple[Label, ...]:
        """Every label of a draft; the same text and taxonomy give the same labels."""
        if not self.taxonomy.topics and not self.taxonomy.regions:
            return ()
        return self.understood(source, draft).labels

    def understood(self, source: Source, draft: Draft) -> Understood:
        """All that is decided about a draft."""
        reading, locator = self.reading(draft), self.locator(draft)
        themes = themes_of(self.taxonomy, source, draft, reading)
        located = locator.located(source, draft, reading, themes.labels)
        return Understood(reading, themes, located, themes.labels + locator.labels(source, reading, located))

    def reading(self, draft: Draft) -> Reading:
        """The draft as it is read."""
        return Reading(self.matcher, self.languages.of(draft.language), draft)

    def locator(self, draft: Draft) -> Locator:
        """What decides the regions of a draft, in its language."""
        language = self.languages.of(draft.language)
        made = self._locators.get(language.tag)
        if made is None:
            namer = Namer(self.taxonomy, language, Ranks.of(self.taxonomy, language))
            made = self._locators[language.tag] = Locator(self.taxonomy, namer)
        return made

    def placed(self, sources: Mapping[str, Source], article: Article) -> Placed | None:
        """The article with the labels and the feeds that all its configured sources give it; None without any.

        What the operator decided about its labels outranks them all.
        """
        bringing = brought(sources, article)
        if not bringing:
            return None
        found = merged(self.labels(source, draft) for source, draft in bringing)
        labels = decided(self.taxonomy, found, article.decisions)
        taken = taken_topics(article.decisions)
        feeds = frozenset[FeedKey]().union(*(self.feeds(source.id, labels, taken) for source, _ in bringing))
        return Placed(article if labels == article.labels else replace(article, labels=labels), feeds)

    def feeds(self, source: str, labels: tuple[Label, ...], taken: frozenset[str] = frozenset()) -> frozenset[FeedKey]:
        """Every feed that holds an article with these labels; what a topic lies in, or became, holds what it holds.

        But none that the operator has `taken` from the article, nor what follows from such a one alone.
        """
        if not labels:
            return _unlabelled(source)
        given = [label.slug for label in labels if label.kind is LabelKind.TOPIC]
        topics = {*given, *(one for slug in given for one in self.taxonomy.topics_holding(slug, taken))}
        regions = {label.slug for label in labels if label.kind is LabelKind.REGION}
        return frozenset(
            {
                FeedKey(),
                FeedKey(source=source),
                *(FeedKey(topic=topic) for topic in topics),
                *(FeedKey(region=region) for region in regions),
                *(FeedKey(topic=topic, region=region) for topic in topics for region in regions),
            }
        )


def brought(sources: Mapping[str, Source], article: Article) -> tuple[tuple[Source, Draft], ...]:
    """Every configured source that brings an article, with the draft under that source's own terms."""
    terms = {article.source: article.draft.categories}
    terms |= {carrier.source: carrier.categories for carrier in article.others}
    return tuple((sources[name], _under(article.draft, terms[name])) for name in article.sources if name in sources)


def _under(draft: Draft, categories: tuple[str, ...]) -> Draft:
    return draft if draft.categories == categories else replace(draft, categories=categories)


@lru_cache(maxsize=4096)
def _unlabelled(source: str) -> frozenset[FeedKey]:
    return frozenset({FeedKey(), FeedKey(source=source)})
