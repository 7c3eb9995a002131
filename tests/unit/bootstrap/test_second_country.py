"""A second country by data alone: in a language that no module knows, with regions, ranks and scopes of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsvc.bootstrap import Services, read_settings
from feedsvc.domain.article import Draft, LabelKind, Paragraph, Role
from feedsvc.domain.source import Source
from feedsvc.pipeline.explain import explain
from tests.conftest import ROOT

COUNTRY = ROOT / "tests" / "data" / "second-country"
OLD, NEW = datetime(2024, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def services() -> Services:
    return Services(read_settings(COUNTRY, {}))


def draft(title: str, lead: str = "", *body: str, at: datetime = NEW) -> Draft:
    content = [Paragraph(lead, Role.LEAD), *(Paragraph(text) for text in body)] if lead else []
    return Draft(
        key="one",
        title=title,
        summary=lead,
        content=tuple(content),
        published=at,
        dated_by="the test",
        language="en",
    )


def source(services: Services, name: str = "aldria-post") -> Source:
    return services.sources[name]


def given(services: Services, one: Draft, name: str = "aldria-post") -> tuple[list[str], list[str]]:
    labels = services.classifier.labels(source(services, name), one)
    written = [label for label in labels if not label.derived]
    return (
        [label.slug for label in written if label.kind is LabelKind.TOPIC],
        [label.slug for label in written if label.kind is LabelKind.REGION],
    )


def regions(services: Services, *texts: str, at: datetime = NEW, name: str = "aldria-post") -> list[str]:
    return given(services, draft(*texts, at=at), name)[1]


def test_its_language_has_no_module_and_gets_the_neutral_one(services: Services) -> None:
    assert services.classifier.languages.of("en").tag == "und"


ARTICLES = [
    (draft("Parliament passes the bridges act", "The vote was close."), ["politics"], ["nationwide"]),
    (draft("Highmoor: flood warning lifted", "Met Watch says that the rivers fall."), ["weather"], ["highmoor"]),
    (draft("Harvest begins early in Southmere", "A dry spring helped."), ["farming"], ["southmere"]),
    (draft("By-election in County Norwick", "The ballot is open until ten."), ["politics"], ["norwick"]),
    (draft("Osmia and Brentland sign a treaty", "The talks took a year."), [], ["world"]),
    (draft("Aldria and Osmia sign a treaty", "The talks took a year."), [], ["world", "nationwide"]),
    (draft("How to bake bread", "Take good flour."), [], []),
]


@pytest.mark.parametrize(("one", "topics", "places"), ARTICLES, ids=[one.title for one, _, _ in ARTICLES])
def test_its_articles_come_out_right_and_every_label_is_explained(
    services: Services, one: Draft, topics: list[str], places: list[str]
) -> None:
    found, found_places = given(services, one)
    assert (found, set(found_places)) == (topics, set(places))
    texts = dict(one.fields())
    for label in explain(services.classifier, source(services), one).labels:
        assert label.reason
        if not label.derived:
            for why in label.reason:
                assert f"{why.before.removeprefix('…')}{why.words}{why.after.removesuffix('…')}" in texts[why.field]


def test_its_ranks_tell_lesser_places_apart(services: Services) -> None:
    assert regions(services, "Fire in the town of Ashby", "Nobody was hurt.") == ["norwick"]
    assert regions(services, "Fire in the village of Long Ash", "Nobody was hurt.") == ["norwick"]
    assert regions(services, "A long ash tree falls", "Long Ash is no place here.") == []
    assert regions(services, "Repairs of the Grey Tower begin", "They take a year.") == ["norwick"]


def test_a_lesser_place_of_two_regions_lies_in_the_one_that_is_named_with_it(services: Services) -> None:
    assert regions(services, "Fire in the village of Stow", "Nobody was hurt.") == []
    assert regions(services, "Fire in the village of Stow, Southmere", "Nobody was hurt.") == ["southmere"]


def test_its_regions_through_time(services: Services) -> None:
    assert regions(services, "Fire in the town of Milford", at=OLD) == ["westmarch"]
    assert regions(services, "Fire in the town of Milford", at=NEW) == ["norwick"]
    assert regions(services, "Fire in the town of Milford, Westmarch", at=NEW) == ["westmarch"]
    labels = services.classifier.labels(source(services), draft("A fair in Westmarch"))
    assert [(label.slug, label.derived) for label in labels] == [
        ("westmarch", False),
        ("norwick", True),
        ("aldria", True),
    ]


def test_a_rank_that_it_had_or_has_is_its_own(services: Services) -> None:
    assert regions(services, "A fair in the city of Lakeshire") == ["lakeshire"]
    assert regions(services, "A fair in the county of Lakeshire") == ["lakeshire"]
    assert regions(services, "A fair in the village of Lakeshire") == []


def test_clubs_people_and_streets_are_no_places_where_the_data_says_so(services: Services) -> None:
    for title in ("Norwick Rovers win the cup", "Lord Norwick dies at ninety", "A shop opens in Brentland Street"):
        assert regions(services, title, "The day was dry.") == []


def test_too_many_places_are_the_country(services: Services) -> None:
    texts = "Roads under water", "Highmoor, Southmere and Lakeshire count the damage.", "Norwick does, too."
    assert regions(services, *texts) == ["nationwide"]


def test_home_needs_local_evidence(services: Services) -> None:
    texts = "Ferry out of service", "It will sail again in May.", "In Lakeshire the old one sails."
    assert "lakeshire" not in regions(services, *texts)
    assert regions(services, *texts, name="lake-herald") == ["lakeshire"]
    assert regions(services, "Ferry out of service", name="lake-herald") == []


def test_sections_and_categories_of_its_sources_give_topics(services: Services) -> None:
    assert given(services, replace(draft("A new barn"), categories=("Harvest",)))[0] == ["farming"]
    assert given(services, replace(draft("A new barn"), link="https://example.org/farms/barn.html"))[0] == ["farming"]


def test_exceptions_and_exclusions_of_its_rules_count(services: Services) -> None:
    assert given(services, draft("A harvest festival song"))[0] == []
    assert given(services, draft("Minister visits school parliament"))[0] == []


def test_a_headline_in_capitals_is_read_too(services: Services) -> None:
    assert given(services, draft("HARVEST BEGINS EARLY IN COUNTY SOUTHMERE")) == (["farming"], ["southmere"])


def test_why_not_is_explained(services: Services) -> None:
    one = draft("A fair in the city of Lakeshire", "Some came from Highmoor.", "One was from Norwick Rovers.")
    why = {miss.slug: miss.why for miss in explain(services.classifier, source(services), one).misses}
    assert why == {
        "highmoor": "its mentions weigh 2, beside 6 of the strongest place",
        "nationwide": "what speaks for it weighs 0.5, beside 6 of the strongest place",
    }
