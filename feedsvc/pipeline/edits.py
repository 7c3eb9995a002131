"""What an edit of topics and regions is about: the phrases and names of it, and the labels that it touches otherwise.

Of a topic or a region that has only other phrases or other names than before, it is about these alone: where none
of them stands in a text, what else stands there means what it meant. Of any other change it is about all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from ..domain.pending import Edited, compared, reordered
from ..domain.rule import Rule
from ..domain.taxonomy import Region, RegionRow, Taxonomy, Topic, WhenEnded

T = TypeVar("T", Topic, Region)
Chain = Callable[[str], Iterable[str]]
"""What a label brings with it: its parents, its successors."""


@dataclass(frozen=True, slots=True)
class Order:
    """The places of the topics that stay, as they were and as they are."""

    before: Mapping[str, int]
    after: Mapping[str, int]

    @classmethod
    def of(cls, before: Iterable[str], after: Iterable[str]) -> Order:
        """Of all topics in either order."""
        was, now = ({slug: place for place, slug in enumerate(topics)} for topics in (before, after))
        return cls({slug: was[slug] for slug in was if slug in now}, {slug: now[slug] for slug in now if slug in was})

    def swaps(self, one: str, other: str) -> bool:
        """Whether of two that stay, the first one comes second now."""
        was, now = self.before, self.after
        return one in was and other in was and (was[one] < was[other]) != (now[one] < now[other])


@dataclass(frozen=True, slots=True)
class Edit:
    """`topics` and `regions` may be others for whoever has them, or brings them with another label.

    `before` and `after` hold what is to be looked for in texts, as it was and as it is. `order` is there where topics
    that stay stand in another one.
    """

    topics: frozenset[str]
    regions: frozenset[str]
    before: Taxonomy
    after: Taxonomy
    order: Order | None = None


def edit_of(before: Taxonomy, after: Taxonomy) -> Edit | None:
    """The edit from one taxonomy to the other; None for one that may matter to every article."""
    found = compared(before, after)
    topics = _parts(found.topics, before.topics, after.topics, _other_phrases)
    regions = _parts(found.regions, before.regions, after.regions, _other_names)
    whole = [one.regions[slug] for one in (before, after) for slug in regions.whole if slug in one.regions]
    # A scope and a seat have a say in articles in which nothing of theirs stands.
    if (
        reordered(before.regions, after.regions)
        or _ranks(before) != _ranks(after)
        or any(one.scope or one.seat for one in whole)
    ):
        return None
    touched = frozenset(_touched(regions.whole, before, after, _brought, lambda one: one.regions))
    return Edit(
        topics=frozenset(_touched(topics.whole, before, after, _holding, lambda one: one.topics)),
        regions=touched,
        before=replace(before, topics=topics.before, regions=_with(touched, regions.before, before)),
        after=replace(after, topics=topics.after, regions=_with(touched, regions.after, after)),
        order=Order.of(before.topics, after.topics) if reordered(before.topics, after.topics) else None,
    )


def _with(touched: frozenset[str], edited: Mapping[str, Region], whole: Taxonomy) -> dict[str, Region]:
    """Those edited, and all of those touched: a name that two of them share may stand for what both became."""
    return {**{slug: whole.regions[slug] for slug in touched if slug in whole.regions}, **edited}


@dataclass(frozen=True, slots=True)
class _Parts(Generic[T]):
    """What was edited as a `whole`; and of each, as it was and as it is, what is to be looked for."""

    whole: frozenset[str]
    before: dict[str, T]
    after: dict[str, T]


def _parts(
    edited: Edited, before: Mapping[str, T], after: Mapping[str, T], narrowed: Callable[[T, T], T | None]
) -> _Parts[T]:
    whole = {*edited.new, *edited.gone}
    old = {slug: before[slug] for slug in (*edited.gone, *edited.changed)}
    new = {slug: after[slug] for slug in (*edited.new, *edited.changed)}
    for slug in edited.changed:
        was, now = narrowed(before[slug], after[slug]), narrowed(after[slug], before[slug])
        if was is None or now is None:
            whole.add(slug)
        else:
            old[slug], new[slug] = was, now
    return _Parts(frozenset(whole), old, new)


def _other_phrases(one: Topic, other: Topic) -> Topic | None:
    """The topic with those of its phrases that the other has not; None where more than phrases is other."""
    rule = _other_rule(one.rule, other.rule)
    return None if rule is None or _beside(one) != _beside(other) else replace(one, rule=rule)


def _beside(one: Topic) -> Topic:
    """What a topic is beside its phrases and what only readers see of it."""
    return replace(one, title={}, medtop=None, rule=Rule(), end=None, when_ended=WhenEnded.KEEP)


def _other_rule(one: Rule, other: Rule) -> Rule | None:
    parts = tuple(zip((part for _, part in one.parts()), (part for _, part in other.parts()), strict=True))
    in_order = all(_kept(ours, theirs) == _kept(theirs, ours) for ours, theirs in parts)
    if not in_order or _emptied(one) != _emptied(other):
        return None
    either, exceptions, none = (tuple(phrase for phrase in ours if phrase not in theirs) for ours, theirs in parts)
    return replace(one, any=either, exceptions=exceptions, none=none)


def _emptied(rule: Rule) -> Rule:
    return replace(rule, any=(), exceptions=(), none=())


def _kept(these: tuple[object, ...], others: tuple[object, ...]) -> list[object]:
    return [one for one in these if one in others]


def _other_names(one: Region, other: Region) -> Region | None:
    """The region with those of its names and phrases that the other has not; None where more than these is other."""
    rule = _other_rule(one.rule, other.rule)
    if rule is None or _otherwise(one) != _otherwise(other):
        return None
    names = tuple(name for name in one.names() if name not in other.names())
    return replace(
        one,
        rows=(RegionRow(title={}, type=one.rows[-1].type),),
        aliases=names,
        places=tuple(place for place in one.places if place not in other.places),
        exceptions=tuple(name for name in one.exceptions if name not in other.exceptions),
        rule=rule,
    )


def _otherwise(one: Region) -> object:
    """What a region is beside its names and phrases, and what only readers see of it."""
    rows = tuple(replace(row, title={}, iso=None, where=None) for row in one.rows)
    plain = replace(one, rows=rows, aliases=(), places=(), exceptions=(), rule=Rule())
    return replace(plain, when_ended=WhenEnded.KEEP, given_up=None)


def _ranks(taxonomy: Taxonomy) -> object:
    """The ranks of places, beside what only readers see of them."""
    return {name: replace(rank, title={}) for name, rank in taxonomy.types.items()}


def _touched(
    edited: frozenset[str],
    before: Taxonomy,
    after: Taxonomy,
    brought: Callable[[Taxonomy], Chain],
    slugs: Callable[[Taxonomy], Iterable[str]],
) -> Iterator[str]:
    """Those that were edited, and all that bring one of them with them, or did."""
    yield from edited
    for taxonomy in (before, after) if edited else ():
        chain = brought(taxonomy)
        yield from (slug for slug in slugs(taxonomy) if not edited.isdisjoint(_closure(slug, chain)))


def _closure(slug: str, chain: Chain) -> set[str]:
    found, waiting = {slug}, [slug]
    while waiting:
        for one in chain(waiting.pop()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _holding(taxonomy: Taxonomy) -> Chain:
    return taxonomy.topics_holding


def _brought(taxonomy: Taxonomy) -> Chain:
    def chain(slug: str) -> Iterator[str]:
        for row in taxonomy.regions[slug].rows:
            yield from row.successors
            if row.parent is not None:
                yield row.parent

    return chain
