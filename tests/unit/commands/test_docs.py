"""The commands that the documentation names work: every `feedsvc …` of a fenced `sh` block, on the sample newsroom.

Those of one block are given one after the other.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.unit.commands.newsroom import Newsroom

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^(?P<indent>[ \t]*)```sh[ \t]*\n(?P<body>.*?)^(?P=indent)```", re.M | re.S)
SHELL = {"|", ">", ">>", "<", "&&", ";", "&"}
FOREVER = {"run", "serve", "schedule"}


def blocks(text: str) -> Iterator[list[list[str]]]:
    """The commands of ours in each block that has any."""
    for block in BLOCK.finditer(text):
        if found := list(commands(block["body"])):
            yield found


def commands(body: str) -> Iterator[list[str]]:
    """The arguments of each command of ours, up to where the shell takes over."""
    for line in body.replace("\\\n", " ").splitlines():
        words = shlex.split(line.strip().removeprefix("$ "), comments=True)
        if words[:1] == ["feedsvc"] or words[:1] == [".venv/bin/feedsvc"]:
            end = next((place for place, word in enumerate(words) if word in SHELL), len(words))
            yield words[1:end]


NAMED = [
    pytest.param(found, id=f"{page.name}: {'; '.join(map(' '.join, found))}")
    for page in PAGES
    if page.exists()
    for found in blocks(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("block", NAMED)
def test_the_commands_of_the_documentation_work(newsroom: Newsroom, block: list[list[str]]) -> None:
    for arguments in block:
        forever = arguments and arguments[0] in FOREVER
        result = newsroom.run(*arguments, *(["--help"] if forever else []))
        assert result.exit_code == 0, result.output


def test_commands_are_found_in_blocks_alone() -> None:
    text = """
feedsvc no
```sh
# feedsvc no
$ feedsvc fetch a \\
    b  # why
curl x | feedsvc no
feedsvc sources --json | jq .
```
   ```sh
   feedsvc check
   ```
```
feedsvc no
```
"""
    assert list(blocks(text)) == [[["fetch", "a", "b"], ["sources", "--json"]], [["check"]]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_documentation_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            found = page.parent / target
            assert found.exists(), f"{page.name} links to {target}"
