"""One side in a process of its own: it gets ready, polls every source once, and prints the CPU seconds of that.

`python -m benchmarks.side ours|plain FOLDER PORT HOURS [--profile]`: the newsroom's folder, the port of the newspapers,
and how many hours its clock is ahead, so that every source is due again.
"""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

import click

from feedsvc.bootstrap.reading import plain_reader
from feedsvc.bootstrap.services import utc_now
from feedsvc.ports import Clock

from . import cpu
from .newsroom import DATABASE, WARM_UPS, address, opened, taxonomy_of

TOP = 40


class Side(Protocol):
    """What both sides can do, once they are warm."""

    def poll(self) -> None:
        """Poll every source once."""

    def close(self) -> None:
        """End what was started for it."""


def main(side: str, folder: Path, port: int, hours: int, profiled: bool) -> None:
    """Do it."""

    def clock() -> datetime:
        return utc_now() + timedelta(hours=hours)

    with closing(_ours(folder, clock, profiled) if side == "ours" else _plain(folder, clock, port)) as warm:
        before = cpu.spent()
        if profiled:
            _profile(warm.poll, folder / "profile")
        else:
            warm.poll()
        click.echo(json.dumps({"cpu": cpu.spent() - before}))


def _ours(folder: Path, clock: Clock, profiled: bool) -> Side:
    from .ours import InOneThread, Ours  # noqa: PLC0415 - each side loads only its own

    return InOneThread(opened(folder, clock, plain_reader())) if profiled else Ours(opened(folder, clock))


def _plain(folder: Path, clock: Clock, port: int) -> Side:
    from .plain import Plain  # noqa: PLC0415
    from .plain_labels import Words  # noqa: PLC0415

    opened(folder, clock).close()
    taxonomy = taxonomy_of(folder)
    words = Words() if taxonomy is None else Words.of(taxonomy)
    return Plain(folder / DATABASE, partial(address, port), clock, WARM_UPS, words)


def _profile(run: Callable[[], None], into: Path) -> None:
    profile, text = cProfile.Profile(time.process_time), io.StringIO()
    profile.runcall(run)
    for order in ("tottime", "cumulative"):
        pstats.Stats(profile, stream=text).sort_stats(order).print_stats(TOP)
    into.write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    name, place, port_, ahead, *more = sys.argv[1:]
    main(name, Path(place), int(port_), int(ahead), "--profile" in more)
