"""The plain way: Flask, and feedgen at every request, as one writes it in an afternoon; what is stored is in memory."""

from __future__ import annotations

import gzip
import json
import logging
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator
from flask import Flask, Response, request

from feedsvc.logs import configure_logs
from feedsvc.running.server import serve

_log = logging.getLogger(__name__)

STORED = "NAIVE_STORED"
"""The variable that names the file with the feed."""


def application() -> Flask:
    """It answers for any feed with the one that is stored."""
    configure_logs()
    stored = json.loads(Path(os.environ[STORED]).read_text(encoding="utf-8"))
    app = Flask(__name__)

    @app.get("/feeds/<path:name>")
    def feed(name: str) -> Response:
        response = Response(rendered(stored, name), mimetype="application/atom+xml")
        if request.accept_encodings.best_match(["gzip"]):
            response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        response.cache_control.max_age = 300
        response.add_etag()
        response.make_conditional(request)
        return response

    @app.after_request
    def told(response: Response) -> Response:
        line = {"method": request.method, "path": request.path, "status": response.status_code}
        _log.info("request", extra={**line, "agent": request.headers.get("User-Agent", "")})
        return response

    return app


def rendered(stored: dict[str, Any], name: str) -> bytes:
    """The feed, made anew."""
    made = FeedGenerator()
    made.id(stored["id"])
    made.title(stored["title"])
    made.subtitle(stored["subtitle"])
    made.language(stored["language"])
    made.author(name=stored["author"])
    made.updated(datetime.fromisoformat(stored["updated"]))
    made.link(href=stored["page"], rel="alternate")
    made.link(href=f"{stored['page']}{name}", rel="self")
    for one in stored["entries"]:
        entry = made.add_entry(order="append")
        entry.id(one["id"])
        entry.title(one["title"])
        entry.summary(one["summary"])
        entry.content(one["content"], type="html")
        entry.link(href=one["address"])
        entry.author([{"name": author} for author in one["authors"]])
        entry.category([dict(zip(("term", "scheme", "label"), category)) for category in one["categories"]])
        entry.source(url=stored["page"], title=stored["author"])
        entry.published(datetime.fromisoformat(one["published"]))
        entry.updated(datetime.fromisoformat(one["updated"]))
    return bytes(made.atom_str())


if __name__ == "__main__":
    sys.exit(serve(f"{__spec__.name if __spec__ else __name__}:application", sys.argv[1]))
