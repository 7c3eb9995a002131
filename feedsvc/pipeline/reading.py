"""A draft read once: every hit of the matcher in every field, grouped by the rule or name that it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..domain.article import Draft, Evidence
from ..domain.matching import Hit
from ..domain.taxonomy import Phrase, Rule
from ..ports import Matcher

PROMINENCE = {"title": 8.0, "lead": 3.0, "caption": 1.0, "body": 1.0}
"""How much a phrase says about an article by where it stands: a headline is what the article is about."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, the field it stands in, and the whole text of that field."""

    place: int
    field: str
    text: str
    hit: Hit


class Covering:
    """Stretches of text; what lies within one of them is covered, itself included."""

    def __init__(self, stretches: Iterable[Found]) -> None:
        self._ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for one in sorted(stretches, key=lambda one: (one.place, one.hit.start)):
            ends = self._ends[one.place]
            ends.append((one.hit.start, max(one.hit.end, ends[-1][1] if ends else 0)))

    def covers(self, one: Found) -> bool:
        """Whether one lies within a single stretch."""
        ends = self._ends.get(one.place, [])
        before = bisect_right(ends, one.hit.start, key=lambda end: end[0])
        return before > 0 and ends[before - 1][1] >= one.hit.end


@dataclass(frozen=True, slots=True)
class Met:
    """A rule against a text: what counted, their sum, and what took the label away, if anything did."""

    evidence: tuple[Evidence, ...]
    weight: float
    strength: float
    against: Evidence | None = None

    def reaches(self, threshold: float) -> bool:
        return self.against is None and bool(self.evidence) and self.weight >= threshold


class Reading:
    """All hits in a draft, by key."""

    def __init__(self, matcher: Matcher, draft: Draft) -> None:
        self._found: Mapping[str, list[Found]] = defaultdict(list)
        for place, (field, text) in enumerate(draft.fields()):
            for hit in matcher.find(text):
                self._found[hit.key].append(Found(place, field, text, hit))

    def of(self, key: str) -> tuple[Found, ...]:
        """Everything found under a key, in reading order."""
        return tuple(self._found.get(key, ()))

    def keys(self, kind: str) -> Iterator[str]:
        """The slugs of a kind (`topic`, `region`) of which anything at all was found."""
        slugs = (key.split(":")[1] for key in self._found if key.startswith(f"{kind}:"))
        yield from dict.fromkeys(slugs)

    def met(self, owner: str, rule: Rule) -> Met:
        """How far a rule is met: different phrases of `any`, in their fields, not covered by an exception."""
        against = next((self._evidence(phrase, found[0]) for phrase, found in self._phrases(owner, "none", rule)), None)
        exceptions = Covering(one for _, found in self._phrases(owner, "except", rule) for one in found)
        evidence, weight, strength = [], 0.0, 0.0
        for phrase, found in self._phrases(owner, "any", rule):
            free = [one for one in found if not exceptions.covers(one)]
            if free:
                best = max(free, key=lambda one: PROMINENCE[one.field])
                evidence.append(self._evidence(phrase, best))
                weight += phrase.weight
                strength += phrase.weight * PROMINENCE[best.field]
        return Met(tuple(evidence), weight, strength, against)

    def _phrases(self, owner: str, part: str, rule: Rule) -> Iterator[tuple[Phrase, list[Found]]]:
        for place, phrase in enumerate(dict(rule.parts())[part]):
            found = [one for one in self.of(f"{owner}:{part}:{place}") if one.field in phrase.fields]
            if found:
                yield phrase, found

    def _evidence(self, phrase: Phrase, found: Found) -> Evidence:
        return Evidence(f"phrase “{phrase.text}” (weight {phrase.weight:g})", found.field, found.hit.words)
