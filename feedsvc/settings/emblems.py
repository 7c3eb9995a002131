"""The pictures that stand for the site in feed readers: the operator's files, else those that come with the program."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Annotated

import imagesize
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from ..domain.site import Emblem

LARGEST = 256 * 1024
"""Bytes of a file."""
WIDEST_LOGO, HIGHEST_LOGO = 144, 400
"""Pixels (RSS 2.0, the image of a channel)."""
WIDEST_ICON = 1024
SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif"}
"""What a file of each kind begins with; RSS knows no other kinds of pictures."""


@cache
def bundled(role: str) -> Emblem:
    """The picture for a role (`logo`, `icon`) that comes with the program."""
    return _emblem(role, files(__package__ or "feedsvc.settings").joinpath("emblems", f"{role}.png").read_bytes())


def _emblem(role: str, body: bytes) -> Emblem:
    kind = next((kind for signature, kind in SIGNATURES.items() if body.startswith(signature)), None)
    if kind is None:
        raise ValueError("must be a PNG, JPEG or GIF file")
    width, height = imagesize.get(BytesIO(body))
    digest = hashlib.sha256(body).hexdigest()[:8]
    return Emblem(
        name=f"{role}-{digest}.{kind}", media_type=f"image/{kind}", width=int(width), height=int(height), body=body
    )


def _read(value: object, info: ValidationInfo) -> bytes:
    if not isinstance(value, str):
        raise ValueError("must be the path of a picture")
    path = Path((info.context or {}).get("data_dir", ""), value)
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST + 1)
    except OSError as error:
        raise ValueError(f"cannot be read: {path}: {error.strerror}") from None
    if len(body) > LARGEST:
        raise ValueError(f"must have {LARGEST // 1024} KiB at most")
    return body


def _of_role(role: str, fault: Callable[[Emblem], str]) -> BeforeValidator:
    def read(value: object, info: ValidationInfo) -> Emblem:
        made = _emblem(role, _read(value, info))
        if wrong := fault(made):
            raise ValueError(f"{wrong}, and it has {made.width} by {made.height}")
        return made

    return BeforeValidator(read)


def _logo_fault(one: Emblem) -> str:
    fits = 0 < one.width <= WIDEST_LOGO and 0 < one.height <= HIGHEST_LOGO
    return "" if fits else f"must be {WIDEST_LOGO} pixels wide and {HIGHEST_LOGO} high at most"


def _icon_fault(one: Emblem) -> str:
    fits = 0 < one.width == one.height <= WIDEST_ICON
    return "" if fits else f"must be as wide as high, {WIDEST_ICON} pixels at most"


_PATH = WithJsonSchema({"type": "string"})
LogoFile = Annotated[Emblem, _of_role("logo", _logo_fault), _PATH, "a path"]
"""A PNG, JPEG or GIF of at most 144 by 400 pixels. A relative path lies below the data directory."""
IconFile = Annotated[Emblem, _of_role("icon", _icon_fault), _PATH, "a path"]
"""A square one, likewise."""
