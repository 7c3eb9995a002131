"""What a client shows: its entries, one by one."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest


@dataclass(frozen=True)
class Seen:
    """An entry as a client shows it; what the client never shows of any entry is None.

    `authors` are all those that it shows, joined with ", ".
    """

    id: str
    title: str
    link: str
    authors: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    picture: str | None = None


class Failed(Exception):
    """The client says that it could not read the feed."""


class Client(Protocol):
    """A client that follows one feed, made with a folder of its own, which does not exist yet, and an address."""

    def poll(self) -> list[Seen]:
        """Ask for the feed, and show every entry that it has then; raises Failed."""


class Making(Protocol):
    """How a client is made."""

    def __call__(self, folder: Path, address: str) -> Client:
        """A client of its own; skips the test where it is not installed."""


def titles(entries: list[Seen]) -> dict[str, str]:
    """Titles by id."""
    return {one.id: one.title for one in entries}


def installed(program: str, package: str) -> str:
    """Where a program is; the test is skipped where it is not installed, see `missing`."""
    return shutil.which(program) or missing(f"{program} is not installed (Debian: apt install {package})")


def missing(why: str) -> str:
    """Skip the test, or let it fail where FEEDSVC_TEST_CLIENTS is `required`, as it is where a change is judged."""
    if os.environ.get("FEEDSVC_TEST_CLIENTS") == "required":
        pytest.fail(why)
    pytest.skip(why)
