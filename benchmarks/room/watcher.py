"""Somebody who does one thing again and again beside all that happens, and says how long each time took.

`python -m benchmarks.room.watcher reads|writes|idles URL`: it says a line when it has begun. A line on standard input
ends it, and then it says when each of its longest turns began and how long it took, by the machine's monotonic clock,
as JSON: `[[began, seconds], …]`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from heapq import nlargest
from threading import Thread

import click

from feedsvc.domain.feed import FeedKey
from feedsvc.storage.store import Store, open_store

from .newsroom import REGIONS, TOPICS

EVERY = 0.01
"""Seconds between two turns."""
LONGER = 0.01
"""Seconds; what takes less is not remembered."""
MOST = 100_000
FEEDS = tuple(FeedKey(topic=topic, region=region) for topic, region in zip(TOPICS, REGIONS))


def turns(store: Store) -> dict[str, Callable[[int], object]]:
    """What each does at a turn: a feed's newest articles, the least that can be written, nothing."""
    return {
        "reads": lambda turn: store.newest(FEEDS[turn % len(FEEDS)], 50),
        "writes": lambda _turn: store.beat(datetime.now(UTC)),
        "idles": lambda _turn: None,
    }


def main(name: str, url: str) -> None:
    """Do it."""
    with closing(open_store(url)) as store:
        one = turns(store)[name]
        one(0)
        over = Thread(target=sys.stdin.readline, daemon=True)
        over.start()
        click.echo("begun")
        found, turn = [], 0
        while over.is_alive():
            began = time.monotonic()
            time.sleep(EVERY)
            woken = time.monotonic()
            one(turn)
            ended = time.monotonic()
            turn += 1
            late = woken - began - EVERY
            took = late if name == "idles" else ended - woken
            if took > LONGER:
                found.append((woken if name != "idles" else began, took))
        click.echo(json.dumps(nlargest(MOST, found, key=lambda each: each[1])))


if __name__ == "__main__":
    main(*sys.argv[1:])
