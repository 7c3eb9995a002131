"""What holds when several processes use one store, and when one of them is killed."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest

from feedsvc.domain.history import Beat
from feedsvc.domain.passes import Changes
from feedsvc.domain.setup import Asked
from feedsvc.storage.store import open_store
from tests.contracts.processes import BATCH, SOURCES, generation
from tests.contracts.samples import ALL, NOW, SETUP, Desk, Store, live, placed
from tests.databases import assert_sound, connected
from tests.postgresql import Server

ROOT = Path(__file__).resolve().parents[2]


def process(role: str, url: str, day: int = 0) -> subprocess.Popen[str]:
    """One more process at the store, by whose clock so many days have passed."""
    command = [sys.executable, "-m", "tests.contracts.processes", role, url, str(day)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def at_once(role: str, url: str, count: int) -> Sequence[str]:
    """What the processes printed, all let go at the same moment."""
    processes = [process(role, url) for _ in range(count)]
    for one in processes:
        assert pipe(one.stdout).readline() == "ready\n"
    for one in processes:
        pipe(one.stdin).write("go\n")
        pipe(one.stdin).flush()
    printed = [one.communicate(timeout=30)[0] for one in processes]
    assert [one.returncode for one in processes] == [0] * count
    return printed


def in_threads(work: Callable[[int], object], count: int) -> None:
    """Run the work in threads, and raise what any of them raised."""
    failures: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store shall be, in each database that several processes may use."""
    if request.param == "SQLite":
        return f"sqlite:///{tmp_path}/new/feeds.db"
    server: Server = request.getfixturevalue("postgres")
    return server.url()


@pytest.mark.slow
def test_a_process_killed_at_any_moment_leaves_whole_passes(url: str) -> None:
    chance = random.Random(20260301)
    committed = 0
    for day in range(3):
        with process("commit", url, day) as writer:
            for _ in range(chance.randint(1, 12)):
                committed = int(pipe(writer.stdout).readline())
            threading.Event().wait(chance.random() * 0.02)  # anywhere within the next commit
            writer.kill()
        committed = _assert_whole(url, committed)


def _assert_whole(url: str, at_least: int) -> int:
    """Everything stored is that of one pass, no older than the last one reported. Gives its number."""
    with closing(connected(url)) as connection:
        assert_sound(connection)
        [(number, seq)] = connection.execute("SELECT max(token), max(seq) FROM passes").fetchall()
        assert connection.execute("SELECT max(seq) FROM changes").fetchall() == [(seq,)]
        assert connection.execute("SELECT seq FROM ledger").fetchall() == [(seq,)]
    assert number >= at_least
    store = open_store(url)
    desk = Desk(store, now=NOW + timedelta(days=365))
    stored = {article.draft.key: article for article in live(store)}
    latest = {one.article.draft.key: one for one in generation(number)}
    assert {key: stored[key] for key in latest} == {key: one.article for key, one in latest.items()}
    extras = [key for key in stored if key not in latest]
    assert len(stored) == BATCH + len(extras) + 1
    for key in {feed for one in latest.values() for feed in one.feeds}:
        assert latest.keys() <= set(desk.names(key, 10_000))
    store.close()
    return int(number)


@pytest.mark.slow
def test_two_processes_never_claim_the_same_source(url: str) -> None:
    names = {f"s{number}": Asked(f"s{number}") for number in range(SOURCES)}
    store = open_store(url)
    store.configure(replace(SETUP, sources=names), NOW)
    store.close()
    printed = at_once("claim", url, 2)
    taken = Counter(line for text in printed for line in text.split())
    assert taken == Counter(names.keys())


@pytest.mark.slow
def test_processes_that_open_a_new_store_at_once_all_get_it(url: str) -> None:
    at_once("start", url, 2)
    store = open_store(url)
    store.ping()
    assert store.heartbeat() == Beat(NOW)
    store.close()


def test_threads_that_read_and_write_at_once_see_whole_passes(store: Store) -> None:
    names = [f"n{number}" for number in range(10)]
    rounds = 10

    def work(number: int) -> None:
        if number == 0:
            desk = Desk(store)
            for index in range(rounds):
                changes: Changes = desk.run(*(placed(name, words=str(index)) for name in names))
                assert changes.seq == index + 1
            return
        for _ in range(rounds * 3):
            store.beat(NOW) if number == 1 else None
            assert len({article.fingerprint for article in store.newest(ALL, 50)}) <= 1

    in_threads(work, 5)
    assert {article.fingerprint for article in store.newest(ALL, 50)} == {str(rounds - 1)}
