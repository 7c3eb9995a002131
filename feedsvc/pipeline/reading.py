"""A draft read once: every hit of the matcher in every field, by the rule or name that it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..domain.article import Draft, Evidence
from ..domain.keys import Term
from ..domain.matching import Hit, Scan
from ..domain.taxonomy import Phrase, Rule
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


class _Speaking:
    """The stretches of text that count once several phrases are found in them: the longest, for its heaviest phrase."""

    def __init__(self, found: Iterable[tuple[Phrase, list[Found]]]) -> None:
        self._heaviest: dict[tuple[int, int, int], Phrase] = {}
        for phrase, ones in found:
            for one in ones:
                here = _stretch(one)
                if here not in self._heaviest or self._heaviest[here].weight < phrase.weight:
                    self._heaviest[here] = phrase
        place, end = -1, -1
        for here in sorted(self._heaviest, key=lambda stretch: (stretch[0], stretch[1], -stretch[2])):
            if here[0] == place and here[2] <= end:
                del self._heaviest[here]
            else:
                place, end = here[0], here[2]

    def counts(self, phrase: Phrase, one: Found) -> bool:
        """Whether a stretch counts for this phrase."""
        return self._heaviest.get(_stretch(one)) is phrase


def _stretch(one: Found) -> tuple[int, int, int]:
    return one.place, one.hit.start, one.hit.end


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


Terms = Mapping[str, Mapping[int, list[Found]]]
"""What was found of a rule, by part and by the place of the phrase in it."""


class Reading:
    """All hits in a draft."""

    def __init__(self, matcher: Matcher, language: Language, draft: Draft) -> None:
        fields = fields_of(draft)
        self.folded = language.unaccented(" ".join(text for _, text in fields))
        self.names: list[Found] = []
        """What may be the name of a place, in the order of the text."""
        self._language = language
        self._head: list[tuple[int, str, Scan]] = []
        self._terms: dict[tuple[str, str], dict[str, dict[int, list[Found]]]] = {}
        offset = 0
        scans = matcher.scans([text for _, text in fields], self.folded)
        for place, ((field, text), scan) in enumerate(zip(fields, scans, strict=True)):
            if field in HEAD and not scan.caseless:
                self._head.append((place, field, scan))
            for hit in scan.hits:
                where = "body" if field == "lead" and hit.start > LONGEST_LEAD else field
                self._take(hit.key, Found(place, where, scan, hit, offset))
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
            for start, end in spans(scan.normal[:LONGEST_LEAD]):
                yield Found(place, field, scan, Hit(start, end, None))

    def rules(self, kind: str) -> Iterator[str]:
        """The slugs of a kind (`topic`, `region`) of whose rules anything at all was found."""
        yield from (slug for its_kind, slug in self._terms if its_kind == kind)

    def met(self, kind: str, slug: str, rule: Rule) -> Met:
        """How far a rule is met: different phrases of `any`, in their fields, not covered by an exception."""
        terms = self._terms.get((kind, slug), {})
        against = next((found[0].evidence(_rule_of(one)) for one, found in _of("none", rule.none, terms)), None)
        exceptions = Covering(one for _, found in _of("except", rule.exceptions, terms) for one in found)
        counted, weight, strength = [], 0.0, 0.0
        speaking = list(_of("any", rule.any, terms))
        speaks = _Speaking(speaking)
        for phrase, found in speaking:
            free = [one for one in found if speaks.counts(phrase, one) and not exceptions.covers(one)]
            if free:
                best = max(free, key=lambda one: PROMINENCE[one.field])
                counted.append(Counted(phrase, best, len(free)))
                weight += phrase.weight
                repeated = REPEATED * min(len(free) - 1, MOST_REPEATED)
                strength += phrase.weight * (PROMINENCE[best.field] + repeated)
        return Met(tuple(counted), weight, strength * (FOLDED if self.folded else 1.0), against)

    def _take(self, key: Hashable, found: Found) -> None:
        if isinstance(key, Term):
            parts = self._terms.setdefault((key.kind, key.slug), {})
            parts.setdefault(key.part, {}).setdefault(key.place, []).append(found)
        else:
            self.names.append(found)


def _of(part: str, phrases: tuple[Phrase, ...], terms: Terms) -> Iterator[tuple[Phrase, list[Found]]]:
    for place, all_found in sorted(terms.get(part, {}).items()):
        phrase = phrases[place]
        found = [one for one in all_found if one.field in phrase.fields]
        if found:
            yield phrase, found


def _rule_of(phrase: Phrase) -> str:
    return f"phrase “{phrase.text}” (weight {phrase.weight:g})"
