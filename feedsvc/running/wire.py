"""How a process and its worker speak: frames over pipes, and of what comes back only values of the domain.

A worker has read hostile bytes. A pickle from it must not be able to call anything, so only the classes of the
domain and of time are known here.
"""

from __future__ import annotations

import copyreg
import io
import os
import pickle
import select
import struct
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from ..domain.made import made
from ..domain.source import read_only

HEADER = struct.Struct(">Q")
LARGEST_FRAME = 256 * 1024 * 1024
"""Bytes of one frame; drafts of the largest answer take far less."""
CHUNK = 1024 * 1024
DOMAIN = "feedsvc.domain."
TIME = frozenset({"datetime", "timedelta", "timezone"})


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The other side did not answer in time."""


def packed(value: object) -> bytes:
    """A value as a pickle; read-only mappings, which know nothing of pickles, included."""
    file = io.BytesIO()
    _Pickler(file, protocol=5).dump(value)
    return file.getvalue()


def unpacked(body: bytes) -> Any:
    """The value, made of the domain's classes only. Raises Closed for anything else: such a worker is broken."""
    try:
        return _Unpickler(io.BytesIO(body)).load()
    except Exception as error:  # a pickle can raise anything
        raise Closed(f"it sent what cannot be understood ({type(error).__name__})") from None


def send(handle: int, body: bytes) -> None:
    """Write a frame whole. Raises Closed."""
    view = memoryview(HEADER.pack(len(body)) + body)
    try:
        while view:
            view = view[os.write(handle, view) :]
    except OSError as error:
        raise Closed(str(error)) from None


def receive(handle: int, until: float | None = None) -> bytes:
    """Read a frame whole, by a monotonic time. Raises Closed and Late."""
    (size,) = HEADER.unpack(_exactly(handle, HEADER.size, until))
    if size > LARGEST_FRAME:
        raise Closed("it sent too much")
    return _exactly(handle, size, until)


def _exactly(handle: int, size: int, until: float | None) -> bytes:
    body = bytearray()
    while len(body) < size:
        _wait(handle, until)
        chunk = os.read(handle, min(size - len(body), CHUNK))
        if not chunk:
            raise Closed("it is gone")
        body += chunk
    return bytes(body)


def _wait(handle: int, until: float | None) -> None:
    if until is None:
        return
    ready = select.poll()
    ready.register(handle, select.POLLIN)
    if not ready.poll(max(0.0, until - time.monotonic()) * 1000):
        raise Late


def _of_mapping(value: MappingProxyType[str, Any]) -> tuple[Callable[..., Any], tuple[dict[str, Any]]]:
    return read_only, (dict(value),)


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[MappingProxyType] = _of_mapping

    def reducer_override(self, value: Any) -> Any:
        """Values of the domain by their fields: what dataclasses do by themselves takes three times as long.

        Enumerations by their values: some releases of Python would have the other side call getattr.
        """
        kind = type(value)
        if isinstance(value, Enum):
            return kind, (value.value,)
        if kind not in _FIELDS:
            _FIELDS[kind] = _fields(kind)
        names = _FIELDS[kind]
        return NotImplemented if names is None else (made, (kind, *names(value)))


_FIELDS: dict[type, Callable[[Any], tuple[Any, ...]] | None] = {}


def _fields(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gives the fields of a value of a kind, None where it is none of the domain's dataclasses."""
    if not (is_dataclass(kind) and kind.__module__.startswith(DOMAIN)):
        return None
    names = [field.name for field in fields(kind)]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module == "datetime" and name in TIME) or (module.startswith(DOMAIN) and "." not in name):
            found = super().find_class(module, name)
            if getattr(found, "__module__", "") == module:  # and not only imported there
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
