"""How far a rule is met by what was found of it: which phrases count, how much they weigh, and how strong that is."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..domain.article import Evidence
from ..domain.rule import FIELDS, Phrase, Rule
from .found import REASONS, Found

PROMINENCE = {"title": 8.0, "lead": 4.0, "caption": 0.7, "body": 0.7}
"""How much a phrase says about an article by where it stands: a headline is what the article is about."""
REPEATED = 0.25
"""What each further time that a phrase stands there adds to its strength, as a share of once in the body."""
MOST_REPEATED = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A phrase that counts, where it stands best, and how often it stands there."""

    phrase: Phrase
    best: Found
    times: int

    @property
    def worth(self) -> float:
        """What it adds to the strength of its rule, repetitions apart."""
        return self.phrase.weight * PROMINENCE[self.best.field]

    def evidence(self) -> Evidence:
        """The phrase as a reason."""
        return self.best.evidence(_rule_of(self.phrase))


@dataclass(frozen=True, slots=True)
class Met:
    """A rule against a text: what counted, the sum of its weights, its strength, and what took the label away."""

    counted: tuple[Counted, ...]
    weight: float
    strength: float
    against: Evidence | None = None

    def reaches(self, threshold: float) -> bool:
        """Whether the rule is met."""
        return self.against is None and bool(self.counted) and self.weight >= threshold

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What took the label away; else what counted most, the most telling first."""
        if self.against is not None:
            return (self.against,)
        telling = sorted(self.counted, key=lambda one: -one.worth)
        return tuple(one.evidence() for one in telling[:REASONS])


UNMET = Met((), 0.0, 0.0)
"""A rule of which nothing was found."""

Terms = dict[str, dict[int, list[Found]]]
"""What was found of a rule, by part and by the place of the phrase in it."""
Speaking = list[tuple[Phrase, list[Found]]]
"""Phrases of one part with where they were found, in the order of the part."""


def met(rule: Rule, terms: Terms, share: float) -> Met:
    """How far a rule is met: different phrases of `any`, in their fields, not covered by an exception.

    `share` is what anything in this text is worth.
    """
    if not terms:
        return UNMET
    against = next((found[0].evidence(_rule_of(one)) for one, found in _of("none", rule.none, terms)), None)
    speaking = _counting(_of("any", rule.any, terms))
    if exceptions := _of("except", rule.exceptions, terms):
        covering = Covering(one for _, found in exceptions for one in found)
        speaking = [(one, [each for each in found if not covering.covers(each)]) for one, found in speaking]
    counted, weight, strength = [], 0.0, 0.0
    for phrase, found in speaking:
        if found:
            counted.append(Counted(phrase, max(found, key=_prominence), len(found)))
            weight += phrase.weight
            strength += phrase.weight * _emphasis(found)
    return Met(tuple(counted), weight, strength * share, against)


def at_most(rule: Rule, terms: Terms, share: float) -> tuple[float, float]:
    """The weight and the strength that a rule has in the end, or more than that; told much faster than `met`."""
    weight = strength = 0.0
    for place, found in sorted(terms["any"].items()) if "any" in terms else ():
        phrase = rule.any[place]
        weight += phrase.weight
        strength += phrase.weight * _emphasis(found)
    return weight, strength * share


class Covering:
    """Stretches of text; what lies within one of them is covered, itself included."""

    def __init__(self, stretches: Iterable[Found]) -> None:
        self._ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for one in sorted(stretches, key=lambda one: (one.place, one.hit.start)):
            ends = self._ends[one.place]
            ends.append((one.hit.start, max(one.hit.end, ends[-1][1] if ends else 0)))

    def covers(self, one: Found) -> bool:
        """Whether one lies within a single stretch."""
        ends = self._ends.get(one.place)
        if ends is None:
            return False
        before = bisect_right(ends, one.hit.start, key=lambda end: end[0])
        return before > 0 and ends[before - 1][1] >= one.hit.end


def _of(part: str, phrases: tuple[Phrase, ...], terms: Terms) -> Speaking:
    """What was found of a part, in the fields that each phrase asks for."""
    speaking = []
    for place, anywhere in sorted(terms[part].items()) if part in terms else ():
        phrase = phrases[place]
        found = anywhere if phrase.fields == FIELDS else [one for one in anywhere if one.field in phrase.fields]
        if found:
            speaking.append((phrase, found))
    return speaking


def _counting(speaking: Speaking) -> Speaking:
    """Each stretch of text in which several phrases are found counts once: the longest, for its heaviest phrase."""
    if len(speaking) < 2:
        return speaking
    stretches = sorted(
        (one.place, one.hit.start, -one.hit.end, -phrase.weight, number, one)
        for number, (phrase, found) in enumerate(speaking)
        for one in found
    )
    counting: Speaking = [(phrase, []) for phrase, _ in speaking]
    last, reach = -1, 0
    for place, _, end, _, number, one in stretches:
        if place != last or end < reach:
            last, reach = place, end
            counting[number][1].append(one)
    return counting


def _prominence(one: Found) -> float:
    return PROMINENCE[one.field]


def _emphasis(found: Sequence[Found]) -> float:
    """What a phrase is told with: where it stands best, and how often it stands there."""
    return max(map(_prominence, found)) + REPEATED * min(len(found) - 1, MOST_REPEATED)


def _rule_of(phrase: Phrase) -> str:
    return f"phrase “{phrase.text}” (weight {phrase.weight:g})"
