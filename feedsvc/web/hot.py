"""The outermost layer (PEP 3333): feeds that are hot are answered before any framework wakes up.

path ─► hot? ─► Reception ─► Offer ─► answer, counted and logged
          └─ no, or opened in a browser ─► Flask, which asks the same Reception and Offer
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .access import Seen, line
from .answer import Answer
from .app import create_app
from .clients import see_client
from .documents import LetGo
from .feeds import FeedDesk
from .newsroom import Newsroom
from .reception import Reception

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FEEDS = "/feeds/"
_NAMES = {
    "Accept-Encoding": "HTTP_ACCEPT_ENCODING",
    "If-None-Match": "HTTP_IF_NONE_MATCH",
    "If-Modified-Since": "HTTP_IF_MODIFIED_SINCE",
    "User-Agent": "HTTP_USER_AGENT",
}
_STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class _Asked:
    """The fields of a request that matter here."""

    __slots__ = ("_environ",)

    def __init__(self, environ: Mapping[str, Any]) -> None:
        self._environ = environ

    def get(self, key: str, /) -> str | None:
        """See Asked."""
        return self._environ.get(_NAMES[key])


class _Visit:
    """A request as Reception sees it; a browser that opens a feed is not answered here."""

    __slots__ = ("headers", "remote_addr")

    args: Mapping[str, str] = MappingProxyType({})
    environ: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, environ: Mapping[str, Any], headers: _Asked) -> None:
        self.headers = headers
        self.remote_addr: str | None = environ.get("REMOTE_ADDR")


class HotFeeds:
    """Answers for hot feeds, and hands everything else to the application."""

    # granian copies what stands in a __dict__
    __slots__ = ("_app", "_counts", "_hot", "_proxies", "_reception", "_tell")

    def __init__(self, newsroom: Newsroom, desk: FeedDesk) -> None:
        self._reception = Reception(newsroom, desk)
        self._app: WSGIApplication = create_app(newsroom, self._reception)
        self._hot = desk.hot
        self._proxies, self._counts, self._tell = newsroom.serving.proxies, newsroom.counts, newsroom.tell

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """See PEP 3333."""
        began = perf_counter()
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        offer = self._hot.get(path)
        if offer is None or method not in {"GET", "HEAD"} or "HTTP_SEC_FETCH_DEST" in environ:
            return self._app(environ, start_response)
        see_client(environ, self._proxies)
        asked = _Asked(environ)
        try:
            answer = self._reception.given(
                method, path[len(_FEEDS) :], _Visit(environ, asked), lambda: offer.answer(method, asked)
            )
        except LetGo:
            return self._app(environ, start_response)
        start_response(_STATUS[answer.status], list(answer.fields))
        self._note(path, environ, answer, perf_counter() - began)
        return [answer.body]

    def _note(self, path: str, environ: Mapping[str, Any], answer: Answer, elapsed: float) -> None:
        size = len(answer.body)
        none_match, since = "HTTP_IF_NONE_MATCH" in environ, "HTTP_IF_MODIFIED_SINCE" in environ
        self._counts.count(path, answer.status, size, none_match or since)
        encoding = next((value for name, value in answer.fields[2:3] if name == "Content-Encoding"), "identity")
        seen = Seen(environ["REQUEST_METHOD"], path, environ.get("HTTP_USER_AGENT", ""), none_match, since)
        self._tell(line(seen, answer.status, encoding, size, elapsed))
