"""One running service for all tests of the contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .publisher import Publisher, publishing


@pytest.fixture(scope="package")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    """The service of a newsroom made for the contract."""
    with publishing(tmp_path_factory.mktemp("publisher")) as made:
        yield made
