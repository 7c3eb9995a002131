"""A feed that grows too large has its heaviest entries in short, and loses none."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.feed import Entry, Picture
from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.pipeline.fitting import LARGEST, fitting, in_short, weights
from tests.unit.formats.samples import FULL, feed_of

PICTURE = Picture(address=f"https://a.example/{'x' * 1900}.jpg", media_type="image/jpeg", length=1)


def weight(entry: Entry) -> int:
    return weights(entry)[0]


def sized(number: int, size: int) -> Entry:
    return replace(FULL, id=f"tag:a,2026:{number}", content="x" * size, pictures=(PICTURE, PICTURE))


@given(st.lists(st.integers(0, 20_000), max_size=8), st.integers(10_000, 60_000))
def test_all_are_there_and_the_lighter_ones_whole(sizes: list[int], largest: int) -> None:
    entries = tuple(sized(number, size) for number, size in enumerate(sizes))
    kept = fitting(entries, largest)
    assert [one.id for one in kept] == [one.id for one in entries]
    short = {one.id for one, before in zip(kept, entries, strict=True) if one != before}
    whole = [weight(one) for one in entries if one.id not in short]
    assert max(whole, default=0) <= min((weight(one) for one in entries if one.id in short), default=10**9)
    assert sum(map(weight, kept)) <= largest or len(short) == len(entries)
    assert not short or sum(map(weight, entries)) > largest


@given(st.integers(0, 300), st.integers(0, 3))
def test_the_weight_in_short_is_that_of_the_entry_in_short(size: int, pictures: int) -> None:
    entry = replace(sized(1, size), pictures=(PICTURE, replace(PICTURE, caption="Bến"), PICTURE)[:pictures])
    assert weights(entry)[1] == weight(in_short(entry))


def test_giants_of_one_source_leave_those_of_others_as_they_are() -> None:
    giants = tuple(sized(number, 250_000) for number in range(12))
    others = tuple(sized(100 + number, 3_000) for number in range(40))
    kept = fitting((*giants, *others))
    assert kept[12:] == others
    assert [one.content == "" for one in kept[:12]].count(True) == 8


def test_what_an_entry_weighs_is_about_what_the_formats_make_of_it() -> None:
    marked = tuple(replace(sized(number, 0), content="<b>a</b> & " * 3_000) for number in range(60))
    for entries in (marked, tuple(replace(sized(n, 9), pictures=(PICTURE,) * 12) for n in range(60))):
        feed = feed_of(*fitting(entries))
        for written in (Atom(), Rss(), JsonFeed()):
            assert len(written.render(feed).body) < 1.1 * LARGEST
