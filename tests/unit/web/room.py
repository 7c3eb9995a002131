"""A newsroom over fakes, and articles to put into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from feedsvc.domain.article import Article, Draft, Label, LabelKind, Origin, Paragraph
from feedsvc.domain.feed import Category, Entry, Feed, FeedKey
from feedsvc.domain.feed import Origin as EntryOrigin
from feedsvc.domain.operator import NOBODY, Operator
from feedsvc.domain.passes import Outcome
from feedsvc.domain.pending import NOTHING, Pending
from feedsvc.domain.retirement import Retirement
from feedsvc.domain.rhythm import VerdictKind
from feedsvc.domain.serving import USUAL_SERVING, Serving
from feedsvc.domain.status import Report, Tally
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.errors import StoreError, UnknownFeed
from feedsvc.pipeline.fragments import Fragments
from feedsvc.pipeline.joining import Joined, bytes_of, joined_whole
from feedsvc.pipeline.questions import UnknownLabel, Wanted
from feedsvc.web.app import create_app
from feedsvc.web.newsroom import Contents, Listed, Newsroom, Section
from feedsvc.web.portions import Portions
from feedsvc.web.readiness import Check, Readiness
from feedsvc.web.traffic import Counts
from tests.fakes.formats import FakeFormat
from tests.fakes.media import FakeMedia
from tests.fakes.shelf import FakeShelf

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
ALL = FeedKey()
SPORT = FeedKey(topic="the-thao")
DELTA = FeedKey(region="dong-thap")
EMPTY = FeedKey(region="lai-chau")
WEST = FeedKey(region="mien-tay")
SPORT_IN_DELTA = FeedKey(topic="the-thao", region="dong-thap")
SPORT_IN_WEST = FeedKey(topic="the-thao", region="mien-tay")
PAPER = FeedKey(source="bao-song")
SITE = "https://tin.example.org"
READY = Readiness(True, (Check("store", True),))
TALLY = Tally(
    sources={None: 2, Outcome.UNCHANGED: 5, Outcome.FETCH_FAILED: 1},
    verdicts={VerdictKind.FRESH: 6, VerdictKind.SILENT: 2},
    late=3,
    articles=41,
    heartbeat=NOON - timedelta(seconds=2),
)
GZIP = {"Accept-Encoding": "gzip"}
BR = {"Accept-Encoding": "br"}

CONTENTS = Contents(
    title="Tin Ba Sông",
    language="vi",
    main=Listed("Tất cả tin", ALL),
    sections=(
        Section("Chủ đề", (Listed("Thể thao", SPORT),)),
        Section("Vùng", (Listed("Miền Tây", WEST),)),
        Section(
            "Tỉnh", parts=(Section("Miền Tây", (Listed("Đồng Tháp", DELTA, parent=WEST), Listed("Lai Châu", EMPTY))),)
        ),
        Section("Báo", (Listed("Báo Sông", PAPER, "thử"),), folded=True),
    ),
)


def an_article(
    name: str = "abcdefgh22334455", title: str = "Đua ghe ngo", link: str | None = None, author: str = "Lê Vân"
) -> Article:
    """An article about a topic and a region, an hour older than NOON."""
    when = NOON - timedelta(hours=1)
    draft = Draft(
        key=name,
        title=title,
        summary="Hàng nghìn người đến xem.",
        content=(Paragraph("Hàng nghìn người đến xem."),),
        published=when,
        dated_by="file",
        language="vi",
        link=link,
        authors=(author,),
        contributors=("Trần Hà",),
    )
    labels = (_label(LabelKind.TOPIC, "the-thao"), _label(LabelKind.REGION, "dong-thap"))
    return Article(
        id=name,
        uri=f"tag:example.org,2026:a/{name}",
        source="bao-song",
        outlet="bao-song",
        draft=draft,
        updated=when,
        fingerprint="1",
        labels=labels,
    )


@dataclass
class Room:
    """A running web over fakes; `now`, `verdict`, `tally`, `operator`, `reports` and `health` are its knobs.

    Without a tally the database is away; `late_before` are the times that it was asked for with.
    """

    contents: Contents = CONTENTS
    public_url: str = SITE
    now: datetime = NOON
    verdict: Readiness = READY
    tally: Tally | None = TALLY
    late_before: list[datetime] = field(default_factory=list)
    operator: Operator = NOBODY
    serving: Serving = USUAL_SERVING
    reports: tuple[Report, ...] = ()
    reported: int = 0
    """How often reports were asked for."""
    health: Feed | None = None
    unexplained: str = ""
    """A source of which no article can be explained."""
    since: datetime | None = None
    pending: Pending = NOTHING
    taxonomy: Taxonomy = field(default_factory=lambda: Taxonomy({}, {}))
    today: date = date.max
    portions: Portions = field(default_factory=Portions)
    counts: Counts = field(default_factory=lambda: Counts(("atom", "rss", "json")))
    shelf: FakeShelf = field(default_factory=FakeShelf)
    fragments: Fragments = field(default_factory=lambda: Fragments(1024 * 1024))
    media: FakeMedia = field(default_factory=FakeMedia)
    atom: FakeFormat = field(default_factory=lambda: FakeFormat("atom", "application/atom+xml; charset=utf-8"))
    rss: FakeFormat = field(default_factory=lambda: FakeFormat("rss", "application/rss+xml; charset=utf-8"))
    json: FakeFormat = field(default_factory=lambda: FakeFormat("json", "application/feed+json; charset=utf-8"))

    def __post_init__(self) -> None:
        self.shelf.open(
            ALL, SPORT, DELTA, EMPTY, WEST, SPORT_IN_DELTA, SPORT_IN_WEST, PAPER, at=NOON - timedelta(days=1)
        )

    def put(self, article: Article, at: datetime = NOON) -> None:
        """Place an article in the feeds of its labels and its source."""
        self.shelf.put(article, ALL, SPORT, DELTA, PAPER, at=at)

    def newsroom(self) -> Newsroom:
        return Newsroom(
            shelf=self.shelf,
            media=self.media,
            feed_of=self._feed,
            join=self._join,
            bytes_of=partial(bytes_of, self.fragments),
            forget=self.fragments.forget,
            entry_of=entry_of,
            formats={"atom": self.atom, "rss": self.rss, "json": self.json},
            contents=self.contents,
            public_url=self.public_url,
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
            max_age=300,
            ready=lambda: self.verdict,
            tally=self._tally,
            reports=self._reports,
            health=self._health,
            explain=self._explain,
            counts=self.counts,
            clock=lambda: self.now,
            operator=self.operator,
            serving=self.serving,
            portions=self.portions,
            since=self.since,
            taxonomy=self.taxonomy,
            retirement=Retirement(self.taxonomy, self.today),
            pending=lambda: self.pending,
        )

    def client(self) -> FlaskClient:
        return create_app(self.newsroom()).test_client()

    def _tally(self, due_before: datetime) -> Tally:
        self.late_before.append(due_before)
        if self.tally is None:
            raise StoreError("the database is away")
        return self.tally

    def _reports(self) -> tuple[Report, ...]:
        self.reported += 1
        self.shelf.ping()
        return self.reports

    def _health(self) -> Feed:
        self.shelf.ping()
        assert self.health is not None
        return self.health

    def _explain(self, article: Article, wanted: Wanted) -> Mapping[str, object] | None:
        if any(slug == "không" for _, slug in wanted):
            raise UnknownLabel("no topic is called không")
        facts = {"id": article.id, "title": article.draft.title, "asked": [":".join(one) for one in wanted]}
        return None if article.source == self.unexplained else facts

    def _join(self, key: FeedKey, form: str) -> tuple[Joined, bytes]:
        return joined_whole(
            {"atom": self.atom, "rss": self.rss, "json": self.json}[form], self._feed(key), self.fragments
        )

    def _feed(self, key: FeedKey) -> Feed:
        state = self.shelf.feed(key)
        if state is None:
            raise UnknownFeed(key.path)
        return Feed(
            key=key,
            id=f"tag:example.org,2026:f/{key.path}",
            title=key.path,
            subtitle="",
            address=f"{self.public_url}/feeds/{key.path}",
            page=f"{self.public_url}{key.page}",
            language="vi",
            author="Tin Ba Sông",
            updated=state.changed_at,
            max_age=300,
            generator="feedsvc",
            version="1",
            entries=tuple(entry_of(article) for article in self.shelf.newest(key, 50)),
        )


def entry_of(article: Article) -> Entry:
    """The article as an entry; its text is taken to be clean."""
    draft = article.draft
    return Entry(
        id=article.uri,
        address=draft.link or f"{SITE}/articles/{article.id}",
        title=draft.title,
        summary=draft.summary,
        content="".join(f"<p>{block.text}</p>" for block in draft.content if isinstance(block, Paragraph)),
        published=article.published,
        updated=article.updated,
        language=draft.language,
        authors=draft.authors,
        contributors=draft.contributors,
        categories=tuple(Category(f"{SITE}/scheme/{one.kind}", one.slug, one.slug) for one in article.labels),
        origin=EntryOrigin(id="tag:x", title="Báo Sông", address=SITE, page=SITE, updated=article.updated),
        licence="https://creativecommons.org/licenses/by/4.0/",
        rights="© Báo Sông",
    )


def _label(kind: LabelKind, slug: str) -> Label:
    return Label(kind=kind, slug=slug, origin=Origin.RULE, reason=())
