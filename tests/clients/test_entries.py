"""What each client shows of an entry: the same of every format, as far as the client shows it at all."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest

from .in_node import feedsmith, rss_parser
from .in_python import Feedparser, Reader
from .newsboat import Newsboat
from .rss2email import Rss2email
from .seen import Making, Seen
from .sfeed import Sfeed
from .stage import AUTHORS, OURS, THEIRS, Stage

pytestmark = pytest.mark.slow

EVERY, FIRST, LAST = ", ".join(AUTHORS), AUTHORS[0], AUTHORS[-1]


@dataclass(frozen=True)
class Kind:
    """A client, the formats that it reads, and of several authors of an entry in Atom those that it shows.

    `plain` ones show the title of an entry in Atom as it stands in the XML, whatever its type.
    """

    make: Making
    formats: str = "atom rss"
    authors: str = EVERY
    plain: bool = False


CLIENTS = {
    "newsboat": Kind(Newsboat),
    "sfeed": Kind(Sfeed, authors=FIRST, plain=True),
    "rss2email": Kind(Rss2email, authors=LAST),
    "feedparser": Kind(Feedparser),
    "reader": Kind(Reader, "atom rss json", authors=LAST, plain=True),
    "feedsmith": Kind(feedsmith, "atom rss json"),
    "rss-parser": Kind(rss_parser, authors=FIRST, plain=True),
}
READ = [(name, form) for name, kind in CLIENTS.items() for form in kind.formats.split()]


def wanted(stage: Stage, kind: Kind, form: str) -> list[Seen]:
    """What a client should show of the entries in a format."""
    authors = kind.authors if form == "atom" else EVERY
    as_html = kind.plain and form == "atom"
    return [
        replace(entry, authors=authors, title=in_html(entry.title) if as_html else entry.title)
        for entry in stage.expected()
    ]


def in_html(title: str) -> str:
    """What stands in the XML of Atom, once that is read."""
    return title.replace("&", "&amp;").replace("<", "&lt;")


def as_far_as(shown: Seen, wanted: Seen) -> Seen:
    """What is wanted, without what the client never shows; an id, a title and a link every one does."""
    of_both = {field.name: getattr(wanted, field.name) for field in fields(shown) if getattr(shown, field.name)}
    return Seen(**{"id": wanted.id, "title": wanted.title, "link": wanted.link, **of_both})


def test_the_newsroom_and_the_newspaper_are_published_as_they_wrote(stage: Stage) -> None:
    theirs, ours = stage.expected()
    assert (theirs.title, ours.title) == (THEIRS, OURS)
    assert (theirs.authors, ours.authors) == (EVERY, EVERY)
    assert theirs.link == "http://bao.example/do"
    assert ours.link.startswith(stage.at("/articles/"))


@pytest.mark.parametrize(("name", "form"), READ)
def test_a_client_shows_every_entry_as_it_is(stage: Stage, tmp_path: Path, name: str, form: str) -> None:
    kind = CLIENTS[name]
    shown = kind.make(tmp_path / name, stage.at(f"/feeds/all.{form}")).poll()
    expected = wanted(stage, kind, form)
    assert shown == [as_far_as(one, entry) for one, entry in zip(shown, expected, strict=True)]
    assert [one.published for one in shown] == [one.published for one in expected]


SHOWN = {
    "newsboat": set[str](),
    "sfeed": {"picture"},
    "rss2email": {"picture"},
    "feedparser": {"updated", "picture"},
    "reader": {"updated", "picture"},
    "feedsmith": {"updated", "picture"},
    "rss-parser": {"picture"},
}
"""What a client shows beside ids, titles, links, authors and dates of publication, in RSS at least."""


@pytest.mark.parametrize("name", SHOWN)
def test_a_client_shows_pictures_and_corrections_where_it_has_a_place_for_them(
    stage: Stage, tmp_path: Path, name: str
) -> None:
    shown = CLIENTS[name].make(tmp_path / name, stage.at("/feeds/all.rss")).poll()
    for one in shown:
        assert {field.name for field in fields(one) if getattr(one, field.name)} == {
            *("id", "title", "link", "authors", "published"),
            *SHOWN[name],
        }
