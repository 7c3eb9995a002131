"""YAML between two lines of `---` at the start of a text: every value as it is written, nothing guessed from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)

from ...domain.source import Json

BLOCK = re.compile(r"---[ \t]*\r?\n(?P<head>(?:.*?\n)??)(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.S)
SPACE_BEFORE_OFFSET = re.compile(r"(?<=:\d\d) (?=[+-]\d\d:?\d\d$)")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
LONGEST = 16 * 1024
DEEPEST = 8


def front_matter(text: str) -> tuple[dict[str, Json], str]:
    """The fields, by name in lower case, and the text after them; no fields where there is no front matter.

    Raises ValueError, with the reason, for one that is not YAML, is very large or deep, or holds aliases, with which
    a few lines can stand for gigabytes.
    """
    found = BLOCK.match(text)
    if found is None:
        return {}, text
    if len(found["head"]) > LONGEST:
        raise ValueError(f"its front matter is over {LONGEST // 1024} KiB")
    try:
        head = _loaded(found["head"])
    except (YAMLError, RecursionError) as error:
        raise ValueError(f"its front matter is not YAML: {' '.join(str(error).split())[:200]}") from None
    if head is not None and not isinstance(head, dict):
        return {}, text
    return {name.lower(): value for name, value in (head or {}).items()}, text[found.end() :]


def _loaded(head: str) -> Json:
    events: Iterator[Event] = yaml.parse(head, Loader=LOADER)
    for event in events:
        if isinstance(event, NodeEvent):
            return _value(event, events, 0)
    return None


def _value(event: Event, events: Iterator[Event], depth: int) -> Json:
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
        raise ValueError("its front matter has anchors or aliases; write the values out")
    if depth > DEEPEST:
        raise ValueError("its front matter is nested too deep")
    if isinstance(event, ScalarEvent):
        plain = not event.style
        value = str(event.value)
        return None if plain and value in NULLS else SPACE_BEFORE_OFFSET.sub("", value)
    if isinstance(event, SequenceStartEvent):
        return _items(events, depth)
    return _mapping(events, depth) if isinstance(event, MappingStartEvent) else None


def _items(events: Iterator[Event], depth: int) -> list[Json]:
    items = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        items.append(_value(event, events, depth + 1))
    return items


def _mapping(events: Iterator[Event], depth: int) -> dict[str, Json]:
    mapping: dict[str, Json] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        name = _value(event, events, depth + 1)
        value = _value(next(events), events, depth + 1)
        if isinstance(name, str):
            mapping.setdefault(name, value)
    return mapping
