"""Why nothing came from the web, as a sentence for the operator."""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPException, IncompleteRead

from ..domain.fetched import FailureKind

_CONNECTING = {
    errno.ECONNREFUSED: "refuses the connection",
    errno.EHOSTUNREACH: "cannot be reached from here",
    errno.ENETUNREACH: "cannot be reached from here",
    errno.ECONNRESET: "broke the connection off",
    errno.EPIPE: "broke the connection off",
    errno.ETIMEDOUT: "does not answer",
    errno.EAGAIN: "does not answer",
    errno.EINPROGRESS: "does not answer",
}


class Unreached(Exception):
    """A fetch ends here; the message is the sentence, `kind` what may follow from it, and the upstream is
    to be asked again not before `not_before`.

    It is none of the errors that requests and urllib3 know, so neither wraps it into words of its own.
    """

    def __init__(
        self, why: str, kind: FailureKind = FailureKind.UNREADABLE, not_before: datetime | None = None
    ) -> None:
        super().__init__(why)
        self.kind = kind
        self.not_before = not_before


def why_broken(error: Exception, host: str) -> str:
    """What an error of the network means; nothing of an address but its host is told, for the rest may be a secret."""
    causes = list(_causes(error))
    # TLS first: its errors are errors of the system too, and say more.
    told = (*(_of_tls(cause, host) for cause in causes), *(_of_the_connection(cause, host) for cause in causes))
    return next((why for why in told if why is not None), f"{host} cannot be asked ({type(error).__name__})")


def _of_tls(cause: BaseException, host: str) -> str | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate of {host} cannot be trusted: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError):
        return f"{host} does not speak TLS as it should: {cause.reason or 'the connection broke off'}"
    return None


def _of_the_connection(cause: BaseException, host: str) -> str | None:
    if isinstance(cause, IncompleteRead):
        return "it is cut short"
    if isinstance(cause, OSError) and cause.errno in _CONNECTING:
        return f"{host} {_CONNECTING[cause.errno]}"
    if isinstance(cause, TimeoutError):
        return f"{host} does not answer"
    return f"{host} does not speak HTTP as it should" if isinstance(cause, HTTPException) else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it was made of, the outermost first."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop(0)
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            inner = (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__)
            waiting.extend(cause for cause in inner if isinstance(cause, BaseException))
