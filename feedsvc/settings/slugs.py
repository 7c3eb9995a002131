"""Slugs: the ids of the configuration, which stand in addresses."""

from __future__ import annotations

import re
from typing import Annotated, TypeGuard

from pydantic import AfterValidator

from .shapes import looks_like

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 64


def is_slug(value: object) -> TypeGuard[str]:
    """Whether a value has the form of an id."""
    return isinstance(value, str) and len(value) <= LONGEST_SLUG and SLUG.fullmatch(value) is not None


def _slug(value: str) -> str:
    if not is_slug(value):
        raise ValueError("must be a slug: lower-case letters, digits and single hyphens, 64 at most, like dong-thap")
    return value


Slug = Annotated[
    str,
    AfterValidator(_slug),
    looks_like(SLUG, number=True, maxLength=LONGEST_SLUG),
    "a slug, like dong-thap",
]
