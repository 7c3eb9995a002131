"""A model's complaints as problems that name file, line and key, in the words of the configuration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ..domain.source import Json
from ..errors import Problem
from .yamlfile import KeyPath, YamlFile, dotted

M = TypeVar("M", bound=BaseModel)
ProblemAt = Callable[[KeyPath, str], Problem]

MACHINERY = re.compile(r"^(?:\[key\]$|(?:function-\w+|nullable|lax-or-strict|constrained-\w+)\[)")
"""Steps of pydantic's locations that are no keys of the file."""
WITH_PASSWORD = re.compile(r"//[^/?#@]*@")
"""The name and the password in an address; what is told of a wrong one ends in logs."""
MUST_BE = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list, like [a, b]",
    "list_type": "must be a list, like [a, b]",
    "dict_type": "must be a mapping, like {{key: value}}",
    "model_type": "must be a mapping, like {{key: value}}",
    "path_type": "must be a path",
    "literal_error": "must be one of {expected}",
    "enum": "must be {expected}",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le:g} at most",
}


def validated(
    model: type[M],
    values: Json,
    file: YamlFile,
    at: KeyPath = (),
    *,
    problem: ProblemAt | None = None,
    context: Mapping[str, Any] | None = None,
    beside: frozenset[str] = frozenset(),
) -> tuple[M | None, list[Problem]]:
    """The model of the values that stand in a file at a key path, or every problem in them.

    `problem` makes them, where a value may come from elsewhere. `beside` are keys that another model reads from the
    same place: an unknown key may be meant for one of those. What the file itself has a problem with gets no second.
    """
    try:
        return model.model_validate(values, context=context), []
    except ValidationError as error:
        known = {one.key for one in file.problems}
        details = [(_path(detail), detail) for detail in error.errors(include_url=False)]
        return None, [
            (problem or file.problem)((*at, *path), _message(detail, path, model, beside))
            for path, detail in details
            if dotted((*at, *path)) not in known
        ]


def keys_of(model: type[BaseModel]) -> frozenset[str]:
    """The keys that a model has in the file."""
    return frozenset(field.alias or name for name, field in model.model_fields.items())


def field_of(model: type[BaseModel] | None, key: str | int) -> FieldInfo | None:
    """The field that a model has under a key of the file."""
    fields = model.model_fields.items() if model is not None else ()
    return next((field for name, field in fields if (field.alias or name) == key), None)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds, however deep: `tuple[Annotated[Model, …], ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part)) is not None), None)


def _path(detail: Mapping[str, Any]) -> KeyPath:
    return tuple(part for part in detail["loc"] if not (isinstance(part, str) and MACHINERY.match(part)))


def _message(detail: Mapping[str, Any], path: KeyPath, model: type[BaseModel], beside: frozenset[str]) -> str:
    inner = _model_at(model, path[:-1])
    match detail["type"]:
        case "extra_forbidden":
            siblings = keys_of(inner) if inner is not None else frozenset()
            return _unknown(str(path[-1]), siblings | (beside if len(path) == 1 else frozenset()))
        case "missing":
            field = field_of(inner, path[-1])
            return f"is missing: {field.description}" if field and field.description else "is missing"
        case "secret":  # of what it holds nothing is told
            return str(detail["msg"])
        case "value_error":
            return f"{str(detail['msg']).removeprefix('Value error, ')}, not {_shown(detail.get('input'))}"
    words = MUST_BE.get(str(detail["type"]))
    said = words.format_map(detail.get("ctx", {})) if words else _uncapitalised(str(detail["msg"]))
    return f"{said}, not {_shown(detail.get('input'))}"


def _unknown(key: str, siblings: Iterable[str]) -> str:
    known = sorted(siblings)
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        return f"is not a setting; did you mean {near[0]}?"
    return f"is not a setting here; there are: {', '.join(known)}" if known else "is not a setting here"


def _model_at(model: type[BaseModel] | None, path: KeyPath) -> type[BaseModel] | None:
    """The model at the end of a path, found by walking down the annotations."""
    for part in path:
        if not isinstance(part, int):
            field = field_of(model, part)
            model = model_in(field.annotation) if field is not None else None
    return model


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def _shown(value: object) -> str:
    text = "nothing" if value is None else WITH_PASSWORD.sub("//…@", repr(value))
    return text if len(text) <= 60 else text[:57] + "…"
