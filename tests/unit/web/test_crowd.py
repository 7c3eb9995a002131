"""So many wait for documents that have yet to be made, and a thread is left for all that is there (T52)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event

import pytest

from feedsvc.errors import Overloaded
from feedsvc.web.app import create_app
from feedsvc.web.crowd import PATIENCE, Admission, Crowd, admission
from feedsvc.web.newsroom import Newsroom

from .room import Room, an_article


@pytest.mark.parametrize(
    ("inside", "delay", "waited", "told"),
    [
        (0, 0.0, 0.0, Admission.ENTER),
        (1, 99.0, 99.0, Admission.ENTER),
        (2, 0.0, 0.0, Admission.WAIT),
        (2, PATIENCE - 0.01, PATIENCE - 0.01, Admission.WAIT),
        (2, PATIENCE, 0.0, Admission.LEAVE),
        (2, 0.0, PATIENCE, Admission.LEAVE),
        (3, 99.0, 0.0, Admission.LEAVE),
    ],
)
def test_who_comes_enters_waits_or_leaves(inside: int, delay: float, waited: float, told: Admission) -> None:
    assert admission(inside, 2, delay, waited) is told


def test_while_places_become_free_everybody_gets_one() -> None:
    crowd, inside, most = Crowd(2, patience=30), list[int](), list[int]()

    def come(number: int) -> None:
        with crowd.place():
            inside.append(number)
            most.append(len(inside))
            Event().wait(0.001)
            inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(come, range(40)))
    assert len(most) == 40
    assert max(most) <= 2


def test_one_who_stays_inside_sends_nobody_away_while_others_come_out_soon() -> None:
    now = 0.0
    crowd = Crowd(2, clock=lambda: now)
    with crowd.place():
        for _ in range(5):
            with crowd.place():
                now += PATIENCE - 0.1
        with crowd.place():
            now += PATIENCE
            with pytest.raises(Overloaded), crowd.place():
                pass


def test_while_those_inside_take_long_nobody_waits_however_often_one_comes_out() -> None:
    now = 0.0
    crowd = Crowd(1, clock=lambda: now)
    with crowd.place():
        now += 1.5 * PATIENCE
    for _ in range(3):
        with crowd.place():
            with pytest.raises(Overloaded), crowd.place():
                pass
            now += 1.5 * PATIENCE
    for _ in range(2):
        with crowd.place():
            now += 0.01
    with crowd.place(), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(crowd.place().__enter__)
        with pytest.raises(TimeoutError):
            asked.result(0.05)
        crowd._patience = 0.0
        with crowd._changed:
            crowd._changed.notify_all()
        assert isinstance(asked.exception(), Overloaded)


def test_who_came_first_goes_in_first_and_nobody_waits_for_ever() -> None:
    crowd, came = Crowd(1, patience=0.5), list[int]()

    def come(number: int) -> None:
        with crowd.place():
            came.append(number)

    with ThreadPoolExecutor(4) as pool:
        with crowd.place():
            waiting = []
            for number in range(4):
                waiting.append(pool.submit(come, number))
                while len(crowd._outside) <= number:
                    Event().wait(0.001)
        for one in waiting:
            one.result(5)
        assert came == [0, 1, 2, 3]
        with crowd.place():
            late = pool.submit(come, 4)
            assert isinstance(late.exception(5), Overloaded)


def test_who_waits_is_sent_away_when_nobody_comes_out() -> None:
    crowd = Crowd(1, patience=0.05)
    with crowd.place():
        for _ in range(2):
            with pytest.raises(Overloaded), crowd.place():
                pass
    with crowd.place():
        pass


def test_a_failure_inside_frees_the_place() -> None:
    crowd = Crowd(1)
    with pytest.raises(ZeroDivisionError), crowd.place():
        raise ZeroDivisionError
    with crowd.place():
        pass


@contextmanager
def overloaded(newsroom: Newsroom) -> Iterator[None]:
    """All places are taken, and have been for long."""
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(newsroom.crowd.place())
        Event().wait(PATIENCE)
        yield


@pytest.mark.slow
def test_23_overloaded_what_is_there_is_served_and_what_is_not_is_503(room: Room) -> None:
    newsroom = room.newsroom()
    client = create_app(newsroom).test_client()
    hot, page = client.get("/feeds/all.atom"), client.get("/topics/the-thao")
    with overloaded(newsroom):
        cold = client.get("/feeds/all.rss")
        assert (cold.status_code, cold.headers["Cache-Control"]) == (503, "no-store")
        assert cold.headers["Retry-After"].isdigit()
        assert client.get("/regions/dong-thap").status_code == 503
        assert client.get("/feeds/all.atom").data == hot.data
        assert client.get("/feeds/all.atom", headers={"If-None-Match": hot.headers["ETag"]}).status_code == 304
        assert client.get("/feeds/topics/nope.atom").status_code == 404
        room.put(an_article("other"))
        assert client.get("/feeds/all.atom").data == hot.data, "an older good copy is better than none"
        assert client.get("/topics/the-thao").data == page.data
    assert client.get("/feeds/all.rss").status_code == 200
    assert client.get("/feeds/all.atom").data != hot.data
