"""The benchmarks run; how fast they find anything is not a matter for a test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.cases import CASES
from benchmarks.polling.rate import WAYS
from benchmarks.results import keep
from benchmarks.serving.programs import NEEDED
from benchmarks.serving.rates import CASES as SERVED
from tests.conftest import ROOT
from tests.postgresql import MISSING, programs


def bench(name: str, *arguments: str) -> str:
    """What a benchmark says."""
    argv = [sys.executable, "-m", "benchmarks", name, "--small", *arguments]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_every_case_is_measured_and_written_down(tmp_path: Path) -> None:
    results = tmp_path / "results.md"
    said = bench("ingest", "--results", str(results))
    written = results.read_text(encoding="utf-8")
    assert written in said
    assert all(f"| {case.title} | 1 |" in written for case in CASES)


@pytest.mark.slow
def test_a_profile_of_our_side_names_the_functions_of_a_pass() -> None:
    said = bench("ingest", "--profile", "304")
    assert "feedsvc/pipeline/ingest.py" in said
    assert "function calls" in said


@pytest.mark.slow
def test_polling_is_measured_in_every_way_and_written_down_beside_the_rest(tmp_path: Path) -> None:
    results = tmp_path / "results.md"
    results.write_text("# Something else\n\nas it was\n", encoding="utf-8")
    said = bench("polling", "--results", str(results))
    written = results.read_text(encoding="utf-8")
    assert written.startswith("# Something else\n\nas it was\n\n# Polling of many sources\n")
    assert all(f"| {way.title} | " in said for way in WAYS)
    assert "| the scheduler | " in said
    assert "| SQLite | " in said


@pytest.mark.slow
def test_classification_is_measured_and_written_down(tmp_path: Path) -> None:
    results = tmp_path / "results.md"
    said = bench("classify", "--results", str(results))
    written = results.read_text(encoding="utf-8")
    assert written in said
    assert "| a loop of `in` : normalising and matching | **" in written


@pytest.mark.slow
def test_publishing_is_measured_and_both_ways_give_the_same_documents() -> None:
    said = bench("render")
    assert "# Publishing against feedgen in one go\n" in said
    assert "| one article of 50 changed: one document | **" in said


@pytest.mark.slow
def test_plans_are_measured_edit_by_edit() -> None:
    said = bench("plan")
    assert "# Plans and applies\n" in said
    assert "| one topic more | " in said


@pytest.mark.slow
def test_serving_is_measured_part_by_part() -> None:
    if not all(map(shutil.which, NEEDED)):
        pytest.skip(f"{' and '.join(NEEDED)} are not installed here")
    said = bench("serve")
    assert all(f"| {case.name} | **" in said for case in SERVED)
    for title in ("against a static file", "while feeds are taken in", "From a commit to", "Many feeds"):
        assert title in said


@pytest.mark.slow
def test_room_on_the_disk_is_measured_and_who_waited() -> None:
    said = bench("room")
    assert "# Room: " in said
    assert "| those of a day are taken out | " in said


@pytest.mark.slow
def test_growth_is_measured_by_articles_sources_and_feeds() -> None:
    said = bench("growth")
    assert "# Growth\n" in said
    for row in (
        "by name and version: p99",
        "corrected articles: rate, that of the bare",
        "`feedsvc serve` until it is ready",
        "`feedsvc serve` until its first feed",
    ):
        assert row in said
    assert said.count("xychart-beta") == 3


@pytest.mark.slow
def test_a_million_articles_on_postgresql_are_measured() -> None:
    if programs() is None:
        pytest.skip(MISSING)
    assert "# A million articles on PostgreSQL\n" in bench("million-postgresql")


def test_a_page_takes_the_place_of_the_one_with_its_title_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "results.md"
    for text in ("# One\n\n1\n", "# Two\n\n2\n", "# One\n\n3\n"):
        keep(text, file)
    assert file.read_text(encoding="utf-8") == "# One\n\n3\n\n# Two\n\n2\n"
