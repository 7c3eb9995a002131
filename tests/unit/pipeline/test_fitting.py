"""A feed is cut where it grows too large, at its old end."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.feed import Entry
from feedsvc.pipeline.fitting import fitting, weight

from .newsroom import NOW

SMALL = Entry(
    id="tag:a", address="https://a", title="ễ", summary="", content="", published=NOW, updated=NOW, language="vi"
)


def sized(size: int) -> Entry:
    return replace(SMALL, title="", content="x" * size)


def test_what_a_text_weighs_are_its_bytes() -> None:
    assert weight(SMALL) == 3
    assert weight(replace(SMALL, summary="a", content="<p>ễ</p>")) == 14


def test_the_first_entry_is_there_however_large() -> None:
    assert list(fitting([sized(100), sized(1)], largest=10)) == [sized(100)]


def test_nothing_that_is_older_comes_after_one_that_was_left_out() -> None:
    assert list(fitting([sized(5), sized(6), sized(1)], largest=10)) == [sized(5)]


@given(st.lists(st.integers(0, 20)), st.integers(1, 40))
def test_as_many_as_fit_are_there(sizes: list[int], largest: int) -> None:
    entries = [sized(size) for size in sizes]
    kept = list(fitting(entries, largest))
    assert kept == entries[: len(kept)]
    if len(kept) > 1:
        assert sum(map(weight, kept)) <= largest
    if kept and len(kept) < len(entries):
        assert sum(map(weight, entries[: len(kept) + 1])) > largest
