"""The configuration reference, made from the models: `python -m feedsvc.settings.reference > docs/configuration.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from .environment import leaves, variable_of
from .models import DatesModel, DefaultsModel, RightsModel, ServiceModel, SourceModel
from .taxonomy import PhraseModel, PlaceTypeModel, RegionModel, RowModel, RuleModel, TopicModel
from .values import in_words

COMMAND = "python -m feedsvc.settings.reference > docs/configuration.md"
WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", Path: "a path"}
PROCESS = (
    ("FEEDSVC_CONFIG", "config", "the folder of these files; `--config` comes first"),
    ("FEEDSVC_DATA_DIR", "data", "the folder of everything that is stored; relative paths of sources lie below it"),
    ("FEEDSVC_BIND", "127.0.0.1:8080", "the address that the web server listens on"),
    (
        "FEEDSVC_DATABASE_URL",
        "sqlite:///DATA_DIR/feedsvc.db",
        "the database: `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`",
    ),
    ("FEEDSVC_DATABASE_URL_FILE", "", "a file that holds it, where it has a password; below FEEDSVC_DATA_DIR"),
    ("FEEDSVC_PUBLIC_URL", "", "short for `FEEDSVC_SITE__PUBLIC_URL`, which comes first where both are set"),
)
HEAD = f"""<!-- Made by: {COMMAND} -->
# Configuration

Four YAML files in one folder. `feedsvc check` names every problem in them, with file, line and key, and what to do.
A running service takes a change over by itself, if all is right; topics and regions take effect by `feedsvc apply`.

A key that is not listed here is an error. A key without a value is as if it were not there. Text needs no quotes unless
YAML itself wants them: `NO`, `12:30` and `1.10` stay what they are. Durations are a whole number and `s`, `m`, `h` or
`d`. A slug is lower-case letters and digits with single hyphens. Aliases and tags of YAML are not read.
"""


def reference_markdown(kinds: Mapping[str, type[BaseModel]]) -> str:
    """The page; `kinds` are the options models of the kinds of sources, by name."""
    parts = [
        HEAD,
        "## The process\n\nVariables that are no keys of a file:\n",
        _table(
            ("variable", "default", "meaning"), ((f"`{one}`", _code(default), said) for one, default, said in PROCESS)
        ),
        "## feedsvc.yaml\n\nEvery key has a variable, which comes before the file; an empty one counts as not set.\n",
        _table(("key", "variable", "type", "default", "meaning"), _service_rows()),
        "## sources.yaml\n\nUnder `defaults`:\n",
        _keys(DefaultsModel),
        "Each item of `sources`:\n",
        _keys(SourceModel),
        "Under its `dates`:\n",
        _keys(DatesModel),
        "Under its `rights`:\n",
        _keys(RightsModel),
        *(part for kind, model in sorted(kinds.items()) for part in _kind(kind, model)),
        "## topics.yaml\n\nEach item of `topics`:\n",
        _keys(TopicModel),
        "A phrase is a text, or a mapping with these keys:\n",
        _keys(PhraseModel),
        "## regions.yaml\n\nEach item of `regions`; `any`, `except`, `none` and `threshold` are for scopes alone:\n",
        _keys(RegionModel),
        "Each item of its `rows`:\n",
        _keys(RowModel),
        "Under `types`, for each rank of places by its name:\n",
        _keys(PlaceTypeModel),
    ]
    return "\n".join(parts)


def type_in_words(annotation: Any, metadata: Iterable[Any] = ()) -> str:
    """What a setting's value may be; a type that brings its own words, as a text among its metadata, has those."""
    own = next((one for one in metadata if isinstance(one, str)), None)
    if own is not None:
        return own
    if hasattr(annotation, "__metadata__"):
        return type_in_words(get_args(annotation)[0], annotation.__metadata__)
    if get_origin(annotation) is not None:
        return _generic_in_words(get_origin(annotation), get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "a mapping, see below"
    return WORDS.get(annotation, getattr(annotation, "__name__", str(annotation))) + _bounds(metadata)


def _generic_in_words(origin: Any, args: tuple[Any, ...]) -> str:
    if origin in (Union, UnionType):
        return " or ".join(type_in_words(arg) for arg in args if arg is not NoneType)
    if origin is Literal:
        return " or ".join(f"`{arg}`" for arg in args)
    if origin is dict:
        return f"a mapping of {type_in_words(args[0])} to {type_in_words(args[1])}"
    return f"a list, each {type_in_words(args[0])}"


def _bounds(metadata: Iterable[Any]) -> str:
    """The limits of a number: `, 1 or more, 500 at most`."""
    limits = (("gt", "more than {}"), ("ge", "{} or more"), ("le", "{} at most"))
    found = ((words, getattr(one, name, None)) for name, words in limits for one in metadata)
    return "".join(f", {words.format(limit)}" for words, limit in found if limit is not None)


def _kind(kind: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"With `kind: {kind}`, beside those:\n"
    yield _keys(model)


def _service_rows() -> Iterator[tuple[str, ...]]:
    for path, field in leaves(ServiceModel):
        key, *rest = _row(".".join(path), field)
        yield key, f"`{variable_of(path)}`", *rest


def _keys(model: type[BaseModel]) -> str:
    own = {name for name in model.model_fields if name not in RuleModel.model_fields}
    fields = sorted(model.model_fields.items(), key=lambda item: item[0] not in own)
    return _table(("key", "type", "default", "meaning"), (_row(field.alias or name, field) for name, field in fields))


def _row(key: str, field: FieldInfo) -> tuple[str, str, str, str]:
    return f"`{key}`", type_in_words(field.annotation, field.metadata), _default(field), field.description or ""


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "none: must be given"
    if value is None or value in ((), {}) or isinstance(value, BaseModel):
        return ""
    if isinstance(value, timedelta):
        return _code(in_words(value))
    if isinstance(value, tuple):
        return _code(f"[{', '.join(value)}]")
    return _code(str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else value)


def _code(value: object) -> str:
    return f"`{value}`" if value != "" else ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, tuple("---" for _ in head), *rows)
    return "".join("| " + " | ".join(_cell(cell) for cell in line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def main() -> None:
    """Print the page with the kinds that are installed."""
    points = entry_points(group="feedsvc.sources")
    sys.stdout.write(reference_markdown({point.name: point.load().options for point in points}))


if __name__ == "__main__":
    main()
