"""The three formats, as fixtures."""

from __future__ import annotations

import pytest

from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.ports import Format

XML: tuple[Format, ...] = (Atom(), Rss())
FORMATS: tuple[Format, ...] = (*XML, JsonFeed())


@pytest.fixture(params=FORMATS, ids=lambda written: written.name)
def each(request: pytest.FixtureRequest) -> Format:
    """Each format in turn."""
    written: Format = request.param
    return written


@pytest.fixture(params=XML, ids=lambda written: written.name)
def xml(request: pytest.FixtureRequest) -> Format:
    """Each format in XML in turn."""
    written: Format = request.param
    return written
