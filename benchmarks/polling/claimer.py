"""One process that claims until nothing is due: `python -m benchmarks.polling.claimer URL HOLDER`.

It says when it is ready, begins when it is told to, and then says what it claimed.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import click

from feedsvc.storage.store import open_store

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LEASE = timedelta(minutes=10)
LIMIT, A_HOST = 200, 2


def main(url: str, holder: str) -> None:
    """Do it."""
    claimed: list[str] = []
    with closing(open_store(url)) as store:
        click.echo("ready")
        sys.stdin.readline()
        while claims := store.claim(holder=holder, now=NOW, lease=LEASE, limit=LIMIT, a_host=A_HOST):
            claimed += [claim.source for claim in claims]
        click.echo(json.dumps(claimed))


if __name__ == "__main__":
    main(*sys.argv[1:])
