"""Plug-ins are found by name, and one that cannot be used is named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedsvc import plugins
from feedsvc.cli import main
from feedsvc.errors import PluginBroken
from tests.conftest import ROOT


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where packages can be installed."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    return tmp_path


def install(folder: Path, package: str, entries: str) -> None:
    info = folder / f"{package}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n")
    (info / "entry_points.txt").write_text(entries)


def test_the_built_in_ones_come_by_name() -> None:
    assert sorted(plugins.plugins(plugins.SOURCES)) == ["documents", "syndication"]
    assert sorted(plugins.plugins(plugins.FORMATS)) == ["atom", "json", "rss"]
    assert sorted(plugins.plugins(plugins.LANGUAGES)) == ["vi"]
    assert plugins.plugins("feedsvc.nothing") == {}


def test_one_of_another_package_stands_beside_them(installed: Path) -> None:
    install(installed, "theirs", "[feedsvc.sources]\ncounting = collections:Counter\n")
    assert sorted(plugins.plugins(plugins.SOURCES)) == ["counting", "documents", "syndication"]


def test_one_that_cannot_be_imported_is_named(installed: Path) -> None:
    install(installed, "theirs", "[feedsvc.sources]\nlost = no_such_module:Kind\n")
    with pytest.raises(PluginBroken, match=r"the plug-in lost of feedsvc.sources \(no_such_module:Kind\) cannot be"):
        plugins.plugins(plugins.SOURCES)


def test_two_of_one_name_are_refused(installed: Path) -> None:
    install(installed, "theirs", "[feedsvc.sources]\ndocuments = collections:Counter\n")
    with pytest.raises(PluginBroken, match=r"two plug-ins of .* are called documents: collections:Counter and"):
        plugins.plugins(plugins.SOURCES)


def test_a_command_says_so_in_one_line(installed: Path) -> None:
    install(installed, "theirs", "[feedsvc.sources]\nlost = no_such_module:Kind\n")
    result = CliRunner().invoke(main, ["check", "--config", str(ROOT / "config")])
    assert result.exit_code == 1
    assert result.output.startswith("Error: the plug-in lost of feedsvc.sources")
    assert len(result.output.splitlines()) == 1
