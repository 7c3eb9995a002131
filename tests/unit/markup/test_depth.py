"""HTML nested deeper than anybody reads."""

from __future__ import annotations

import pytest

from feedsvc.domain.article import Html
from feedsvc.markup.reader import HtmlReader

from .reading import read, shown


@pytest.mark.parametrize("depth", [50, 99, 150, 250, 300, 10_000])
@pytest.mark.parametrize("tags", ["div", "b", "blockquote", "table tr td", "ul li", "x-y", "figure", "font"])
def test_no_depth_loses_the_text_or_what_follows(tags: str, depth: int) -> None:
    opened, closed = "".join(f"<{tag}>" for tag in tags.split()), "".join(f"</{tag}>" for tag in tags.split()[::-1])
    html = f"<p>trước</p>{opened * depth}giữa{closed * depth}<p>sau</p>"
    texts = [block.text for block in read(html) if isinstance(block, Html)]
    assert " ".join(texts).split() == ["trước", "giữa", "sau"]
    assert HtmlReader().plain(html).split() == ["trước", "giữa", "sau"]


def test_what_is_swallowed_is_swallowed_at_any_depth() -> None:
    html = "<div>" * 1000 + "một<script>a<b;c>d</script><!-- e > f -->hai<svg><text>g</text></svg><button>h"
    assert HtmlReader().plain(html) == "mộthaih"


def test_entities_are_read_at_any_depth_and_stay_text() -> None:
    html = "<div>" * 1000 + "&lt;script&gt;x&lt;/script&gt; 5 < 6 &amp;amp;"
    assert shown(html) == ["<p>&lt;script&gt;x&lt;/script&gt; 5 &lt; 6 &amp;amp;</p>"]
