"""The house numbers: rooms stay small enough to be read at a glance, and say what they are for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "feedsvc"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 250
LONGEST_FUNCTION = 50
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "core", "base"}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.fixture(params=MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def module(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_a_module_is_short_named_after_the_problem_and_says_what_it_is_for(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    assert module.stem not in VAGUE
    assert ast.get_docstring(ast.parse(text)), "no docstring"


def test_no_function_is_too_long_to_see_whole(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    long = [one.name for one in functions(tree) if (one.end_lineno or 0) - one.lineno >= LONGEST_FUNCTION]
    assert long == []


def test_what_is_public_has_a_docstring(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and not _is_plain(node)
    ]
    assert bare == []


def _is_plain(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """An enumeration or a type whose names say it all."""
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases
    )
