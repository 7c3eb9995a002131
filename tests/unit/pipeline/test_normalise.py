"""From a record to a draft: hypertext, fields, limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsvc.domain.article import Figure, Html, Medium, Paragraph, Role
from feedsvc.domain.record import PictureNames
from feedsvc.errors import RecordRefused
from feedsvc.pipeline.normalise import LONGEST_SUMMARY, LONGEST_TITLE, MOST_NAMES, normalise
from feedsvc.pipeline.parts import LONGEST_TEXT
from tests.fakes.markup import FakeMarkup

from .newsroom import NOW, SOURCE, VIETNAMESE
from .records import draft_of, kinds, page, picture, pictures_of, read, record, texts


class TestHypertext:
    def test_figures_stand_where_they_stood_with_their_captions_and_credits(self) -> None:
        html = (
            "<p>(ĐBS) Chiều 2/2, cầu mới thông xe.</p>"
            '<figure><img src="cau.jpg"><figcaption>Cầu mới. Ảnh: <b>Bá An</b></figcaption></figure>'
            "<p>Xe chạy <em>êm</em>.</p><p>Lê Sóng</p>"
        )
        draft = draft_of(page(html, {"cau.jpg": picture("cau.jpg")}))
        assert draft.content == (
            Html("<p>(ĐBS) Chiều 2/2, cầu mới thông xe.</p>", "(ĐBS) Chiều 2/2, cầu mới thông xe.", Role.LEAD),
            Figure((picture("cau.jpg"),), "Cầu mới. Ảnh: Bá An", ("Bá An",)),
            Html("<p>Xe chạy <em>êm</em>.</p>", "Xe chạy êm."),
        )
        assert (draft.summary, draft.dateline) == ("Chiều 2/2, cầu mới thông xe.", "ĐBS")
        assert (draft.authors, draft.contributors) == (("Lê Sóng",), ("Bá An",))

    def test_a_paragraph_with_a_credit_after_a_bare_picture_is_its_caption(self) -> None:
        draft = draft_of(page('<p>Lời đầu.</p><p><img src="a.jpg"></p><p>Cầu. Ảnh: Bá An</p>', {"a.jpg": picture("a")}))
        assert draft.content[1:] == (Figure((picture("a"),), "Cầu. Ảnh: Bá An", ("Bá An",)),)

    def test_two_bare_pictures_without_a_caption_are_two_figures(self) -> None:
        media = {"a.jpg": picture("a"), "b.jpg": picture("b")}
        draft = draft_of(page('<p>Lời đầu.</p><img src="a.jpg"><img src="b.jpg"><p>Lời cuối.</p>', media))
        assert kinds(draft) == ["Html", "Figure", "Figure", "Html"]

    def test_a_picture_that_is_not_there_leaves_its_caption_and_nothing_else(self) -> None:
        draft = draft_of(page('<p>Lời đầu.</p><figure><img src="a.jpg"><figcaption>Cầu mới</figcaption></figure>'))
        assert draft.content[1:] == (Paragraph("Cầu mới", Role.CAPTION),)
        assert kinds(draft_of(page('<p>Lời đầu.</p><img src="a.jpg"><img src="javascript:1">'))) == ["Html"]

    @pytest.mark.parametrize(
        ("source", "address", "media_type"),
        [
            (
                "https://anh.example.org/c%E1%BA%A7u.WEBP?r=1",
                "https://anh.example.org/c%E1%BA%A7u.WEBP?r=1",
                "image/webp",
            ),
            ("https://anh.example.org/a b{c}.html", "https://anh.example.org/a%20b%7Bc%7D.html", "image/jpeg"),
            ("//anh.example.org/a.png", "https://anh.example.org/a.png", "image/png"),
            ("../a.gif", "https://tin.example.org/a.gif", "image/gif"),
        ],
    )
    def test_a_picture_elsewhere_is_told_by_its_absolute_address(
        self, source: str, address: str, media_type: str
    ) -> None:
        draft = draft_of(page(f'<p>x</p><img src="{source}">', link="https://tin.example.org/muc/bai.html"))
        assert pictures_of(draft) == (Medium(address=address, media_type=media_type, length=0),)

    def test_a_picture_beside_the_text_is_meant_by_its_address_on_the_web_too(self) -> None:
        raw = page('<p>x</p><img src="/anh/c%E1%BA%A7u.jpg">', {"cầu.jpg": picture("cau")}, "https://tin.example.org/1")
        assert pictures_of(draft_of(raw)) == (picture("cau"),)

    def test_markdown_and_json_come_out_like_the_page(self) -> None:
        head = "---\nauthor: Lê Sóng\ntags: [Cầu, Đường]\n---\n"
        markdown = f"{head}# Cầu mới\n\nLời *đầu*.\n\n![](cau.png)\n\nCầu. Ảnh: Bá An\n"
        draft = read("cau.md", markdown, "cau.png")
        assert (draft.title, draft.summary, draft.categories) == ("Cầu mới", "Lời đầu.", ("Cầu", "Đường"))
        assert draft.content[1:] == (Figure((picture("cau.png"),), "Cầu. Ảnh: Bá An", ("Bá An",)),)
        item = read(
            "cau.json", '{"title": "Cầu mới", "content_html": "<p>Lời <em>đầu</em>.</p>", "url": "https://a.example/1"}'
        )
        assert (item.title, item.content[0], item.link) == ("Cầu mới", draft.content[0], "https://a.example/1")


class TestFields:
    @pytest.mark.parametrize("title", ["", " \t\u200b\ufeff", "\x00"])
    def test_without_a_title_the_beginning_of_the_lead_is_the_title(self, title: str) -> None:
        draft = draft_of(record("Một câu mở đầu rất dài " * 9, title=title))
        assert draft.title == "Một câu mở đầu rất dài " * 3 + "Một câu…"

    def test_without_title_and_text_there_is_no_article(self) -> None:
        with pytest.raises(RecordRefused, match="neither a title nor a text") as refused:
            draft_of(record("\u200b", title=" "))
        assert refused.value.key == "tin.txt"

    def test_a_title_alone_is_an_article(self) -> None:
        draft = draft_of(record())
        assert (draft.title, draft.summary, draft.content) == ("Tin", "", ())

    def test_a_title_is_one_line_in_nfc_and_words_stay_apart(self) -> None:
        assert draft_of(record(title="Ho\u0323p \x0b mặt\x85cuối\u2028năm\u00a0nay")).title == "Họp mặt cuối năm nay"

    @pytest.mark.parametrize(
        ("said", "language"),
        [
            ("en", "en"),
            ("vi_VN", "vi-VN"),
            ("zh-Hant-TW", "zh-Hant-TW"),
            ("<b>", "vi"),
            ("tiếng Việt", "vi"),
            (None, "vi"),
        ],
    )
    def test_a_language_is_a_tag_or_that_of_the_source(self, said: str | None, language: str) -> None:
        assert draft_of(replace(record(), language=said)).language == language

    @pytest.mark.parametrize(
        ("link", "kept"),
        [
            ("HTTPS://Tin.example.org/a b", "https://Tin.example.org/a%20b"),
            (" https://tin.example.org/đường?x=|#y ", "https://tin.example.org/đường?x=%7C#y"),
            ("http://[::1]:8080/a", "http://[::1]:8080/a"),
            ("https://tin-tức.example.org", "https://tin-tức.example.org"),
            *(
                (wrong, None)
                for wrong in ("", "/a", "ftp://a/b", "javascript:alert(1)", "http://", "http://a:0/", "http://[")
            ),
            *(
                (wrong, None)
                for wrong in ("http://a b/", "http://a%20b/", "http://ễ..vn/", "http://a..b/", "http://a:99999/")
            ),
            ("https://a.example/" + "x" * 2000, None),
            ("https://" + "ễ" * 70 + ".vn/", None),
        ],
    )
    def test_a_link_is_an_address_that_every_format_can_write_or_none(self, link: str, kept: str | None) -> None:
        assert draft_of(replace(record(), link=link)).link == kept

    def test_a_summary_of_the_record_counts_before_the_lead_and_is_plain(self) -> None:
        assert (
            draft_of(replace(record("Lời đầu."), summary="<p>Tóm <b>tắt</b> &amp; gọn</p>")).summary == "Tóm tắt & gọn"
        )
        assert draft_of(replace(record("Lời đầu."), summary="<img src=x>")).summary == "Lời đầu."

    def test_what_the_source_states_as_updated_is_kept_if_it_can_be(self) -> None:
        assert draft_of(replace(record(), updated="2018-01-10T07:45:40Z")).updated == datetime(
            2018, 1, 10, 7, 45, 40, tzinfo=UTC
        )
        assert draft_of(replace(record(), updated="mới đây")).updated is None


class TestLimits:
    def test_a_title_is_cut_between_words(self) -> None:
        title = draft_of(record(title="dài lắm " * 99)).title
        assert len(title) <= LONGEST_TITLE
        assert title.endswith("lắm…")

    def test_a_text_ends_within_the_limit(self) -> None:
        draft = draft_of(record("Lời đầu.", "chữ " * LONGEST_TEXT, "Lời cuối cùng ở đây."))
        assert len(texts(draft)) == 2
        assert len("".join(texts(draft))) <= LONGEST_TEXT

    def test_hypertext_beyond_the_limit_goes_on_as_plain_text(self) -> None:
        blocks = tuple(Html(f"<p>{text}</p>", text) for text in ("Lời đầu.", "chữ " * LONGEST_TEXT, "Lời cuối."))
        draft = normalise(SOURCE, VIETNAMESE, FakeMarkup(blocks), page("<p>"), NOW)
        assert kinds(draft) == ["Html", "Paragraph"]
        assert len("".join(texts(draft))) <= LONGEST_TEXT

    def test_pictures_count_too(self) -> None:
        name = "a" * 1000
        lines = [line for _ in range(LONGEST_TEXT // 500) for line in (PictureNames((name,)), "x")]
        assert len(draft_of(record(*lines, media={name: picture("a")})).content) <= 2 * LONGEST_TEXT / 1000

    def test_summary_names_and_terms_have_limits(self) -> None:
        many = tuple(f"Tên {number}" for number in range(99))
        draft = draft_of(replace(record("x " * 9999), authors=many, categories=(*many, "t" * 999)))
        assert (len(draft.authors), len(draft.categories)) == (MOST_NAMES, MOST_NAMES)
        assert len(draft.summary) <= LONGEST_SUMMARY

    def test_a_hostile_last_line_is_read_in_no_time(self) -> None:
        assert draft_of(record("Lời đầu.", "tin: " + "," * 200_000)).authors == ()
