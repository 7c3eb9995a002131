"""What the documentation gives for examples is right as it stands, with the bundled topics and regions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.unit.settings.folder import load

BLOCK = re.compile(r"^```yaml\n(sources:\n.*?)^```", re.M | re.S)
COMMENTED = re.compile(r"(?:^#   .*\n)+", re.M)
EXAMPLES = BLOCK.findall((ROOT / "docs" / "sources.md").read_text(encoding="utf-8"))


def bundled(name: str) -> str:
    return (ROOT / "config" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_sources_can_be_loaded(tmp_path: Path, example: str) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "hang-tin").write_text("abc")
    assert load(
        tmp_path,
        {"FEEDSVC_DATA_DIR": str(tmp_path)},
        sources=example,
        topics=bundled("topics.yaml"),
        regions=bundled("regions.yaml"),
    ).sources


def test_there_is_an_example_of_every_kind() -> None:
    assert {re.findall(r"kind: (\w+)", example)[0] for example in EXAMPLES} == {"documents", "syndication"}


def test_the_source_in_the_comments_of_the_bundled_file_can_be_used(tmp_path: Path) -> None:
    text = bundled("sources.yaml")
    (commented,) = (found for found in COMMENTED.findall(text) if "kind: syndication" in found)
    example = "".join(f"{line.removeprefix('#   ')}\n" for line in commented.splitlines())
    (source,) = load(tmp_path, sources=f"sources:\n{example}").sources
    assert source.kind == "syndication"
