"""Fills a store with as many articles as are wanted, in its own schema, in statements that take all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from feedsvc import bootstrap
from feedsvc.domain.identity import article_id, article_uri
from feedsvc.storage.articles import label_row
from feedsvc.storage.codec import encode
from feedsvc.storage.schema import articles, changes, entries, labels, records
from feedsvc.storage.sqlite import DRIVER

from .newsroom import KINDS, GrowingNewsroom, Kind, kinds_of
from .texts import APART, START, draft

A_PASS = 50
TEXTS = 500
"""Different ones; an article has one of them, with a key and a time of its own."""
PORTION = 20_000
FILLED = (articles, records, changes, labels, entries)
KEY = "@key@"

MADE = (
    "CREATE TABLE bench_articles (number INTEGER, article TEXT, kind INTEGER, source TEXT, published BIGINT)",
    "CREATE TABLE bench_texts (number INTEGER, words TEXT)",
    "CREATE TABLE bench_feeds (kind INTEGER, feed TEXT)",
    "CREATE TABLE bench_labels (of_kind INTEGER, kind TEXT, slug TEXT, origin TEXT, derived BOOLEAN, "
    "strength FLOAT, rank INTEGER, reason TEXT)",
)
FILLING = (
    """INSERT INTO articles (id, uri, source, outlet, story, text, fingerprint, published, dated_by, updated)
    SELECT a.article, :uri || a.article, a.source, a.source, a.article,
        replace(replace(t.words, '@key@', 'n' || a.number), :sentinel, CAST(a.published AS TEXT)),
        '1' || :colon || a.article || :colon || '0', a.published, 'the record', a.published
    FROM bench_articles a JOIN bench_texts t ON t.number = a.number % :texts ORDER BY a.number""",
    """INSERT INTO records (outlet, key, article, first_seen, last_seen, state, digest)
    SELECT source, 'n' || number, article, published, published, 'live', article FROM bench_articles
    ORDER BY source, 'n' || number""",
    """INSERT INTO changes (seq, article, at, kind)
    SELECT number / :a_pass + 1, article, published, 'new' FROM bench_articles ORDER BY number""",
    """INSERT INTO labels (article, kind, slug, origin, derived, strength, rank, reason, from_seq)
    SELECT a.article, l.kind, l.slug, l.origin, l.derived, l.strength, l.rank, l.reason, a.number / :a_pass + 1
    FROM bench_articles a JOIN bench_labels l ON l.of_kind = a.kind ORDER BY a.number""",
    """INSERT INTO entries (feed, article, published, entered_seq)
    SELECT f.feed, a.article, a.published, a.number / :a_pass + 1
    FROM bench_articles a JOIN (SELECT kind, feed FROM bench_feeds) f ON f.kind = a.kind ORDER BY a.article""",
    """INSERT INTO entries (feed, article, published, entered_seq)
    SELECT 'sources/' || source, article, published, number / :a_pass + 1 FROM bench_articles ORDER BY article""",
    """UPDATE ledger SET seq = (SELECT max(seq) FROM changes), fresh_seq = (SELECT max(seq) FROM changes),
    live = (SELECT count(*) FROM articles)""",
    "UPDATE feeds SET changed_seq = (SELECT max(seq) FROM changes)",
)


def fill(room: GrowingNewsroom, count: int) -> None:
    """Configure an empty store and put so many articles into it, in the order in which they were published."""
    with closing(room.services()) as services:
        bootstrap.configure(services, rules=True)
        kinds, sources, url = (
            kinds_of(services, min(KINDS, count)),
            sorted(services.sources),
            services.settings.database_url,
        )
    with _engine(url) as engine:
        with engine.begin() as connection:
            _write(connection, kinds, sources, count)
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))  # as its own upkeep does in time


def _write(connection: Connection, kinds: Sequence[Kind], sources: Sequence[str], count: int) -> None:
    indexes = sorted((index for table in FILLED for index in table.indexes), key=lambda index: str(index.name))
    for index in indexes:
        index.drop(connection)
    for statement in MADE:
        connection.execute(text(statement))
    _note(connection, kinds, sources, count)
    values = {
        "uri": article_uri("example.org,2026", ""),
        "sentinel": str(int(START.timestamp())),
        "texts": TEXTS,
        "a_pass": A_PASS,
        "colon": ":",
    }
    for statement in FILLING:
        connection.execute(text(statement), {name: one for name, one in values.items() if f":{name}" in statement})
    for statement in MADE:
        connection.execute(text(f"DROP TABLE {statement.split()[2]}"))
    for index in indexes:
        index.create(connection)


def _note(connection: Connection, kinds: Sequence[Kind], sources: Sequence[str], count: int) -> None:
    """What the rows are made of."""
    texts = [{"number": number, "words": encode(draft(number, KEY, START))} for number in range(TEXTS)]
    connection.execute(text("INSERT INTO bench_texts VALUES (:number, :words)"), texts)
    feeds = [{"kind": number, "feed": feed} for number, kind in enumerate(kinds) for feed in kind.feeds]
    connection.execute(text("INSERT INTO bench_feeds VALUES (:kind, :feed)"), feeds)
    its = [{**label_row("", label, 0), "of": number} for number, kind in enumerate(kinds) for label in kind.labels]
    into = "INSERT INTO bench_labels VALUES (:of, :kind, :slug, :origin, :derived, :strength, :rank, :reason)"
    connection.execute(text(into), its)
    articles_ = text("INSERT INTO bench_articles VALUES (:number, :article, :kind, :source, :published)")
    for rows in _portions(sources, len(kinds), count):
        connection.execute(articles_, rows)


def _portions(sources: Sequence[str], kinds: int, count: int) -> Iterator[list[dict[str, object]]]:
    start, apart = int(START.timestamp()), int(APART.total_seconds())
    for first in range(0, count, PORTION):
        yield [
            {
                "number": number,
                "article": article_id(source, f"n{number}"),
                "kind": (number * 2654435761 >> 9) % kinds,
                "source": source,
                "published": start + number * apart,
            }
            for number in range(first, min(count, first + PORTION))
            for source in (sources[number % len(sources)],)
        ]


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    """One that writes without care for a crash: nobody else has the database yet."""
    if url.startswith("sqlite:"):
        engine = create_engine(url, module=DRIVER)
        event.listen(engine, "connect", _carelessly)
    else:
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        event.listen(engine, "connect", _with_memory)
    try:
        yield engine
    finally:
        engine.dispose()


def _carelessly(connection: Any, _: object) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -1000000")


def _with_memory(connection: Any, _: object) -> None:
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute("SET work_mem = '512MB'")
    connection.commit()
