"""Whatever the body, a pass ends with records, rejections or a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.record import Hypertext

from .desk import atom, one, parse, rss

WHOLE = rss("<title>A &amp; B</title><link>/1</link><media:thumbnail url='/a.png'/><author>a@b.example (C)</author>")
ATOM = atom("<id>a</id><title type='html'>&lt;b&gt;</title><link href='1'/><content type='text'>x</content>")
PIECES = st.sampled_from(
    "<rss> </rss> <channel> <item> </item> <feed> </feed> <entry> </entry> <![CDATA[ ]]> <!-- --> <title> &#0; &lt; &"
    " <link/> <!DOCTYPE <?xml encoding='utf-7'?> <guid> http://[ </title> <media:content <content type='xhtml'>".split()
)


@pytest.mark.parametrize("body", [b"/etc/hostname", b"https://news.example/", b"file:///etc/hostname", b"\x01", b"\0"])
def test_a_body_is_never_an_address(body: bytes) -> None:
    assert parse(body).unreadable


@pytest.mark.parametrize(
    "reference",
    ["&#999999999999;", "&#xD800;", "&#0;", "&#x1F;", "&#" + "9" * 9999 + ";", "\x01"],
)
def test_references_to_no_character_cost_nothing(reference: str) -> None:
    record = one(rss(f"<title>A{reference}B</title><description>D</description>"))
    assert record.title == "AB"


def test_a_reference_within_text_is_left_to_the_markup() -> None:
    assert one(rss("<title>A&amp;#999999999999;B</title>")).title == Hypertext("A&#999999999999;B")


def test_a_bomb_of_entities_is_not_expanded() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    parsed = parse(f'<!DOCTYPE rss [<!ENTITY a0 "ha">{levels}]>' + rss("<title>&a9;</title>"))
    assert all(len(str(record.title)) < 10_000 for record in parsed.records)


def test_an_entity_reads_no_file() -> None:
    parsed = parse('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("<title>A&x;</title>"))
    assert "root:" not in repr(parsed)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    assert parse(body) is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_pieces(text: str) -> None:
    assert parse(text) is not None
    assert parse(f"<rss><channel>{text}</channel></rss>") is not None


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([WHOLE, ATOM]), st.integers(0, 500), st.binary(max_size=5))
def test_any_damage(whole: str, at: int, damage: bytes) -> None:
    body = whole.encode()
    assert parse(body[:at]) is not None
    assert parse(body[:at] + damage + body[at + 1 :]) is not None
