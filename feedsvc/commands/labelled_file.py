"""Files of articles that people have labelled: a JSON object a line."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..domain.clean import one_line
from ..domain.labelled import Labelled, Readers
from ..domain.record import Line, PlainText, RawRecord

LONGEST_ID = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article of the file: its line there, the article as its source would bring it, and what people say of it."""

    line: int
    record: RawRecord
    home: str | None
    said: Labelled


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that cannot be used, and why."""

    line: int
    why: str


def rows_of(path: Path) -> Iterator[Row | BadRow]:
    """Every line that is not empty; a bad one costs itself alone. Raises OSError where the file cannot be read."""
    seen: dict[str, int] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = _row(number, line.decode("utf-8-sig").strip())
                if (first := seen.setdefault(row.said.id, number)) != number:
                    raise ValueError(f"id: {row.said.id} stands in line {first} already")
            except (ValueError, RecursionError) as error:
                yield BadRow(number, _why(error))
            else:
                yield row


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON: {error.msg} at character {error.pos + 1}"
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)


def _row(number: int, line: str) -> Row:
    fields = json.loads(line)
    if not isinstance(fields, dict):
        raise ValueError("it is not a JSON object with the keys title, text, expected_topics, expected_regions")
    name = one_line(_text(fields, "id") or f"line {number}")[:LONGEST_ID]
    topics, regions = _readers(fields, "topics"), _readers(fields, "regions")
    must_not = frozenset(_slugs(fields, "must_not_regions") or ())
    if topics is None and regions is None and not must_not:
        raise ValueError("it has none of expected_topics, expected_regions and must_not_regions")
    said = Labelled(id=name, topics=topics, regions=regions, must_not=must_not, base=_text(fields, "base_id"))
    return Row(line=number, record=_record(name, fields), home=_text(fields, "home"), said=said)


def _record(key: str, fields: Mapping[str, object]) -> RawRecord:
    section = _text(fields, "section")
    # What was taken out of a feed may be written as it was there.
    title, text = (html.unescape(_text(fields, name) or "") for name in ("title", "text"))
    return RawRecord(
        key=key,
        title=title,
        content=PlainText(tuple(map(Line, text.splitlines()))),
        link=_text(fields, "url"),
        published=_text(fields, "published"),
        categories=() if section is None else (section,),
    )


def _readers(fields: Mapping[str, object], kind: str) -> Readers | None:
    first, second = _slugs(fields, f"expected_{kind}"), _slugs(fields, f"second_{kind}")
    if first is None and second is not None:
        raise ValueError(f"second_{kind}: there is no expected_{kind} beside it")
    return None if first is None else Readers(first, second)


def _text(fields: Mapping[str, object], key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key}: it is not a text")
    return value or None


def _slugs(fields: Mapping[str, object], key: str) -> tuple[str, ...] | None:
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise ValueError(f"{key}: it is not a list of slugs")
    return tuple(dict.fromkeys(value))
