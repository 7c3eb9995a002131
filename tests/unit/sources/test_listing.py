"""What a pass over a folder reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .desk import START, Desk, filled, numbered


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_every_file_of_a_new_folder_is_read_oldest_first(desk: Desk) -> None:
    desk.put("b.txt", at=START - timedelta(hours=3))
    desk.put("a.txt", at=START - timedelta(hours=1))
    desk.put("c.txt", at=START - timedelta(hours=2))
    seen = desk.look()
    assert (seen.read, seen.held, seen.gone) == (("b.txt", "c.txt", "a.txt"), 3, ())
    assert set(seen.records) == {"a.txt", "b.txt", "c.txt"}


def test_what_did_not_change_is_not_read_again(desk: Desk) -> None:
    filled(desk, 3)
    seen = desk.look(30)
    assert (seen.read, seen.held, seen.more) == ((), 3, False)


def test_a_changed_file_is_an_update_of_the_same_record(desk: Desk) -> None:
    desk.put("a.txt", "b.txt")
    desk.look()
    desk.put("a.txt", body=b"New\nText", at=START + timedelta(seconds=10))
    seen = desk.look(30)
    assert seen.read == ("a.txt",)
    assert seen.records["a.txt"].title == "New"


def test_a_file_with_the_same_size_and_an_older_time_has_changed(desk: Desk) -> None:
    desk.put("a.txt")
    desk.look()
    desk.put("a.txt", at=START - timedelta(days=9))
    assert desk.look(30).read == ("a.txt",)


@pytest.mark.parametrize(("ago", "read"), [(0.0, False), (1.999, False), (2.0, True), (60.0, True), (-1.999, False)])
def test_a_file_is_read_when_it_was_left_alone_for_two_seconds(desk: Desk, ago: float, read: bool) -> None:
    desk.put("a.txt", at=START - timedelta(seconds=ago))
    assert desk.look().read == (("a.txt",) if read else ())


def test_a_file_of_a_clock_that_is_ahead_is_read_when_two_passes_saw_it_alike(desk: Desk) -> None:
    desk.put("a.txt", at=START + timedelta(hours=1))
    assert desk.look().read == ()
    desk.put("a.txt", body=b"New\nText", at=START + timedelta(hours=2))
    assert desk.look(30).read == ()
    assert desk.look(30).read == ("a.txt",)
    assert desk.look(30).read == ()


def test_what_was_left_alone_too_shortly_is_read_in_the_next_pass(desk: Desk) -> None:
    desk.put("a.txt", at=START)
    assert desk.look(1).read == ()
    assert desk.look(31).read == ("a.txt",)


def test_an_empty_file_just_made_is_no_rejection_yet(desk: Desk) -> None:
    desk.put("a.txt", body=b"", at=START)
    assert desk.look(1).rejections == ()
    assert desk.look(31).reasons == {"a.txt": "it is empty"}


def test_a_file_that_changes_between_listing_and_reading_is_left_to_the_next_pass(desk: Desk) -> None:
    desk.put("a.txt")
    desk.bodies["a.txt"] += b"\nand a line that was not there"
    seen = desk.look()
    assert (seen.read, seen.records, seen.rejections) == (("a.txt",), {}, ())
    desk.put("a.txt", body=desk.bodies["a.txt"], at=START)
    assert set(desk.look(30).records) == {"a.txt"}


def test_a_file_that_changes_while_it_is_read_is_left_to_the_next_pass(desk: Desk) -> None:
    desk.put("a.txt")
    desk.busy.add("a.txt")
    assert desk.look().rejections == ()
    desk.busy.clear()
    assert set(desk.look(30).records) == {"a.txt"}


def test_a_pass_reads_five_hundred_files_and_the_next_one_goes_on_at_once(desk: Desk) -> None:
    desk.put(*numbered(1001))
    reads = [desk.look(seconds) for seconds in (0, 1, 2, 3)]
    assert [len(seen.read) for seen in reads] == [500, 500, 1, 0]
    assert [seen.more for seen in reads] == [True, True, False, False]


def test_exactly_five_hundred_files_are_one_pass(desk: Desk) -> None:
    desk.put(*numbered(500))
    assert not desk.look().more


def test_files_that_cannot_be_opened_do_not_keep_the_others_from_being_read(desk: Desk) -> None:
    locked = numbered(600)
    desk.put(*locked, at=START - timedelta(days=1))
    desk.put("moi.txt")
    desk.locked.update(locked)
    first, second = desk.look(), desk.look(1)
    assert (len(first.read), first.more, "moi.txt" in second.records) == (500, True, True)
    assert not second.more
