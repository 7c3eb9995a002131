"""Whether the process answers, and whether it can do its work; never cached, for machines to read."""

from __future__ import annotations

import json
from dataclasses import asdict

from .answer import Answer
from .policies import uncached
from .readiness import Readiness


def alive() -> Answer:
    """The process answers; nothing else is looked at, so that a database outage restarts nobody."""
    return plain(200, "ok")


def readiness(found: Readiness) -> Answer:
    """The verdict and its grounds in JSON (RFC 8259): 200, or 503 where the service cannot do its work."""
    body = json.dumps(asdict(found), ensure_ascii=False).encode("utf-8", "replace")
    fields = (*uncached("application/json"), ("Content-Length", str(len(body))))
    return Answer(200 if found.ok else 503, fields, body)


def plain(status: int, text: str, *more: tuple[str, str]) -> Answer:
    """A short text that nobody keeps, with any fields that the status asks for (RFC 9110 section 15)."""
    body = f"{text}\n".encode()
    fields = (*uncached("text/plain; charset=utf-8"), ("Content-Length", str(len(body))), *more)
    return Answer(status, fields, body)
