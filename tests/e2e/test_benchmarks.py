"""The benchmarks work; what they measure is not looked at here."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
def test_a_small_run_measures_every_case_and_finds_the_same_articles_on_both_sides() -> None:
    argv = [sys.executable, "-m", "benchmarks", "ingest", "--small"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" × |") == 8
