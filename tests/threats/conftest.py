"""A desk for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .desk import Desk, desk_at


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A newsroom whose hostile source has behaved so far."""
    with desk_at(tmp_path) as made:
        made.poll()
        yield made
        assert made.canary.asked == [], "something of this machine was asked for"
