"""What the mentions of places weigh together."""

from __future__ import annotations

import pytest

from feedsvc.domain.language import Standing
from feedsvc.pipeline.found import REASONS
from feedsvc.pipeline.weighing import (
    LESSER,
    LISTED,
    MOST,
    STANDS,
    VENUE,
    Weighed,
    weighed,
    without_venues,
    worth,
)

from .gazetteer import naming
from .newsroom import draft


def places(*texts: str, caption: str = "") -> dict[str, Weighed]:
    return {one.slug: one for one in weighed(naming(draft(*texts, caption=caption)).mentions)}


def weights(*texts: str, caption: str = "") -> dict[str, float]:
    return {slug: round(one.weight, 3) for slug, one in places(*texts, caption=caption).items()}


def test_a_title_weighs_more_than_a_lead_and_that_more_than_a_caption_and_the_rest() -> None:
    far = "Lúa chín vàng đồng. " * 45
    assert weights("Bến Sen vào mùa") == {"ben-sen": 4}
    assert weights("Tin", "Bến Sen vào mùa.") == {"ben-sen": 2}
    assert weights("Tin", caption="Bến Sen vào mùa.") == {"ben-sen": 1}
    assert weights("Tin", "Mùa.", far, "Bến Sen vào mùa.") == {"ben-sen": 0.5}


def test_near_the_beginning_the_rest_weighs_more() -> None:
    assert weights("Tin", "Mùa.", "Bến Sen vào mùa.") == {"ben-sen": 1.25}


def test_what_goes_on_behind_a_long_first_paragraph_is_no_lead() -> None:
    assert weights("Tin", "Lúa chín vàng đồng. " * 20 + "Bến Sen vào mùa.") == {"ben-sen": 1.25}
    assert weights("Tin", "Lúa chín vàng đồng. " * 45 + "Bến Sen vào mùa.") == {"ben-sen": 0.5}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Mưa lớn, tỉnh Bến Sen lo", Standing.PLACE),
        ("Mưa lớn ở Bến Sen", Standing.WITHIN),
        ("Bến Sen mưa lớn", Standing.BARE),
        ("Mưa lớn (Bến Sen)", Standing.BRACKETED),
        ("Cô gái quê Bến Sen", Standing.ORIGIN),
        ("Nhà cách Bến Sen một giờ", Standing.ASIDE),
    ],
)
def test_how_it_stands_tells_how_much_it_counts(text: str, standing: Standing) -> None:
    assert weights(text) == {"ben-sen": 4 * STANDS[standing]}


def test_a_lesser_place_counts_somewhat_less_for_its_region() -> None:
    assert weights("Mưa lớn ở chợ Nổi") == {"dong-nang": 3}


def test_all_mentions_in_such_fields_weigh_only_so_much() -> None:
    assert weights("Bến Sen, Bến Sen, Bến Sen") == {"ben-sen": MOST["title"]}
    assert weights("Tin", "Mùa.", *["Bến Sen vào mùa."] * 20) == {"ben-sen": MOST["body"]}


def test_an_enumeration_counts_for_little() -> None:
    assert weights("Mưa ở Bến Sen, Gò Mây và Đồng Nắng") == dict.fromkeys(
        ("ben-sen", "dong-nang", "go-may"), 4 * LISTED
    )


def test_so_does_a_paragraph_with_many_but_not_one_that_is_introduced_for_itself() -> None:
    crowd = "Từ ven sông Bến Sen mưa tới Gò Mây. Chiều, Đồng Nắng tạnh. Tối, tỉnh Rạch Trăng có gió."
    listed = {slug: one.mentions[0].listed for slug, one in places("Tin", crowd).items()}
    assert listed == {"ben-sen": True, "go-may": True, "dong-nang": True, "rach-trang": False}


def test_the_heaviest_stands_first_and_of_equal_ones_the_one_that_is_named_first() -> None:
    assert list(places("Đồng Nắng và Bến Sen", "Gò Mây, tỉnh Gò Mây")) == ["go-may", "dong-nang", "ben-sen"]


def test_the_heaviest_mentions_are_the_reasons_but_not_all_of_many() -> None:
    one = places("Tin", "Cách Bến Sen một giờ.", "Tỉnh Bến Sen lo.", *["Ở Bến Sen."] * 9)["ben-sen"]
    evidence = one.evidence()
    assert len(evidence) == REASONS
    assert evidence[0].rule == "name of the place, place (weight 1.9)"
    assert (evidence[0].before, evidence[0].words, evidence[0].after) == ("Tỉnh ", "Bến Sen", " lo.")


def test_a_reason_says_of_what_rank_a_place_is_and_that_it_is_one_of_several() -> None:
    one = places("Mưa ở chợ Nổi, Bến Sen, Gò Mây")["dong-nang"]
    assert one.evidence()[0].rule == "name of a place in it (dia-danh), within, one of several (weight 1)"


def test_worth_is_what_a_mention_weighs_by_itself() -> None:
    [one] = places("Bến Sen vào mùa")["ben-sen"].mentions
    assert worth(one) == 4
    lesser = one._replace(listed=True, standing=Standing.ASIDE, type="huyen")
    assert worth(lesser) == pytest.approx(4 * LISTED * STANDS[Standing.ASIDE] * LESSER)


class TestVenues:
    def venues(self, *texts: str, of_all: bool = False) -> dict[str, bool]:
        found = without_venues(places(*texts).values(), frozenset({"thanh-xua"}), of_all)
        return {one.slug: one.venue for one in found}

    def test_the_seat_of_the_country_is_one_where_all_of_it_is_concerned(self) -> None:
        assert self.venues("Họp bàn việc lúa", "Sáng nay tại Thành Xưa.", of_all=True) == {"thanh-xua": True}

    def test_it_is_none_else(self) -> None:
        assert self.venues("Họp bàn việc lúa", "Sáng nay tại Thành Xưa.") == {"thanh-xua": False}

    @pytest.mark.parametrize(
        "texts",
        [
            ("Họp tại Thành Xưa",),
            ("Họp", "Chiều nay, thành phố Thành Xưa lo mưa."),
            ("Họp", "Chiều nay, Thành Xưa lo mưa."),
        ],
        ids=["in the title", "introduced", "not only something happens there"],
    )
    def test_what_is_more_than_a_place_where_something_happens_is_none(self, texts: tuple[str, ...]) -> None:
        assert self.venues(*texts, of_all=True) == {"thanh-xua": False}

    def test_another_place_that_only_holds_it_is_none_though_all_is_concerned(self) -> None:
        assert self.venues("Họp bàn việc lúa", "Sáng nay tại Gò Mây.", of_all=True) == {"go-may": False}

    def test_any_place_is_one_where_another_is_the_subject(self) -> None:
        found = self.venues("Tỉnh Bến Sen mời gọi đầu tư", "Hội nghị mở tại Gò Mây.")
        assert found == {"ben-sen": False, "go-may": True}

    def test_a_venue_weighs_little_and_stands_behind(self) -> None:
        before = places("Bến Sen mời gọi", "Hội nghị mở tại Gò Mây, ở Gò Mây, về Gò Mây.")
        after = {one.slug: one for one in without_venues(before.values(), (), of_all=False)}
        assert after["go-may"].weight == pytest.approx(before["go-may"].weight * VENUE)
        assert list(after) == ["ben-sen", "go-may"]
