"""The addresses of the web, and who answers at each; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flask import Flask, render_template, request

from ..domain.feed import FeedKey
from . import access, failures, traffic
from .answer import Answer
from .clients import Network, see_client
from .explaining import ExplainingDesk
from .feeds import FeedDesk
from .health import alive, readiness
from .listings import ListingDesk
from .metrics import MetricsDesk, Readings
from .newsroom import Newsroom
from .operator import OperatorDesk
from .opml import OpmlDesk
from .pages import PageDesk
from .paper import Paper
from .pictures import asset, assets, emblems, picture, robots
from .reception import Reception
from .reports import Reports
from .schemes import SchemeDesk
from .sources import SourcesDesk
from .status import StatusDesk
from .transfer import Sent, sent

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_LARGEST_REQUEST = 64 * 1024


class _App(Flask):
    """Flask, for which the other end of a connection is the client, whatever proxies of ours stand between."""

    def __init__(self, proxies: Sequence[Network]) -> None:
        super().__init__(__name__, static_folder=None)
        self._proxies = proxies

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """See PEP 3333."""
        see_client(environ, self._proxies)
        return super().wsgi_app(environ, start_response)


def create_app(newsroom: Newsroom, reception: Reception | None = None) -> Flask:
    """The web over a newsroom: it starts nothing, writes nothing, and sets no cookie.

    `reception` answers for the feeds; by default one before a desk of its own.
    """
    app = _App(newsroom.serving.proxies)
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_REQUEST, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    access.register(app, newsroom.tell)
    failures.register(app)
    _feeds(app, reception or Reception(newsroom, FeedDesk(newsroom)))
    with app.app_context():
        paper = Paper(newsroom, render_template)
        _pages(app, newsroom, paper)
    _sources(app, newsroom, paper)
    _files(app, newsroom)
    _health(app, newsroom)
    _metrics(app, newsroom)
    return app


def _feeds(app: Flask, reception: Reception) -> None:
    @app.get("/feeds/<path:path>.<form>")
    def feed(path: str, form: str) -> Sent:
        return sent(reception.answer(request.method, path, form, request))


def _pages(app: Flask, newsroom: Newsroom, paper: Paper) -> None:
    desk, listings = PageDesk(newsroom, paper), ListingDesk(newsroom, paper)
    opml, schemes = OpmlDesk(newsroom), SchemeDesk(newsroom)

    @app.get("/")
    def index() -> Sent:
        return sent(desk.index(request.method, request.headers))

    @app.get("/articles/<article>")
    def article(article: str) -> Sent:
        return sent(desk.article(request.method, article, request.headers))

    @app.get("/topics/<topic>")
    def topic(topic: str) -> Sent:
        return sent(listings.answer(request.method, FeedKey(topic=topic), request.headers))

    @app.get("/regions/<region>")
    def region(region: str) -> Sent:
        return sent(listings.answer(request.method, FeedKey(region=region), request.headers))

    @app.get("/topics/<topic>/regions/<region>")
    def crossing(topic: str, region: str) -> Sent:
        return sent(listings.answer(request.method, FeedKey(topic=topic, region=region), request.headers))

    @app.get("/sources/<source>")
    def source(source: str) -> Sent:
        return sent(listings.answer(request.method, FeedKey(source=source), request.headers))

    @app.get("/opml")
    def every_feed() -> Sent:
        return sent(opml.answer(request.method, request.headers))

    @app.get("/scheme/<kind>")
    def scheme(kind: str) -> Sent:
        return _found(schemes.answer(request.method, kind, request.headers))


def _sources(app: Flask, newsroom: Newsroom, paper: Paper) -> None:
    operators = OperatorDesk(newsroom.operator, newsroom.clock)
    reports = Reports(newsroom.reports, newsroom.clock)
    listed, desk = SourcesDesk(reports, operators), StatusDesk(newsroom, paper, reports)
    reasons = ExplainingDesk(newsroom)

    @app.get("/api/v1/sources")
    def sources() -> Sent:
        return sent(listed.answer(request.method, request))

    @app.get("/api/v1/articles/<article>/explain")
    def explain(article: str) -> Sent:
        return sent(operators.guarded(request, lambda: reasons.answer(request.method, article, request)))

    @app.get("/status")
    def status() -> Sent:
        return sent(operators.guarded(request, lambda: desk.page(request.method, request.headers)))

    @app.get("/api/v1/status")
    def facts() -> Sent:
        return sent(operators.guarded(request, lambda: desk.facts(request.method, request.headers)))

    @app.get("/status/health.<form>")
    def health(form: str) -> Sent:
        return sent(operators.guarded(request, lambda: desk.feed(request.method, form, request.headers)))


def _files(app: Flask, newsroom: Newsroom) -> None:
    kept = {**assets(), **emblems(newsroom.emblems)}

    @app.get("/media/<digest>/<name>")
    def media(digest: str, name: str) -> Sent:
        return _found(picture(newsroom.media, request.method, digest, name, request.headers))

    @app.get("/static/<name>")
    def static(name: str) -> Sent:
        return _found(asset(kept, request.method, name, request.headers))

    @app.get("/robots.txt")
    def every_robot() -> Sent:
        return sent(robots(request.method, request.headers))


def _health(app: Flask, newsroom: Newsroom) -> None:
    @app.get("/healthz")
    def healthz() -> Sent:
        return sent(alive())

    @app.get("/readyz")
    def readyz() -> Sent:
        return sent(readiness(newsroom.ready()))


def _metrics(app: Flask, newsroom: Newsroom) -> None:
    traffic.register(app, newsroom.counts)
    desk = MetricsDesk(Readings(newsroom.tally, newsroom.clock), newsroom.counts)

    @app.get("/metrics")
    def metrics() -> Sent:
        return sent(desk.answer())


def _found(answer: Answer | None) -> Sent:
    return sent(answer if answer is not None else failures.not_found())
