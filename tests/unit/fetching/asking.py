"""Asking the fetcher of folders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedsvc.domain.fetched import Answer, Failure, FileKind, Listing, Request
from feedsvc.fetching.folder import FolderFetcher

NOW = datetime(2025, 6, 1, 8, 0, 0, 250_000, tzinfo=UTC)
SOON = timedelta(seconds=5)
NEVER = timedelta(seconds=-1)


def fetch(address: str, deadline: timedelta = SOON) -> Answer:
    return FolderFetcher(lambda: NOW).fetch(Request(address=address), deadline)


def listing(path: Path) -> dict[str, FileKind]:
    answer = fetch(f"folder:{path}")
    assert isinstance(answer, Listing)
    return {file.name: file.kind for file in answer.files}


def failure(address: str, deadline: timedelta = SOON) -> Failure:
    answer = fetch(address, deadline)
    assert isinstance(answer, Failure)
    return answer
