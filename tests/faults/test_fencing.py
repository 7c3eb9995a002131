"""T37: a scheduler that slept through its lease stores nothing of before, and goes on; nor does one cut off meanwhile.

The schedulers hold their claims for two seconds, see nursery.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from feedsvc.errors import StoreError
from feedsvc.storage.postgresql import PostgresDatabase
from tests.e2e.newsroom import Newsroom
from tests.e2e.service import eventually
from tests.e2e.upstream import Item, Reply, Upstream, rss
from tests.postgresql import Server

from .conftest import POSTGRESQL, Place
from .looking import looking
from .nursery import Nursery

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

OLD, NEW = (rss([Item("tin", title)]) for title in ("Tin cũ", "Tin mới"))
SLOWLY = 3.0
"""Seconds that the newspaper takes for what the scheduler sleeps over."""


@dataclass
class Desk:
    """A newspaper of one article, and schedulers over one database."""

    upstream: Upstream
    nursery: Nursery
    url: str
    log: Path

    def titles(self) -> list[str]:
        """Those of all articles that are stored."""
        with looking(self.url) as look:
            return [text for (text,) in look.rows("SELECT text FROM articles")]

    def holder(self) -> int:
        """The number of the scheduler that holds the claim, 0 for none."""
        with looking(self.url) as look:
            held = look.one("SELECT claim_holder FROM sources") if look.made else None
        return int(held.split(":")[1]) if held else 0

    def passes(self) -> list[int]:
        """The tokens of the passes that were stored, in their order."""
        with looking(self.url) as look:
            return [token for (token,) in look.rows("SELECT token FROM passes ORDER BY id")]

    def superseded(self) -> bool:
        """Whether a pass was told to have come too late."""
        return '"superseded": true' in self.log.read_text(encoding="utf-8")


@contextmanager
def desk(place: Place) -> Iterator[Desk]:
    with Upstream() as upstream:
        source = f'{{id: bao, kind: syndication, url: "{upstream.root}/", every: 2s, title: Báo}}'
        newsroom = Newsroom(place.folder, f"defaults: {{language: vi}}\nsources:\n  - {source}\n", [upstream.place])
        log = newsroom.data / "log"
        with Nursery(newsroom.environment(FEEDSVC_DATABASE_URL=place.url), log) as nursery:
            yield Desk(upstream, nursery, place.url, log)


def nothing(place: Place) -> None:
    """Nothing else happens while it sleeps."""


def lose_connections(place: Place) -> None:
    """The server ends every connection, as when it is started anew."""
    with closing(psycopg.connect(place.url, autocommit=True)) as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.mark.parametrize("meanwhile", [nothing, lose_connections])
def test_a_scheduler_that_slept_through_its_lease_stores_nothing_stale(
    place: Place, meanwhile: Callable[[Place], None]
) -> None:
    if meanwhile is lose_connections and place.database != POSTGRESQL:
        pytest.skip("a file has no connections that somebody else could end")
    with desk(place) as at:
        at.upstream.reply = Reply(OLD, wait=SLOWLY)
        sleeper = at.nursery.start()
        assert eventually(lambda: at.upstream.asked)
        os.kill(sleeper, signal.SIGSTOP)
        at.upstream.reply = Reply(NEW)
        assert at.holder() == sleeper
        meanwhile(place)
        awake = at.nursery.start()
        assert eventually(lambda: any("Tin mới" in title for title in at.titles()))
        first = at.passes()
        assert first[0] > 1, "the second claim is the first that stores"
        os.kill(awake, signal.SIGKILL)
        before = at.titles()
        os.kill(sleeper, signal.SIGCONT)
        assert eventually(at.superseded)
        assert at.titles() == before
        # It goes on as ever, with claims of its own.
        assert eventually(lambda: len(at.passes()) > len(first) and at.passes()[-1] > first[-1])
        assert 1 not in at.passes()
        os.kill(sleeper, signal.SIGTERM)
        with looking(place.url) as look:
            look.assert_whole()


def test_a_writer_that_lost_its_turn_with_its_connection_stores_nothing(postgres: Server) -> None:
    url = postgres.url()
    place = Place(POSTGRESQL, Path(), url, postgres)
    one, other = PostgresDatabase(make_url(url)), PostgresDatabase(make_url(url))
    with one.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE told (who TEXT)")

    def write_and_lose() -> None:
        with one.writing() as connection:
            connection.exec_driver_sql("INSERT INTO told VALUES ('one')")
            lose_connections(place)
            with other.writing() as its:
                its.exec_driver_sql("INSERT INTO told VALUES ('other')")
            connection.exec_driver_sql("INSERT INTO told VALUES ('one again')")

    with pytest.raises(StoreError):
        write_and_lose()
    with other.reading() as connection:
        assert connection.exec_driver_sql("SELECT who FROM told").all() == [("other",)]
    one.close()
    other.close()
