"""T18: addresses and numbers of calls that mean harm."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.fetched import Failure, FailureKind, Fetched

from .asking import NEVER, failure, fetch


@pytest.mark.parametrize("address", ["file:", "folder:", "file:a\0b", "folder:a\0b", "file:\ud800", "folder:\ud800/a"])
def test_what_is_no_path_is_a_failure_that_can_be_printed(address: str) -> None:
    assert failure(address).why.encode()


def test_a_path_that_is_too_long_is_unreadable() -> None:
    assert failure("file:/" + "a" * 5000).kind is FailureKind.UNREADABLE


@given(scheme=st.sampled_from(["file", "folder", "FOLDER", ""]), path=st.text())
def test_no_path_raises(scheme: str, path: str) -> None:
    answer = fetch(f"{scheme}:{path}")
    assert not isinstance(answer, Failure) or answer.why.encode()


@pytest.fixture
def few_handles() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 100
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("few_handles")
def test_no_outcome_leaves_a_handle_open(folder: Path) -> None:
    for _ in range(50):
        for address in (f"file:{folder}", f"file:{folder}/bài.txt", f"folder:{folder}", "file:/dev/null"):
            fetch(address)
        fetch(f"file:{folder}/bài.txt", NEVER)
        fetch(f"folder:{folder}", NEVER)
    assert isinstance(fetch(f"file:{folder}/bài.txt"), Fetched)
