"""One newsroom and one running service for all clients of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .stage import Stage, staged


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The running service."""
    with staged(tmp_path_factory.mktemp("newsroom")) as made:
        yield made


@pytest.fixture
def stage(running: Stage) -> Stage:
    """The running service, of which nothing was asked yet."""
    running.between.asked.clear()
    return running
