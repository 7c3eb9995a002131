"""T38: stores of a parent and of a child that it forks do not meet, and nothing is open before somebody opens it."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

import feedsvc
from feedsvc.storage.store import Store, open_store
from tests.contracts.samples import ALL, NOW, SETUP, Desk, live, placed
from tests.e2e.newsroom import ROOT

from .conftest import Place

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

ARTICLES = 40
ROUNDS = 30
THREADS = 3


def test_a_parent_and_its_child_each_with_a_store_of_its_own_read_and_write_what_is_right(place: Place) -> None:
    (place.folder / "data").mkdir()
    argv = [sys.executable, "-m", "tests.faults.test_fork", place.url]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with closing(open_store(place.url)) as store:
        names = sorted(article.draft.key for article in live(store))
    first = [f"n{number}" for number in range(ARTICLES)]
    assert names == sorted([*first, *(f"{who}{number}" for who in ("parent", "child") for number in range(ROUNDS))])


def fork(url: str) -> None:
    """Open a store, use it, fork, and have both go on: each with its own."""
    store = open_store(url)
    store.configure(SETUP, NOW)
    Desk(store).run(*(placed(f"n{number}") for number in range(ARTICLES)))
    pid = os.fork()
    if pid == 0:
        with closing(open_store(url)) as its:
            _use(its, "child")
        os._exit(0)  # without a word to what it has of its parent
    _use(store, "parent")
    _, status = os.waitpid(pid, 0)
    store.close()
    sys.exit(os.waitstatus_to_exitcode(status))


def _use(store: Store, who: str) -> None:
    """Read in threads, and write in between; whatever is wrong ends the process."""
    wrong: list[str] = []

    def read() -> None:
        for _ in range(ROUNDS):
            keys = {article.draft.key for article in live(store)}
            if not {f"n{number}" for number in range(ARTICLES)} <= keys:
                wrong.append(f"{who} read {sorted(keys)}")

    readers = [threading.Thread(target=read) for _ in range(THREADS)]
    for one in readers:
        one.start()
    for number in range(ROUNDS):
        store.beat(NOW)
        _add(store, f"{who}{number}")
    for one in readers:
        one.join()
    if wrong:
        sys.stderr.write("\n".join(wrong))
        os._exit(1)


def _add(store: Store, name: str) -> None:
    """One more article, by a pass of its own."""
    stored = False
    while not stored:
        with suppress(ValueError):  # the other one holds the claim
            stored = Desk(store).run(placed(name, ALL)).stored


IMPORT_ALL = """
import importlib, os, sys, threading
before = os.listdir("/proc/self/fd")
for name in sys.argv[1:]:
    importlib.import_module(name)
engines = [name for name, module in list(sys.modules.items()) if name.startswith("feedsvc")
           for one in vars(module).values() if type(one).__name__ in ("Engine", "Store", "SqliteDatabase")]
assert os.listdir("/proc/self/fd") == before
assert threading.active_count() == 1, threading.enumerate()
assert engines == []
assert os.listdir(".") == []
"""


def test_importing_every_module_opens_and_starts_nothing(tmp_path: Path) -> None:
    found = pkgutil.walk_packages(feedsvc.__path__, "feedsvc.")
    modules = [one.name for one in found if not one.name.endswith(("__main__", "migrations.env"))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", IMPORT_ALL, *modules], cwd=tmp_path, env=environment, check=True)


if __name__ == "__main__":
    fork(sys.argv[1])
