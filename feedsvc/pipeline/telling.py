"""A change of a verdict as the operator's webhook is told of it: the message, its signature, and when to try again."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ..domain.secret import Secret
from ..domain.source import Source
from ..domain.status import VerdictChange
from ..ports import Poster
from .reports import written

SIGNATURE = "X-Feedsvc-Signature"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
"""Between two attempts: the first, and what doubling it comes to at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Whom to tell, and how; a source that is not among these any more goes by its id."""

    address: Secret
    secret: Secret | None
    sources: Mapping[str, Source]
    poster: Poster

    def tell(self, change: VerdictChange) -> None:
        """Send one message. Raises NotTaken."""
        source = self.sources.get(change.source)
        body = message_of(change, source.title if source is not None else change.source)
        self.poster.post(self.address.text, body, headers_of(body, self.secret))


def message_of(change: VerdictChange, title: str) -> bytes:
    """The message in JSON (RFC 8259), UTF-8; the same for every attempt."""
    fields = {
        "source": change.source,
        "title": title,
        "verdict": change.verdict.kind,
        "before": change.before,
        "since": written(change.verdict.since),
        "why": change.verdict.why,
        "at": written(change.at),
        "id": change.number,
    }
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")


def headers_of(body: bytes, secret: Secret | None) -> Mapping[str, str]:
    """The headers of a message; signed (RFC 2104), where there is a secret for it."""
    headers = {"Content-Type": "application/json"}
    if secret is None:
        return headers
    return {**headers, SIGNATURE: f"sha256={hmac.new(secret.text.encode(), body, hashlib.sha256).hexdigest()}"}


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed, one or more."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
