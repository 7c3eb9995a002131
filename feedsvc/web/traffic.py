"""What was asked of the feeds, and what it cost: counted in this process, since it began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from flask import Flask, Response, request

OTHER = "other"
"""In the place of a format that is none: what clients make up must not become numbers without end."""
_USUAL = ("200", "304")
_FEEDS = "/feeds/"


@dataclass(frozen=True, slots=True)
class Traffic:
    """Answers by format and status, and bytes of their bodies by format."""

    answers: Mapping[tuple[str, str], int]
    sizes: Mapping[str, int]


class Counts:
    """Counts for many threads. What may come usually is there from the start, as 0, so that its first rise shows."""

    def __init__(self, formats: Iterable[str]) -> None:
        self._formats = frozenset(formats)
        self._answers = Counter(dict.fromkeys(((form, status) for form in self._formats for status in _USUAL), 0))
        self._sizes = Counter(dict.fromkeys(self._formats, 0))
        self._lock = Lock()

    def count(self, path: str, status: int, size: int) -> None:
        """Count an answer to a request for a path below /feeds/; of any other nothing."""
        if not path.startswith(_FEEDS):
            return
        ending = path.rpartition(".")[2]
        form = ending if ending in self._formats else OTHER
        with self._lock:
            self._answers[form, str(status)] += 1
            self._sizes[form] += size

    def so_far(self) -> Traffic:
        """What was counted."""
        with self._lock:
            return Traffic(dict(self._answers), dict(self._sizes))


def register(app: Flask, counts: Counts) -> None:
    """Count every answer, errors included."""

    @app.after_request
    def count(response: Response) -> Response:
        sent = 0 if request.method == "HEAD" else response.headers.get("Content-Length", 0, int)
        counts.count(request.path, response.status_code, sent)
        return response
