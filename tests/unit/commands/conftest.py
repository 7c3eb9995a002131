"""Newsrooms for tests; the fetched one is made once and copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.commands.newsroom import Newsroom


@pytest.fixture(scope="session")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The bundled newsroom, its samples fetched, for tests that change nothing in it."""
    newsroom = Newsroom.made(tmp_path_factory.mktemp("fetched"))
    result = newsroom.run("fetch")
    assert result.exit_code == 0, result.output
    return newsroom


@pytest.fixture
def newsroom(fetched: Newsroom, tmp_path: Path) -> Newsroom:
    """The same for a test of its own."""
    return fetched.copied(tmp_path / "newsroom")


@pytest.fixture
def fresh(tmp_path: Path) -> Newsroom:
    """The bundled newsroom before its first pass."""
    return Newsroom.made(tmp_path / "fresh")
