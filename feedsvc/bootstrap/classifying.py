"""The classifier of a taxonomy, and what tells to which articles a change of one matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reading import every_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.matching import Pattern
    from ..domain.taxonomy import Taxonomy
    from ..pipeline.classify import Classifier
    from ..pipeline.mattering import Mattering
    from ..pipeline.relabel import Placing
    from ..ports import Language, Matcher


def classifier_of(taxonomy: Taxonomy, language: str) -> Classifier:
    """The taxonomy with its matcher, in the spelling of the site's language."""
    from ..pipeline.classify import Classifier
    from ..text.patterns import patterns_of

    languages = every_language()
    return Classifier(taxonomy, _matcher(patterns_of(taxonomy), languages.of(language)), languages)


def mattering_of(stored: Taxonomy, placing: Placing, language: str, others: frozenset[str]) -> Mattering | None:
    """To which articles it matters that the taxonomy of their labels is another by now; None: it may to all.

    `others` are sources of which something else is other.
    """
    from ..pipeline.edits import edit_of
    from ..pipeline.mattering import Mattering
    from ..text.patterns import patterns_of

    edit = edit_of(stored, placing.classifier.taxonomy)
    if edit is None:
        return None
    languages = placing.classifier.languages
    patterns = [*patterns_of(edit.before), *patterns_of(edit.after)]
    matcher = _matcher(patterns, languages.of(language)) if patterns else None
    return Mattering.of(edit, matcher, languages, placing.sources, others)


def _matcher(patterns: Iterable[Pattern], language: Language) -> Matcher:
    from ..text.matcher import AhoCorasickMatcher

    return AhoCorasickMatcher(patterns, language.lettered, language.spellings, language.folded, language.foreign)
