"""Following a feed over time: what a poll costs, and what becomes of a correction and of a feed that moved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from .in_node import feedsmith, rss_parser
from .in_python import Feedparser, Reader
from .newsboat import Newsboat
from .rss2email import Rss2email
from .seen import Failed, Making, Seen, titles
from .sfeed import FOLLOWING, WITH_ETAGS, Sfeed
from .stage import ENDED, KEPT, Stage

pytestmark = pytest.mark.slow

NEWS = "/feeds/sources/bao-mau.atom"
WHOLE, SPARED = (False, 200), (True, 304)
CONDITIONAL: dict[str, Making] = {
    "newsboat": Newsboat,
    "rss2email": Rss2email,
    "feedparser": Feedparser,
    "reader": Reader,
    "sfeed with etags": partial(Sfeed, fetching=WITH_ETAGS),
}
FORGETFUL: dict[str, Making] = {"sfeed": Sfeed, "feedsmith": feedsmith, "rss-parser": rss_parser}


COSTS = {
    # It keeps validators beside what it knows of the feed, which it does not yet when it first asks.
    "newsboat": [WHOLE, WHOLE, SPARED],
    # curl names an empty version at first.
    "sfeed with etags": [(True, 200), SPARED, SPARED],
}


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("name", CONDITIONAL)
def test_an_unchanged_feed_costs_who_has_it_next_to_nothing(stage: Stage, tmp_path: Path, name: str, form: str) -> None:
    path = f"/feeds/all.{form}"
    client = CONDITIONAL[name](tmp_path / "client", stage.at(path))
    assert client.poll() == client.poll() == client.poll()
    assert stage.statuses(path) == COSTS.get(name, [WHOLE, SPARED, SPARED])


@pytest.mark.parametrize("name", FORGETFUL)
def test_a_client_that_never_says_what_it_has_gets_the_feed_whole(stage: Stage, tmp_path: Path, name: str) -> None:
    client = FORGETFUL[name](tmp_path / "client", stage.at(NEWS))
    first = client.poll()
    assert client.poll() == first
    assert stage.statuses(NEWS) == [WHOLE, WHOLE]


@pytest.mark.parametrize("name", ["newsboat", "reader", "feedparser"])
def test_a_corrected_article_is_one_changed_entry_and_no_new_one(stage: Stage, tmp_path: Path, name: str) -> None:
    client = CONDITIONAL[name](tmp_path / "client", stage.at("/feeds/all.rss"))
    before = client.poll()
    title = stage.correct()
    after = client.poll()
    assert titles(after) == {**titles(before), before[0].id: title}
    assert [one.published for one in after] == [one.published for one in before]
    assert after[1:] == before[1:]


def test_rss2email_answers_its_mail_of_a_corrected_article_with_one_mail(stage: Stage, tmp_path: Path) -> None:
    client = Rss2email(tmp_path / "client", stage.at("/feeds/all.atom"))
    before = client.poll()
    title = stage.correct()
    after = client.poll()
    assert after == [before[0], after[1], *before[1:]]
    assert (after[1].id, after[1].title) == (before[0].id, title)
    first, answer, _ = client.mails()
    assert answer["In-Reply-To"] == first["Message-ID"]


def test_sfeed_keeps_a_corrected_title_beside_the_old_one_under_one_id(stage: Stage, tmp_path: Path) -> None:
    client = Sfeed(tmp_path / "client", stage.at("/feeds/all.rss"))
    before = client.poll()
    title = stage.correct()
    after = client.poll()
    assert len(after) == len(before) + 1
    assert {one.id for one in after} == {one.id for one in before}
    assert {one.title for one in after} == {title, *(one.title for one in before)}


# --- a region that ended, whose readers are sent to its successor for good ------------------------------

MOVED = f"{ENDED}.atom"
STAYING: dict[str, Making] = {
    "newsboat": Newsboat,
    "feedparser": Feedparser,
    "reader": Reader,
    "feedsmith": feedsmith,
    "rss-parser": rss_parser,
    "sfeed that may follow": partial(Sfeed, fetching=FOLLOWING),
}


def asked(stage: Stage) -> list[tuple[str, int]]:
    return [(one.path, one.status) for one in stage.between.asked]


def of_the_successor(stage: Stage, tmp_path: Path, make: Callable[[Path, str], object]) -> list[Seen]:
    client = make(tmp_path / "successor", stage.at(f"{KEPT}.atom"))
    shown: list[Seen] = client.poll()  # type: ignore[attr-defined]
    stage.between.asked.clear()
    return shown


@pytest.mark.parametrize("name", STAYING)
def test_a_client_is_led_to_the_successor_each_time(stage: Stage, tmp_path: Path, name: str) -> None:
    there = of_the_successor(stage, tmp_path, STAYING[name])
    client = STAYING[name](tmp_path / "client", stage.at(MOVED))
    assert client.poll() == client.poll() == there != []
    assert [path for path, _ in asked(stage)] == [MOVED, f"{KEPT}.atom"] * 2
    assert [status for _, status in asked(stage)][::2] == [301, 301]
    assert stage.statuses(f"{KEPT}.atom")[0] == WHOLE


@pytest.mark.parametrize("name", ["newsboat", "feedparser", "reader"])
def test_what_a_client_has_of_the_successor_holds_over_the_old_address(stage: Stage, tmp_path: Path, name: str) -> None:
    client = STAYING[name](tmp_path / "client", stage.at(MOVED))
    assert client.poll() == client.poll() == client.poll()
    assert stage.statuses(f"{KEPT}.atom") == COSTS.get(name, [WHOLE, SPARED, SPARED])


def test_feedparser_tells_its_program_where_the_feed_went(stage: Stage, tmp_path: Path) -> None:
    client = Feedparser(tmp_path, stage.at(MOVED))
    client.poll()
    assert client.moved_to == stage.at(f"{KEPT}.atom")


def test_rss2email_writes_the_new_address_into_its_configuration(stage: Stage, tmp_path: Path) -> None:
    client = Rss2email(tmp_path / "client", stage.at(MOVED))
    first = client.poll()
    assert client.address == stage.at(f"{KEPT}.atom")
    assert client.poll() == first
    assert asked(stage) == [(MOVED, 301), (f"{KEPT}.atom", 200), (f"{KEPT}.atom", 304)]


def test_sfeed_fails_at_a_redirect_unless_it_is_told_to_follow(stage: Stage, tmp_path: Path) -> None:
    client = Sfeed(tmp_path / "client", stage.at(MOVED))
    with pytest.raises(Failed, match="FAIL \\(FETCH\\)"):
        client.poll()
    assert asked(stage) == [(MOVED, 301)]
