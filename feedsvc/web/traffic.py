"""What was asked of the feeds, and what it cost: counted in this process, since it began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product
from threading import Lock

from flask import Flask, Response, request

OTHER = "other"
"""In the place of a format that is none: what clients make up must not become numbers without end."""
_USUAL = ("200", "304")
_FEEDS = "/feeds/"


@dataclass(frozen=True, slots=True)
class Traffic:
    """Answers by format and status, bytes of their bodies by format, and feeds that were sent whole.

    These are by format and by whether the request had a condition: who has none pays for the whole each time.
    """

    answers: Mapping[tuple[str, str], int]
    sizes: Mapping[str, int]
    whole: Mapping[tuple[str, bool], int]


class Counts:
    """Counts for many threads. What may come usually is there from the start, as 0, so that its first rise shows."""

    def __init__(self, formats: Iterable[str]) -> None:
        self._formats = frozenset(formats)
        self._answers = Counter(dict.fromkeys(((form, status) for form in self._formats for status in _USUAL), 0))
        self._sizes = Counter(dict.fromkeys(self._formats, 0))
        self._whole = Counter(dict.fromkeys(product(self._formats, (False, True)), 0))
        self._lock = Lock()
        self._settle: Callable[[], object] = dict

    def behind(self, settle: Callable[[], None]) -> None:
        """Somebody counts late; he is asked to catch up before anything is told."""
        self._settle = settle

    def count(self, path: str, status: int, size: int, conditional: bool = False, times: int = 1) -> None:
        """Count so many answers to requests for a path below /feeds/; of any other nothing.

        One without a body is size 0.
        """
        if not path.startswith(_FEEDS):
            return
        ending = path.rpartition(".")[2]
        form = ending if ending in self._formats else OTHER
        with self._lock:
            self._answers[form, str(status)] += times
            self._sizes[form] += size * times
            if status == HTTPStatus.OK and size:
                self._whole[form, conditional] += times

    def so_far(self) -> Traffic:
        """What was counted."""
        self._settle()
        with self._lock:
            return Traffic(dict(self._answers), dict(self._sizes), dict(self._whole))


def register(app: Flask, counts: Counts) -> None:
    """Count every answer, errors included."""

    @app.after_request
    def count(response: Response) -> Response:
        sent = 0 if request.method == "HEAD" else response.headers.get("Content-Length", 0, int)
        conditional = any(name in request.headers for name in ("If-None-Match", "If-Modified-Since"))
        counts.count(request.path, response.status_code, sent, conditional)
        return response
