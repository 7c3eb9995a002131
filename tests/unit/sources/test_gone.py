"""Files that are gone, and files that come back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .desk import START, Desk, filled


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_one_pass_without_a_file_withdraws_nothing(desk: Desk) -> None:
    names = filled(desk, 10)
    desk.take(names[0])
    assert desk.look(30).gone == ()


@pytest.mark.parametrize(("apart", "gone"), [(59.999999, False), (60.0, True), (3600.0, True)])
def test_two_passes_at_least_a_minute_apart_withdraw_it(desk: Desk, apart: float, gone: bool) -> None:
    names = filled(desk, 10)
    desk.take(names[0])
    desk.look(30.5)
    assert desk.look(30.5 + apart).gone == ((names[0],) if gone else ())


def test_passes_close_together_add_up_to_a_minute(desk: Desk) -> None:
    names = filled(desk, 10)
    desk.take(names[0])
    assert [desk.look(seconds).gone for seconds in (30, 60, 89)] == [(), (), ()]
    assert desk.look(90).gone == (names[0],)


def test_what_was_withdrawn_is_withdrawn_once(desk: Desk) -> None:
    names = filled(desk, 10)
    desk.take(names[0])
    desk.look(30)
    desk.look(90)
    assert desk.look(150).gone == ()


def test_what_was_withdrawn_and_comes_back_is_read_under_its_key(desk: Desk) -> None:
    names = filled(desk, 10)
    kept = desk.files[names[0]]
    desk.take(names[0])
    desk.look(30)
    desk.look(90)
    desk.files[names[0]] = kept
    assert set(desk.look(120).records) == {names[0]}


def test_what_comes_back_in_time_is_neither_withdrawn_nor_read_again(desk: Desk) -> None:
    names = filled(desk, 10)
    kept = desk.files[names[0]]
    desk.take(names[0])
    desk.look(30)
    desk.files[names[0]] = kept
    assert (desk.look(90).gone, desk.look(120).read) == ((), ())


def test_the_minute_starts_anew_for_what_was_back_between(desk: Desk) -> None:
    names = filled(desk, 10)
    kept = desk.files[names[0]]
    desk.take(names[0])
    desk.look(30)
    desk.files[names[0]] = kept
    desk.look(60)
    desk.take(names[0])
    assert (desk.look(90).gone, desk.look(120).gone, desk.look(150).gone) == ((), (), (names[0],))


def test_the_minute_starts_anew_for_what_was_back_but_could_not_be_read(desk: Desk) -> None:
    names = filled(desk, 10)
    desk.take(names[0])
    desk.look(30)
    desk.put(names[0], at=START + timedelta(seconds=60))
    assert desk.look(60).read == ()
    desk.take(names[0])
    assert desk.look(95).gone == ()


def test_a_clock_that_goes_back_withdraws_nothing(desk: Desk) -> None:
    names = filled(desk, 10)
    desk.take(names[0])
    desk.look(3600)
    assert desk.look(30).gone == ()
    assert desk.look(90).gone == (names[0],)


def test_a_renamed_file_is_a_new_record_and_the_old_one_goes(desk: Desk) -> None:
    filled(desk, 10)
    desk.take("bai-000.txt")
    desk.put("moi.txt")
    assert desk.look(30).read == ("moi.txt",)
    assert desk.look(90).gone == ("bai-000.txt",)
