"""As much of JSON Schema (2020-12, https://json-schema.org/draft/2020-12) as our schemas use, for tests.

A keyword that is not known here raises, so that nothing in a schema is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

ANNOTATIONS = frozenset({"$schema", "title", "description", "default", "$defs", "then", "else"})
NUMBER = (int, float)
TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


def violations(schema: Any, value: Any, root: Any = None, at: str = "") -> Iterator[str]:
    """What of a value a schema does not allow, each with where it stands: `topics[0].any: …`."""
    root = schema if root is None else root
    if isinstance(schema, bool):
        if not schema:
            yield f"{at}: is not allowed"
        return
    for keyword, wanted in schema.items():
        if keyword not in ANNOTATIONS:
            yield from _KEYWORDS[keyword](schema, wanted, value, root, at)


def _valid(schema: Any, value: Any, root: Any) -> bool:
    return not any(violations(schema, value, root))


def _ref(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    found = root
    for part in wanted.removeprefix("#/").split("/"):
        found = found[part]
    yield from violations(found, value, root, at)


def _type(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if not any(TYPES[one](value) for one in ([wanted] if isinstance(wanted, str) else wanted)):
        yield f"{at}: is no {wanted}"


def _enum(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if value not in wanted:
        yield f"{at}: is none of {wanted}"


def _const(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if value != wanted:
        yield f"{at}: is not {wanted}"


def _pattern(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    assert "(?P" not in wanted, "ECMA-262 has no such groups"
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"{at}: does not match {wanted}"


def _bound(within: Callable[[Any, Any], bool], measured: type | tuple[type, ...], measure: Callable[[Any], Any]) -> Any:
    def keyword(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
        if isinstance(value, measured) and not isinstance(value, bool) and not within(measure(value), wanted):
            yield f"{at}: is out of bounds"

    return keyword


def _required(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{at}: lacks {key}" for key in wanted if key not in value)


def _properties(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key in value.keys() & wanted.keys():
            yield from violations(wanted[key], value[key], root, f"{at}.{key}".lstrip("."))


def _pattern_properties(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for pattern, inner in wanted.items():
            for key in value:
                if re.search(pattern, key):
                    yield from violations(inner, value[key], root, f"{at}.{key}")


def _additional(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        patterns = schema.get("patternProperties", {})
        for key in value:
            if key not in schema.get("properties", {}) and not any(re.search(one, key) for one in patterns):
                yield from violations(wanted, value[key], root, f"{at}.{key}".lstrip("."))


def _items(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from violations(wanted, one, root, f"{at}[{place}]")


def _any_of(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if not any(_valid(one, value, root) for one in wanted):
        yield f"{at}: is nothing of what it may be"


def _one_of(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if sum(_valid(one, value, root) for one in wanted) != 1:
        yield f"{at}: is not exactly one of what it may be"


def _all_of(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    for one in wanted:
        yield from violations(one, value, root, at)


def _if(schema: Any, wanted: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    yield from violations(schema.get("then" if _valid(wanted, value, root) else "else", True), value, root, at)


_KEYWORDS: dict[str, Callable[[Any, Any, Any, Any, str], Iterator[str]]] = {
    "$ref": _ref,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "required": _required,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "items": _items,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "if": _if,
    "minimum": _bound(lambda found, wanted: found >= wanted, NUMBER, lambda value: value),
    "maximum": _bound(lambda found, wanted: found <= wanted, NUMBER, lambda value: value),
    "exclusiveMinimum": _bound(lambda found, wanted: found > wanted, NUMBER, lambda value: value),
    "maxLength": _bound(lambda found, wanted: found <= wanted, str, len),
    "minItems": _bound(lambda found, wanted: found >= wanted, list, len),
    "maxItems": _bound(lambda found, wanted: found <= wanted, list, len),
    "minProperties": _bound(lambda found, wanted: found >= wanted, dict, len),
}
