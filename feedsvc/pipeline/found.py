"""Words that were found in a draft, and where they stand."""

from __future__ import annotations

from typing import NamedTuple

from ..domain.article import Evidence
from ..domain.matching import Hit, Scan

HEAD = ("title", "lead")
CONTEXT = 30
"""Characters on either side of matched words that a reason shows."""
REASONS = 10
"""Words that are told as reasons of one label, those that count most; more would only be stored."""


class Found(NamedTuple):
    """A hit, the field it stands in and that field's place in the draft, and the scan that it comes from.

    `offset` is how many characters of the text stand in the fields before it, the title apart.
    """

    place: int
    field: str
    scan: Scan
    hit: Hit
    offset: int = 0

    @property
    def words(self) -> str:
        """The words as they stand in the text."""
        return self.scan.words(self.hit.start, self.hit.end)

    def evidence(self, rule: str) -> Evidence:
        """The hit as a reason, with what stands around it."""
        before, after = self.scan.around(self.hit.start, self.hit.end, CONTEXT)
        return Evidence(rule, self.field, self.words, before, after)
