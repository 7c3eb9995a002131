"""Which places a draft names: every name as it stands, decided one by one.

names found ─► the longest from the left ─► rank in front? ─► what it stands for ─► lesser places ─► enumerations
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from ..domain.keys import Name
from ..domain.language import Standing
from ..domain.taxonomy import Taxonomy
from ..ports import Language
from .found import Found
from .reading import Reading

ENUMERATED = 3
"""Different regions in a row that make an enumeration."""
LONGEST_RANK = 16
"""Characters in front of a name that may hold the word of its rank."""
WITHIN_IT = frozenset(("(", ",", "-", "–"))
"""What stands between a lesser place and the region that it lies in."""
FOLLOWS = 40
"""Characters behind a lesser place's name within which its region may be named."""


class Mention(NamedTuple):
    """A place named once: the region that it speaks for, where and how.

    `type` is the rank of a lesser place. `candidates` are the regions that it may lie in, the first of them until more
    is known. `listed` says that it stands in an enumeration of several regions.
    """

    slug: str
    found: Found
    standing: Standing
    type: str | None = None
    ranked: bool = False
    listed: bool = False
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """All that a draft names: places, and names that are those of something else."""

    mentions: tuple[Mention, ...]
    others: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Ranks:
    """The words in front of names that tell their rank."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, taxonomy: Taxonomy, language: Language) -> Ranks:
        """The words of all types, as they are and without accents."""
        words: dict[str, frozenset[str]] = {}
        for one in taxonomy.types.values():
            for written in one.words:
                low = language.spellings(written.lower())
                for word in (*low, language.folded(low[0])):
                    words[word] = words.get(word, frozenset()) | {one.id}
        return cls(words)

    @cached_property
    def _longest(self) -> int:
        return max((word.count(" ") + 1 for word in self.words), default=0)

    def before(self, text: str) -> tuple[frozenset[str], str]:
        """The types of whose rank the last word of a text is, the longest that there is; and the text without it."""
        if not text or text[-1] not in " .":
            return frozenset(), text
        parts = text[-LONGEST_RANK:].split()
        for many in range(min(self._longest, len(parts)), 0, -1):
            word = " ".join(parts[-many:]).lower().lstrip("(“\"'‘[,;")
            if word in self.words:
                return self.words[word], text.rstrip()[: -len(word)]
        return frozenset(), text


@dataclass(frozen=True)
class Namer:
    """Tells what the names in a draft stand for, by one taxonomy in one language."""

    taxonomy: Taxonomy
    language: Language
    ranks: Ranks

    def read(self, reading: Reading, day: date) -> Naming:
        """What a draft of that day names."""
        decided = [self._mention(group) for group in _longest(reading.names)]
        stood = [one for one in decided if one is not None]
        others = tuple(one for one in stood if one.standing is Standing.NAME)
        places = [one for one in stood if one.standing is not Standing.NAME]
        resolved = tuple(self._resolved(places, day))
        return Naming(tuple(self._listed(resolved)), others)

    def _mention(self, group: Sequence[Found]) -> Mention | None:
        """What names under one stretch of text stand for; None where they are no names at all."""
        first = group[0]
        names = [one.hit.key for one in group if isinstance(one.hit.key, Name)]
        if len(names) < len(group):
            return None
        ranks, _ = self.ranks.before(first.scan.normal[max(0, first.hit.start - LONGEST_RANK) : first.hit.start])
        standing = self.language.standing(first.scan, first.hit.start, first.hit.end)
        fitting = [name for name in names if ranks & self._types(name)] if ranks else []
        if ranks and not fitting:
            # A rank that none of these has: another place of this name.
            return Mention(names[0].slug, first, Standing.NAME, names[0].type)
        if standing is not Standing.PLACE and not ranks and self._everyday(first):
            return Mention(names[0].slug, first, Standing.NAME, names[0].type)
        chosen = fitting or [name for name in names if name.type is None] or names
        name = next((one for one in chosen if one.type is None), chosen[0])
        among = tuple(dict.fromkeys(one.slug for one in chosen if one.type == name.type or name.type is not None))
        if ranks and standing is Standing.BARE:
            standing = Standing.PLACE
        return Mention(name.slug, first, standing, name.type, bool(ranks), False, among)

    def _everyday(self, found: Found) -> bool:
        scan = found.scan
        if not (scan.caseless or scan.folded):
            return False
        return self.language.everyday(scan.normal[found.hit.start : found.hit.end].lower())

    def _types(self, name: Name) -> frozenset[str]:
        return self.taxonomy.ranks[name.slug] if name.type is None else frozenset((name.type,))

    def _resolved(self, mentions: Sequence[Mention], day: date) -> Iterator[Mention]:
        """Lesser places speak for the region that is named with them, else for the one that they lie in on that day."""
        named = {one.slug for one in mentions if one.type is None}
        introduced = {one.found.words for one in mentions if one.ranked}
        for place, one in enumerate(mentions):
            if one.type is None:
                yield one
                continue
            following = mentions[place + 1] if place + 1 < len(mentions) else None
            slug = self._region_of(one, following, named, day)
            known = one.ranked or one.found.words in introduced or self.taxonomy.types[one.type].bare
            if slug is not None and (known or slug in named):
                yield one._replace(slug=slug)

    def _region_of(self, one: Mention, following: Mention | None, named: set[str], day: date) -> str | None:
        heirs = {slug: self.taxonomy.heirs(slug, day) for slug in one.candidates}
        if following is not None and following.type is None and _near(one, following):
            for slug, also in heirs.items():
                if following.slug == slug or following.slug in also:
                    return following.slug
        among = [slug for slug in one.candidates if slug in named]
        among = among or [heir for also in heirs.values() for heir in sorted(also) if heir in named]
        if len(set(among)) == 1:
            return among[0]
        holders = {self.taxonomy.holder(slug, day) for slug in one.candidates}
        return holders.pop() if len(holders) == 1 and not among else None

    def _listed(self, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Marks those that stand in an enumeration."""
        run: list[Mention] = []
        for one in mentions:
            if run and not self._joined(run[-1], one):
                yield from _marked(run)
                run = []
            run.append(one)
        yield from _marked(run)

    def _joined(self, one: Mention, other: Mention) -> bool:
        if one.found.place != other.found.place:
            return False
        between = one.found.scan.normal[one.found.hit.end : other.found.hit.start]
        if one.type is not None and one.slug == other.slug and between.strip() in WITHIN_IT:
            return True
        return self.language.joins(self.ranks.before(between)[1] if other.ranked else between)


def _marked(run: Sequence[Mention]) -> Iterator[Mention]:
    """The names of one run: what introduces the first introduces all of them."""
    first = run[0].standing if run else Standing.BARE
    listed = len({one.slug for one in run}) >= ENUMERATED
    for one in run:
        standing = first if one.standing in (Standing.BARE, Standing.BRACKETED) else one.standing
        yield one._replace(standing=standing, listed=listed)


def _near(one: Mention, following: Mention) -> bool:
    same = one.found.place == following.found.place
    return same and following.found.hit.start - one.found.hit.end <= FOLLOWS


def _longest(names: Iterable[Found]) -> Iterator[list[Found]]:
    """The names from the left, those of one stretch together; what begins within another one is none."""
    ordered = sorted(names, key=_place)
    last: tuple[int, int] = (-1, 0)
    for (place, start, end), same in groupby(ordered, key=_place):
        if place != last[0] or start >= last[1]:
            last = (place, -end)
            yield list(same)


def _place(found: Found) -> tuple[int, int, int]:
    return found.place, found.hit.start, -found.hit.end
