"""sfeed, a parser for the shell, and sfeed_update, which fetches with curl and keeps what came."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from .seen import Failed, Seen, installed

BY_DEFAULT = ""
FOLLOWING = 'fetch() { curl -L --max-redirs 5 -H "User-Agent:" -f -s -m 15 "$2"; }\n'
"""As its README says for those who want redirects followed."""
WITH_ETAGS = """
fetch() {
    etag="$HOME/etag"
    curl -L --max-redirs 0 -H "User-Agent:" -f -s -m 15 --compressed --etag-save "$etag" --etag-compare "$etag" "$2"
}
"""
"""As its README says for those who want to save bytes."""


class Sfeed:
    """sfeed_update with a folder of its own; `fetching` are lines of its sfeedrc, which may say how it fetches."""

    def __init__(self, folder: Path, address: str, fetching: str = BY_DEFAULT) -> None:
        self._program = installed("sfeed_update", "sfeed")
        installed("curl", "curl")
        folder.mkdir()
        feeds = f'sfeedpath="$HOME/feeds"\nfeeds() {{ feed one "{address}"; }}\n'
        (folder / "sfeedrc").write_text(f"{feeds}{fetching}")
        self._folder = folder

    def poll(self) -> list[Seen]:
        """An update, and every line of its file then."""
        environment = {**os.environ, "HOME": str(self._folder), "LC_ALL": "C.UTF-8"}
        argv = [self._program, str(self._folder / "sfeedrc")]
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise Failed(done.stderr)
        return [_entry(line) for line in (self._folder / "feeds" / "one").read_text(encoding="utf-8").splitlines()]


def _entry(line: str) -> Seen:
    moment, title, link, _, _, guid, author, enclosure, *_ = line.split("\t")
    return Seen(guid, title, link, author, published=datetime.fromtimestamp(int(moment), UTC), picture=enclosure)
