"""The benchmarks run; how fast they find anything is not a matter for a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.cases import CASES
from tests.conftest import ROOT


def bench(*arguments: str) -> str:
    """What a benchmark says."""
    argv = [sys.executable, "-m", "benchmarks", "ingest", "--small", *arguments]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_every_case_is_measured_and_written_down(tmp_path: Path) -> None:
    results = tmp_path / "results.md"
    said = bench("--results", str(results))
    written = results.read_text(encoding="utf-8")
    assert written in said
    assert all(f"| {case.title} | 1 |" in written for case in CASES)


@pytest.mark.slow
def test_a_profile_of_our_side_names_the_functions_of_a_pass() -> None:
    said = bench("--profile", "304")
    assert "feedsvc/pipeline/ingest.py" in said
    assert "function calls" in said
