"""Every setting of feedsvc.yaml from the environment: FEEDSVC_ and its key's path, joined by two underscores."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..domain.source import Json
from ..errors import Problem
from .yamlfile import KeyPath

PREFIX = "FEEDSVC_"
SHORT = {"FEEDSVC_PUBLIC_URL": "FEEDSVC_SITE__PUBLIC_URL"}
ENVIRONMENT = "the environment"


@dataclass(frozen=True)
class Overlaid:
    """The values of a file with the environment's over them, and the variable that each key path came from."""

    values: dict[str, Json]
    problems: list[Problem]
    variables: Mapping[KeyPath, str]

    def variable(self, path: KeyPath) -> str | None:
        """The variable that the value at a key path came from, if it is one."""
        found = (self.variables.get(path[:length]) for length in range(len(path), 0, -1))
        return next((name for name in found if name is not None), None)


def overlaid(values: Mapping[str, Json], model: type[BaseModel], environ: Mapping[str, str]) -> Overlaid:
    """The values with the environment's over them; an empty variable is as if it were not set.

    A variable with two underscores that names no setting is a problem: it would do nothing, silently.
    """
    merged = _copied(values)
    problems: list[Problem] = []
    variables: dict[KeyPath, str] = {}
    known = {variable_of(path): (path, field) for path, field in leaves(model)}
    for variable, text in sorted(environ.items()):
        target = SHORT.get(variable, variable)
        if target in known and text.strip():
            path, field = known[target]
            _set(merged, path, _value(text, field))
            variables[path] = variable
        elif target not in known and variable.startswith(PREFIX) and "__" in variable:
            problems.append(problem(variable, _unknown(variable, known)))
    return Overlaid(merged, problems, variables)


def problem(variable: str, message: str) -> Problem:
    """A problem with a variable."""
    return Problem(ENVIRONMENT, 0, variable, message)


def variable_of(path: tuple[str, ...]) -> str:
    """FEEDSVC_SITE__PUBLIC_URL for site.public_url."""
    return PREFIX + "__".join(path).upper()


def leaves(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """Every setting of a model and of the models in it, with its key path."""
    for name, field in model.model_fields.items():
        inner, here = field.annotation, (*above, field.alias or name)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from leaves(inner, here)
        else:
            yield here, field


def _unknown(variable: str, known: Mapping[str, object]) -> str:
    names = [name.removeprefix(PREFIX) for name in known]
    near = get_close_matches(variable.removeprefix(PREFIX), names, n=1, cutoff=0.7)
    return f"names no setting; {f'did you mean {PREFIX}{near[0]}?' if near else 'see docs/configuration.md'}"


def _value(text: str, field: FieldInfo) -> Json:
    """Lists and mappings are JSON; anything else is text, which the setting's own type reads."""
    if {get_origin(field.annotation), *map(get_origin, get_args(field.annotation))} & {tuple, list, dict}:
        try:
            value: Json = json.loads(text)
        except ValueError:
            return text
        return value
    return text


def _set(values: dict[str, Json], path: tuple[str, ...], value: Json) -> None:
    for part in path[:-1]:
        inner = values.get(part)
        if not isinstance(inner, dict):
            inner = values[part] = {}
        values = inner
    values[path[-1]] = value


def _copied(values: Mapping[str, Json]) -> dict[str, Json]:
    return {key: _copied(value) if isinstance(value, dict) else value for key, value in values.items()}
