"""Documents that are finished at once, in every coding: pages, and whatever else is made as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .codings import LASTING, Effort, coded
from .negotiation import IDENTITY


@dataclass(frozen=True, slots=True)
class Whole:
    """A Representation that has every body from the start, the coding that is preferred first."""

    media_type: str
    bodies: Mapping[str, bytes]
    tag: str
    modified: datetime | None = None
    dated_apart: bool = True
    asked: int = 0

    @property
    def codings(self) -> tuple[str, ...]:
        """See Representation."""
        return tuple(self.bodies)

    @property
    def size(self) -> int:
        return sum(len(body) for body in self.bodies.values())

    def packed(self, coding: str, _plain: bytes | None = None) -> tuple[bytes, str]:
        """See Representation."""
        return self.bodies[coding], self.etags(coding)[0]

    def etags(self, coding: str) -> tuple[str, ...]:
        """The strong tag of one coding: they differ, since the bytes do (RFC 9110 section 8.8.3.3)."""
        return (f'"{self.tag}"' if coding == IDENTITY else f'"{self.tag}-{coding}"',)


def represent(
    media_type: str,
    body: bytes,
    modified: datetime | None = None,
    effort: Effort = LASTING,
    dated_apart: bool = True,
) -> Whole:
    """The body in every coding, and its tag, which follows from the bytes alone."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    whole = modified.replace(microsecond=0) if modified else None
    return Whole(media_type, coded(body, effort), tag, whole, dated_apart)
