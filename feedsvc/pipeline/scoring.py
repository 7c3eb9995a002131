"""How well given labels fit what readers say: each label by itself, all of them together, and what was taken for what.

A label that either reader gave is right where it is given, one that both gave is missed where it is not; one that only
one of them gave may be missing. Regions are compared as written, without those derived from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..domain.article import Label, LabelKind
from ..domain.labelled import Labelled, Readers


@dataclass(frozen=True, slots=True)
class Tally:
    """Labels counted: `right` and `wrong` of those given, `found` and `missed` of those that every reader gave."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right, self.wrong + other.wrong, self.found + other.found, self.missed + other.missed
        )

    @property
    def precision(self) -> float | None:
        """The share of right ones among those given; None where none was."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of found ones among those that every reader gave; None where there are none."""
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where one of them is unknown and the other is not 0."""
        precision, recall = self.precision, self.recall
        if precision == 0 or recall == 0:
            return 0.0
        return None if precision is None or recall is None else 2 * precision * recall / (precision + recall)


@dataclass(frozen=True, slots=True)
class Given:
    """The slugs of an article's labels that are not derived, the primary one first."""

    topics: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An article: what its readers said, and what it was given."""

    said: Labelled
    got: Given

    def kinds(self) -> Iterator[tuple[LabelKind, Readers, tuple[str, ...]]]:
        """Of each kind that a reader looked at: the kind, what was said, what was given."""
        if self.said.topics is not None:
            yield LabelKind.TOPIC, self.said.topics, self.got.topics
        if self.said.regions is not None:
            yield LabelKind.REGION, self.said.regions, self.got.regions

    @property
    def wrong(self) -> tuple[tuple[LabelKind, str], ...]:
        """Labels given that no reader gave."""
        return tuple((kind, slug) for kind, said, got in self.kinds() for slug in got if slug not in said.either)

    @property
    def missed(self) -> tuple[tuple[LabelKind, str], ...]:
        """Labels that every reader gave and that were not given."""
        due = ((kind, slug, got) for kind, said, got in self.kinds() for slug in said.first if slug in said.both)
        return tuple((kind, slug) for kind, slug, got in due if slug not in got)

    @property
    def violated(self) -> tuple[str, ...]:
        """Regions given that the article must not have."""
        return tuple(slug for slug in self.got.regions if slug in self.said.must_not)

    @property
    def primary(self) -> bool | None:
        """Whether a reader gave the first topic; None where no reader gave any."""
        if self.said.topics is None or not self.said.topics.either:
            return None
        return bool(self.got.topics) and self.got.topics[0] in self.said.topics.either

    @property
    def faults(self) -> int:
        """How much is not as it should be."""
        return (
            len({*self.wrong, *((LabelKind.REGION, slug) for slug in self.violated)})
            + len(self.missed)
            + (self.primary is False)
        )


@dataclass(frozen=True, slots=True)
class Confusion:
    """A label given where readers said another, in so many articles: None where nothing stood in its place."""

    kind: LabelKind
    given: str | None
    said: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Variant:
    """An article that is to come out like its base, and whether it does."""

    judged: Judged
    base: Given

    @property
    def agrees(self) -> bool:
        """Whether the labels are the same, whatever their order."""
        got = self.judged.got
        return {*got.topics} == {*self.base.topics} and {*got.regions} == {*self.base.regions}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All that was measured; shares are None where there was nothing to measure.

    `primary_topic` is the share of articles whose first topic a reader gave, `must_not` that of the articles with
    regions that they must not have which have one, `variants_agree` that of the variants that come out like their base.
    """

    articles: int
    provinces: Tally
    scopes: Tally
    topics: Tally
    primary_topic: float | None
    must_not_violated: float | None
    variants_agree: float | None
    of_topic: Mapping[str, Tally]
    of_region: Mapping[str, Tally]
    confusions: tuple[Confusion, ...]


def given(labels: Iterable[Label]) -> Given:
    """What a classifier gave, as written."""
    chosen = sorted((label for label in labels if not label.derived), key=lambda label: label.rank)
    topics, regions = (
        tuple(label.slug for label in chosen if label.kind is kind) for kind in (LabelKind.TOPIC, LabelKind.REGION)
    )
    return Given(topics, regions)


def score(
    judged: Collection[Judged],
    scopes: Collection[str],
    areas: Collection[str] = (),
    variants: Collection[Variant] = (),
) -> Score:
    """The measure of all articles.

    `scopes` are the regions that are no places, `areas` those that are there to hold provinces: they are no provinces.
    """
    topics, regions = _tallies(judged, LabelKind.TOPIC), _tallies(judged, LabelKind.REGION)
    guarded = [one for one in judged if one.said.must_not]
    primaries = [one.primary for one in judged if one.primary is not None]
    return Score(
        articles=len(judged),
        provinces=_sum(tally for slug, tally in regions.items() if slug not in {*scopes, *areas}),
        scopes=_sum(tally for slug, tally in regions.items() if slug in scopes),
        topics=_sum(topics.values()),
        primary_topic=_share(sum(primaries), len(primaries)),
        must_not_violated=_share(sum(bool(one.violated) for one in guarded), len(guarded)),
        variants_agree=_share(sum(one.agrees for one in variants), len(variants)),
        of_topic=topics,
        of_region=regions,
        confusions=_confusions(judged),
    )


def variants(judged: Iterable[Judged], bases: Mapping[str, Given]) -> tuple[Variant, ...]:
    """Those that are variants of one of the bases, by its id."""
    return tuple(Variant(one, bases[one.said.base]) for one in judged if one.said.base and one.said.base in bases)


def worst(judged: Iterable[Judged], most: int) -> tuple[Judged, ...]:
    """The articles with the most faults first, without those that have none."""
    faulty = sorted((one for one in judged if one.faults), key=lambda one: -one.faults)
    return tuple(faulty[:most])


def _tallies(judged: Iterable[Judged], kind: LabelKind) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for one in judged:
        for slug, tally in _of_one(one, kind):
            found[slug] = found.get(slug, Tally()) + tally
    return dict(sorted(found.items()))


def _of_one(judged: Judged, wanted: LabelKind) -> Iterator[tuple[str, Tally]]:
    for kind, said, got in judged.kinds():
        if kind is not wanted:
            continue
        for slug in said.both | {*got}:
            right, due, there = slug in said.either, slug in said.both, slug in got
            yield slug, Tally(there and right, there and not right, there and due, due and not there)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _confusions(judged: Iterable[Judged]) -> tuple[Confusion, ...]:
    counts = Counter(pair for one in judged for pair in _confused(one))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or "", item[0][2] or ""))
    return tuple(Confusion(*pair, count) for pair, count in ordered)


def _confused(judged: Judged) -> Iterator[tuple[LabelKind, str | None, str | None]]:
    for kind in LabelKind:
        wrong: list[str | None] = [slug for one, slug in judged.wrong if one is kind]
        missed: list[str | None] = [slug for one, slug in judged.missed if one is kind]
        if wrong or missed:
            yield from ((kind, got, said) for got in wrong or [None] for said in missed or [None])


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
