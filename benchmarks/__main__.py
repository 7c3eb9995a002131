"""`./run bench [ingest] [--sources N] [--rounds N] [--small]`: measures, and writes the page beside this file."""

from __future__ import annotations

import argparse
import sys

from .ingest import measured
from .results import PAGE, page

NAMES = ("ingest",)


def main() -> None:
    """Measure what the command line names; nothing but a small run leaves the page as it was."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure feedsvc against the plain way.")
    parser.add_argument("name", nargs="?", choices=NAMES, default="ingest", help="what to measure")
    parser.add_argument("--sources", type=int, default=2000, help="feeds of 50 entries each (2000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts (5)")
    parser.add_argument("--small", action="store_true", help="20 sources and one round, only to see that it works")
    given = parser.parse_args()
    sources, rounds = (20, 1) if given.small else (given.sources, given.rounds)
    text = page(measured(sources, rounds), sources, rounds)
    sys.stdout.write(text)
    if not given.small:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
