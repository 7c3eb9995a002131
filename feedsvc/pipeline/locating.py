"""Where on the earth an article is about: the place of the region that leads among those as written."""

from __future__ import annotations

from datetime import date

from ..domain.article import Article, LabelKind
from ..domain.geometry import Geometry
from ..domain.taxonomy import Taxonomy


def where_of(taxonomy: Taxonomy, article: Article, written_on: date) -> Geometry | None:
    """The place of the primary region on the day of the article; None for a scope, and where none is known."""
    for label in article.labelled(LabelKind.REGION):
        if label.derived:
            return None
        if label.slug in taxonomy.regions:
            return taxonomy.regions[label.slug].row(written_on).where
    return None
