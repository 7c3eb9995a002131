"""Who asks for a feed, and how, decides what comes in its place: its page, or a request to wait.

request ─┬─ opened in a browser ─────────────────────────► 302 to its page
         ├─ whole, without a condition, far too often ───► 429 (RFC 6585 section 4)
         └─ anything else ───────────────────────────────► the feed
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

from .answer import Answer
from .attempts import place_of
from .browsers import opened_in_a_browser, shown_at
from .clients import address_of, is_public
from .conditional import may_spare
from .feeds import FeedDesk
from .health import plain
from .newsroom import Newsroom
from .operator import Visitor

_TOO_OFTEN = (
    "429 Too Many Requests: this feed was sent to you {times} times within an hour; "
    "ask for it with If-None-Match, or in {wait} seconds"
)


class Reception:
    """Stands before the desk of the feeds."""

    def __init__(self, newsroom: Newsroom, desk: FeedDesk) -> None:
        self._newsroom = newsroom
        self._desk = desk

    def answer(self, method: str, path: str, form: str, visitor: Visitor) -> Answer:
        """The answer for `/feeds/<path>.<form>`; raises what the desk does. `?raw=1` gives a browser the feed."""
        if self._newsroom.serving.preview and opened_in_a_browser(visitor.headers) and visitor.args.get("raw") != "1":
            page = self._desk.page(path, form)
            if page is not None:
                return shown_at(method, page)
        return self.given(
            method, f"{path}.{form}", visitor, lambda: self._desk.answer(method, path, form, visitor.headers)
        )

    def given(self, method: str, feed: str, visitor: Visitor, answered: Callable[[], Answer]) -> Answer:
        """The answer, made only then, unless it has to be waited for; `feed` is its address below `/feeds/`.

        What is told by a condition or HEAD is not even counted.
        """
        caller = self._counted(method, feed, visitor)
        if caller is None:
            return answered()
        limit, portions, now = self._newsroom.serving.whole_an_hour, self._newsroom.portions, self._newsroom.clock()
        wait = portions.wait(caller, limit, now)
        if wait:
            return plain(429, _TOO_OFTEN.format(times=limit, wait=wait), ("Retry-After", str(wait)))
        answer = answered()
        if answer.status == 200:
            portions.give(caller, limit, now)
        return answer

    def _counted(self, method: str, feed: str, visitor: Visitor) -> bytes | None:
        """Who asks for what, None where nobody counts it.

        A feed has many readers in a network of its own, or behind a proxy that nobody told us of: these are no client.
        """
        if method == "HEAD" or not self._newsroom.serving.whole_an_hour:
            return None
        place = public_place(visitor.remote_addr)
        if place is None:
            return None
        fields = visitor.headers
        if may_spare(fields.get("If-None-Match"), fields.get("If-Modified-Since")):
            return None
        named = "\0".join((feed, place, fields.get("User-Agent") or ""))
        return blake2b(named.encode("utf-8", "backslashreplace"), digest_size=16).digest()


@lru_cache(1024)
def public_place(written: str | None) -> str | None:
    """Whose requests count together, by an address; None for one of a network of our own."""
    address = address_of(written)
    return place_of(address) if is_public(address) else None
