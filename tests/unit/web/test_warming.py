"""T34: what nobody asked for yet is made beforehand, and served while the database is away."""

from __future__ import annotations

from feedsvc.web.feeds import FeedDesk
from feedsvc.web.warming import AWAY, Warming

from .room import Room


def test_every_listed_feed_is_there_in_every_format_when_the_database_goes_away(room: Room) -> None:
    newsroom = room.newsroom()
    desk, waits = FeedDesk(newsroom), list[float]()
    places = [(listed.key, form) for listed in newsroom.contents.every() for form in newsroom.formats]

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) > len(places)

    Warming(newsroom, desk, wait).run()
    room.shelf.fail = True
    for key, form in places:
        assert desk.answer("GET", key.path, form, {}).status == 200


def test_a_database_that_is_away_does_not_end_it(room: Room) -> None:
    newsroom = room.newsroom()
    room.shelf.fail = True
    waits = list[float]()

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) > 3

    Warming(newsroom, FeedDesk(newsroom), wait).run()
    assert waits == [AWAY] * 4
