"""newsboat, a reader for the terminal."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from .seen import Failed, Seen, installed

# What is in the cache, not what the window shows: it hides what has been read.
_ENTRIES = "SELECT guid, title, url, author, pubDate FROM rss_item WHERE deleted = 0 ORDER BY pubDate DESC, guid"


class Newsboat:
    """newsboat with a cache of its own, which keeps what it has once seen; of enclosures it keeps sound and film."""

    def __init__(self, folder: Path, address: str) -> None:
        self._program = installed("newsboat", "newsboat")
        folder.mkdir()
        (folder / "urls").write_text(f"{address}\n")
        (folder / "config").write_text("cleanup-on-quit no\nignore-mode display\n")
        self._folder = folder

    def poll(self) -> list[Seen]:
        """A reload, and everything that it holds then."""
        argv = [self._program, "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        environment = {**os.environ, "HOME": str(self._folder), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        done = subprocess.run(argv, cwd=self._folder, env=environment, capture_output=True, timeout=60, check=False)
        if done.returncode:
            raise Failed(done.stderr)
        with closing(sqlite3.connect(self._folder / "cache.db")) as cache:
            return [
                Seen(guid, title, url, author, published=datetime.fromtimestamp(date, UTC))
                for guid, title, url, author, date in cache.execute(_ENTRIES).fetchall()
            ]
