"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data: FEEDSVC_TEST_DATA, else `shared` beside the checkout; skips without it."""
    place = Path(os.environ.get("FEEDSVC_TEST_DATA") or ROOT.parent / "shared")
    if not (place / "data").is_dir():
        pytest.skip(f"the shared test data is not at {place}; FEEDSVC_TEST_DATA may say where it is")
    return place
