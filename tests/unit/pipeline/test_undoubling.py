"""What was escaped twice reads as it was meant; what is only about HTML stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.markup.reader import HtmlReader
from feedsvc.pipeline.undoubling import hypertext, plain_name, plain_text

MARKUP = HtmlReader()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("&quot;Cầu&quot; mới &#8211; &#x2019;", '"Cầu" mới – ’'),
        ("<b>Cầu</b> mới", "Cầu mới"),
        ("&lt;p&gt;Cầu mới&lt;/p&gt;", "Cầu mới"),
        ("<script>alert(1)</script>Cầu", "Cầu"),
        ("a < b & c > d", "a < b & c > d"),
        ("AT&T, R&D; &copy; 5", "AT&T, R&D; &copy; 5"),
        ("The element <br> and </x>", "The element <br> and </x>"),
        ("a &amp; &#" + "9" * 5000 + "; b", "a &  b"),
        ("", ""),
    ],
)
def test_a_plain_text_is_read_as_html_for_as_long_as_it_is(text: str, plain: str) -> None:
    assert plain_text(text, MARKUP) == plain


def test_a_name_holds_no_reference_at_all() -> None:
    assert plain_name("Ren&eacute; &amp;amp; Zo&#235;", MARKUP) == "René & Zoë"


@given(st.text())
def test_a_text_without_references_and_closing_tags_stays_as_it_is(text: str) -> None:
    bare = text.replace("&", "").replace("</", "")
    assert plain_text(bare, MARKUP) == hypertext(bare) == bare


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("&lt;p&gt;Cầu &amp;amp; chợ&lt;/p&gt;", "<p>Cầu &amp; chợ</p>"),
        ("<p>&lt;p&gt;Cầu&lt;/p&gt;</p>", "<p>&lt;p&gt;Cầu&lt;/p&gt;</p>"),
        ("a &lt; b", "a &lt; b"),
        ("Thẻ &lt;p&gt; và &lt;/p&gt;", "Thẻ &lt;p&gt; và &lt;/p&gt;"),
        ("&lt;x&gt;&lt;/x&gt;", "&lt;x&gt;&lt;/x&gt;"),
    ],
)
def test_html_without_a_tag_whose_text_closes_some_was_escaped_twice(html: str, read: str) -> None:
    assert hypertext(html) == read
