"""The plain way: requests in a thread pool, feedparser, nh3, and each row by a statement of its own.

`python -m benchmarks.plain PORT SOURCES DATABASE`. The tables and columns are feedsvc's, labels apart, since nothing is
classified on either side.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import json
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import feedparser
import nh3
import requests
from sqlalchemy import Connection, insert, select, update

from feedsvc.domain.identity import article_id, article_uri
from feedsvc.storage.schema import articles, changes, entries, ledger, passes, records, sources
from feedsvc.storage.store import open_store

from .side import WARM, serve

THREADS = 8
TAGS = nh3.ALLOWED_TAGS - {"h1"}
_local = threading.local()


@dataclass(frozen=True)
class Row:
    """An entry, ready to be stored."""

    key: str
    published: int
    text: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Plain:
    """Takes in sources of a server, into a database."""

    port: int
    database: Any

    def take_in(self, numbers: range) -> int:
        with ThreadPoolExecutor(THREADS) as pool:
            return sum(pool.map(self.take, numbers))

    def take(self, number: int) -> int:
        """One source; how many of its articles were new or changed."""
        source, now = f"s{number}", int(time.time())
        with self.database.reading() as connection:
            cursor = json.loads(connection.scalar(select(sources.c.cursor).where(sources.c.id == source)))
        headers = {"If-None-Match": cursor["etag"]} if cursor.get("etag") else {}
        answer = _session().get(f"http://127.0.0.1:{self.port}/s/{number}.xml", headers=headers, timeout=30)
        answer.raise_for_status()
        rows = [] if answer.status_code == 304 else [_row(one, now) for one in _entries(answer)]
        etag = answer.headers.get("ETag") or cursor.get("etag")
        with self.database.writing() as connection:
            moved = _store(connection, source, rows, now)
            _finish(connection, source, {"etag": etag}, {"seen": len(rows), "new": moved}, now)
        return moved


def _session() -> requests.Session:
    if not hasattr(_local, "session"):
        _local.session = requests.Session()
    session: requests.Session = _local.session
    return session


def _entries(answer: requests.Response) -> list[Any]:
    return list(feedparser.parse(io.BytesIO(answer.content)).entries)


def _row(entry: Any, now: int) -> Row:
    content = entry.content[0].value if entry.get("content") else entry.get("summary", "")
    parsed = entry.get("published_parsed")
    published = calendar.timegm(parsed) if parsed else now
    stored = {
        "title": nh3.clean(entry.get("title", ""), tags=set()),
        "summary": nh3.clean(entry.get("summary", ""), tags=set()),
        "content": nh3.clean(content, tags=TAGS),
        "link": entry.get("link"),
        "authors": [author.get("name") for author in entry.get("authors", [])],
        "categories": [tag.term for tag in entry.get("tags", [])],
        "published": published,
    }
    return Row(entry.get("id") or entry.get("link"), published, json.dumps(stored, ensure_ascii=False))


def _store(connection: Connection, source: str, rows: list[Row], now: int) -> int:
    if not rows:
        return 0
    connection.execute(update(ledger).values(seq=ledger.c.seq + 1))
    seq = connection.scalars(select(ledger.c.seq)).one()
    return sum(_store_one(connection, source, row, seq, now) for row in rows)


def _store_one(connection: Connection, source: str, row: Row, seq: int, now: int) -> bool:
    known = select(records.c.article, articles.c.fingerprint).join_from(records, articles)
    held = connection.execute(known.where(records.c.outlet == source, records.c.key == row.key)).first()
    if held is not None and held.fingerprint == row.fingerprint:
        return False
    changed = {"text": row.text, "fingerprint": row.fingerprint, "updated": now}
    if held is not None:
        connection.execute(update(articles).where(articles.c.id == held.article).values(changed))
        return True
    name = article_id(source, row.key)
    fixed = {
        "id": name,
        "uri": article_uri("example.org,2026", name),
        "source": source,
        "outlet": source,
        "story": name,
    }
    dated = {"published": row.published, "dated_by": "the feed"}
    connection.execute(insert(articles).values({**fixed, **dated, **changed, "updated": row.published}))
    seen = {"first_seen": now, "last_seen": now, "state": "live"}
    connection.execute(insert(records).values(outlet=source, key=row.key, article=name, **seen))
    for feed in ("all", f"sources/{source}"):
        connection.execute(insert(entries).values(feed=feed, article=name, published=row.published, entered_seq=seq))
    connection.execute(insert(changes).values(seq=seq, article=name, at=now, kind="new"))
    return True


def _finish(
    connection: Connection, source: str, cursor: Mapping[str, str | None], counts: Mapping[str, int], now: int
) -> None:
    none = dict.fromkeys(("seq", "corrected", "relabelled", "withdrawn", "rejected"), 0)
    outcome = "changed" if counts["new"] else "unchanged"
    values = {"source": source, "token": 1, "started": now, "outcome": outcome, "message": "", **none, **counts}
    connection.execute(insert(passes).values(values))
    ended = {"last_pass": now, "last_success": now, "last_outcome": outcome, "cursor": json.dumps(cursor)}
    connection.execute(update(sources).where(sources.c.id == source).values(ended))


def main() -> None:
    """Take in what it is told to, until nobody tells any more."""
    port, count, file = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    store = open_store(f"sqlite:///{file}")
    database = store._database
    with database.writing() as connection:
        for number in range(count + WARM):
            source = {"id": f"s{number}", "outlet": f"s{number}", "state": "configured", "cursor": "{}", "next_poll": 0}
            connection.execute(insert(sources).values(source))
    serve(Plain(port, database).take_in, count)
    store.close()


if __name__ == "__main__":
    main()
