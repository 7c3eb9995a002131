"""The web with one more page, `/desk`, which is the operator's."""

from __future__ import annotations

import os
from collections.abc import Callable
from ipaddress import ip_network

from flask import Flask, request

from feedsvc.domain.operator import Operator
from feedsvc.domain.secret import Secret
from feedsvc.logs import configure_logs
from feedsvc.web.answer import Answer
from feedsvc.web.app import create_app
from feedsvc.web.health import plain
from feedsvc.web.operator import OperatorDesk
from feedsvc.web.transfer import Sent, sent

from .room import Room


def for_you() -> Answer:
    """What stands on the page."""
    return plain(200, "for you")


def guarded_app(room: Room, operator: Operator, answer: Callable[[], Answer] = for_you) -> Flask:
    """The web of a room with the page."""
    app, desk = create_app(room.newsroom()), OperatorDesk(operator, lambda: room.now)

    @app.get("/desk")
    def page() -> Sent:
        return sent(desk.guarded(request, answer))

    return app


def make() -> Flask:
    """What a web server imports: TOKEN and TRUSTED of the environment say who the operator is."""
    configure_logs()
    token, trusted = os.environ["TOKEN"], os.environ["TRUSTED"]
    return guarded_app(Room(), Operator(token=Secret(token), trusted=(ip_network(trusted),)))
