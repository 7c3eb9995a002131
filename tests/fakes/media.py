"""Pictures in memory."""

from __future__ import annotations

import hashlib
from datetime import datetime

from feedsvc.domain.article import Medium


class FakeMedia:
    """A MediaStore that takes anything to be a JPEG."""

    def __init__(self) -> None:
        self.forgotten: list[tuple[str, datetime]] = []
        self._kept: dict[tuple[str, str], tuple[str, bytes]] = {}

    def keep(self, name: str, body: bytes) -> Medium:
        digest = hashlib.sha256(body).hexdigest()
        self._kept[digest, name] = ("image/jpeg", body)
        return Medium(address=f"/media/{digest}/{name}", media_type="image/jpeg", length=len(body))

    def forget(self, digest: str, before: datetime) -> bool:
        self.forgotten.append((digest, before))
        return True

    def open(self, digest: str, name: str) -> tuple[str, bytes] | None:
        return self._kept.get((digest, name))
