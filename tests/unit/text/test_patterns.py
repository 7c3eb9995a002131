"""What a matcher looks for, from a taxonomy."""

from __future__ import annotations

from feedsvc.domain.keys import Name, NoName, Term
from feedsvc.domain.matching import Pattern
from feedsvc.domain.rule import Phrase, Rule
from feedsvc.domain.taxonomy import LesserPlace, Region, RegionRow, Taxonomy, Topic
from feedsvc.text.patterns import patterns_of


def test_every_phrase_of_a_rule_is_looked_for_under_its_place_in_the_rule() -> None:
    rule = Rule(
        any=(Phrase("lúa"), Phrase("Gạo", case=True)), exceptions=(Phrase("lúa mì"),), none=(Phrase("quảng cáo"),)
    )
    topic = Topic(id="t", title={"vi": "T"}, rule=rule)
    scope = Region(id="s", rows=(RegionRow(title={"vi": "S"}, type="scope"),), scope=True, rule=Rule((Phrase("lúa"),)))
    assert list(patterns_of(Taxonomy({"t": topic}, {"s": scope}))) == [
        Pattern(Term("topic", "t", "any", 0), "lúa"),
        Pattern(Term("topic", "t", "any", 1), "Gạo", case=True),
        Pattern(Term("topic", "t", "except", 0), "lúa mì"),
        Pattern(Term("topic", "t", "none", 0), "quảng cáo"),
        Pattern(Term("region", "s", "any", 0), "lúa"),
    ]


def test_every_name_of_a_place_and_of_its_lesser_places_is_looked_for_with_its_capitals() -> None:
    rows = (RegionRow(title={"vi": "Lúa", "en": "Rice"}, type="tinh"), RegionRow(title={"vi": "Lúa"}, type="tinh"))
    place = Region(id="lua", rows=rows, aliases=("Lua",), places=(LesserPlace("Đòng", "xa"),), exceptions=("Lúa Vàng",))
    assert list(patterns_of(Taxonomy({}, {"lua": place}))) == [
        Pattern(Name("lua"), "Lúa", case=True),
        Pattern(Name("lua"), "Rice", case=True),
        Pattern(Name("lua"), "Lua", case=True),
        Pattern(Name("lua", "xa"), "Đòng", case=True),
        Pattern(NoName("lua"), "Lúa Vàng"),
    ]
