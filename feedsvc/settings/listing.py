"""A file that is a list of things with ids: each is checked by itself, so that one that is wrong hides no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from ..domain.source import Json
from ..errors import Problem
from .checking import validated
from .yamlfile import YamlFile

Head = TypeVar("Head", bound=BaseModel)
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Listed(Generic[M]):
    """The things that are right, by their place in the file; and every id that stands there, right or wrong.

    `raw` is all of them as they stand. `ids` is None where the list itself could not be read.
    """

    items: Mapping[int, M] = field(default_factory=dict)
    raw: Mapping[int, Mapping[str, Json]] = field(default_factory=dict)
    ids: frozenset[str] | None = None


def listed(outer: type[Head], inner: type[M], key: str, file: YamlFile) -> tuple[Head | None, Listed[M], list[Problem]]:
    """What stands under a key of a file, and the file's other keys, with every problem in either."""
    found = file.values.get(key)
    things = found if isinstance(found, list) else []
    rest = {**file.values, key: []} if isinstance(found, list) else file.values
    head, problems = validated(outer, rest, file)
    items: dict[int, M] = {}
    for place, thing in enumerate(things):
        item, wrong = validated(inner, thing, file, (key, place))
        problems += wrong
        if item is not None:
            items[place] = item
    raw = {place: thing for place, thing in enumerate(things) if isinstance(thing, dict)}
    first, repeated = _ids(raw, key, file)
    is_list = file.has_read(key) and (isinstance(found, list) or head is not None)
    return head, Listed(items, raw, frozenset(first) if is_list else None), [*problems, *repeated]


def _ids(raw: Mapping[int, Mapping[str, Json]], key: str, file: YamlFile) -> tuple[dict[str, int], list[Problem]]:
    first: dict[str, int] = {}
    problems = []
    for place, thing in raw.items():
        one = thing.get("id")
        if not isinstance(one, str):
            continue
        if one in first:
            line = file.line((key, first[one], "id"))
            message = f"{one} is there already, in line {line}; give one of them another id, or remove it"
            problems.append(file.problem((key, place, "id"), message))
        first.setdefault(one, place)
    return first, problems
