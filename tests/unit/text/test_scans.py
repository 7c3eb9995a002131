"""Several texts are searched in one pass, and each as if it were alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.matching import Pattern
from feedsvc.text import vietnamese_spelling
from feedsvc.text.matcher import AhoCorasickMatcher

PATTERNS = (
    Pattern("hue", "Huế", case=True),
    Pattern("hoa-binh", "Hòa Bình", case=True),
    Pattern("peace", "hòa bình"),
    Pattern("rain", "mưa to"),
)
MATCHER = AhoCorasickMatcher(PATTERNS, vietnamese_spelling.lettered, vietnamese_spelling.spellings, str.lower)
PARTS = ["Huế", "Hoà Bình", "hòa bình", "MƯA TO Ở HUẾ", "mưa", "to", " ", "\n", "\u0301", "\u200b", "\xa0", "(", "a"]


@pytest.mark.parametrize("folded", [False, True])
@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=4).map("".join), max_size=4))
def test_each_is_read_as_it_is_alone(folded: bool, texts: list[str]) -> None:
    assert MATCHER.scans(texts, folded) == tuple(MATCHER.scan(text, folded) for text in texts)


def test_nothing_stands_in_two_of_them() -> None:
    assert [len(scan.hits) for scan in MATCHER.scans(["Trời mưa", "to lắm ở Huế"])] == [0, 1]


def test_places_count_from_the_beginning_of_each() -> None:
    first, second = MATCHER.scans(["Ở Huế", "Từ Huế về Hoà Bình"])
    assert [(hit.start, hit.end, hit.key) for hit in first.hits] == [(2, 5, "hue")]
    assert [(hit.start, hit.end, hit.key) for hit in second.hits] == [
        (3, 6, "hue"),
        (10, 18, "hoa-binh"),
        (10, 18, "peace"),
    ]
    assert second.words(10, 18) == "Hoà Bình"


def test_capitals_tell_something_in_one_and_nothing_in_another() -> None:
    headline, text = MATCHER.scans(["CÂU CHUYỆN HÒA BÌNH", "Câu chuyện hòa bình"])
    assert (headline.caseless, {hit.key for hit in headline.hits}) == (True, {"hoa-binh", "peace"})
    assert (text.caseless, {hit.key for hit in text.hits}) == (False, {"peace"})


def test_without_patterns_there_is_nothing() -> None:
    assert [scan.hits for scan in AhoCorasickMatcher(()).scans(["Huế", ""])] == [(), ()]
