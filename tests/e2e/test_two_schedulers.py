"""A second scheduler started by mistake on the same database polls nothing twice."""

from __future__ import annotations

import time
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from feedsvc.storage.sqlite import DRIVER

from .newsroom import Newsroom, article
from .service import Service

SECONDS = 12
EVERY = 2
SOURCES = 6


@pytest.mark.slow
def test_two_schedulers_poll_each_source_once_an_interval(tmp_path: Path) -> None:
    sources = "sources:\n" + "".join(
        f"  - {{id: nguon-{number}, kind: documents, path: inbox/{number}, every: {EVERY}s, title: Nguồn {number}}}\n"
        for number in range(SOURCES)
    )
    newsroom = Newsroom(tmp_path, sources)
    for number in range(SOURCES):
        (newsroom.data / "inbox" / str(number)).mkdir()
        newsroom.drop(f"../{number}/bai.txt", article(f"Tin {number}"))
    with ExitStack() as both:
        schedulers = [both.enter_context(Service(newsroom, "schedule")) for _ in range(2)]
        time.sleep(SECONDS)
        assert [one.process.poll() for one in schedulers if one.process] == [None, None]
    passes = polls(newsroom.data / "feedsvc.db")
    assert len(passes) == SOURCES
    for times in passes.values():
        assert len(times) >= 2
        assert all(later - earlier >= EVERY for earlier, later in pairwise(times)), times


def polls(database: Path) -> dict[str, list[int]]:
    connection = DRIVER.connect(str(database))
    try:
        found: dict[str, list[int]] = {}
        for source, started in connection.execute("SELECT source, started FROM passes ORDER BY started"):
            found.setdefault(source, []).append(started)
        return found
    finally:
        connection.close()
