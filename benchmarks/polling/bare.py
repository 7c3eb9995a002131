"""The same fetches and nothing else: so many threads, each of which asks one host after the other with requests.

`python -m benchmarks.polling.bare PORT THREADS SECONDS SOURCES` prints how many answers came in a second, once all
threads are under way.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from threading import Thread

import click
import requests

from .crowd import address
from .hosts import ETAG

SETTLING = 2.0
"""Seconds before anything is counted."""


def main(port: int, threads: int, seconds: float, sources: int) -> None:
    """Do it."""
    numbers, answers, end = count(), count(), time.monotonic() + SETTLING + seconds

    def ask() -> None:
        while time.monotonic() < end:
            url = address(port, next(numbers) % sources)
            answer = requests.get(url, headers={"If-None-Match": ETAG}, timeout=30)
            if answer.status_code != requests.codes.not_modified:
                raise RuntimeError(f"{url} answered {answer.status_code}")
            next(answers)

    under_way = [Thread(target=ask, daemon=True) for _ in range(threads)]
    for one in under_way:
        one.start()
    time.sleep(SETTLING)
    before, began = next(answers), time.monotonic()
    time.sleep(seconds)
    came, took = next(answers) - before - 1, time.monotonic() - began
    click.echo(came / took)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
