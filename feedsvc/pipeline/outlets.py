"""Articles that several sources of one outlet bring: whose words they have, who joins, who leaves. Pure."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from ..domain.article import Article, Carrier
from ..domain.passes import Known, RecordState


def bringing(known: Known) -> tuple[str, ...]:
    """Every source that brings the article, the one whose words it has first."""
    return (known.source, *(carrier.source for carrier in known.others))


def has_words_of_another(known: Known, source: str, configured: Container[str]) -> bool:
    """Whether a live article has the words of another source that is still asked.

    Then those words stay: two sections that cut a text differently would otherwise correct each other for ever.
    """
    return known.state is RecordState.LIVE and known.source != source and known.source in configured


def joined(article: Article, carrier: Carrier) -> Article:
    """The article, brought by one source more, or under other terms of its."""
    rest = (one for one in article.others if one.source != carrier.source)
    return replace(article, others=tuple(sorted((*rest, carrier), key=lambda one: one.source)))


def without(article: Article, source: str, configured: Container[str]) -> Article | None:
    """The article as the other sources bring it; None where none of those is asked any more.

    Where its words were those of the source that leaves, they stay, and another source may correct them from now on.
    """
    others = tuple(one for one in article.others if one.source != source)
    if article.source != source:
        return replace(article, others=others)
    heir = next((one for one in others if one.source in configured), None)
    if heir is None:
        return None
    return replace(
        article,
        source=heir.source,
        draft=replace(article.draft, categories=heir.categories),
        others=tuple(one for one in others if one is not heir),
    )
