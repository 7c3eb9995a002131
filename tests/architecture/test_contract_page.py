"""The page of the publisher's contract has every item once, and tests that exist; each test of an item stands there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

LATER = {19, 20, 34}
"""Archives, deltas and notes of withdrawals: no part of what is promised."""
NUMBERS = [
    *(str(number) for number in range(1, 43) if number not in LATER),
    *(f"P{number}" for number in range(1, 19)),
]
ITEM = re.compile(r"^\*\*(P?\d+)\*\* (.*?)(?=^\*\*P?\d|^## |\Z)", re.M | re.S)
PAGE = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
ITEMS = [(number, text) for number, text in ITEM.findall(PAGE)]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CARRIES = re.compile(r"test_((?:p?\d\d_)+)")


def functions(path: Path) -> Iterator[str]:
    """The names of the tests of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_")


def carried(name: str) -> list[str]:
    """The items that a test carries in its name: `test_31_p07_…` those of 31 and P7."""
    found = CARRIES.match(name)
    parts = found[1].rstrip("_").split("_") if found else []
    return [f"{'P' if part.startswith('p') else ''}{int(part.lstrip('p'))}" for part in parts]


def test_every_item_is_there_once_and_in_order() -> None:
    assert [number for number, _ in ITEMS] == NUMBERS


@pytest.mark.parametrize(("number", "text"), ITEMS, ids=[number for number, _ in ITEMS])
def test_an_item_is_shown_by_tests_that_exist_or_says_why_it_asks_for_nothing(number: str, text: str) -> None:
    named = NAMED.findall(text)
    assert named or "nothing" in text
    for path, name in named:
        assert name in set(functions(ROOT / path)), f"{path} has no {name}"


def test_every_test_of_an_item_is_named_by_it() -> None:
    named = {(number, *one) for number, text in ITEMS for one in NAMED.findall(text)}
    missing = [
        (number, f"tests/contract/{path.name}", name)
        for path in sorted((ROOT / "tests" / "contract").glob("test_*.py"))
        for name in functions(path)
        for number in carried(name)
        if (number, f"tests/contract/{path.name}", name) not in named
    ]
    assert missing == []
