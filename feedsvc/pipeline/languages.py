"""The languages that articles may be in, by tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..ports import Language


@dataclass(frozen=True)
class Languages:
    """The modules that are plugged in, by tag, and what reads every other language."""

    modules: Mapping[str, Language]
    neutral: Language

    def of(self, tag: str) -> Language:
        """The module of a language tag (BCP 47) or of its first subtag, else the neutral one."""
        name = tag.lower()
        return self.modules.get(name) or self.modules.get(name.partition("-")[0]) or self.neutral
