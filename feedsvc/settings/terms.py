"""The phrases of a rule as words to be compared, each with where it stands in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..domain.language import Lexicon
from ..domain.rule import Phrase, Rule
from ..domain.source import Json
from .yamlfile import KeyPath

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase: its words in one spelling and in small letters, and its key path."""

    text: str
    words: Words
    fields: frozenset[str]
    weight: float
    case: bool
    at: KeyPath

    def stands_in(self, other: Term) -> bool:
        """Whether it is found wherever the other one is, as far as words go."""
        size = len(self.words)
        return any(other.words[start : start + size] == self.words for start in range(len(other.words) - size + 1))

    def covers(self, other: Term) -> bool:
        """Whether it is found wherever the other one is found, in the other one's fields."""
        spelled = not self.case or (other.case and self.text in other.text)
        return spelled and other.fields <= self.fields and self.stands_in(other)

    @property
    def meaning(self) -> tuple[object, ...]:
        """The same for two that are found in the same places, and may weigh differently."""
        return self.words, self.fields, self.text if self.case else None


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """The terms of a rule, whose topic or scope stands at a key path."""

    at: KeyPath
    any: tuple[Term, ...]
    exceptions: tuple[Term, ...]
    none: tuple[Term, ...]

    def meaning(self, threshold: float) -> object:
        """The same for two rules that give the same texts."""
        spoken = frozenset((one.meaning, one.weight) for one in self.any)
        return spoken, *(frozenset(one.meaning for one in part) for part in (self.exceptions, self.none)), threshold


def words_of(text: str, lexicon: Lexicon) -> Words:
    """The words of a text in one spelling and in small letters."""
    return tuple(lexicon.canonical(text).lower().split())


def terms_of(raw: Mapping[str, Json], at: KeyPath, rule: Rule, lexicon: Lexicon) -> RuleTerms:
    """The terms of a rule; `raw` is what stands for it in the file at a key path."""
    any_, exceptions, none = (
        tuple(
            _term(phrase, path, lexicon)
            for phrase, path in zip(phrases, _paths(raw.get(key), (*at, key)), strict=False)
        )
        for key, phrases in rule.parts()
    )
    return RuleTerms(at, any_, exceptions, none)


def _term(phrase: Phrase, at: KeyPath, lexicon: Lexicon) -> Term:
    words = words_of(phrase.text, lexicon)
    return Term(phrase.text, words, frozenset(phrase.fields), phrase.weight, phrase.case, at)


def _paths(raw: Json, at: KeyPath) -> Iterator[KeyPath]:
    """Where each phrase of a list stands: as a text, under `phrase`, or as one of `phrases`."""
    for place, one in enumerate(raw if isinstance(raw, list) else []):
        several = one.get("phrases") if isinstance(one, dict) else None
        if isinstance(several, list) and several:
            yield from ((*at, place, "phrases", inner) for inner in range(len(several)))
        else:
            yield (*at, place, "phrase") if isinstance(one, dict) else (*at, place)
