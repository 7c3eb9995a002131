"""The lock files say what pyproject.toml asks for, and where nothing comes from."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .little import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
REMAKE = "requirements.lock is out of date: its head says how it is made; then remake requirements-dev.lock"


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def asked_directly(lock: str) -> set[str]:
    """The packages whose annotation names the project itself."""
    direct: set[str] = set()
    name = ""
    for line in (ROOT / lock).read_text().splitlines():
        if re.match(r"[a-z0-9]", line):
            name = line.partition("==")[0]
        elif line.startswith("    #") and "feedsvc (pyproject.toml)" in line:
            direct.add(canonicalize_name(name))
    return direct


LOCKS = [
    pytest.param("requirements.lock", PROJECT["dependencies"], id="requirements.lock"),
    pytest.param(
        "requirements-dev.lock",
        PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
        id="requirements-dev.lock",
    ),
]


@pytest.mark.parametrize(("lock", "asked"), LOCKS)
def test_a_lock_holds_exactly_what_the_project_asks_for(lock: str, asked: list[str]) -> None:
    wanted = [Requirement(each) for each in asked]
    pinned = pins(lock)
    assert {canonicalize_name(each.name) for each in wanted} == asked_directly(lock), REMAKE
    for each in wanted:
        assert each.specifier.contains(pinned[canonicalize_name(each.name)], prereleases=True), REMAKE
    assert "setuptools" in pinned, "the project itself is built with it"


def test_development_uses_the_versions_of_production() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items(), REMAKE


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_is_hashed_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash", ""), re.MULTILINE)
    for block in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in block, block
