"""The language of texts that no module knows: it recognises nothing that it could get wrong."""

from __future__ import annotations

from ..domain.language import Ago, Byline, Day, Mended, Standing
from ..domain.matching import Scan
from . import misread
from .counters import IN_ENGLISH

ENUMERATING = frozenset((",", ";", "and", "or", ", and", ", or", "&", "/"))


class Neutral:
    """Implements `ports.Language` without any knowledge of a language."""

    tag = "und"

    def dateline(self, lead: str) -> tuple[str | None, str]:
        """No dateline, and the lead as it is."""
        return None, lead

    def credit(self, line: str) -> tuple[str, ...] | None:
        """No credit."""
        return None

    def byline(self, line: str) -> Byline | None:
        """No byline."""
        return None

    def day(self, lead: str) -> Day | None:
        """No day."""
        return None

    def date(self, text: str) -> Day | Ago | None:
        """No date."""
        return None

    def standing(self, scan: Scan, start: int, end: int) -> Standing:
        """A name by itself: nothing speaks for a place or against it."""
        return Standing.BARE

    def everyday(self, name: str) -> bool:
        """Any name may be: without its capitals it is none."""
        return True

    def joins(self, between: str) -> bool:
        """A comma or a semicolon, and in English a word."""
        return between.strip().lower() in ENUMERATING

    def foreign(self, text: str) -> tuple[tuple[int, int], ...]:
        """Nothing."""
        return ()

    def native(self, text: str) -> tuple[tuple[int, int], ...]:
        """Nothing."""
        return ()

    def unaccented(self, text: str) -> bool:
        """Nothing is known of its accents."""
        return False

    def folded(self, text: str) -> str:
        """The text as it is."""
        return text

    def commonest(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def steady(self, text: str) -> str:
        """Without what counts in English, which sites in any language use."""
        return IN_ENGLISH.without(text)

    def lettered(self, text: str) -> str:
        """The text as it is."""
        return text

    def spellings(self, text: str) -> tuple[str, ...]:
        """The text as it is."""
        return (text,)

    def canonical(self, text: str) -> str:
        """The text as it is."""
        return text

    def suspect(self, text: str) -> bool:
        """Whether it holds what UTF-8 looks like in windows-1252."""
        return misread.may_be(text)

    def mended(self, text: str) -> Mended | None:
        """UTF-8 that was read as windows-1252; see `misread`."""
        return misread.misread(text) if misread.may_be(text) else None
