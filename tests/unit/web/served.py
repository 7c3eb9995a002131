"""A room that a web server imports, for tests over sockets: one client gets a feed whole twice an hour."""

from __future__ import annotations

from ipaddress import ip_network

from flask import Flask

from feedsvc.domain.serving import Serving
from feedsvc.web.app import create_app

from .room import Room, an_article


def make() -> Flask:
    """The web behind a proxy on the same machine."""
    room = Room(serving=Serving(proxies=(ip_network("127.0.0.1"),), whole_an_hour=2))
    room.put(an_article())
    return create_app(room.newsroom())
