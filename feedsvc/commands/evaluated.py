"""What was measured of labels: as JSON, and as tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..domain.labelled import Labelled, Readers
from ..domain.taxonomy import Taxonomy
from ..pipeline.scoring import Score, Tally, Variant
from .reasons import Reason, Told
from .tables import shown, table

HEAD = ("PRECISION", "RECALL", "F1", "RIGHT", "WRONG", "FOUND", "MISSED")
MOST_CONFUSIONS = 20


def fields_of(score: Score, told: Iterable[Told], variants: Iterable[Variant]) -> Mapping[str, object]:
    """Everything, for a program; what could not be measured is null."""
    return {
        "summary": {
            "articles": score.articles,
            "provinces": _shares(score.provinces),
            "scopes": _shares(score.scopes),
            "topics": _shares(score.topics),
            "primary_topic": score.primary_topic,
            "must_not_violated": score.must_not_violated,
            "variants_agree": score.variants_agree,
        },
        "regions": {slug: _counted(tally) for slug, tally in score.of_region.items()},
        "topics": {slug: _counted(tally) for slug, tally in score.of_topic.items()},
        "confusions": [
            {"kind": one.kind, "given": one.given, "said": one.said, "count": one.count} for one in score.confusions
        ],
        "worst": [_article(one) for one in told],
        "variants": [
            {
                "id": one.judged.said.id,
                "base_id": one.judged.said.base,
                "agrees": one.agrees,
                "got": {"topics": one.judged.got.topics, "regions": one.judged.got.regions},
                "base_got": {"topics": one.base.topics, "regions": one.base.regions},
            }
            for one in variants
        ],
    }


def tables_of(score: Score, taxonomy: Taxonomy, told: Sequence[Told], variants: Collection[Variant]) -> Iterator[str]:
    """The same for people, a text after the other."""
    yield f"{score.articles} articles\n"
    kinds = {"provinces": score.provinces, "scopes": score.scopes, "topics": score.topics}
    yield _table("ALL", kinds)
    yield f"\nfirst topic one that a reader gave: {_percent(score.primary_topic)} of the articles"
    yield f"a region that must not be: {_percent(score.must_not_violated)} of the articles that name one"
    if variants:
        yield f"labelled as their base: {_percent(score.variants_agree)} of {len(variants)} variants"
    heads = {slug: "SCOPE" if region.scope else "PROVINCE" for slug, region in taxonomy.regions.items()}
    heads |= dict.fromkeys(taxonomy.areas, "AREA")
    of_head = {
        head: {slug: tally for slug, tally in score.of_region.items() if heads.get(slug, "PROVINCE") == head}
        for head in ("SCOPE", "PROVINCE", "AREA")
    }
    for head, tallies in {"TOPIC": score.of_topic, **of_head}.items():
        if tallies:
            yield "\n" + _table(head, tallies)
    if score.confusions:
        yield "\n" + _confusions(score)
    for one in told:
        yield "\n" + "\n".join(_lines(one))


def _table(head: str, tallies: Mapping[str, Tally]) -> str:
    return table((head, *HEAD), [(name, *_row(tally)) for name, tally in tallies.items()])


def _row(tally: Tally) -> tuple[str, ...]:
    shares = (tally.precision, tally.recall, tally.f1)
    counts = (tally.right, tally.wrong, tally.found, tally.missed)
    return (*("–" if share is None else f"{share:.3f}" for share in shares), *map(str, counts))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _confusions(score: Score) -> str:
    shown_ones = score.confusions[:MOST_CONFUSIONS]
    rows = [(one.kind, one.given or "–", one.said or "–", str(one.count)) for one in shown_ones]
    left = len(score.confusions) - len(rows)
    more = f"\nand {left} more; --json has them all" if left else ""
    return table(("KIND", "GIVEN", "READERS SAID", "ARTICLES"), rows) + more


def _lines(told: Told) -> Iterator[str]:
    said, got = told.judged.said, told.judged.got
    yield shown(f"{said.id}: {told.title}")
    for kind, readers, given in (("topics", said.topics, got.topics), ("regions", said.regions, got.regions)):
        if readers is not None:
            yield shown(f"  {kind}: {_listed(given)}; readers: {' | '.join(map(_listed, _each(readers)))}")
    for reason in told.reasons:
        yield shown(f"  {reason.kind} {reason.slug}: {reason.fault}: {reason.why}")
        yield from (shown(f"    {one.rule}: “{one.words}” in {one.field}") for one in reason.evidence)


def _listed(slugs: Iterable[str]) -> str:
    return ", ".join(slugs) or "none"


def _each(readers: Readers) -> tuple[tuple[str, ...], ...]:
    return (readers.first,) if readers.second is None else (readers.first, readers.second)


def _shares(tally: Tally) -> dict[str, float | None]:
    return {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _counted(tally: Tally) -> dict[str, float | None]:
    counts = {"right": tally.right, "wrong": tally.wrong, "found": tally.found, "missed": tally.missed}
    return {**_shares(tally), **counts}


def _article(told: Told) -> Mapping[str, object]:
    said, got = told.judged.said, told.judged.got
    return {
        "id": said.id,
        "title": told.title,
        "expected": _of_reader(0, said),
        "second": _of_reader(1, said),
        "must_not": sorted(said.must_not),
        "got": {"topics": got.topics, "regions": got.regions},
        "primary_right": told.judged.primary,
        "reasons": [_reason(reason) for reason in told.reasons],
    }


def _of_reader(place: int, said: Labelled) -> Mapping[str, object]:
    """What the first or the second reader said of each kind; null where that one did not look at it."""
    kinds = {"topics": said.topics, "regions": said.regions}
    return {kind: None if one is None else (one.first, one.second)[place] for kind, one in kinds.items()}


def _reason(reason: Reason) -> Mapping[str, object]:
    evidence = [{"rule": one.rule, "field": one.field, "words": one.words} for one in reason.evidence]
    return {"kind": reason.kind, "slug": reason.slug, "fault": reason.fault, "why": reason.why, "evidence": evidence}
