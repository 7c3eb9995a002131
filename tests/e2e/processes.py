"""The processes of a running service, as /proc tells them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """A process: its number, that of the one that started it, and its command line."""

    pid: int
    parent: int
    command: str


def below(pid: int) -> list[Process]:
    """Every process that this one started, and all that these did; zombies are none."""
    every = [found for found in map(_process, Path("/proc").glob("[0-9]*")) if found is not None]
    found, parents = list[Process](), {pid}
    while added := [one for one in every if one.parent in parents and one not in found]:
        found += added
        parents = {one.pid for one in added}
    return found


def _process(place: Path) -> Process | None:
    try:
        _, _, fields = (place / "stat").read_text().rpartition(")")
        state, parent = fields.split()[:2]
        command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return None
    return None if state == "Z" else Process(int(place.name), int(parent), command)
