"""A room with one article in it, and a client of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from .room import Room, an_article


@pytest.fixture
def room() -> Room:
    made = Room()
    made.put(an_article())
    return made


@pytest.fixture
def client(room: Room) -> FlaskClient:
    return room.client()
