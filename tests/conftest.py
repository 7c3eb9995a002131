"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import postgresql

# The machine may have other things to do: how long an example takes says nothing.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
# Where a change is judged, the same examples every time; a new one is found where somebody can look at it.
settings.register_profile("judged", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("judged")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data: FEEDSVC_TEST_DATA, else `shared` beside the checkout; skips without it."""
    place = Path(os.environ.get("FEEDSVC_TEST_DATA") or ROOT.parent / "shared")
    if not (place / "data").is_dir():
        pytest.skip(f"the shared test data is not at {place}; FEEDSVC_TEST_DATA may say where it is")
    return place


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgresql.Server]:
    """A PostgreSQL server for all tests that want one; skips where it is not installed."""
    with postgresql.running() as server:
        yield server
