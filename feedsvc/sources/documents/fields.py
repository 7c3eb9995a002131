"""The named fields that a document brings along, under whatever names, as a record."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from ...domain.clean import shortened
from ...domain.record import Hypertext, PlainText, RawRecord
from ...domain.source import Json

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,8}")
"""The shape of a language tag (RFC 5646 section 2.1), with the underscore of programs too."""
LONGEST_TITLE = 1000
LONGEST_SUMMARY = 8000
LONGEST_LINK = 2000
LONGEST_NAME = 200
LONGEST_DATE = 100
MOST_NAMES = 100


def record_of(key: str, fields: Mapping[str, Json], content: PlainText | Hypertext) -> RawRecord:
    """The record with what the fields say; a field of an unexpected type is as if it were not there."""
    language = _text(fields, "language", "lang") or ""
    return RawRecord(
        key=key,
        title=shortened(_text(fields, "title") or "", LONGEST_TITLE),
        content=content,
        summary=shortened(_text(fields, "summary", "description", "excerpt") or "", LONGEST_SUMMARY) or None,
        link=_text(fields, "link", longest=LONGEST_LINK),
        published=_text(fields, "date", "published", longest=LONGEST_DATE),
        updated=_text(fields, "updated", "modified", "lastmod", longest=LONGEST_DATE),
        authors=_first_list(map(_people, _values(fields, "authors", "author"))),
        categories=_first_list(map(_strings, _values(fields, "tags", "categories"))),
        language=language.replace("_", "-") if LANGUAGE.fullmatch(language) else None,
    )


def _values(fields: Mapping[str, Json], *names: str) -> Iterator[Json]:
    return (fields[name] for name in names if name in fields)


def _text(fields: Mapping[str, Json], *names: str, longest: int | None = None) -> str | None:
    """The first of the names that holds a text or a number; one that is longer than it can be is none."""
    for value in _values(fields, *names):
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        if isinstance(value, float) and not math.isfinite(value):
            continue
        if (text := str(value).strip()) and (longest is None or len(text) <= longest):
            return text
    return None


def _first_list(lists: Iterator[list[str]]) -> tuple[str, ...]:
    found = next((names for names in lists if names), [])
    return tuple(dict.fromkeys(found))[:MOST_NAMES]


def _strings(value: Json) -> list[str]:
    items = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
    return _clean(item for item in items if isinstance(item, str))


def _people(value: Json) -> list[str]:
    people = value if isinstance(value, list) else [value]
    named = (person.get("name") if isinstance(person, dict) else person for person in people)
    return _clean(name for name in named if isinstance(name, str))


def _clean(names: Iterator[str]) -> list[str]:
    return [shortened(name.strip(), LONGEST_NAME) for name in names if name.strip()]
