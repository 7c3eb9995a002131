"""Whether a person opened a feed in a browser, which would show its source: then its page is what is meant."""

from __future__ import annotations

from .answer import Answer, Asked
from .policies import uncached


def opened_in_a_browser(asked: Asked) -> bool:
    """Whether a browser is to show the answer as a page of its own (Fetch Metadata, `Sec-Fetch-Dest`).

    Nothing that reads feeds says so. What is accepted tells nothing: some readers ask for HTML before all else.
    """
    mode = asked.get("Sec-Fetch-Mode")
    return _said(asked.get("Sec-Fetch-Dest")) == "document" and (mode is None or _said(mode) == "navigate")


def shown_at(method: str, address: str) -> Answer:
    """The way to the page at an absolute address, for this once: it is kept nowhere (RFC 9110 section 15.4.3).

    So the answers of a feed itself need not vary, and no cache ever gives a reader the page.
    """
    body = f"302 Found: {address}\n".encode()
    fields = (*uncached("text/plain; charset=utf-8"), ("Content-Length", str(len(body))))
    return Answer(302, (("Location", address), *fields), b"" if method == "HEAD" else body)


def _said(value: str | None) -> str:
    return (value or "").strip().lower()
