"""The outermost layer (PEP 3333): feeds that are hot are answered before any framework wakes up.

path ─► hot? ─► Reception ─► Offer ─► answer, counted and logged
          └─ no, or opened in a browser ─► Flask, which asks the same Reception and Offer
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from .access import LONGEST
from .answer import Fields
from .app import create_app
from .clients import see_client
from .documents import LetGo
from .feeds import FeedDesk
from .newsroom import Newsroom
from .reception import Reception, public_place
from .seen import Seen

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FEEDS = len("/feeds/")
_NAMES = {
    "Accept-Encoding": "HTTP_ACCEPT_ENCODING",
    "If-None-Match": "HTTP_IF_NONE_MATCH",
    "If-Modified-Since": "HTTP_IF_MODIFIED_SINCE",
    "User-Agent": "HTTP_USER_AGENT",
}
_SAFE = frozenset(("GET", "HEAD"))
# as Werkzeug writes it
_STATUS = {status.value: f"{status.value} {status.phrase.upper()}" for status in HTTPStatus}


class _Visit:
    """A request as Reception sees it, and its header fields; a browser that opens a feed is not answered here."""

    __slots__ = ("environ",)

    args: Mapping[str, str] = MappingProxyType({})

    def __init__(self, environ: WSGIEnvironment) -> None:
        self.environ = environ

    @property
    def headers(self) -> _Visit:
        """See Visitor."""
        return self

    @property
    def remote_addr(self) -> str | None:
        """See Visitor."""
        return self.environ.get("REMOTE_ADDR")

    def get(self, key: str, /) -> str | None:
        """See Asked."""
        return self.environ.get(_NAMES[key])


class HotFeeds:
    """Answers for hot feeds, and hands everything else to the application."""

    # granian copies what stands in a __dict__
    __slots__ = ("_app", "_hot", "_proxies", "_rationed", "_reception", "_seen")

    def __init__(self, newsroom: Newsroom, desk: FeedDesk, seen: Seen) -> None:
        self._reception = Reception(newsroom, desk)
        self._app: WSGIApplication = create_app(newsroom, self._reception)
        self._hot = desk.hot
        self._proxies, self._rationed = newsroom.serving.proxies, newsroom.serving.whole_an_hour > 0
        self._seen = seen

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """See PEP 3333."""
        found = self.at_hand(environ)
        if found is None:
            return self._app(environ, start_response)
        status, fields, body = found
        start_response(_STATUS[status], list(fields))
        return [body]

    def at_hand(self, environ: WSGIEnvironment) -> tuple[int, Fields, bytes] | None:
        """The status, the fields and the body of an answer, None where Flask has to be asked."""
        began = perf_counter()
        path, method, field = environ["PATH_INFO"], environ["REQUEST_METHOD"], environ.get
        offer = self._hot.get(path)
        if offer is None or method not in _SAFE or "HTTP_SEC_FETCH_DEST" in environ:
            return None
        if self._proxies:
            see_client(environ, self._proxies)
        accepted, none_match, since = (
            field("HTTP_ACCEPT_ENCODING"),
            field("HTTP_IF_NONE_MATCH"),
            field("HTTP_IF_MODIFIED_SINCE"),
        )
        try:
            if self._rationed and public_place(field("REMOTE_ADDR")) is not None:
                answer = self._reception.given(
                    method, path[_FEEDS:], _Visit(environ), lambda: offer.chosen(method, accepted, none_match, since)
                )
            else:
                answer = offer.chosen(method, accepted, none_match, since)
        except LetGo:
            return None
        agent, status, body = field("HTTP_USER_AGENT", ""), answer.status, answer.body
        if len(agent) > LONGEST:
            agent = agent[:LONGEST]
        what = method, path, agent, none_match is not None, since is not None, status, len(body), answer.coding
        self._seen.note((began, perf_counter(), what))
        return status, answer.fields, body
