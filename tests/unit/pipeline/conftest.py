"""A store in memory, and a desk at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feedsvc.storage.store import Store, open_store

from .desk import Desk


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    """A desk with one source."""
    return Desk(store)
