"""Where articles come from, and what is remembered between two passes over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Union

Json = Union[str, int, float, bool, None, "list[Json]", "dict[str, Json]"]

_NOTHING: Mapping[str, Json] = MappingProxyType({})


def nothing() -> Mapping[str, Json]:
    """The empty state, one for all."""
    return _NOTHING


def read_only(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """The mapping as one that nobody can change."""
    return MappingProxyType(dict(mapping))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What an outlet allows: the licence's address, and the notice to print beside its articles."""

    licence: str | None = None
    notice: str | None = None


class DateOrder(StrEnum):
    """How a source writes day, month and year in figures: 10/2/2026 is in February or in October."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One configured source.

    `outlet` scopes the identity of its records: sources of one outlet share articles. `home` is the
    slug of the region that it reports from, `zone` the IANA name of the clock of its dates and
    `date_order` how they are written where they do not say, `every` the time between two passes, None where the
    program chooses it, `topics` the slugs that each of its articles has, `categories` maps the upstream's own terms to
    topic slugs, `sections` maps parts of the paths of its articles to them, `options` is the kind's own, already
    validated model.
    """

    id: str
    kind: str
    title: str
    outlet: str
    language: str
    zone: str
    every: timedelta | None
    date_order: DateOrder = DateOrder.DMY
    home: str | None = None
    topics: tuple[str, ...] = ()
    categories: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rights: Rights = Rights()
    options: object = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a source kind remembers from one pass to the next: JSON values under keys of its own."""

    state: Mapping[str, Json] = field(default_factory=nothing)

    def advanced(self, update: Mapping[str, Json]) -> Cursor:
        """This cursor with `update` laid over it; a key whose new value is None is forgotten."""
        state = {**self.state, **update}
        return Cursor({key: value for key, value in state.items() if value is not None})
