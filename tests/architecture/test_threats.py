"""The page of threats names every row, and tests that exist and carry its number."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

ELSEWHERE = {23, *range(26, 30), 31}
"""What is no part of the program that these tests are about."""
ROW = re.compile(r"^\| (T\d\d\w?) \|.*\| ([^|]+) \|$", re.M)
ROWS = dict(ROW.findall((ROOT / "docs" / "threats.md").read_text(encoding="utf-8")))
NUMBERS = [*(f"T{number:02}" for number in (*range(1, 45), 50, 51, 52, 54) if number not in ELSEWHERE), "T03b"]


def test_every_row_is_there() -> None:
    assert sorted(ROWS) == sorted(NUMBERS)


@pytest.mark.parametrize("number", ROWS)
def test_a_row_is_shown_by_tests_that_carry_its_number(number: str) -> None:
    paths = re.findall(r"`(tests/[\w/]+\.py)`", ROWS[number])
    texts = [(ROOT / path).read_text(encoding="utf-8") for path in paths]
    if any(path.endswith("test_broken_answers.py") for path in paths):
        texts.append((ROOT / "tests" / "threats" / "hostile.py").read_text(encoding="utf-8"))
    assert paths
    assert any(number in text.upper().replace("B", "b") or number in text for text in texts), paths
