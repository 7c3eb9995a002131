"""The same fetches and nothing else: so many threads, each of which asks one host after the other with requests.

`python -m benchmarks.polling.bare PORT THREADS SECONDS SOURCES` prints how many answers came in a second, once all
threads were under way, and how many CPU seconds one took.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import count
from threading import Event, Thread

import click
import requests

from .crowd import address
from .hosts import ETAG

SETTLING = 2.0
"""Seconds before anything is counted."""


def main(port: int, threads: int, seconds: float, sources: int) -> None:
    """Do it."""
    numbers, answers, over = count(), count(), Event()

    def ask() -> None:
        while not over.is_set():
            url = address(port, next(numbers) % sources)
            answer = requests.get(url, headers={"If-None-Match": ETAG}, timeout=30)
            if answer.status_code != requests.codes.not_modified:
                raise RuntimeError(f"{url} answered {answer.status_code}")
            next(answers)

    for _ in range(threads):
        Thread(target=ask).start()
    time.sleep(SETTLING)
    before, spent, began = next(answers), time.process_time(), time.monotonic()
    time.sleep(seconds)
    came, spent, took = next(answers) - before - 1, time.process_time() - spent, time.monotonic() - began
    over.set()
    click.echo(json.dumps({"rate": came / took, "cost": spent / max(came, 1)}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
