"""Values made again of their fields, as when they come back from another process."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any


def made(kind: type, *values: Any) -> Any:
    """A value of one of the dataclasses here, of its fields in their order. Raises TypeError for anything else."""
    setters = _setters(kind)
    if len(setters) != len(values):
        raise TypeError(f"{kind.__name__} has {len(setters)} fields, not {len(values)}")
    value: Any = object.__new__(kind)
    for set_field, one in zip(setters, values):
        set_field(value, one)
    return value


@lru_cache(maxsize=256)
def _setters(kind: type) -> tuple[Any, ...]:
    """What sets each field of a frozen value: the slots themselves, which know nothing of frost."""
    if not is_dataclass(kind) or kind.__module__.rpartition(".")[0] != __name__.rpartition(".")[0]:
        raise TypeError(f"{kind!r} is no value of the domain")
    return tuple(getattr(kind, field.name).__set__ for field in fields(kind))
