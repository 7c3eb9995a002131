"""A store with a newsroom's feeds, and invented articles for it that come day by day; the same on every machine."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from feedsvc.domain.article import Article, Draft, Evidence, Label, LabelKind, Origin, Paragraph, Role
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.identity import article_id, article_uri
from feedsvc.domain.passes import Outcome, Pass, Placed
from feedsvc.domain.setup import Asked, Setup
from feedsvc.storage.store import Store

from ..feeds import VIETNAMESE

START = datetime(2025, 1, 1, 6, tzinfo=UTC)
LEASE = timedelta(hours=1)
SOURCE, A_PASS = "bao", 50
WORDS, PARAGRAPHS = 400, 8
TOPICS = tuple(f"t{number}" for number in range(18))
REGIONS = tuple(f"r{number}" for number in range(66))
ITS_TOPICS, ITS_REGIONS = 3, 5
"""So many feeds each, as many as there are pairs of them, the one of all and the source's: 25."""
FEEDS = frozenset(
    (
        FeedKey(),
        FeedKey(source=SOURCE),
        *(FeedKey(topic=topic) for topic in TOPICS),
        *(FeedKey(region=region) for region in REGIONS),
        *(FeedKey(topic=topic, region=region) for topic in TOPICS for region in REGIONS),
    )
)
SETUP = Setup(
    sources={SOURCE: Asked(SOURCE)}, feeds=FEEDS, presentation="one", digest="one", text="topics: []", window=50
)


def take_in(store: Store, day: int, count: int) -> None:
    """Store the articles of a day, in passes of fifty. Raises RuntimeError where one was refused."""
    now = START + timedelta(days=day)
    for begin in range(0, count, A_PASS):
        numbers = range(day * count + begin, day * count + min(begin + A_PASS, count))
        (claim,) = store.claim(holder="bench", now=now, lease=LEASE, limit=1, only=frozenset({SOURCE}))
        done = Pass(
            claim=claim,
            outlet=SOURCE,
            started=now,
            outcome=Outcome.CHANGED,
            cursor=claim.cursor,
            next_poll=now,
            articles=tuple(placed(number, now + timedelta(seconds=number % count)) for number in numbers),
        )
        if not store.commit(done).stored:
            raise RuntimeError("a pass was refused")


def placed(number: int, published: datetime) -> Placed:
    """The article of that number, with its labels and in its feeds."""
    chance = random.Random(number)
    topics, regions = chance.sample(TOPICS, ITS_TOPICS), chance.sample(REGIONS, ITS_REGIONS)
    key = f"https://bao.example/2025/tin-{number}.html"
    name = article_id(SOURCE, key)
    article = Article(
        id=name,
        uri=article_uri("example.org,2026", name),
        source=SOURCE,
        outlet=SOURCE,
        draft=_draft(chance, key, published),
        updated=published,
        fingerprint=key,
        labels=tuple(
            Label(kind=kind, slug=slug, origin=Origin.RULE, reason=(Evidence(f"{kind}: {slug}", "title", slug),))
            for kind, slugs in ((LabelKind.TOPIC, topics), (LabelKind.REGION, regions))
            for slug in slugs
        ),
    )
    pairs = (FeedKey(topic=topic, region=region) for topic in topics for region in regions)
    whole = (FeedKey(), FeedKey(source=SOURCE), *(FeedKey(topic=one) for one in topics))
    return Placed(article, frozenset((*whole, *(FeedKey(region=one) for one in regions), *pairs)))


def _draft(chance: random.Random, key: str, published: datetime) -> Draft:
    texts = [" ".join(chance.choices(VIETNAMESE, k=WORDS // PARAGRAPHS)) for _ in range(PARAGRAPHS)]
    return Draft(
        key=key,
        title=texts[0][:60],
        summary=texts[0],
        content=tuple(Paragraph(text, Role.BODY if place else Role.LEAD) for place, text in enumerate(texts)),
        published=published,
        dated_by="the benchmark",
        language="vi",
        link=key,
    )
