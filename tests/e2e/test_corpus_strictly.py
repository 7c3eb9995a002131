"""Three thousand feeds of others: where the fast path reads one, feedparser reads it alike."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedsvc.sources.syndication.clocks import without_clocks
from feedsvc.sources.syndication.entries import Entries
from feedsvc.sources.syndication.sniffing import Shape, sniffed
from feedsvc.sources.syndication.strict.feed import read_strictly
from feedsvc.sources.syndication.xmlfeed import cleaned, read_loosely, read_xml_feed

ADDRESS = "https://example.org/feed"
USUAL_KINDS = {"rss", "atom"}


@dataclass(frozen=True)
class Case:
    """A file of the corpus that may be a feed in XML, and what the fast path made of it."""

    path: str
    body: bytes
    newspapery: bool
    strictly: Entries | None


@pytest.fixture(scope="module")
def corpus(shared: Path) -> tuple[Case, ...]:
    """Every file that is not refused at sight; skips where the corpus is not there."""
    folder = shared / "corpus" / "feeds"
    if not (folder / "manifest.csv").exists():
        pytest.skip(f"the corpus of feeds is not at {folder}")
    return tuple(_cases(folder))


def _cases(folder: Path) -> Iterator[Case]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            body = (folder / row["path"]).read_bytes()
            if is_xml(body):
                body = cleaned(body)
                real = "content of real feeds" in row["licence"] and row["wellformed"] == "y"
                newspapery = real and row["kind"] in USUAL_KINDS and is_utf_8(body)
                yield Case(row["path"], body, newspapery, read_strictly(body, ADDRESS, None))


def is_xml(body: bytes) -> bool:
    """Whether the readers of XML get to see a body."""
    try:
        return sniffed(body) is Shape.XML
    except ValueError:
        return False


def is_utf_8(body: bytes) -> bool:
    """Whether a body can be read as UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser")
def test_feedparser_reads_alike_what_the_fast_path_reads(corpus: tuple[Case, ...]) -> None:
    read = [case for case in corpus if case.strictly is not None]
    different = [case.path for case in read if read_loosely(case.body, ADDRESS, None) != case.strictly]
    assert different == []
    assert len(read) > 1500


@pytest.mark.slow
@pytest.mark.shared
def test_the_fast_path_reads_four_of_five_well_formed_real_feeds(corpus: tuple[Case, ...]) -> None:
    usual = [case for case in corpus if case.newspapery]
    assert len(usual) > 100
    assert sum(case.strictly is not None for case in usual) >= len(usual) * 4 // 5


def test_what_a_feed_says_of_its_own_building_changes_nothing_that_is_read(corpus: tuple[Case, ...]) -> None:
    built = [(case, without_clocks(case.body)) for case in corpus]
    built = [(case, body) for case, body in built if body != case.body]
    assert len(built) > 400
    for case, body in built:
        assert read_xml_feed(body, ADDRESS) == read_xml_feed(case.body, ADDRESS), case.path
