"""A newsroom that polls a crowd of sources, each on a host of its own, every one of them known and due."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from feedsvc import bootstrap
from feedsvc.bootstrap.services import utc_now
from feedsvc.domain.rhythm import NOTHING_HEARD, Rhythm
from feedsvc.pipeline.rhythm import heard
from feedsvc.pipeline.verdict import by_silence
from feedsvc.storage.moments import seconds_or_none
from feedsvc.storage.rhythms import rhythm_text
from feedsvc.storage.sqlite import DRIVER

from ..newsroom import DATABASE
from .hosts import ETAG

SITE = 'site: {title: "Tin Đo", language: vi, zone: Asia/Ho_Chi_Minh, tag_authority: "example.org,2026"}'
ARTICLES = 300
EVERY = 8640.0
"""Seconds between two articles of a source, in the mean."""
BLOCK = 250
"""Hosts in a network of 127.x.y.0/24."""


def host(number: int) -> str:
    """The host of a source, a numeric address: to look up names is the system's work and not ours."""
    upper, lower = divmod(number, BLOCK)
    return f"127.{1 + upper // BLOCK}.{upper % BLOCK}.{1 + lower}"


def address(port: int, number: int) -> str:
    """Where the feed of a source is."""
    return f"http://{host(number)}:{port}/rss"


class Crowd:
    """The newsroom of so many sources; its configuration lies in `config`, its database in `data`."""

    def __init__(self, folder: Path, port: int, count: int) -> None:
        self.config = folder / "config"
        self.database = folder / DATABASE
        self.environment = {"FEEDSVC_CONFIG": str(self.config), "FEEDSVC_DATA_DIR": str(folder / "data")}
        self._log = folder / "log"
        self._port = port
        self._count = count

    def write(self) -> None:
        """Write the four files, without topics and regions."""
        self.config.mkdir(parents=True)
        numbers = range(self._count)
        places = ", ".join(f'"{host(number)}:{self._port}"' for number in numbers)
        (self.config / "feedsvc.yaml").write_text(f"{SITE}\nfetch: {{allow_hosts: [{places}]}}\n", encoding="utf-8")
        for name in ("topics", "regions"):
            (self.config / f"{name}.yaml").write_text(f"{name}: []\n")
        lines = "".join(
            f'- {{id: s{number}, kind: syndication, title: "Báo", url: "{address(self._port, number)}"}}\n'
            for number in numbers
        )
        head = "defaults: {language: vi, zone: Asia/Ho_Chi_Minh, every: 12h}\nsources:\n"
        (self.config / "sources.yaml").write_text(head + lines, encoding="utf-8")

    def prepare(self) -> None:
        """Make the database as it is after weeks of articles and a pass over every source that brought nothing."""
        self.open()
        rhythm = _rhythm(utc_now())
        verdict = by_silence(rhythm, utc_now())
        with self._connected() as connection:
            known = ((_cursor(self._port, number), f"s{number}") for number in range(self._count))
            connection.executemany("UPDATE sources SET cursor = ? WHERE id = ?", known)
            connection.execute("UPDATE sources SET last_success = next_poll, last_outcome = 'unchanged'")
            found = rhythm_text(rhythm), verdict.kind, seconds_or_none(verdict.since)
            connection.execute("UPDATE sources SET (rhythm, verdict, verdict_since) = (?, ?, ?)", found)
        self.all_due()

    def open(self) -> None:
        """Make the database as it is before the first pass."""
        settings = bootstrap.read_settings(self.config, self.environment)
        with closing(bootstrap.Services(settings)) as services:
            bootstrap.configure(services)

    def all_due(self) -> None:
        """Let every source be due now, and held by nobody."""
        with self._connected() as connection:
            now = int(utc_now().timestamp())
            connection.execute("UPDATE sources SET next_poll = ?, claim_holder = NULL, claim_until = NULL", (now,))

    def passes(self) -> int:
        """How many passes were stored so far; none are forgotten before there are many of one source."""
        with self._connected() as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM passes").fetchone()[0])

    def outcomes(self, since: int) -> dict[str, int]:
        """How the passes after a number ended."""
        with self._connected() as connection:
            asked = "SELECT outcome, count(*) FROM passes WHERE id > ? GROUP BY outcome"
            return dict(connection.execute(asked, (since,)).fetchall())

    @contextmanager
    def polled(self, *schedulers: Mapping[str, str]) -> Iterator[list[int]]:
        """Let schedulers poll it, each with settings of its own; gives the numbers of their processes."""
        with ExitStack() as running:
            yield [running.enter_context(self._scheduler(settings)) for settings in schedulers]

    def until(self, passes: int, patience: float = 600.0) -> None:
        """Wait until so many passes are stored. Raises TimeoutError."""
        end = time.monotonic() + patience
        while self.passes() < passes:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.passes()} passes of {passes} in {patience:g} s")
            time.sleep(0.2)

    @contextmanager
    def _scheduler(self, settings: Mapping[str, str]) -> Iterator[int]:
        argv, env = [sys.executable, "-m", "feedsvc", "schedule"], {**os.environ, **self.environment, **settings}
        with self._log.open("a", encoding="utf-8") as log, subprocess.Popen(argv, env=env, stderr=log) as process:
            try:
                yield process.pid
            finally:
                process.terminate()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        with closing(DRIVER.connect(self.database, timeout=60)) as connection, connection:
            yield connection


def _rhythm(now: datetime) -> Rhythm:
    """What is known of a newspaper that had some ten articles a day for a month, the last of them just now."""
    chance = random.Random(ARTICLES)
    ages = accumulate(chance.expovariate(1 / EVERY) for _ in range(ARTICLES))
    return heard(NOTHING_HEARD, (now, *(now - timedelta(seconds=age) for age in ages)))


def _cursor(port: int, number: int) -> str:
    return json.dumps({"address": address(port, number), "etag": ETAG}, separators=(",", ":"), sort_keys=True)
