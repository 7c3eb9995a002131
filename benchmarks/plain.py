"""The plain way: fetch in a pool of threads, feedparser, nh3, lxml for the parts, and one SQL statement a row."""

from __future__ import annotations

import calendar
import hashlib
import html
import io
import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import nh3
import requests
from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from feedsvc.storage.schema import articles, changes, entries, feeds, ledger, passes, records, sources
from feedsvc.storage.sqlite import SqliteDatabase

from .plain_labels import Words

THREADS = 8
LANGUAGE = "vi"
REL = "nofollow noopener noreferrer"
TIMEOUT = 30
EVERY = 12 * 3600


class Plain:
    """A poller over a database whose tables and sources are there already; it has polled the sources `warm_ups`."""

    def __init__(
        self,
        database: Path,
        address: Callable[[str], str],
        clock: Callable[[], datetime],
        warm_ups: frozenset[str],
        words: Words,
    ) -> None:
        self._words = words
        self._database = SqliteDatabase(database)
        self._address = address
        self._clock = clock
        self._thread = threading.local()
        self._pool = ThreadPoolExecutor(THREADS)
        self._warm_ups = sorted(warm_ups)
        self._poll_all(sources.c.id.in_(self._warm_ups))

    def poll(self) -> None:
        """Poll every other source once."""
        self._poll_all(sources.c.id.not_in(self._warm_ups))

    def close(self) -> None:
        """Give the connections back."""
        self._pool.shutdown()
        self._database.close()

    def _poll_all(self, wanted: ColumnElement[bool]) -> None:
        with self._database.reading() as connection:
            rows = connection.execute(select(sources).where(wanted)).all()
        list(self._pool.map(self._poll, rows))

    def _poll(self, source: Row[Any]) -> None:
        now = int(self._clock().timestamp())
        cursor = json.loads(source.cursor)
        response = self._session().get(self._address(source.id), headers=_conditional(cursor), timeout=TIMEOUT)
        if response.status_code == requests.codes.not_modified:
            with self._database.writing() as connection:
                _finish(connection, source, cursor, now, Counts())
            return
        response.raise_for_status()
        parsed = feedparser.parse(io.BytesIO(response.content))
        language = parsed.feed.get("language", LANGUAGE)
        found = {entry.id: _article(source, entry, language) for entry in parsed.entries}
        given = {"etag": response.headers.get("ETag"), "last_modified": response.headers.get("Last-Modified")}
        with self._database.writing() as connection:
            counts = _store(connection, source, found, now)
            self._words.label(connection, found.values(), counts.seq)
            _finish(connection, source, given, now, counts)

    def _session(self) -> requests.Session:
        if not hasattr(self._thread, "session"):
            self._thread.session = requests.Session()
        session: requests.Session = self._thread.session
        return session


class Counts:
    """What a pass did."""

    def __init__(self) -> None:
        self.seen = self.new = self.corrected = self.seq = 0


def _conditional(cursor: Mapping[str, str | None]) -> dict[str, str]:
    given = {"If-None-Match": cursor.get("etag"), "If-Modified-Since": cursor.get("last_modified")}
    return {name: value for name, value in given.items() if value}


def _article(source: Row[Any], entry: Any, language: str) -> dict[str, Any]:
    """The row of an article."""
    name = hashlib.sha256(f"{source.outlet}\0{entry.id}".encode()).hexdigest()[:16]
    published = calendar.timegm(entry.published_parsed)
    content = _blocks(entry.content[0].value)
    text = {
        "key": entry.id,
        "title": _plain(entry.title),
        "summary": content[0]["text"],
        "content": content,
        "published": published,
        "dated_by": "published",
        "language": language,
        "updated": None,
        "link": entry.link,
        "authors": [author.name for author in entry.get("authors", []) if "name" in author],
        "categories": [tag.term for tag in entry.get("tags", [])],
    }
    stored = json.dumps(text, ensure_ascii=False)
    return {
        "id": name,
        "uri": f"tag:example.org,2026:a/{name}",
        "source": source.id,
        "outlet": source.outlet,
        "story": name,
        "text": stored,
        "fingerprint": hashlib.sha256(stored.encode()).hexdigest(),
        "published": published,
        "dated_by": "published",
        "updated": published,
    }


def _blocks(content: str) -> list[dict[str, Any]]:
    """The paragraphs of the content, clean, each with its text, and the pictures."""
    found = []
    for element in lxml.html.fragment_fromstring(nh3.clean(content, link_rel=REL), create_parent="div"):
        image = element.find(".//img")
        if image is None:
            markup = lxml.html.tostring(element, encoding="unicode", with_tail=False)
            found.append({"is": "html", "markup": markup, "text": " ".join(element.text_content().split())})
        else:
            found.append({"is": "figure", "pictures": [image.get("src")], "alternative": image.get("alt")})
    return found


def _plain(text: str) -> str:
    return html.unescape(nh3.clean(text, tags=set()))


def _store(connection: Connection, source: Row[Any], found: Mapping[str, dict[str, Any]], now: int) -> Counts:
    counts = Counts()
    counts.seen = len(found)
    counts.seq = connection.scalars(select(ledger.c.seq)).one()
    seq = counts.seq + 1
    for key, article in found.items():
        ours = select(articles.c.id, articles.c.fingerprint).join_from(records, articles)
        held = connection.execute(ours.where(records.c.outlet == source.outlet, records.c.key == key)).first()
        if held is None:
            _insert(connection, source, key, article, seq, now)
            counts.new += 1
        elif held.fingerprint != article["fingerprint"]:
            _update(connection, held.id, article, seq, now)
            counts.corrected += 1
    if counts.new or counts.corrected:
        counts.seq = seq
        connection.execute(update(ledger).values(seq=seq))
        for path in ("all", f"sources/{source.id}"):
            connection.execute(update(feeds).where(feeds.c.path == path).values(changed_at=now, changed_seq=seq))
    return counts


def _insert(connection: Connection, source: Row[Any], key: str, article: dict[str, Any], seq: int, now: int) -> None:
    connection.execute(insert(articles).values(**article))
    connection.execute(
        insert(records).values(
            outlet=source.outlet,
            key=key,
            article=article["id"],
            first_seen=now,
            last_seen=now,
            state="live",
            digest=article["fingerprint"],
        )
    )
    for path in ("all", f"sources/{source.id}"):
        connection.execute(
            insert(entries).values(feed=path, article=article["id"], published=article["published"], entered_seq=seq)
        )
    connection.execute(insert(changes).values(seq=seq, article=article["id"], at=now, kind="new"))


def _update(connection: Connection, name: str, article: dict[str, Any], seq: int, now: int) -> None:
    words = {"text": article["text"], "fingerprint": article["fingerprint"], "updated": now}
    connection.execute(update(articles).where(articles.c.id == name).values(**words))
    connection.execute(insert(changes).values(seq=seq, article=name, at=now, kind="corrected"))


def _finish(
    connection: Connection, source: Row[Any], cursor: Mapping[str, str | None], now: int, counts: Counts
) -> None:
    outcome = "changed" if counts.new or counts.corrected else "unchanged"
    connection.execute(
        insert(passes).values(
            source=source.id,
            token=source.claim_token + 1,
            started=now,
            outcome=outcome,
            message="",
            seq=counts.seq,
            seen=counts.seen,
            new=counts.new,
            corrected=counts.corrected,
            relabelled=0,
            withdrawn=0,
            rejected=0,
        )
    )
    connection.execute(
        update(sources)
        .where(sources.c.id == source.id)
        .values(
            cursor=json.dumps(cursor),
            next_poll=now + EVERY,
            claim_token=source.claim_token + 1,
            last_pass=now,
            last_success=now,
            last_outcome=outcome,
            failures=0,
        )
    )
