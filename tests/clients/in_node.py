"""Libraries of npm: feedsmith, which reads what a program has fetched, and rss-parser, which fetches by itself."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from .seen import Failed, Seen, installed, missing

HERE = Path(__file__).parent


class InNode:
    """A library of those that `read.cjs` knows; it keeps nothing between polls."""

    def __init__(self, library: str, address: str) -> None:
        self._program = installed("node", "nodejs npm")
        if not (HERE / "node_modules" / library).is_dir():
            missing(f"{library} is not installed (npm ci, in tests/clients)")
        self._arguments = (library, address)

    def poll(self) -> list[Seen]:
        """What it finds."""
        argv = [self._program, "read.cjs", *self._arguments]
        done = subprocess.run(argv, cwd=HERE, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise Failed(done.stderr)
        return [Seen(**{**found, **_moments(found)}) for found in json.loads(done.stdout)]


def _moments(found: dict[str, str]) -> dict[str, datetime]:
    times = {name: found[name] for name in ("published", "updated") if name in found}
    return {name: datetime.fromisoformat(written).astimezone(UTC) for name, written in times.items()}


def feedsmith(folder: Path, address: str) -> InNode:
    """feedsmith, behind the fetch of node."""
    return InNode("feedsmith", address)


def rss_parser(folder: Path, address: str) -> InNode:
    """rss-parser; of entries in Atom it reads no enclosures."""
    return InNode("rss-parser", address)
