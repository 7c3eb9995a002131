"""Passes over real HTTP into every store, by a clock of the test's: hints, moves and verdicts, from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Outcome, Pass
from feedsvc.domain.rhythm import VerdictKind
from feedsvc.domain.source import Source
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.web import WebFetcher
from feedsvc.markup.reader import HtmlReader
from feedsvc.pipeline.classify import Classifier
from feedsvc.pipeline.harvest import World
from feedsvc.pipeline.ingest import Ingest
from feedsvc.pipeline.languages import Languages
from feedsvc.pipeline.reader import PlainReader
from feedsvc.pipeline.setup import setup_of
from feedsvc.sources.syndication import Syndication
from feedsvc.sources.syndication.kind import SyndicationOptions
from feedsvc.text.matcher import AhoCorasickMatcher
from feedsvc.text.neutral import Neutral
from tests.contracts.samples import LEASE, Store
from tests.fakes.media import FakeMedia
from tests.unit.fetching.server import Say, Server, answer
from tests.unit.pipeline.newsroom import SITE

START = datetime(2026, 3, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LANGUAGES = Languages({}, Neutral())
KINDS = {"syndication": Syndication()}
TAXONOMY = Taxonomy(topics={}, regions={})


def feed(items: Mapping[str, datetime], head: str = "") -> bytes:
    """A feed with these items, and when they were published."""
    entries = "".join(
        f"<item><guid>{guid}</guid><title>Tin {guid}</title><description>Một đoạn.</description>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for guid, at in items.items()
    )
    return f'<rss version="2.0"><channel><title>Báo</title>{head}{entries}</channel></rss>'.encode()


@dataclass
class Paper:
    """A newspaper, and our scheduler's passes over it; `says` maps paths to answers, the rest is 404."""

    store: Store
    server: Server
    answers: dict[str, list[bytes]]
    now: datetime = START
    done: list[Pass] = field(default_factory=list)

    @property
    def source(self) -> Source:
        return Source(
            id="bao",
            kind="syndication",
            title="Báo",
            outlet="bao",
            language="vi",
            zone="UTC",
            every=None,
            options=SyndicationOptions(url=self.server.at("/rss")),
        )

    def poll(self, after: timedelta = timedelta(0)) -> Pass:
        """A whole pass, so long after the one before."""
        self.now += after
        (claim,) = self.store.claim(holder="x", now=self.now, lease=LEASE, limit=1, only=frozenset({"bao"}))
        fetcher = WebFetcher(lambda: self.now, "tests/1", guard=Guard(("127.0.0.1:*",)))
        world = World(fetcher, PlainReader(KINDS, LANGUAGES, HtmlReader()), FakeMedia())
        classifier = Classifier(TAXONOMY, AhoCorasickMatcher((), str.strip), LANGUAGES)
        ingest = Ingest(
            {"bao": self.source}, KINDS, world, classifier, self.store, "example.org,2026", lambda: self.now
        )
        done, changes = ingest.run(claim, self.now)
        assert changes.stored
        return done

    def asked(self) -> list[str]:
        """The paths that were asked for."""
        return [head.split()[1] for head in self.server.asked]


@pytest.fixture
def paper(empty_store: Store) -> Iterator[Paper]:
    answers: dict[str, list[bytes]] = {}

    def says(path: str) -> Say:
        return answers.get(path, answer("404 Not Found"))

    with Server(says) as server:
        one = Paper(empty_store, server, answers)
        empty_store.configure(setup_of(SITE, [one.source], TAXONOMY, KINDS), START)
        yield one


OLD = {f"old-{number}": START - number * HOUR for number in range(1, 40)}


def test_a_feed_that_wants_to_be_asked_seldom_is_and_still_is_while_it_does_not_change(paper: Paper) -> None:
    paper.answers["/rss"] = answer(body=feed(OLD, "<ttl>180</ttl>"))
    waits = [(done := paper.poll(HOUR)).next_poll - paper.now for _ in range(3)]
    assert all(3 * HOUR <= wait <= 3.3 * HOUR for wait in waits)
    assert done.outcome is Outcome.UNCHANGED
    assert paper.store.statuses()[0].history.interval == 3 * HOUR


def test_an_answer_that_is_fresh_for_long_is_not_asked_for_before(paper: Paper) -> None:
    paper.answers["/rss"] = answer(body=feed(OLD), cache_control="max-age=7200")
    assert paper.poll().next_poll >= paper.now + 2 * HOUR
    paper.answers["/rss"] = answer(body=feed(OLD), cache_control="max-age=31536000")
    assert paper.poll(HOUR).next_poll <= paper.now + 4.5 * HOUR


def test_hours_that_a_feed_leaves_out_are_left_out(paper: Paper) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(6))
    paper.answers["/rss"] = answer(body=feed(OLD, f"<skipHours>{hours}</skipHours>"))
    assert paper.poll().next_poll == START + 6 * HOUR


def test_a_paper_that_moved_is_asked_at_its_new_place_once_that_proved_itself(paper: Paper) -> None:
    paper.answers["/rss"] = answer(body=feed(OLD))
    paper.poll()
    paper.answers["/new"] = paper.answers["/rss"]
    paper.answers["/rss"] = answer("301 Moved Permanently", location="/new")
    for _ in range(4):
        assert paper.poll(8 * HOUR).outcome is Outcome.UNCHANGED
    paper.server.asked.clear()
    paper.poll(8 * HOUR)
    assert paper.asked() == ["/new"]
    assert paper.store.statuses()[0].history.moved_to == paper.server.at("/new")
    paper.answers["/rss"] = answer("404 Not Found")
    assert paper.poll(HOUR).outcome is Outcome.UNCHANGED


def test_a_new_place_that_gives_nothing_any_more_is_left_for_the_old_one(paper: Paper) -> None:
    test_a_paper_that_moved_is_asked_at_its_new_place_once_that_proved_itself(paper)
    paper.answers["/rss"] = answer(body=feed(OLD))
    del paper.answers["/new"]
    outcomes = [paper.poll(HOUR).outcome for _ in range(5)]
    assert outcomes == [Outcome.FETCH_FAILED] * 3 + [Outcome.UNCHANGED] * 2
    assert paper.store.statuses()[0].history.moved_to is None


def test_a_portal_that_says_that_everything_moved_to_it_is_never_followed(paper: Paper) -> None:
    paper.answers["/rss"] = answer(body=feed(OLD))
    paper.poll()
    paper.answers["/portal"] = answer(body=b"<html><body>Log in, please</body></html>", content_type="text/html")
    paper.answers["/rss"] = answer("301 Moved Permanently", location="/portal")
    outcomes = {paper.poll(8 * HOUR).outcome for _ in range(6)}
    assert outcomes == {Outcome.PARSE_FAILED}
    assert paper.asked()[-2:] == ["/rss", "/portal"]
    assert paper.store.statuses()[0].history.verdict.kind is VerdictKind.FAILING
    assert len(paper.store.newest(FeedKey(), 50)) == len(OLD)


def test_a_paper_that_falls_silent_is_late_then_silent_and_fresh_with_its_next_article(paper: Paper) -> None:
    items = {f"tin-{number}": START - number * 6 * HOUR for number in range(50)}
    paper.answers["/rss"] = answer(body=feed(items))
    assert paper.poll().history.verdict.kind is VerdictKind.FRESH
    kinds = [paper.poll(HOUR).history.verdict.kind for _ in range(10)]
    assert kinds == [VerdictKind.FRESH] * 6 + [VerdictKind.LATE] * 3 + [VerdictKind.SILENT]
    paper.answers["/rss"] = answer(body=feed({"moi": paper.now, **items}))
    assert paper.poll(MINUTE).history.verdict.kind is VerdictKind.FRESH
    assert [one.since for one in (paper.store.statuses()[0].history.verdict,)] == [paper.now - MINUTE]


def test_a_paper_that_is_gone_is_told_at_once_and_looked_at_once_a_day(paper: Paper) -> None:
    paper.answers["/rss"] = answer(body=feed(OLD))
    paper.poll()
    paper.answers["/rss"] = answer("410 Gone")
    done = paper.poll(HOUR)
    assert (done.outcome, done.history.verdict.kind) == (Outcome.GONE, VerdictKind.FAILING)
    assert DAY <= done.next_poll - paper.now <= 1.1 * DAY
    paper.answers["/rss"] = answer(body=feed(OLD))
    assert paper.poll(DAY).history.verdict.kind is not VerdictKind.FAILING


def test_what_a_paper_brings_late_or_undated_is_new_when_it_is_seen(paper: Paper) -> None:
    paper.answers["/rss"] = answer(body=feed(OLD))
    paper.poll()
    paper.answers["/rss"] = answer(body=feed({"late": START - 30 * DAY, **OLD}))
    done = paper.poll(2 * HOUR)
    assert done.history.rhythm.newest == paper.now
    assert done.history.rhythm.seen == len(OLD) + 1
