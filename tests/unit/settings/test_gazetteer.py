"""What is wrong with topics and regions is named with the line, the key and what to do; what may be, is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feedsvc.domain.geometry import Box, Point
from feedsvc.domain.rule import Phrase
from feedsvc.domain.taxonomy import LesserPlace, PlaceType, Reach, WhenEnded
from tests.unit.settings.folder import REGIONS, TOPICS, load, problems

TOPIC_PROBLEMS = [
    ("  - {id: sport, title: {en: S}}", "5: topics[1].id: sport is there already, in line 2"),
    ("  - {id: a, title: {en: A}, parent: b}", "5: topics[1].parent: b is no topic of this file"),
    ("  - {id: a, title: {en: A}, parent: a}", "5: topics[1].parent: is a circle of parents: a in a"),
    ("  - {id: a, title: {en: A}, until: soon}", "5: topics[1].until: must be a day, like 2025-07-01, not 'soon'"),
    (
        "  - {id: a, title: {en: A}, until: 2025-06-30, successor: b}",
        "5: topics[1].successor: b is no topic of this file",
    ),
    (
        "  - {id: a, title: {en: A}, successor: sport}",
        "5: topics[1].successor: takes over when the topic ends; say when, with `until`",
    ),
    (
        "  - {id: a, title: {en: A}, until: 2025-06-30, successor: a}",
        "5: topics[1].successor: is a circle of successors: a to a; one of them must go",
    ),
    (
        "  - {id: a, title: {en: A}, when_ended: gone}",
        "5: topics[1].when_ended: gone is for a topic that ends; say when, with `until`, or write keep",
    ),
    (
        "  - {id: a, title: {en: A}, when_ended: redirect}",
        "5: topics[1].when_ended: redirect is for a topic that ends; say when",
    ),
    (
        "  - {id: a, title: {en: A}, until: 2025-06-30, when_ended: redirect}",
        "5: topics[1].when_ended: redirect leads to a `successor`; name one, or write keep or gone",
    ),
    ("  - {id: a, title: {}}", "5: topics[1].title: must not be empty"),
    ("  - {id: a, title: A}", "5: topics[1].title: must be a mapping, like {key: value}, not 'A'"),
    ("  - {id: a, title: {EN: A}}", "5: topics[1].title.EN: must be a language tag"),
    ("  - {id: a, title: {en: A}, medtop: 1}", "5: topics[1].medtop: must be the eight digits"),
    ("  - {id: a, title: {en: A}, any: b}", "5: topics[1].any: must be a list"),
    (
        "  - {id: a, title: {en: A}, any: [{phrase: b, in: [head]}]}",
        "5: topics[1].any[0].in[0]: must be one of 'title'",
    ),
    ("  - {id: a, title: {en: A}, any: [{phrase: b, in: []}]}", "5: topics[1].any[0].in: must not be empty"),
    (
        "  - {id: a, title: {en: A}, any: [{phrase: b, wight: 2}]}",
        "5: topics[1].any[0].wight: is not a setting; did you mean weight?",
    ),
    ("  - {id: a, title: {en: A}, any: [{phrase: b, weight: 0}]}", "5: topics[1].any[0].weight: must be more than 0"),
    ("  - {id: a, title: {en: A}, any: [{phrase: b, weight: .nan}]}", "5: topics[1].any[0].weight: must be"),
    ("  - {id: a, title: {en: A}, any: [{phrase: b, case: maybe}]}", "5: topics[1].any[0].case: must be true or false"),
    (
        "  - {id: a, title: {en: A}, any: [b], threshold: 2}",
        "5: topics[1].threshold: 2 can never be reached: the weights of `any` add up to 1",
    ),
    ("  - a", "5: topics[1]: must be a mapping"),
]


@pytest.mark.parametrize(("line", "expected"), TOPIC_PROBLEMS)
def test_a_problem_of_topics_yaml_names_line_key_and_remedy(tmp_path: Path, line: str, expected: str) -> None:
    (found,) = problems(tmp_path, topics=TOPICS + line)
    assert found.startswith(f"topics.yaml:{expected}")


def test_every_member_of_a_circle_of_parents_is_named(tmp_path: Path) -> None:
    topics = "topics:\n" + "".join(
        f"  - {{id: {one}, title: {{en: T}}, parent: {parent}}}\n" for one, parent in ("ab", "bc", "ca", "da")
    )
    assert problems(tmp_path, topics=topics) == [
        "topics.yaml:2: topics[0].parent: is a circle of parents: a in b in c in a; one of them must go",
        "topics.yaml:3: topics[1].parent: is a circle of parents: b in c in a in b; one of them must go",
        "topics.yaml:4: topics[2].parent: is a circle of parents: c in a in b in c; one of them must go",
    ]


ROW = "title: {en: A}, type: town"
REGION_PROBLEMS = [
    ("{id: land, rows: [{%s}]}", "id: land is there already, in line 2"),
    ("{id: a, rows: [{%s, parent: b}]}", "rows[0].parent: b is no region of this file"),
    ("{id: a, rows: [{%s, parent: wide}]}", "rows[0].parent: wide is a scope and no place"),
    ("{id: a, rows: [{%s, parent: a}]}", "rows: is a circle of parents: a in a"),
    ("{id: a, rows: [{%s, until: 2025-06-30, successors: [b]}]}", "rows[0].successors: b is no region of this file"),
    ("{id: a, rows: [{%s, successors: [land]}]}", "rows[0].successors: take over when the row ends; say when"),
    (
        "{id: a, rows: [{%s, until: 2025-06-30, successors: [a]}]}",
        "rows[0].successors: a is the place itself, and it has no later row; "
        "add the one in which it goes on, or name what took over",
    ),
    (
        "{id: a, rows: [{%s, until: 2025-06-30, successors: [a]}, {%s, from: 2025-07-01, until: 2026-06-30, "
        "successors: [a, a]}]}",
        "rows[1].successors: a is the place itself",
    ),
    ("{id: a, rows: [{%s, from: 2025-07-01, until: 2025-06-30}]}", "rows[0].until: lies before `from`"),
    ("{id: a, rows: [{%s}, {%s, from: 2025-07-01}]}", "rows[0]: must end before the next row begins"),
    (
        "{id: a, rows: [{%s, until: 2025-07-01}, {%s, from: 2025-07-01}]}",
        "rows[0]: must end before the next row begins",
    ),
    (
        "{id: a, rows: [{%s, from: 2025-07-01}, {%s, until: 2025-06-30}]}",
        "rows[0]: must end before the next row begins",
    ),
    ("{id: a, rows: [{%s, until: 30-06-2025}]}", "rows[0].until: must be a day, like 2025-07-01, not '30-06-2025'"),
    ("{id: a, rows: [{%s, until: 2025-02-30}]}", "rows[0].until: must be a day"),
    ("{id: a, rows: [{%s, until: 2025}]}", "rows[0].until: must be a day"),
    ("{id: a, rows: [{%s, iso: VN46}]}", "rows[0].iso: must be an ISO 3166-2 code, like VN-46, not 'VN46'"),
    ("{id: a, rows: []}", "rows: is missing: a place needs rows"),
    ("{id: a, title: {en: A}, rows: [{%s}]}", "title: belongs into the rows of a place"),
    ("{id: a, rows: [{%s}], any: [b]}", "any: belongs to a scope (`scope: true`)"),
    ("{id: a, rows: [{%s}], none: [b]}", "none: belongs to a scope"),
    ("{id: a, rows: [{%s}], threshold: 3}", "threshold: belongs to a scope"),
    ("{id: a, rows: [{%s}], reach: national}", "reach: belongs to a scope"),
    ("{id: a, rows: [{%s}], topics: [sport]}", "topics: belongs to a scope"),
    ("{id: a, rows: [{%s}], places: {village: [B]}}", "places.village: village is no type of this file; name it"),
    ("{id: a, rows: [{%s}], places: {village: []}}", "places.village: village is no type of this file"),
    ("{id: a, scope: true, title: {en: A}, any: [b], seat: true}", "seat: belongs to a place"),
    ("{id: a, scope: true, title: {en: A}, any: [b], reach: far}", "reach: must be 'national' or 'international'"),
    ("{id: a, scope: true, title: {en: A}, any: [b], topics: [spor]}", "topics[0]: spor is no topic of topics.yaml"),
    ("{id: a, scope: true, title: {en: A}, any: [{}]}", "any[0]: needs either `phrase` or `phrases`"),
    ("{id: a, scope: true, title: {en: A}, any: [b], rows: [{%s}]}", "rows: belongs to a place"),
    ("{id: a, scope: true, title: {en: A}, any: [b], aliases: [c]}", "aliases: belongs to a place"),
    ("{id: a, scope: true, any: [b]}", "title: is missing: a scope needs a title"),
    ("{id: a, scope: true, title: {en: A}}", "any: is missing: a scope is found by its phrases"),
    ("{id: a, scope: true, title: {en: A}, any: [b], threshold: 2}", "threshold: 2 can never be reached"),
    ("{id: a, rows: [{%s}], when_ended: over}", "when_ended: must be 'keep', 'redirect' or 'gone', not 'over'"),
    (
        "{id: a, rows: [{%s}], when_ended: gone}",
        "when_ended: gone is for a place that has ended, and its last row has no `until`; write keep",
    ),
    (
        "{id: a, rows: [{%s, until: 2025-06-30, successors: [a]}], when_ended: gone}",
        "rows[0].successors: a is the place itself",
    ),
    ("{id: a, rows: [{%s}], when_ended: redirect}", "when_ended: redirect is for a place that has ended"),
    ("{id: a, rows: [{%s, until: 2025-06-30}], when_ended: redirect}", "when_ended: redirect leads to one successor"),
    (
        "{id: a, rows: [{%s, until: 2025-06-30, successors: [a]}], when_ended: redirect}",
        "when_ended: redirect leads to one successor, and its last row has no successor; write keep",
    ),
    (
        "{id: a, rows: [{%s, until: 2025-06-30, successors: [land, city]}], when_ended: redirect}",
        "when_ended: redirect leads to one successor, and its last row has 2 successors; write keep",
    ),
    (
        "{id: a, rows: [{%s, from: 2025-07-01}, {%s, until: 2025-06-30, successors: [a]}]}",
        "rows[0]: must end before the next row begins",
    ),
    ("{id: a, rows: [{%s, until: 2025-06-30, successors: [a]}, {%s}]}", "rows[0]: must end before the next row begins"),
    ("{id: a, scope: true, title: {en: A}, any: [b], when_ended: keep}", "when_ended: belongs to a place"),
]


@pytest.mark.parametrize(("text", "expected"), REGION_PROBLEMS)
def test_a_problem_of_regions_yaml_names_line_key_and_remedy(tmp_path: Path, text: str, expected: str) -> None:
    wide = "  - {id: wide, scope: true, title: {en: Wide}, any: [everywhere]}\n"
    city = "  - {id: city, rows: [{title: {en: City}, type: city}]}\n"
    (found,) = problems(tmp_path, regions=REGIONS + wide + city + f"  - {text.replace('%s', ROW)}\n")
    assert found.startswith(f"regions.yaml:6: regions[3].{expected}")


WHOLE = """\
types:
  city: {title: {en: City}, words: [city of]}
  village: {words: [village], bare: false}
  state: {area: true}
regions:
  - id: wide
    scope: true
    reach: national
    title: {en: Wide}
    topics: [sport]
    any: [{phrases: [all, every], weight: 2}]
  - id: a
    seat: true
    except: ["A Street", {phrase: "A Road"}]
    places: {village: [B, C]}
    rows: [{title: {en: A}, type: city}]
"""


def test_ranks_lesser_places_and_reaches_are_read(tmp_path: Path) -> None:
    taxonomy = load(tmp_path, regions=WHOLE).taxonomy
    assert taxonomy.types["city"] == PlaceType(id="city", title={"en": "City"}, words=("city of",))
    assert taxonomy.types["village"] == PlaceType(id="village", words=("village",), bare=False)
    assert taxonomy.types["state"].area
    wide, a = taxonomy.regions.values()
    assert (wide.reach, wide.topics) == (Reach.NATIONAL, frozenset({"sport"}))
    assert wide.rule.any == (Phrase("all", weight=2), Phrase("every", weight=2))
    assert (a.seat, a.exceptions) == (True, ("A Street", "A Road"))
    assert a.places == (LesserPlace("B", "village"), LesserPlace("C", "village"))


def test_what_cannot_be_read_is_not_missed_elsewhere(tmp_path: Path) -> None:
    bad_types = WHOLE.replace("area: true", "area: perhaps")
    assert problems(tmp_path, regions=bad_types) == [
        "regions.yaml:4: types.state.area: must be true or false, not 'perhaps'"
    ]
    for broken in ("topics: [", "topics: {}"):
        [only] = problems(tmp_path, topics=broken, regions=WHOLE)
        assert only.startswith("topics.yaml:")


def test_topics_that_become_one_another_are_named(tmp_path: Path) -> None:
    ended = "{id: %s, title: {en: A}, until: 2025-06-30, successor: %s}"
    topics = f"topics:\n  - {ended % ('a', 'b')}\n  - {ended % ('b', 'a')}\n"
    said = "is a circle of successors"
    assert problems(tmp_path, topics=topics) == [
        f"topics.yaml:2: topics[0].successor: {said}: a to b to a; one of them must go",
        f"topics.yaml:3: topics[1].successor: {said}: b to a to b; one of them must go",
    ]


def test_topics_end_each_in_their_own_way(tmp_path: Path) -> None:
    ended = "{id: %s, title: {en: A}, any: [x], until: 2025-06-30"
    lines = (
        f"  - {ended % 'a'}, successor: b, when_ended: redirect}}",
        f"  - {ended % 'b'}, successor: sport, when_ended: gone}}",
        f"  - {ended % 'c'}, when_ended: gone}}",
        f"  - {ended % 'd'}}}",
    )
    topics = load(tmp_path, topics=TOPICS + "\n".join(lines)).taxonomy.topics
    assert {slug: (one.successor, one.when_ended, one.end) for slug, one in topics.items()} == {
        "sport": (None, WhenEnded.KEEP, None),
        "a": ("b", WhenEnded.REDIRECT, date(2025, 6, 30)),
        "b": ("sport", WhenEnded.GONE, date(2025, 6, 30)),
        "c": (None, WhenEnded.GONE, date(2025, 6, 30)),
        "d": (None, WhenEnded.KEEP, date(2025, 6, 30)),
    }


def test_a_place_that_is_gone_may_have_any_number_of_successors(tmp_path: Path) -> None:
    ended = "{id: %s, rows: [{%s, until: 2025-06-30, successors: [%s]}], when_ended: gone}"
    rows = [f"  - {ended % (slug, ROW, after)}" for slug, after in (("a", ""), ("b", "land"), ("c", "land, b"))]
    regions = load(tmp_path, regions=REGIONS + "\n".join(rows)).taxonomy.regions
    assert {slug: one.successors for slug, one in regions.items()} == {
        "land": (),
        "a": (),
        "b": ("land",),
        "c": ("land", "b"),
    }


def test_feeds_that_lead_round_in_a_circle_are_named(tmp_path: Path) -> None:
    row = "rows: [{title: {en: A}, type: town, until: 2025-06-30, successors: [%s]}], when_ended: %s"
    regions = f"regions:\n  - {{id: a, {row % ('b', 'redirect')}}}\n  - {{id: b, {row % ('a', 'keep')}}}\n"
    assert problems(tmp_path, regions=regions) == [
        "regions.yaml:2: regions[0].when_ended: redirect leads nowhere: a to b to a; write keep for one of them"
    ]


def test_a_place_whose_feeds_lead_to_those_of_another_is_right(tmp_path: Path) -> None:
    old = "{id: a, rows: [{%s, until: 2025-06-30, successors: [land]}], when_ended: redirect}"
    regions = load(tmp_path, regions=REGIONS + f"  - {old.replace('%s', ROW)}\n").taxonomy.regions
    assert (regions["a"].when_ended, regions["land"].when_ended) == (WhenEnded.REDIRECT, WhenEnded.KEEP)


def test_a_place_may_be_taken_over_and_come_back(tmp_path: Path) -> None:
    """Successors are no parents: A in B from 2025, and A and B apart again from 2030."""
    regions = """\
regions:
  - id: a
    rows:
      - {title: {en: A}, type: town, until: 2025-06-30, successors: [b]}
      - {title: {en: A}, type: town, from: 2030-01-01}
  - id: b
    rows:
      - {title: {en: B}, type: town, until: 2029-12-31, successors: [a, b]}
      - {title: {en: B}, type: town, from: 2030-01-01}
"""
    taxonomy = load(tmp_path, regions=regions).taxonomy
    assert taxonomy.successors("a") == (("b", date(2025, 6, 30)),)
    assert taxonomy.successors("b") == (("a", date(2029, 12, 31)),)


@pytest.mark.parametrize("successors", ["", ", successors: []", ", successors: [land]", ", successors: [a, land]"])
def test_a_place_may_go_on_as_itself_and_end_with_or_without_successors(tmp_path: Path, successors: str) -> None:
    first = "{title: {en: A}, type: town, until: 2025-06-30, successors: [a]}"
    last = f"{{title: {{en: A}}, type: city, from: 2025-07-01, until: 2026-06-30{successors}}}"
    assert load(tmp_path, regions=f"{REGIONS}  - {{id: a, rows: [{first}, {last}]}}\n").taxonomy.regions["a"].rows


def test_a_topic_may_stand_before_its_parent_and_have_no_phrases(tmp_path: Path) -> None:
    topics = "topics:\n  - {id: b, title: {en: B}, parent: a}\n  - {id: a, title: {en: A}}\n"
    taxonomy = load(tmp_path, topics=topics).taxonomy
    assert tuple(taxonomy.topic_ancestors("b")) == ("a",)


def test_a_row_may_say_where_the_place_is(tmp_path: Path) -> None:
    rows = (
        f"{{{ROW}, point: [10.36, 106], until: 2024-12-31}}",
        f"{{{ROW}, box: [8, 104.5, 11, 107], from: 2025-01-01}}",
    )
    regions = f"{REGIONS}  - {{id: a, rows: [{', '.join(rows)}]}}\n"
    regions = regions.replace("regions:", "types: {town: {}, country: {}}\nregions:")
    found = load(tmp_path, regions=regions).taxonomy.regions["a"].rows
    assert [row.where for row in found] == [Point(10.36, 106), Box(Point(8, 104.5), Point(11, 107))]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("point: [91, 0]", "point: must be a latitude and a longitude in degrees, like [10.36, 106.36]"),
        ("point: [0, 181]", "point: must be a latitude and a longitude"),
        ("point: [.nan, 0]", "point"),
        ("point: [1]", "point"),
        ("point: 1", "point"),
        ("box: [8, 104, 7, 107]", "box: must be the corner in the south and west, then the one in the north and east"),
        ("box: [8, 104, 95, 107]", "box: must be a latitude and a longitude"),
    ],
)
def test_a_place_that_is_nowhere_is_a_problem(tmp_path: Path, where: str, expected: str) -> None:
    regions = f"{REGIONS}  - {{id: a, rows: [{{{ROW}, {where}}}]}}\n"
    regions = regions.replace("regions:", "types: {town: {}, country: {}}\nregions:")
    found = problems(tmp_path, regions=regions)
    assert found
    assert all(f"regions[1].rows[0].{expected}" in one for one in found)


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("given_up: 2026-01-01", "given_up: is for a place that is `gone`"),
        ("when_ended: gone, given_up: 2024-12-30", "given_up: lies before the place ended"),
    ],
)
def test_a_place_is_given_up_once_it_has_ended(tmp_path: Path, ending: str, expected: str) -> None:
    regions = f"{REGIONS}  - {{id: a, rows: [{{{ROW}, until: 2024-12-31}}], {ending}}}\n"
    regions = regions.replace("regions:", "types: {town: {}, country: {}}\nregions:")
    (found,) = problems(tmp_path, regions=regions)
    assert f"regions[1].{expected}" in found


def test_a_place_has_a_point_or_a_box(tmp_path: Path) -> None:
    regions = f"{REGIONS}  - {{id: a, rows: [{{{ROW}, point: [1, 2], box: [1, 2, 3, 4]}}]}}\n"
    regions = regions.replace("regions:", "types: {town: {}, country: {}}\nregions:")
    assert any("has a `point` and a `box`; keep one of them" in one for one in problems(tmp_path, regions=regions))
