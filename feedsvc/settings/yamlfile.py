"""A YAML file as plain values, with the line of each.

Every scalar stays the text that stands there: what `NO`, `12:30`, `1.10` or `01000000` mean, the setting that it is for
knows. An empty scalar, `~` and `null` are nothing. Aliases and tags are refused: a few lines of them can stand for
gigabytes, and nothing here needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ..domain.source import Json
from ..errors import Problem

KeyPath = tuple[str | int, ...]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, which is twenty times as fast; the same in Python where it is not built in."""
LARGEST_FILE = 4 * 1024 * 1024
DEEPEST = 20
WORDS_FOR_NOTHING = ("", "~", "null", "Null", "NULL")
TEXT = (None, "!", "tag:yaml.org,2002:str")


@dataclass
class YamlFile:
    """The values of one file under `name`, the line of each key path, and what is wrong with the file itself.

    One that is not `readable` has no values at all.
    """

    name: str
    values: dict[str, Json] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = False

    def line(self, path: KeyPath) -> int:
        """The line of a key path, or of the nearest one above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, message: str) -> Problem:
        """A problem at a key path."""
        return Problem(self.name, self.line(path), dotted(path), message)

    def has_read(self, key: str) -> bool:
        """Whether nothing that stands under a key of the file was left out."""
        return self.readable and all(one.key != key for one in self.problems)


class _Unreadable(Exception):
    """Why nothing can be made of a file, and in which line."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def dotted(path: KeyPath) -> str:
    """`sources[1].rights.text`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the file"


def read_yaml(path: Path) -> YamlFile:
    """Read a file; one that is missing, unreadable or not YAML gives a problem and no values."""
    file = YamlFile(path.name)
    try:
        file.values = _values(file, _text(path))
        file.readable = True
    except _Unreadable as error:
        file.problems.append(Problem(path.name, error.line, "the file", str(error)))
    return file


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise _Unreadable("is not a regular file")
        with path.open("rb") as stream:
            body = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _Unreadable(f"is missing; it belongs in {path.parent}") from None
    except OSError as error:
        raise _Unreadable(f"cannot be read: {error.strerror}") from error
    if len(body) > LARGEST_FILE:
        raise _Unreadable(f"is over {LARGEST_FILE // 1024 // 1024} MiB, which no configuration is")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise _Unreadable("is not text in UTF-8; save it as UTF-8", line) from None


def _values(file: YamlFile, text: str) -> dict[str, Json]:
    try:
        values = _Reader(file, text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1 if mark else 1, len(text.splitlines()))
        raise _Unreadable(f"is not YAML: {error.problem or error.context}", line) from error
    except yaml.reader.ReaderError as error:
        line = next((place for place, one in enumerate(text.split("\n"), 1) if _has_control(one)), 1)
        raise _Unreadable(f"is not YAML: {error.reason}", line) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _Unreadable("must be a mapping of keys to values, like `site:` and under it its settings")
    return values


def _has_control(line: str) -> bool:
    return any((character < " " and character not in "\t\r") or "\x7f" <= character < "\xa0" for character in line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Reader:
    """Turns the events of a parser into values and notes their lines."""

    def __init__(self, file: YamlFile, text: str) -> None:
        self._file = file
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADER)

    def document(self) -> Json:
        """The one document of the file; None when there is nothing in it."""
        value: Json = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "holds a second document after `---`; one file is one document"
                    raise _Unreadable(message, _line(event))
                value = self._value(next(self._events), ())
        return value

    def _value(self, event: yaml.Event, path: KeyPath) -> Json:
        line = _line(event)
        self._file.lines.setdefault(path, line)
        if len(path) > DEEPEST:
            raise _Unreadable(f"is nested more than {DEEPEST} deep", line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        self._problem(path, line, "is an alias (`*name`), and those are not read; write the value out")
        return None

    def _scalar(self, event: yaml.ScalarEvent, path: KeyPath) -> Json:
        if event.tag not in TEXT:
            message = f"has the tag {event.tag}, and tags are not read; remove it"
            self._problem(path, _line(event), message)
        plain = event.implicit[0] and event.tag is None
        return None if plain and event.value in WORDS_FOR_NOTHING else str(event.value)

    def _sequence(self, path: KeyPath) -> list[Json]:
        values: list[Json] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: KeyPath) -> dict[str, Json]:
        values: dict[str, Json] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            line = _line(key)
            if not isinstance(key, yaml.ScalarEvent):
                raise _Unreadable("has a key that is no word", line)
            name = str(key.value)
            here = (*path, name)
            if name in values:
                message = f"is given twice, first in line {self._file.lines[here]}; keep one of them"
                self._problem(here, line, message)
                self._skip()
            else:
                self._file.lines[here] = line
                values[name] = self._value(next(self._events), here)
        return values

    def _skip(self) -> None:
        """Go past the next value, whatever it is."""
        depth = 0
        for event in self._events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return

    def _problem(self, path: KeyPath, line: int, message: str) -> None:
        self._file.problems.append(Problem(self._file.name, line, dotted(path), message))
