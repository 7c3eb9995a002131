"""Which entry is which."""

from __future__ import annotations

from .desk import parse, rss


def item(guid: str = "", link: str = "", title: str = "T", text: str = "") -> str:
    own = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<title>{title}</title>{own}<link>{link}</link><description>{text}</description>"


def keys(*items: str) -> list[str]:
    return [record.key for record in parse(rss(*items)).records]


def test_the_guid_then_the_link_then_the_words() -> None:
    assert keys(item("g", "https://a.example/1")) == ["g"]
    link = "https://A.example:443/1?utm_source=x&amp;id=2&amp;fbclid=y#utm_medium=z"
    assert keys(item("", link)) == ["https://a.example/1?id=2"]
    assert keys(item(link)) == ["https://a.example/1?id=2"]
    (key,) = keys(item(text="D"))
    assert key.startswith("hash:")
    assert len(key) == len("hash:") + 64
    assert keys(item(text="D")) == [key] != keys(item(text="E"))


def test_a_guid_on_different_links_identifies_nothing() -> None:
    found = keys(item("g", "https://a.example/1"), item("g", "https://a.example/2"), item("h", "https://a.example/3"))
    assert found == ["https://a.example/1", "https://a.example/2", "h"]


def test_entries_of_one_link_are_told_apart_by_their_titles() -> None:
    found = keys(item("", "https://a.example/", "A"), item("", "https://a.example/", "B"))
    assert len(set(found)) == 2
    assert all(key.startswith("hash:") for key in found)


def test_what_is_there_twice_is_kept_once_under_its_usual_key() -> None:
    parsed = parse(rss(item("g", "https://a.example/1"), item("g", "https://a.example/1")))
    assert [record.key for record in parsed.records] == ["g"]
    assert [(one.key, one.reason) for one in parsed.rejections] == [("g", "the feed holds it twice")]
    assert parsed.held == 2


def test_a_giant_key_is_a_hash() -> None:
    assert keys(item("g" * 5000))[0].startswith("hash:")
