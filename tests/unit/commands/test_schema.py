"""`feedsvc schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feedsvc.settings.schema import DIALECT
from tests.unit.commands.newsroom import Newsroom

NAMES = ("feedsvc", "sources", "topics", "regions")


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_of_a_file_is_printed(fetched: Newsroom, name: str) -> None:
    result = fetched.run("schema", name)
    assert result.exit_code == 0
    assert json.loads(result.output)["$schema"] == DIALECT


def test_all_are_written_to_a_folder_that_is_made(fetched: Newsroom, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    result = fetched.run("schema", "--out", str(out))
    assert result.output.splitlines() == [str(out / f"{name}.json") for name in NAMES]
    for name in NAMES:
        assert (out / f"{name}.json").read_text(encoding="utf-8") == fetched.run("schema", name).output


def test_it_needs_no_configuration(fetched: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDSVC_CONFIG", "nowhere")
    assert fetched.run("schema", "topics").exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("topics", "--out", "here"), ("tropics",)])
def test_either_a_file_or_a_folder_is_named(fetched: Newsroom, arguments: tuple[str, ...]) -> None:
    assert fetched.run("schema", *arguments).exit_code == 2


def test_a_folder_that_cannot_be_written_is_one_clear_line(fetched: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = fetched.run("schema", "--out", str(tmp_path / "file" / "below"))
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {tmp_path / 'file'}")
    assert len(result.output.splitlines()) == 1
