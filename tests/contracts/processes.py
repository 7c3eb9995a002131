"""What the process tests start: `python -m tests.contracts.processes ROLE URL DAY`."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta

from feedsvc.domain.passes import Placed
from feedsvc.storage.store import open_store
from tests.contracts.samples import ALL, DAY, LEASE, NOW, SETUP, SPORT, Desk, placed, topic

BATCH = 30
SOURCES = 200


def say(line: object) -> None:
    """One line to whoever started this process."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def generation(number: int) -> tuple[Placed, ...]:
    """All that pass `number` brings: the same articles with other words, labels and feeds, and one more."""
    others = (ALL, DAY) if number % 2 else (ALL, SPORT)
    label = topic(f"topic-{number}")
    names = [*(f"n{index}" for index in range(BATCH)), f"extra-{number}"]
    return tuple(placed(name, *others, words=str(number), labels=[label]) for name in names)


def commit(url: str, day: int) -> None:
    """Commit passes until killed, each numbered on from the cursor; a line for each."""
    store = open_store(url)
    store.configure(SETUP, NOW)
    desk = Desk(store, now=NOW + timedelta(days=day))
    while True:
        desk.now += 2 * LEASE
        done = desk.done()
        number = int(str(done.cursor.state["n"]))
        if not store.commit(replace(done, articles=generation(number))).stored:
            raise SystemExit("a pass was refused")
        say(number)


def claim(url: str, day: int) -> None:
    """Claim sources, a few at a time, until none is free; a line for each."""
    store = open_store(url)
    say("ready")
    sys.stdin.readline()
    while claims := store.claim(holder="one of two", now=NOW, lease=LEASE, limit=3):
        for one in claims:
            say(one.source)


def start(url: str, day: int) -> None:
    """Open the store, use it, and go."""
    say("ready")
    sys.stdin.readline()
    store = open_store(url)
    store.configure(SETUP, NOW)
    store.beat(NOW)
    store.close()


if __name__ == "__main__":
    {"commit": commit, "claim": claim, "start": start}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
