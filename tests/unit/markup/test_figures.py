"""Pictures in HTML, and their captions."""

from __future__ import annotations

import pytest

from feedsvc.domain.record import RawFigure

from .reading import read, shown


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<img src=a.jpg>", ["figure a.jpg |"]),
        ("<figure><img src=a.jpg><figcaption>Chợ <b>q</b>uê</figcaption></figure>", ["figure a.jpg | Chợ quê"]),
        ("<figure><img src=a.jpg><div>Chợ quê</div></figure>", ["figure a.jpg | Chợ quê"]),
        ("<figure><img src=a.jpg><img src=b.jpg><figcaption>c</figcaption></figure>", ["figure a.jpg b.jpg | c"]),
        ("<figure><picture><source srcset=x><img src=a.jpg></picture></figure>", ["figure a.jpg |"]),
        ("<p>một<img src=a.jpg>hai</p>", ["<p>một</p>", "figure a.jpg |", "<p>hai</p>"]),
        ("<a href='https://e.example/'><img src=a.jpg></a>", ["figure a.jpg |"]),
        ("<p><span><b><img src=a.jpg></b></span></p>", ["figure a.jpg |"]),
        ("<ul><li>một<img src=a.jpg></li></ul>", ["<ul><li>một</li></ul>", "figure a.jpg |"]),
        ("<figure><blockquote>một</blockquote></figure>", ["<blockquote>một</blockquote>"]),
        ("<figure><img><figcaption>một</figcaption></figure>", ["<p>một</p>"]),
        ("<figure><img src=a.jpg><p>" + "x" * 600 + "</p></figure>", ["figure a.jpg |", f"<p>{'x' * 600}</p>"]),
    ],
)
def test_pictures_are_taken_out_with_their_captions(html: str, blocks: list[str]) -> None:
    assert shown(html) == blocks


def test_figures_within_a_figure_are_figures_of_their_own() -> None:
    inner = "<figure><img src={0}.jpg><figcaption>{0}</figcaption></figure>"
    html = f"<figure>{inner.format('a')}{inner.format('b')}<figcaption>c</figcaption></figure>"
    assert shown(html) == ["figure a.jpg | a", "figure b.jpg | b", "<p>c</p>"]


def test_a_picture_keeps_the_words_that_stand_for_it() -> None:
    (figure,) = read("<img src=a.jpg alt=' Chợ\n quê '>")
    assert figure == RawFigure(("a.jpg",), "", "Chợ quê")


@pytest.mark.parametrize(
    "attributes",
    [
        "width=1 height=1",
        "width=0",
        "height='1px'",
        "width=' 01 '",
        "width=0.5",
        "style='display:none'",
        "style='DISPLAY : NONE'",
        "style='a:b;visibility:hidden'",
        "style='width:1px;height:1px'",
        "style='height: 0'",
        "hidden",
    ],
)
def test_a_picture_that_nobody_can_see_counts_readers_and_is_dropped(attributes: str) -> None:
    assert shown(f"<img src=https://e.example/p.gif {attributes}>một") == ["<p>một</p>"]


@pytest.mark.parametrize("attributes", ["width=10", "width=100%", "width=''", "style='max-width:1px0'", "height=auto"])
def test_a_picture_that_can_be_seen_stays(attributes: str) -> None:
    assert shown(f"<img src=a.jpg {attributes}>") == ["figure a.jpg |"]


@pytest.mark.parametrize("name", ["data-src", "data-original", "data-lazy-src"])
@pytest.mark.parametrize(
    "placeholder", ["", "src=''", "src='data:image/gif;base64,AA'", "src=https://e.example/blank.gif"]
)
def test_a_lazy_picture_has_its_real_address(name: str, placeholder: str) -> None:
    assert shown(f"<img {placeholder} {name}='a.jpg'><noscript><img src=b.jpg></noscript>") == ["figure a.jpg |"]


@pytest.mark.parametrize(
    "source", ["", " ", "data:image/png;base64,AAAA", "javascript:x", "file:///a.jpg", "http://[", "blob:x"]
)
def test_a_picture_without_an_address_to_fetch_is_dropped(source: str) -> None:
    assert shown(f"<img src='{source}'>một") == ["<p>một</p>"]
