"""When a text has a topic or a scope: the words to look for, and what they weigh."""

from __future__ import annotations

from dataclasses import dataclass

FIELDS = ("title", "lead", "caption", "body")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for: in which fields, how much they weigh, and whether their case must agree."""

    text: str
    fields: tuple[str, ...] = FIELDS
    weight: float = 1.0
    case: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """The topic or scope is met when the weights of the different phrases of `any` add up to `threshold`.

    Words covered by a phrase of `exceptions` count for nothing; one of `none` takes the label away.
    """

    any: tuple[Phrase, ...] = ()
    exceptions: tuple[Phrase, ...] = ()
    none: tuple[Phrase, ...] = ()
    threshold: float = 1.0

    def parts(self) -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
        """The three lists of phrases by the names that they have in the configuration."""
        return ("any", self.any), ("except", self.exceptions), ("none", self.none)


NO_RULE = Rule()
"""That of what is found in another way."""
