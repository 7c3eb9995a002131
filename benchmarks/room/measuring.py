"""The benchmark of room: a year of articles in fast motion, of which those of some weeks are kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from feedsvc.pipeline.keeping import purged, shrunk
from feedsvc.pipeline.releasing import released
from feedsvc.storage.store import Store, open_store

from .beside import Beside, Wait, beside
from .newsroom import SETUP, START, take_in
from .page import Found, Waited, page
from .size import Size

SAY_EVERY = 50
REST = 0.1
"""Seconds between what is told apart: on no ordinary day do passes and upkeep follow each other without end."""


def everything(size: Size, say: Callable[[str], None]) -> str:
    """The page."""
    with TemporaryDirectory(prefix="feedsvc-bench-") as folder:
        file = Path(folder) / "feedsvc.db"
        url = f"sqlite:///{file}"
        with closing(open_store(url)) as store:
            store.configure(SETUP, START)
            year = _Year(store, file, size)
            with beside(url) as others:
                year.goes_by(say)
                year.keeps_less()
        found = year.found(others)
    say(f"{found.megabytes[-1]:.0f} MB in the end, {found.after:.0f} MB when less was kept")
    return page(size, found)


class _Year:
    """Takes in and takes out day by day, and notes when, and how large the files are."""

    def __init__(self, store: Store, file: Path, size: Size) -> None:
        self._store, self._file, self._size = store, file, size
        self._ingest: list[Wait] = []
        self._upkeep: list[Wait] = []
        self._less: list[Wait] = []
        self._megabytes: list[float] = []
        self._after = self._log = 0.0

    def goes_by(self, say: Callable[[str], None]) -> None:
        """The year."""
        for day in range(self._size.days):
            with _noted(self._ingest):
                take_in(self._store, day, self._size.a_day)
            _wait(REST)
            with _noted(self._upkeep):
                self._keep_up(day, self._size.keep)
            _wait(REST)
            self._megabytes.append(self._in_use())
            self._log = max(self._log, self._file.with_name(self._file.name + "-wal").stat().st_size / 1e6)
            if day % SAY_EVERY == 0:
                say(f"day {day} of {self._size.days}: {self._megabytes[-1]:.0f} MB")

    def keeps_less(self) -> None:
        """The setting is another one by now."""
        with _noted(self._less):
            self._keep_up(self._size.days, self._size.later)
        self._after = self._in_use()

    def found(self, others: Beside) -> Found:
        """All of it, once those beside have said what they waited for."""
        return Found(
            megabytes=self._megabytes,
            after=self._after,
            log=self._log,
            waited=[
                Waited(what, *(others.longest(who, times) for who in ("reads", "writes", "idles")))
                for what, times in (
                    ("articles are taken in", self._ingest),
                    ("those of a day are taken out", self._upkeep),
                    ("those of many weeks are taken out, and the file shrinks", self._less),
                )
            ],
        )

    def _keep_up(self, day: int, keep: int) -> None:
        """As the scheduler does, in its steps and with its breaths."""
        now = START + timedelta(days=day, hours=12)
        released(self._store, now, _wait)
        purged(self._store, timedelta(days=keep), now, _wait)
        shrunk(self._store, _wait)

    def _in_use(self) -> float:
        """MB that the file has, or will have once its log is carried over."""
        with self._store.database.reading() as connection:
            pages, size = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
            )
        return int(pages) * int(size) / 1e6


def _wait(seconds: float) -> bool:
    time.sleep(seconds)
    return False


@contextmanager
def _noted(times: list[Wait]) -> Iterator[None]:
    began = time.monotonic()
    yield
    times.append((began, time.monotonic() - began))
