"""Feed readers as people use them: what each of them sees of a feed of ours."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import feedparser
import feedparser_sgmllib
import pytest
import reader

# reader carries a feedparser of its own, which still calls this module by its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

NEWSBOAT = shutil.which("newsboat")

Seen = dict[str, str]
"""Titles by id."""


def by_feedparser(address: str) -> Seen:
    """What feedparser finds; it must have nothing to complain of."""
    found = feedparser.parse(address)
    assert not found.bozo, found.get("bozo_exception")
    return {entry.id: entry.title for entry in found.entries}


class Newsboat:
    """newsboat with a cache of its own, which keeps what it has once seen."""

    def __init__(self, folder: Path, address: str) -> None:
        if NEWSBOAT is None:
            pytest.skip("newsboat is not installed; Debian has it")
        folder.mkdir()
        (folder / "urls").write_text(f"{address}\n")
        (folder / "config").write_text("cleanup-on-quit no\nignore-mode display\n")
        self._folder = folder

    def reload(self) -> Seen:
        """Everything that it holds after a reload."""
        files = ("-u", "urls", "-c", "cache.db", "-C", "config")
        environment = {**os.environ, "HOME": str(self._folder), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        argv = [str(NEWSBOAT), *files, "-x", "reload"]
        subprocess.run(argv, cwd=self._folder, env=environment, check=True, capture_output=True, timeout=60)
        with closing(sqlite3.connect(self._folder / "cache.db")) as cache:
            return dict(cache.execute("SELECT guid, title FROM rss_item WHERE deleted = 0").fetchall())


class Reader:
    """The library reader with a database of its own, which keeps what it has once seen."""

    def __init__(self, folder: Path, address: str) -> None:
        self._reader = reader.make_reader(str(folder))
        self._reader.add_feed(address)
        self._address = address

    def update(self) -> Seen:
        """Everything that it holds after an update; raises when the feed could not be read."""
        self._reader.update_feed(self._address)
        return {entry.id: entry.title or "" for entry in self._reader.get_entries()}

    def close(self) -> None:
        """Close its database."""
        self._reader.close()
