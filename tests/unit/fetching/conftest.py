"""A folder of one file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bài.txt").write_bytes(b"abc")
    os.utime(tmp_path / "bài.txt", ns=(0, 1_700_000_000_987_654_321))
    return tmp_path
