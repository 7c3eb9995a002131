"""Rounds of a case: both sides in turn, each in a fresh process, against the same newspapers."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .newsroom import looks_for_words, write_configuration
from .upstream import Mode


@dataclass(frozen=True, slots=True)
class Stage:
    """The newspapers, how many they are, where the newsrooms of both sides are made, and whether these classify."""

    port: int
    count: int
    folder: Path
    classified: bool = False

    def says(self, mode: Mode) -> None:
        """Let every newspaper answer so from now on."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/mode/{mode}", timeout=10):
            pass

    def newsroom(self, name: str) -> Path:
        """A new newsroom that polls all of them, with nothing stored yet."""
        folder = self.folder / name
        write_configuration(folder / "config", self.port, self.count)
        if self.classified:
            looks_for_words(folder)
        return folder

    def poll(self, side: str, newsroom: Path, hours: int, *more: str) -> float:
        """CPU seconds in which a side polls every newspaper once, on a clock that is so many hours ahead."""
        argv = [sys.executable, "-m", "benchmarks.side", side, str(newsroom), str(self.port), str(hours), *more]
        with (newsroom / "log").open("a", encoding="utf-8") as log:
            done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=log, check=False, text=True)
        if done.returncode:
            raise RuntimeError(f"{side} failed:\n{(newsroom / 'log').read_text(encoding='utf-8')[-4000:]}")
        return float(json.loads(done.stdout)["cpu"])


@contextmanager
def staged(count: int, folder: Path, classified: bool = False) -> Iterator[Stage]:
    """So many newspapers, in a process of their own that is not counted; some that name what is looked for."""
    argv = [sys.executable, "-m", "benchmarks.upstream", str(count), *(["named"] if classified else [])]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline() if process.stdout else ""
            yield Stage(int(port), count, folder, classified)
        finally:
            process.terminate()
