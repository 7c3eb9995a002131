"""A draft read once: every hit of the matcher in every field, by the rule or name that it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from ..domain.article import Draft, Evidence
from ..domain.keys import Term
from ..domain.matching import Hit, Scan
from ..domain.taxonomy import FIELDS, Phrase, Rule
from ..ports import Language, Matcher

PROMINENCE = {"title": 8.0, "lead": 4.0, "caption": 0.7, "body": 0.7}
"""How much a phrase says about an article by where it stands: a headline is what the article is about."""
HEAD = ("title", "lead")
LONGEST_LEAD = 350
"""Characters of a first paragraph that are its article's lead; some articles have no other paragraph."""
REPEATED = 0.25
"""What each further time that a phrase stands there adds to its strength, as a share of once in the body."""
MOST_REPEATED = 4
FOLDED = 0.8
"""What a hit in a text without accents is worth, which may have been another word."""
LONGEST_READ = 100_000
"""Characters of an article that are read for its labels: what a stranger sends may be a hundred times that."""
CONTEXT = 30
"""Characters on either side of matched words that a reason shows."""


def fields_of(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The fields of a draft, as far as they are read."""
    return tuple(_read(draft.fields()))


def _read(fields: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    left = LONGEST_READ
    for field, text in fields:
        yield field, text[:left]
        left -= len(text)
        if left <= 0:
            return


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


_found = tuple.__new__
"""A named tuple's own constructor takes three times as long."""


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


REASONS = 10
"""Words that are told as reasons of one label, those that count most; more would only be stored."""


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
_no_terms: Callable[[], Terms] = partial(defaultdict, partial(defaultdict, list))
Speaking = list[tuple[Phrase, list[Found]]]
"""Phrases of one part with where they were found, in the order of the part."""


class Reading:
    """All hits in a draft."""

    def __init__(self, matcher: Matcher, language: Language, draft: Draft) -> None:
        fields = fields_of(draft)
        self.folded = language.unaccented(" ".join(text for _, text in fields))
        self._share = FOLDED if self.folded else 1.0
        self.names: list[Found] = []
        """What may be the name of a place, in the order of the text."""
        self._language = language
        self._head: list[tuple[int, str, Scan]] = []
        self._terms: defaultdict[tuple[str, str], Terms] = defaultdict(_no_terms)
        offset = 0
        scans = matcher.scans([text for _, text in fields], self.folded)
        for place, ((field, text), scan) in enumerate(zip(fields, scans, strict=True)):
            if field in HEAD:
                self._head.append((place, field, scan))
            for hit in scan.hits:
                where = "body" if field == "lead" and hit.start > LONGEST_LEAD else field
                found, key = _found(Found, (place, where, scan, hit, offset)), hit.key
                if isinstance(key, Term):
                    self._terms[key[:2]][key.part][key.place].append(found)
                else:
                    self.names.append(found)
            offset += 0 if field == "title" else len(text)

    @cached_property
    def foreign(self) -> tuple[Found, ...]:
        """Names in the title and the lead that are not of its language."""
        return tuple(self._names_by(self._language.foreign))

    @cached_property
    def native(self) -> tuple[Found, ...]:
        """Names of people, in the same, that are of its language."""
        return tuple(self._names_by(self._language.native))

    def _names_by(self, spans: Callable[[str], Iterable[tuple[int, int]]]) -> Iterator[Found]:
        for place, field, scan in self._head:
            if scan.caseless:
                continue
            for start, end in spans(scan.normal[:LONGEST_LEAD]):
                yield Found(place, field, scan, Hit(start, end, None))

    def rules(self, kind: str) -> Iterator[str]:
        """The slugs of a kind (`topic`, `region`) of whose rules anything at all was found."""
        yield from (slug for its_kind, slug in self._terms if its_kind == kind)

    def at_most(self, kind: str, slug: str, rule: Rule) -> tuple[float, float]:
        """The weight and the strength that a rule has in the end, or more than that; told much faster than `met`."""
        weight = strength = 0.0
        terms = self._terms.get((kind, slug), {})
        for place, found in sorted(terms["any"].items()) if "any" in terms else ():
            phrase = rule.any[place]
            weight += phrase.weight
            strength += phrase.weight * _emphasis(found)
        return weight, strength * self._share

    def met(self, kind: str, slug: str, rule: Rule) -> Met:
        """How far a rule is met: different phrases of `any`, in their fields, not covered by an exception."""
        terms = self._terms.get((kind, slug))
        if terms is None:
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
        return Met(tuple(counted), weight, strength * self._share, against)


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
