"""kill -9 at any moment of a pass, then again: no article lost, none twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.storage.sqlite import DRIVER

from .newsroom import Newsroom, article

NOW = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
KILLS = 30
BETWEEN = timedelta(minutes=5)
FORK = multiprocessing.get_context("fork")


def poll(newsroom: Newsroom, now: datetime) -> None:
    newsroom.one_pass(now)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_pass_that_is_killed_at_any_moment_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    newsroom, chance = Newsroom(tmp_path), random.Random(20)
    expected = 0
    now = NOW
    ended = Counter[str]()
    whole = timed_pass(newsroom, now)
    for _ in range(KILLS):
        now += BETWEEN
        for _ in range(6):
            newsroom.drop(f"bai-{expected}.txt", article(f"Tin số {expected}"))
            expected += 1
        newsroom.drop("bai-0.txt", article(f"Tin số 0, sửa lúc {now:%H:%M}"))
        process = FORK.Process(target=poll, args=(newsroom, now))
        process.start()
        time.sleep(chance.uniform(0, 1.6 * whole))
        ended["whole" if process.exitcode == 0 else "killed"] += 1
        if process.pid is not None and process.exitcode is None:
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        sound(newsroom.data / "feedsvc.db")
    now += BETWEEN
    newsroom.one_pass(now)
    ids = newsroom.ids(now)
    assert len(ids) == expected
    assert len(set(ids)) == expected
    assert ended["killed"] >= KILLS // 4, ended


def timed_pass(newsroom: Newsroom, now: datetime) -> float:
    """Seconds that a pass takes here, in a process of its own."""
    began = time.monotonic()
    process = FORK.Process(target=poll, args=(newsroom, now))
    process.start()
    process.join()
    return time.monotonic() - began


def sound(database: Path) -> None:
    """The file is whole, every record has one article, and every article stands in the feed of everything once."""
    if not database.exists():
        return
    connection = DRIVER.connect(database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "entries" not in tables:
            return
        articles, records, standing = (
            connection.execute(query).fetchone()[0]
            for query in (
                "SELECT count(*) FROM articles",
                "SELECT count(DISTINCT key) FROM records",
                "SELECT count(*) FROM entries WHERE feed = 'all' AND left_seq IS NULL",
            )
        )
        assert articles == records == standing
    finally:
        connection.close()
