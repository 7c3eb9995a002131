"""What can hardly be meant in a configuration that is right, with what its languages know of words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .reading import every_language

if TYPE_CHECKING:
    from ..errors import Problem
    from ..settings import Settings


def doubts_of(config: Path, settings: Settings) -> tuple[Problem, ...]:
    """The warnings about topics and regions, in the order of the files; the settings are those of the folder.

    Nothing keeps a service from working with them, so nothing but `check` and `apply` asks.
    """
    from ..domain.language import Lexicon
    from ..settings.doubts import doubts

    languages = every_language()
    tags = {settings.site.language, *(source.language for source in settings.sources)}
    common = frozenset[str]().union(*(languages.of(tag).commonest() for tag in tags))
    lexicon = Lexicon(languages.of(settings.site.language).canonical, common)
    return doubts(config, settings.taxonomy, settings.sources, lexicon)
