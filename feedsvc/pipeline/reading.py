"""A draft read once: every hit of the matcher in every field, by the rule or name that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial

from ..domain.article import Draft
from ..domain.keys import Term
from ..domain.matching import Hit, Scan
from ..domain.rule import Rule
from ..ports import Language, Matcher
from .found import HEAD, Found
from .meeting import Met, Terms, at_most, met

LONGEST_LEAD = 350
"""Characters of a first paragraph that are its article's lead; some articles have no other paragraph."""
FOLDED = 0.8
"""What a hit in a text without accents is worth, which may have been another word."""
LONGEST_READ = 100_000
"""Characters of an article that are read for its labels: what a stranger sends may be a hundred times that."""

_found = tuple.__new__
"""A named tuple's own constructor takes three times as long."""
_no_terms: Callable[[], Terms] = partial(defaultdict, partial(defaultdict, list))


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
        """See `meeting`."""
        return at_most(rule, self._terms.get((kind, slug), {}), self._share)

    def met(self, kind: str, slug: str, rule: Rule) -> Met:
        """See `meeting`."""
        return met(rule, self._terms.get((kind, slug), {}), self._share)
