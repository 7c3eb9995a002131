"""Which scopes an article has beside its places, and why."""

from __future__ import annotations

import pytest

from feedsvc.domain.article import Evidence
from feedsvc.pipeline.found import REASONS

from .gazetteer import missed, regions
from .newsroom import draft


def slugs(*texts: str) -> list[str]:
    return list(regions(draft(*texts)))


class TestNational:
    def test_phrases_in_their_fields_speak_for_it(self) -> None:
        assert slugs("Thi đua trên cả nước") == ["ca-nuoc"]
        assert slugs("Thi đua", "Lễ phát động thi đua trên cả nước.") == ["ca-nuoc"]
        assert slugs("Thi đua", "Lễ phát động.", "Việc này cả nước biết.") == []

    def test_its_reason_is_the_phrase_and_what_stands_around_it(self) -> None:
        label = regions(draft("Thi đua trên cả nước năm nay"))["ca-nuoc"]
        assert label.reason == (
            Evidence("phrase “cả nước” (weight 1)", "title", "cả nước", "Thi đua trên ", " năm nay"),
        )

    def test_areas_of_the_country_speak_for_it(self) -> None:
        label = regions(draft("Nước Nhà vào mùa lúa"))["ca-nuoc"]
        assert label.reason == (Evidence("name of a place", "title", "Nước Nhà", "", " vào mùa lúa"),)

    def test_an_area_below_the_country_that_is_the_subject_has_it_beside_its_own(self) -> None:
        assert set(slugs("Miền Nắng vào mùa lúa")) == {"ca-nuoc", "mien-nam"}
        assert "mien-nam" not in slugs("Miền Nắng vào mùa lúa, tỉnh Gò Mây cũng vậy")

    def test_a_place_that_is_the_subject_leaves_it_out(self) -> None:
        assert slugs("Tỉnh Bến Sen đi đầu cả nước") == ["ben-sen"]

    def test_much_that_speaks_for_it_gives_it_beside_a_place(self) -> None:
        texts = "Cả nước thi đua, cả nước vào mùa", "Nước Nhà vui, cả nước vui.", "Xe về Bến Sen. Bến Sen đông."
        assert slugs(*texts)[0] == "ca-nuoc"

    def test_a_seat_where_its_matter_is_decided_is_no_place_of_it(self) -> None:
        found = regions(draft("Phát động thi đua cả nước", "Sáng nay, lễ phát động diễn ra tại Thành Xưa."))
        assert list(found) == ["ca-nuoc"]
        why = missed(draft("Phát động thi đua cả nước", "Sáng nay, lễ phát động diễn ra tại Thành Xưa."))[
            "thanh-xua"
        ].why
        assert why.endswith("it is only where something of the whole country happens")

    def test_what_happens_at_the_seat_alone_is_about_the_seat(self) -> None:
        assert slugs("Lễ hội hoa", "Sáng nay, lễ hội hoa mở tại Thành Xưa.") == ["thanh-xua"]

    def test_too_many_places_are_the_country_with_each_as_a_reason(self) -> None:
        label = regions(draft("Nước lũ lên", "Bến Sen lo lũ. Gò Mây lo lũ. Đồng Nắng lo lũ."))["ca-nuoc"]
        assert {why.rule for why in label.reason} == {"one of 3 places of which none leads"}
        assert [why.words for why in label.reason] == ["Bến Sen", "Gò Mây", "Đồng Nắng"]

    def test_as_many_in_the_title_are_what_it_is_about(self) -> None:
        found = slugs("Bến Sen và Gò Mây đón khách. Đồng Nắng cũng đông")
        assert found == ["ben-sen", "go-may", "dong-nang"]

    def test_where_one_of_many_leads_it_is_about_that_and_the_next(self) -> None:
        texts = "Tỉnh Bến Sen lo lũ", "Bến Sen lo lũ. Gò Mây cũng lo. Đồng Nắng cũng lo."
        assert slugs(*texts) == ["ben-sen"]

    def test_a_phrase_too_light_by_itself_gives_it_where_nothing_else_is_said(self) -> None:
        assert slugs("Quốc hội họp", "Kỳ họp kéo dài một tuần.") == ["ca-nuoc"]
        assert slugs("Quốc hội họp", "Tỉnh Bến Sen góp ý.") == ["ben-sen"]

    def test_people_of_the_country_give_it_where_nothing_else_is_said(self) -> None:
        label = regions(draft("Ca sĩ Nguyễn Thị Sóng ra đĩa mới"))["ca-nuoc"]
        assert label.reason == (Evidence("name of a person", "title", "Nguyễn Thị Sóng", "Ca sĩ ", " ra đĩa mới"),)

    def test_places_too_light_to_count_give_it_where_nothing_else_is_said(self) -> None:
        label = regions(draft("Cô gái quê Gò Mây mở lớp vẽ"))["ca-nuoc"]
        assert [why.words for why in label.reason] == ["Gò Mây"]

    def test_a_text_that_says_nothing_of_a_place_has_no_scope(self) -> None:
        assert slugs("Cách nấu cơm ngon", "Vo gạo thật sạch.") == []

    def test_of_such_a_text_the_topic_may_tell(self) -> None:
        label = regions(draft("Bóng đá", "Trận đấu hấp dẫn."))["ca-nuoc"]
        assert label.reason == (Evidence("nothing tells where it is about, and it is about sport", "topic", ""),)
        assert slugs("Bóng đá", "Tỉnh Bến Sen thắng.") == ["ben-sen"]


class TestInternational:
    def test_phrases_speak_for_it(self) -> None:
        assert slugs("Du học nước ngoài", "Nhiều người chọn đi xa.") == ["nuoc-ngoai"]

    def test_a_phrase_of_none_takes_them_away(self) -> None:
        assert slugs("Du học nước ngoài tại nhà", "Lớp học trực tuyến.") == []

    def test_places_of_its_own_speak_for_it(self) -> None:
        label = regions(draft("Xứ Tuyết đón mùa đông"))["nuoc-ngoai"]
        assert label.reason == (Evidence("name of a place", "title", "Xứ Tuyết", "", " đón mùa đông"),)

    def test_a_name_of_its_places_within_an_excepted_one_does_not(self) -> None:
        assert "nuoc-ngoai" not in slugs("Bạn nhỏ học tiếng Pháp", "Lớp mở buổi chiều.")

    def test_foreign_names_speak_for_it_where_nothing_speaks_for_the_country(self) -> None:
        label = regions(draft("Johnson thắng Smith", "Trận đấu kéo dài hai giờ."))["nuoc-ngoai"]
        assert [(why.rule, why.words) for why in label.reason] == [
            ("foreign name", "Johnson"),
            ("foreign name", "Smith"),
        ]

    def test_one_foreign_name_alone_does_not_but_one_that_is_named_again_and_again_does(self) -> None:
        assert slugs("Johnson thắng trận", "Trận đấu kéo dài.") == []
        assert slugs("Johnson thắng trận", "Johnson vui, và Johnson ca hát.") == ["nuoc-ngoai"]

    @pytest.mark.parametrize("also", ["Nguyễn Văn Sóng", "Gò Mây", "quốc hội", "cả nước"])
    def test_foreign_names_do_not_where_anything_speaks_for_the_country(self, also: str) -> None:
        assert "nuoc-ngoai" not in slugs(f"Johnson và Smith gặp {also}", "Cuộc gặp kéo dài hai giờ.")

    def test_it_needs_much_beside_a_place_of_the_country(self) -> None:
        assert slugs("Tỉnh Bến Sen đón khách Xứ Tuyết", "Khách ở lại ba ngày.") == ["ben-sen"]
        texts = "Đoàn Xứ Tuyết, Xứ Tuyết", "Đoàn Xứ Tuyết đã đến. Xứ Tuyết vui. Xứ Tuyết lạnh.", "Xe về Bến Sen."
        assert slugs(*texts) == ["nuoc-ngoai"]

    def test_beside_what_speaks_for_the_country_both_are_given_where_the_country_is_named(self) -> None:
        assert set(slugs("Nước Nhà và Xứ Tuyết ký thỏa thuận", "Hai bên cùng vui.")) == {"ca-nuoc", "nuoc-ngoai"}

    def test_the_country_is_not_given_beside_it_by_phrases_alone(self) -> None:
        assert slugs("Cả nước Xứ Tuyết vào đông", "Tuyết rơi dày.") == ["nuoc-ngoai"]

    def test_it_needs_more_where_it_stands_below_the_lead_only(self) -> None:
        texts = "Cả nước vào mùa", "Lúa chín.", "Ở Xứ Tuyết cũng vậy."
        assert slugs(*texts) == ["ca-nuoc"]
        assert missed(draft(*texts))["nuoc-ngoai"].why == "what speaks for it weighs 0.938"

    def test_a_place_named_below_the_lead_only_is_but_an_aside_of_what_is_abroad(self) -> None:
        texts = "Xứ Tuyết, Xứ Tuyết", "Xứ Tuyết vào đông. Xứ Tuyết vui, nước Xứ Tuyết lạnh.", *["Gò Mây nắng."] * 2
        assert slugs(*texts) == ["nuoc-ngoai"]
        assert "needed beside a larger scope" in missed(draft(*texts))["go-may"].why


class TestOthers:
    def test_a_scope_of_no_reach_is_given_by_its_phrases_alone_beside_any_place(self) -> None:
        assert set(slugs("Tỉnh Bến Sen tuyên truyền biển đảo")) == {"ben-sen", "bien-dao"}

    def test_what_speaks_for_a_scope_in_vain_says_how_much_it_weighs_beside_what(self) -> None:
        miss = missed(draft("Tỉnh Bến Sen đi đầu cả nước"))["ca-nuoc"]
        assert miss.why == "what speaks for it weighs 4, beside 6 of the strongest place"
        assert [why.words for why in miss.evidence] == ["cả nước"]

    def test_so_does_one_whose_phrases_do_not_reach_its_threshold(self) -> None:
        assert missed(draft("Tỉnh Bến Sen tiếp đại sứ"))["nuoc-ngoai"].why.startswith("what speaks for it weighs 0,")

    def test_a_reason_names_no_more_than_a_few(self) -> None:
        texts = "Xứ Tuyết", *["Xứ Tuyết lạnh."] * 9
        assert len(regions(draft(*texts))["nuoc-ngoai"].reason) == REASONS

    @pytest.mark.parametrize(
        ("text", "scopes"),
        [
            ("Thi dua tren ca nuoc nam nay", ["ca-nuoc"]),
            ("Ca si Nguyen Thi Song ra dia moi", ["ca-nuoc"]),
            ("Johnson thang Smith sau hai gio", ["nuoc-ngoai"]),
            ("Cach nau com that ngon cho ca gia dinh", []),
        ],
    )
    def test_a_text_without_accents_has_the_same_scopes(self, text: str, scopes: list[str]) -> None:
        assert slugs(text) == scopes
