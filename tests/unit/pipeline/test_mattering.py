"""An edit is never passed over where it matters: labels with the shortcut are those without it, whatever was edited."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from feedsvc.bootstrap.classifying import classifier_of, mattering_of
from feedsvc.domain.applied import Seen
from feedsvc.domain.article import Article, Carrier, Decision, Draft, LabelKind, Paragraph, Role
from feedsvc.domain.rule import Phrase, Rule
from feedsvc.domain.source import Source
from feedsvc.domain.taxonomy import LesserPlace, PlaceType, Reach, Region, RegionRow, Taxonomy, Topic, WhenEnded
from feedsvc.pipeline.edits import edit_of
from feedsvc.pipeline.relabel import Placing
from tests.contracts.samples import NOW, placed

from .newsroom import SOURCE

WORDS = "hoa mai lan cúc trúc sen đào mận ổi xoài mít dừa cau chuối na hồng".split()
NAMES = ("Bình An", "Tân Lập", "Hòa Lạc", "Phú Mỹ", "Long Sơn", "An Khê", "Đông Hà", "Xuân Lộc", "Bình An Tây")
RANKS = {"tinh": PlaceType(id="tinh", words=("tỉnh",)), "xa": PlaceType(id="xa", words=("xã",), bare=False)}
ROUNDS, ARTICLES = 60, 25


def phrase(chance: random.Random) -> Phrase:
    fields = ("title", "lead", "caption", "body") if chance.random() < 0.7 else ("title",)
    return Phrase(" ".join(chance.sample(WORDS, 2)), fields, weight=chance.choice((1.0, 2.0)))


def rule(chance: random.Random) -> Rule:
    return Rule(
        any=tuple(phrase(chance) for _ in range(4)),
        exceptions=tuple(phrase(chance) for _ in range(chance.randrange(2))),
        none=tuple(phrase(chance) for _ in range(chance.randrange(2))),
        threshold=chance.choice((1.0, 2.0)),
    )


def topic(chance: random.Random, slug: str, parents: tuple[str, ...]) -> Topic:
    parent, successor = chance.choice((None, *parents)), chance.choice((None, None, *parents))
    end = date(2020, 1, 1) if successor else None
    return Topic(id=slug, title={"vi": slug}, rule=rule(chance), parent=parent, successor=successor, end=end)


def region(chance: random.Random, slug: str, parents: tuple[str, ...]) -> Region:
    if slug == "toan-quoc":
        row = RegionRow(title={"vi": "Toàn quốc"}, type="scope")
        return Region(id=slug, rows=(row,), scope=True, reach=Reach.NATIONAL, rule=rule(chance))
    parent = chance.choice((None, *parents))
    over = chance.random() < 0.3 and parent is not None
    row = RegionRow(
        title={"vi": chance.choice(NAMES)},
        type="tinh",
        parent=parent,
        end=date(2020, 1, 1) if over else None,
        successors=(str(parent),) if over else (),
    )
    return Region(
        id=slug,
        rows=(row,),
        aliases=tuple(chance.sample(NAMES, chance.randrange(2))),
        places=tuple(LesserPlace(name, "xa") for name in chance.sample(NAMES, chance.randrange(3))),
        exceptions=tuple(f"chợ {name}" for name in chance.sample(NAMES, chance.randrange(2))),
    )


def taxonomy(chance: random.Random) -> Taxonomy:
    topics: dict[str, Topic] = {}
    for slug in ("t1", "t2", "t3", "t4"):
        topics[slug] = topic(chance, slug, tuple(topics))
    regions: dict[str, Region] = {}
    for slug in ("r1", "r2", "r3", "r4", "r5", "toan-quoc"):
        regions[slug] = region(chance, slug, tuple(regions))
    return Taxonomy(topics, regions, RANKS)


def edited(chance: random.Random, before: Taxonomy) -> Taxonomy:
    """With one thing changed, or two."""
    after = before
    for _ in range(chance.choice((1, 1, 2))):
        after = chance.choice(EDITS)(chance, after)
    return after


def one_phrase(chance: random.Random, before: Taxonomy) -> Taxonomy:
    slug = chance.choice(list(before.topics))
    one = before.topics[slug]
    part = chance.choice(("any", "exceptions", "none"))
    phrases: tuple[Phrase, ...] = getattr(one.rule, part)
    less = phrases[1:] if chance.random() < 0.5 else (*phrases, phrase(chance))
    changed = replace(one.rule, **{part: less})  # type: ignore[arg-type]
    return replace(before, topics={**before.topics, slug: replace(one, rule=changed)})


def another_topic(chance: random.Random, before: Taxonomy) -> Taxonomy:
    slug = chance.choice(list(before.topics))
    earlier = tuple(name for name in before.topics if name < slug)
    return replace(before, topics={**before.topics, slug: topic(chance, slug, earlier)})


def one_end(chance: random.Random, before: Taxonomy) -> Taxonomy:
    slug = chance.choice(list(before.topics))
    earlier = tuple(name for name in before.topics if name < slug)
    one = replace(before.topics[slug], successor=chance.choice((None, *earlier)), end=NOW.date())
    return replace(before, topics={**before.topics, slug: one})


def one_topic_more(chance: random.Random, before: Taxonomy) -> Taxonomy:
    return replace(before, topics={**before.topics, "t9": topic(chance, "t9", ("t1", "t2", "t3", "t4"))})


def one_name(chance: random.Random, before: Taxonomy) -> Taxonomy:
    slug = chance.choice([slug for slug, one in before.regions.items() if not one.scope])
    one = before.regions[slug]
    changes: dict[str, object] = {
        "aliases": tuple(chance.sample(NAMES, chance.randrange(2))),
        "places": tuple(LesserPlace(name, "xa") for name in chance.sample(NAMES, chance.randrange(3))),
        "exceptions": tuple(f"chợ {name}" for name in chance.sample(NAMES, chance.randrange(2))),
    }
    name = chance.choice(list(changes))
    return replace(before, regions={**before.regions, slug: replace(one, **{name: changes[name]})})  # type: ignore[arg-type]


def another_region(chance: random.Random, before: Taxonomy) -> Taxonomy:
    slug = chance.choice([slug for slug, one in before.regions.items() if not one.scope])
    earlier = tuple(name for name in before.regions if name < slug)
    return replace(before, regions={**before.regions, slug: region(chance, slug, earlier)})


def one_region_more(chance: random.Random, before: Taxonomy) -> Taxonomy:
    return replace(before, regions={**before.regions, "r9": region(chance, "r9", ("r1", "r2", "r3"))})


def one_phrase_of_a_scope(chance: random.Random, before: Taxonomy) -> Taxonomy:
    one = before.regions["toan-quoc"]
    changed = replace(one.rule, any=(*one.rule.any[1:], phrase(chance)))
    return replace(before, regions={**before.regions, "toan-quoc": replace(one, rule=changed)})


def another_order(chance: random.Random, before: Taxonomy) -> Taxonomy:
    slugs = list(before.topics)
    chance.shuffle(slugs)
    return replace(before, topics={slug: before.topics[slug] for slug in slugs})


Change = Callable[[random.Random, Taxonomy], Taxonomy]
EDITS: tuple[Change, ...] = (
    one_phrase,
    one_phrase,
    another_topic,
    one_end,
    one_topic_more,
    one_name,
    another_region,
    one_region_more,
    one_phrase_of_a_scope,
    another_order,
)


def articles(chance: random.Random) -> Iterator[Article]:
    for number in range(ARTICLES):
        blocks = tuple(
            Paragraph(sentence(chance), Role.BODY if place else Role.LEAD) for place in range(chance.randrange(1, 4))
        )
        one = placed(f"n{number}").article
        draft = Draft(
            key=f"n{number}",
            title=sentence(chance),
            summary="",
            content=blocks,
            published=NOW,
            dated_by="the test",
            language="vi",
        )
        yield replace(one, source=SOURCE.id, draft=draft)


def sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=8)
    if chance.random() < 0.7:
        words.insert(chance.randrange(8), chance.choice(("tỉnh ", "xã ", "tại ", "chợ ")) + chance.choice(NAMES))
    return " ".join(words).capitalize() if chance.random() < 0.2 else " ".join(words)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_is_passed_over_is_as_it_was(seed: int) -> None:
    chance = random.Random(seed)
    before = taxonomy(chance)
    after = edited(chance, before)
    home = chance.choice((None, "r1", "r3"))
    sources = {SOURCE.id: replace(SOURCE, home=home, topics=chance.choice(((), ("t1",))))}
    was, now = (Placing(classifier_of(one, "vi"), sources) for one in (before, after))
    matters = mattering_of(before, now, "vi", frozenset())
    for article in articles(chance):
        (old,), (new,) = was([article]), now([article])
        seen = Seen(old.article, frozenset(key.path for key in old.feeds))
        if matters is not None and not matters(seen):
            assert frozenset(old.article.labels) == frozenset(new.article.labels)
            assert old.feeds == new.feeds


@pytest.mark.parametrize("seed", range(10))
def test_another_order_of_topics_matters_only_where_it_tells_which_of_two_comes_first(seed: int) -> None:
    chance, passed = random.Random(seed), 0
    before = taxonomy(chance)
    after = replace(before, topics=dict(reversed(list(before.topics.items()))))
    was, now = (Placing(classifier_of(one, "vi"), {SOURCE.id: replace(SOURCE, home=None)}) for one in (before, after))
    matters = mattering_of(before, now, "vi", frozenset())
    assert matters is not None
    assert matters.by_labels
    for article in articles(chance):
        (old,), (new,) = was([article]), now([article])
        strengths = [label.strength for label in old.article.labels if label.kind is LabelKind.TOPIC]
        assert matters(Seen(old.article, frozenset())) is (len(set(strengths)) < len(strengths))
        passed += old.article == new.article
    assert passed


def test_another_order_of_topics_matters_where_an_operator_or_another_source_has_a_say() -> None:
    before = taxonomy(random.Random(1))
    after = replace(before, topics=dict(reversed(list(before.topics.items()))))
    matters = mattering_of(before, Placing(classifier_of(after, "vi"), {SOURCE.id: SOURCE}), "vi", frozenset())
    assert matters is not None
    article = placed("mot").article
    decision = Decision(kind=LabelKind.TOPIC, slug="elsewhere", given=True, reason="test", at=NOW)
    carrier = Carrier(source="another")
    assert not matters(Seen(article, frozenset()))
    assert matters(Seen(replace(article, decisions=(decision,)), frozenset()))
    assert matters(Seen(replace(article, others=(carrier,)), frozenset()))


def test_when_and_how_a_topic_ends_matters_to_no_article_and_what_takes_it_over_to_its_own() -> None:
    before = taxonomy(random.Random(1))
    one = replace(before.topics["t4"], successor=None, end=NOW.date())
    before = replace(before, topics={**before.topics, "t4": one})
    seen = Seen(placed("mot").article, frozenset({"all", "topics/t4"}))

    def matters(**other: object) -> bool:
        after = replace(before, topics={**before.topics, "t4": replace(one, **other)})  # type: ignore[arg-type]
        found = mattering_of(before, Placing(classifier_of(after, "vi"), {SOURCE.id: SOURCE}), "vi", frozenset())
        assert found is not None
        return found(seen)

    assert not matters(end=date(2020, 1, 1), when_ended=WhenEnded.GONE)
    assert matters(successor="t1")


def test_most_edits_pass_most_articles_over() -> None:
    chance, passed, asked = random.Random(1), 0, 0
    for _ in range(20):
        before = taxonomy(chance)
        now = Placing(classifier_of(one_phrase(chance, before), "vi"), {SOURCE.id: replace(SOURCE, home=None)})
        matters = mattering_of(before, now, "vi", frozenset())
        assert matters is not None
        for article in articles(chance):
            asked += 1
            passed += not matters(Seen(article, frozenset({"all", "topics/t1"})))
    assert passed > 0.8 * asked


def test_what_a_source_or_an_operator_says_of_a_topic_that_is_gone_matters() -> None:
    before = taxonomy(random.Random(3))
    after = replace(before, topics={slug: one for slug, one in before.topics.items() if slug != "t4"})
    article = next(articles(random.Random(3)))
    plain = replace(article, draft=replace(article.draft, title="", content=()))

    def matters(source: Source, one: Seen, others: frozenset[str] = frozenset()) -> bool:
        found = mattering_of(before, Placing(classifier_of(after, "vi"), {source.id: source}), "vi", others)
        assert found is not None
        return found(one)

    silent = replace(SOURCE, home=None)
    assert not matters(silent, Seen(plain, frozenset({"all"})))
    assert matters(silent, Seen(plain, frozenset({"topics/t4"})))
    assert matters(replace(silent, topics=("t4",)), Seen(plain, frozenset({"all"})))
    assert matters(replace(silent, categories={"x": "t4"}), Seen(plain, frozenset({"all"})))
    assert matters(replace(silent, sections={"/x/": "t4"}), Seen(plain, frozenset({"all"})))
    assert matters(silent, Seen(plain, frozenset({"all"})), frozenset({SOURCE.id}))


def test_a_place_of_one_name_in_two_regions_matters_where_both_end_in_one_by_what_took_them_over() -> None:
    def a_region(slug: str, successor: str | None = None, places: tuple[LesserPlace, ...] = ()) -> Region:
        end, after = (date(2020, 1, 1), (successor,)) if successor else (None, ())
        row = RegionRow(title={"vi": f"Vùng {slug}"}, type="tinh", end=end, successors=after)
        return Region(id=slug, rows=(row,), places=places)

    twins = (LesserPlace("Tân Lập", "xa"),)
    old = {"r1": a_region("r1", "r3", twins), "r2": a_region("r2", "r4", twins)}
    before = Taxonomy({}, {**old, "r3": a_region("r3"), "r4": a_region("r4"), "r5": a_region("r5")}, RANKS)
    after = replace(before, regions={**before.regions, "r3": a_region("r3", "r5"), "r4": a_region("r4", "r5")})
    sources = {SOURCE.id: replace(SOURCE, home=None)}
    one = next(articles(random.Random(3)))
    one = replace(one, draft=replace(one.draft, title="Họp tại xã Tân Lập", content=()))
    was, now = (Placing(classifier_of(taxonomy, "vi"), sources) for taxonomy in (before, after))
    matters = mattering_of(before, now, "vi", frozenset())
    [held], [moved] = was([one]), now([one])
    assert matters is not None
    assert {label.slug for label in moved.article.labels} == {"r5"}
    assert {label.slug for label in held.article.labels} == set()
    assert matters(Seen(held.article, frozenset(key.path for key in held.feeds)))


@pytest.mark.parametrize(
    "edit",
    [
        lambda one: replace(one, types={}),
        lambda one: replace(one, regions=dict(reversed(list(one.regions.items())))),
        lambda one: replace(one, regions={**one.regions, "r1": replace(one.regions["r1"], seat=True)}),
        lambda one: replace(
            one, regions={**one.regions, "toan-quoc": replace(one.regions["toan-quoc"], rule=Rule(threshold=9.0))}
        ),
    ],
    ids=["ranks", "order", "a seat", "a reach"],
)
def test_what_may_matter_to_all_passes_nothing_over(edit: Callable[[Taxonomy], Taxonomy]) -> None:
    before = taxonomy(random.Random(2))
    assert edit_of(before, edit(before)) is None
