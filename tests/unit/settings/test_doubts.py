"""What is right and can hardly be meant: named with file, line and key, and with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedsvc.bootstrap import doubts_of
from feedsvc.domain.language import Lexicon
from feedsvc.settings import load_settings
from feedsvc.settings.doubts import doubts
from feedsvc.text import tones
from tests.conftest import ROOT
from tests.unit.settings.folder import KINDS, REGIONS, SOURCES, load

LEXICON = Lexicon(tones.canonical, frozenset({"và", "của", "những"}))


def doubted(folder: Path, *, sources: str = SOURCES, topics: str = "", regions: str = "") -> list[str]:
    """The warnings about these topics and regions, which stand from line 2 on, and from line 4 on."""
    settings = load(folder, sources=sources, topics=f"topics:\n{topics}", regions=f"{REGIONS}{regions}")
    return [str(one) for one in doubts(folder, settings.taxonomy, settings.sources, LEXICON)]


def topic(rule: str, slug: str = "a", more: str = "") -> str:
    return f"  - {{id: {slug}, title: {{en: A}}, {rule}{more}}}\n"


TOPICS = [
    ("any: [goal], except: [goal]", "any[0]: “goal” can never count: `except` has the same words"),
    ("any: [Goal], except: [gOAL]", "any[0]: “Goal” can never count: `except` has the same words"),
    ("any: [hoà nhạc], except: [hòa nhạc]", "any[0]: “hoà nhạc” can never count: `except` has the same words"),
    ("any: [goal, match], none: [goal]", "any[0]: “goal” can never count: `none` has it too"),
    (
        "any: [own goal, match], none: [goal]",
        "any[0]: “own goal” can never count: `none` has “goal”, which stands in it",
    ),
    (
        "any: [{phrases: [match, own goal]}, cup], none: [goal]",
        "any[0].phrases[1]: “own goal” can never count: `none` has “goal”",
    ),
    ("any: [match, {phrase: goal, in: [title]}], none: [goal]", "any[1].phrase: “goal” can never count"),
    ("any: [goal, goal]", "any[1]: “goal” stands in `any` already, in line 2, and counts once all the same"),
    ("any: [goal], except: [penalty]", "except[0]: “penalty” excepts nothing: no phrase of `any` stands in it"),
    ("any: [và]", "any[0]: “và” is enough by itself, and stands in most texts"),
    (
        "any: [goal, của, những], threshold: 2",
        "any[1]: “của” is enough by itself, together with 1 more such, and stands in most texts",
    ),
]


@pytest.mark.parametrize(("rule", "expected"), TOPICS, ids=[rule for rule, _ in TOPICS])
def test_a_phrase_that_cannot_be_meant_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, rule: str, expected: str
) -> None:
    found = doubted(tmp_path, topics=topic(rule))
    assert found[-1].startswith(f"topics.yaml:2: topics[0].{expected}")
    assert "; " in found[-1] or found[-1].count("`") > 1


@pytest.mark.parametrize(
    "rule",
    [
        "any: [goal], except: [goal line]",
        "any: [goal], none: [own goal]",
        "any: [goal], none: [{phrase: goal, in: [caption]}]",
        "any: [goal, match], none: [{phrase: Goal, case: true}]",
        "any: [{phrase: Goal, case: true}], except: [{phrase: GOAL, case: true}, goal line]",
        "any: [{phrase: goal, in: [title], weight: 2}, goal]",
        "any: [{phrase: Goal, case: true}, goal]",
        "any: [và hơn thế, goal]",
        "any: [và, goal, match], threshold: 3",
        "any: [{phrase: EU, case: true}]",
        "any: [{phrase: và, in: [title]}, xe]",
        "any: [hò dọc bờ kênh, hò giã gạo]",
    ],
)
def test_what_may_be_meant_is_not_doubted(tmp_path: Path, rule: str) -> None:
    assert [one for one in doubted(tmp_path, topics=topic(rule)) if "excepts nothing" not in one] == []


@pytest.mark.parametrize(("word", "doubts_"), [("xe", 1), ("x", 1), ("xes", 0), ("f1", 0), ("経済", 0)])
def test_of_an_unknown_language_only_very_short_words_are_doubted(tmp_path: Path, word: str, doubts_: int) -> None:
    settings = load(tmp_path, topics=f"topics:\n{topic(f'any: [{word}]')}")
    assert len(doubts(tmp_path, settings.taxonomy, settings.sources, Lexicon())) == doubts_


def test_a_rule_that_can_never_be_met_says_what_is_missing(tmp_path: Path) -> None:
    rule = "any: [own goal, {phrase: match, weight: 2}], none: [goal], threshold: 3"
    assert doubted(tmp_path, topics=topic(rule))[0] == (
        "topics.yaml:2: topics[0].any: can never be met: the phrases of `any` that can count add up to 2, "
        "and 3 is needed"
    )


class TestATopicThatNothingGives:
    def test_is_named(self, tmp_path: Path) -> None:
        assert doubted(tmp_path, topics="  - {id: a, title: {en: A}}\n") == [
            "topics.yaml:2: topics[0].id: is given by nothing: it has no phrases in `any`, no topic below it, "
            "and no source gives it"
        ]

    @pytest.mark.parametrize("line", ["    topics: [a]\n", "    categories: {Term: a}\n"])
    def test_may_be_given_by_a_source(self, tmp_path: Path, line: str) -> None:
        assert doubted(tmp_path, sources=SOURCES + line, topics="  - {id: a, title: {en: A}}\n") == []

    def test_may_have_others_below_it(self, tmp_path: Path) -> None:
        assert doubted(tmp_path, topics="  - {id: a, title: {en: A}}\n" + topic("any: [cup]", "b", ", parent: a")) == []


def test_a_topic_and_one_above_it_that_exclude_each_other_are_named(tmp_path: Path) -> None:
    family = (
        topic("any: [match]", "top"),
        topic("any: [cup], none: [final]", "middle", ", parent: top"),
        topic("any: [final], none: [Match]", "low", ", parent: middle"),
    )
    assert doubted(tmp_path, topics="".join(family)) == [
        "topics.yaml:3: topics[1].none[0]: “final” takes middle away and speaks for low, the topic below it; "
        "take it out of one of them",
        "topics.yaml:4: topics[2].none[0]: “Match” takes low away and speaks for top, the topic above it; "
        "take it out of one of them",
    ]


@pytest.mark.parametrize("rule", ["any: [goal, match], threshold: 2", "any: [match, GOAL], threshold: 2"])
def test_two_topics_of_one_rule_are_named(tmp_path: Path, rule: str) -> None:
    found = doubted(tmp_path, topics=topic("any: [goal, match], threshold: 2") + topic(rule, "b"))
    assert found == [
        "topics.yaml:3: topics[1].any: has the very rule of a, in line 2; tell them apart, or make one of them"
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "any: [goal, match], threshold: 1.5",
        "any: [goal, {phrase: match, weight: 2}], threshold: 2",
        "any: [goal, match], none: [cup], threshold: 2",
        "any: [goal, {phrase: match, in: [title]}], threshold: 2",
    ],
)
def test_rules_that_differ_are_not_the_same(tmp_path: Path, rule: str) -> None:
    assert doubted(tmp_path, topics=topic("any: [goal, match], threshold: 2") + topic(rule, "b")) == []


def place(slug: str, *rows: str, aliases: str = "") -> str:
    listed = ", ".join(f"{{title: {{en: {slug.title()}}}, type: town{row}}}" for row in rows or ("",))
    return f"  - {{id: {slug}, rows: [{listed}]{f', aliases: [{aliases}]' if aliases else ''}}}\n"


class TestNames:
    def of(self, folder: Path, *places: str) -> Iterator[str]:
        yield from doubted(folder, topics=topic("any: [goal]"), regions="".join(places))

    def test_that_two_places_have_at_the_same_time_are_named(self, tmp_path: Path) -> None:
        assert list(self.of(tmp_path, place("one", aliases="Hoà Bến"), place("two", aliases="Bến, Hòa Bến"))) == [
            "regions.yaml:5: regions[2].aliases[1]: “Hòa Bến” is a name of one too, in line 4, at the same time; "
            "leave it to one of them"
        ]
        [found] = self.of(tmp_path, place("one"), place("two", aliases="One"))
        assert found.startswith("regions.yaml:5: regions[2].aliases[0]: “One” is a name of one too, in line 4")

    def test_that_one_had_until_the_other_came_are_right(self, tmp_path: Path) -> None:
        old, new = ", until: 2025-06-30", ", from: 2025-07-01"
        assert list(self.of(tmp_path, place("one", old, aliases="Bến"), place("two", new, aliases="Bến"))) == []
        assert list(self.of(tmp_path, place("one", old, aliases="Bến"), place("two", aliases="Bến"))) != []

    def test_of_one_place_through_time_are_right(self, tmp_path: Path) -> None:
        assert list(self.of(tmp_path, place("one", ", until: 2025-06-30", ", from: 2025-07-01", aliases="One"))) == []

    def test_of_other_capitals_are_other_names(self, tmp_path: Path) -> None:
        assert list(self.of(tmp_path, place("one", aliases="Bến"), place("two", aliases="BẾN"))) == []


def scope(rule: str, slug: str = "wide") -> str:
    return f"  - {{id: {slug}, scope: true, title: {{en: W}}, {rule}}}\n"


def test_scopes_are_doubted_like_topics(tmp_path: Path) -> None:
    regions = scope("any: [abroad], none: [abroad]") + scope("any: [home], except: [ground]", "near")
    assert [one.partition(": ")[2] for one in doubted(tmp_path, topics=topic("any: [goal]"), regions=regions)] == [
        "regions[1].any: can never be met: the phrases of `any` that can count add up to 0, and 1 is needed",
        "regions[1].any[0]: “abroad” can never count: `none` has it too, and takes the label away; "
        "take one of the two out",
        "regions[2].except[0]: “ground” excepts nothing: no phrase of `any` stands in it; "
        "write it longer, or take it out",
    ]


@pytest.mark.parametrize(
    ("reach", "what"),
    [("national", "the names of the country, or many places, speak"), ("international", "only foreign names speak")],
)
def test_a_scope_of_the_reach_of_another_is_named(tmp_path: Path, reach: str, what: str) -> None:
    other = "international" if reach == "national" else "national"
    scopes = [("a", f", reach: {reach}"), ("b", ""), ("c", f", reach: {other}"), ("d", f", reach: {reach}")]
    regions = "".join(scope(f"any: [the {slug}]{more}", slug) for slug, more in scopes)
    assert doubted(tmp_path, topics=topic("any: [goal]"), regions=regions) == [
        f"regions.yaml:7: regions[4].reach: is that of a too, in line 4, and both are given where {what} for them; "
        "leave it to one of them"
    ]


def test_a_scope_that_is_found_by_names_too_may_except_some(tmp_path: Path) -> None:
    regions = "types: {abroad: {}}\n" + REGIONS + scope("any: [abroad], except: [Land Rover], places: {abroad: [Land]}")
    settings = load(tmp_path, topics=f"topics:\n{topic('any: [goal]')}", regions=regions)
    assert doubts(tmp_path, settings.taxonomy, settings.sources, LEXICON) == ()


def test_warnings_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    found = doubted(
        tmp_path,
        topics=topic("any: [và]") + topic("any: [của]", "b"),
        regions=place("one", aliases="Land") + scope("any: [của]"),
    )
    assert [one.partition(": ")[0] for one in found] == [f"topics.yaml:{n}" for n in (2, 3)] + [
        f"regions.yaml:{n}" for n in (4, 5)
    ]


def test_a_file_that_changes_meanwhile_fails_nothing(tmp_path: Path) -> None:
    settings = load(tmp_path, topics=f"topics:\n{topic('any: [goal, match]')}")
    for text in ("topics: {}\n", "topics: [a]\n", f"topics:\n{topic('any: [goal]')}", f"topics:\n{topic('any: 1')}"):
        (tmp_path / "topics.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "regions.yaml").write_text(text.replace("topics", "regions"), encoding="utf-8")
        doubts(tmp_path, settings.taxonomy, settings.sources, LEXICON)


def test_the_bundled_configuration_is_beyond_doubt() -> None:
    assert doubts_of(ROOT / "config", load_settings(ROOT / "config", {}, KINDS)) == ()
