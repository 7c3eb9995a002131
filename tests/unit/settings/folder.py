"""A folder with the four files of a small configuration, right where a test does not say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from feedsvc.errors import ConfigurationError
from feedsvc.settings import Settings, load_settings
from feedsvc.sources.documents.kind import DocumentsOptions
from feedsvc.sources.syndication.kind import SyndicationOptions

KINDS: dict[str, type[BaseModel]] = {"documents": DocumentsOptions, "syndication": SyndicationOptions}

SERVICE = """\
site:
  title: Tin
  tag_authority: example.org,2026
"""
SOURCES = """\
sources:
  - id: one
    kind: documents
    path: inbox/one
    title: One
"""
TOPICS = """\
topics:
  - id: sport
    title: {en: Sport}
    any: [goal]
"""
REGIONS = """\
regions:
  - id: land
    rows: [{title: {en: Land}, type: country}]
"""


def write(folder: Path, **files: str | bytes) -> Path:
    """Write the files, each under its name without `.yaml`."""
    texts: dict[str, str | bytes] = {"feedsvc": SERVICE, "sources": SOURCES, "topics": TOPICS, "regions": REGIONS}
    for name, text in {**texts, **files}.items():
        (folder / f"{name}.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def load(folder: Path, environ: Mapping[str, str] | None = None, **files: str | bytes) -> Settings:
    """The settings of the files."""
    return load_settings(write(folder, **files), environ or {}, KINDS)


def problems(folder: Path, environ: Mapping[str, str] | None = None, **files: str | bytes) -> list[str]:
    """What is wrong with the files, as it is printed."""
    with pytest.raises(ConfigurationError) as caught:
        load(folder, environ, **files)
    return [str(problem) for problem in caught.value.problems]
