"""The one that writes: it changes one article of fifty at random moments, and tells when each change was committed.

It is told a folder's configuration by its environment, and the number of commits.
"""

from __future__ import annotations

import json
import random
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from feedsvc import bootstrap
from feedsvc.bootstrap.services import utc_now

from .newsroom import hot, placed, store

SEED = 3
SOONEST, LATEST = 0.1, 1.3
"""Seconds between two commits."""
MARK = "lần "
"""In the title of a changed article, before the number of the change."""


def write(config: Path, commits: int) -> None:
    """Commit so often; the time, by the clock that nobody sets, is printed as soon as a commit has returned."""
    chance = random.Random(SEED)
    with closing(bootstrap.Services(bootstrap.read_settings(config))) as services:
        articles = [one.article for one in hot(services, utc_now())]
        for number in range(1, commits + 1):
            time.sleep(chance.uniform(SOONEST, LATEST))
            one, now = articles[number % len(articles)], utc_now()
            draft = replace(one.draft, title=f"{one.draft.title} ({MARK}{number})")
            store(services, [placed(services, draft, one.labels, now)], now)
            click.echo(json.dumps({"number": number, "at": time.monotonic()}))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
