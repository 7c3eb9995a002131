"""What a pass over a folder reads and what it withdraws, pass by pass."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feedsvc.domain.fetched import FileKind

from .desk import START, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def numbered(count: int) -> list[str]:
    return [f"bai-{number:03}.txt" for number in range(count)]


def filled(desk: Desk, count: int) -> list[str]:
    """A folder of so many files, all of them read."""
    names = numbered(count)
    desk.put(*names)
    assert len(desk.look().read) == count
    return names


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


def test_a_file_of_a_clock_that_is_ahead_is_read(desk: Desk) -> None:
    desk.put("a.txt", at=START + timedelta(hours=1))
    assert desk.look().read == ("a.txt",)


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


class TestGone:
    def test_one_pass_without_a_file_withdraws_nothing(self, desk: Desk) -> None:
        names = filled(desk, 10)
        desk.take(names[0])
        assert desk.look(30).gone == ()

    @pytest.mark.parametrize(("apart", "gone"), [(59.999999, False), (60.0, True), (3600.0, True)])
    def test_two_passes_at_least_a_minute_apart_withdraw_it(self, desk: Desk, apart: float, gone: bool) -> None:
        names = filled(desk, 10)
        desk.take(names[0])
        desk.look(30.5)
        assert desk.look(30.5 + apart).gone == ((names[0],) if gone else ())

    def test_passes_close_together_add_up_to_a_minute(self, desk: Desk) -> None:
        names = filled(desk, 10)
        desk.take(names[0])
        assert [desk.look(seconds).gone for seconds in (30, 60, 89)] == [(), (), ()]
        assert desk.look(90).gone == (names[0],)

    def test_what_was_withdrawn_is_withdrawn_once(self, desk: Desk) -> None:
        names = filled(desk, 10)
        desk.take(names[0])
        desk.look(30)
        desk.look(90)
        assert desk.look(150).gone == ()

    def test_what_was_withdrawn_and_comes_back_is_read_under_its_key(self, desk: Desk) -> None:
        names = filled(desk, 10)
        kept = desk.files[names[0]]
        desk.take(names[0])
        desk.look(30)
        desk.look(90)
        desk.files[names[0]] = kept
        assert set(desk.look(120).records) == {names[0]}

    def test_what_comes_back_in_time_is_neither_withdrawn_nor_read_again(self, desk: Desk) -> None:
        names = filled(desk, 10)
        kept = desk.files[names[0]]
        desk.take(names[0])
        desk.look(30)
        desk.files[names[0]] = kept
        assert (desk.look(90).gone, desk.look(120).read) == ((), ())

    def test_the_minute_starts_anew_for_what_was_back_between(self, desk: Desk) -> None:
        names = filled(desk, 10)
        kept = desk.files[names[0]]
        desk.take(names[0])
        desk.look(30)
        desk.files[names[0]] = kept
        desk.look(60)
        desk.take(names[0])
        assert (desk.look(90).gone, desk.look(120).gone, desk.look(150).gone) == ((), (), (names[0],))

    def test_the_minute_starts_anew_for_what_was_back_but_could_not_be_read(self, desk: Desk) -> None:
        names = filled(desk, 10)
        desk.take(names[0])
        desk.look(30)
        desk.put(names[0], at=START + timedelta(seconds=60))
        assert desk.look(60).read == ()
        desk.take(names[0])
        assert desk.look(95).gone == ()

    def test_a_clock_that_goes_back_withdraws_nothing(self, desk: Desk) -> None:
        names = filled(desk, 10)
        desk.take(names[0])
        desk.look(3600)
        assert desk.look(30).gone == ()
        assert desk.look(90).gone == (names[0],)

    def test_a_renamed_file_is_a_new_record_and_the_old_one_goes(self, desk: Desk) -> None:
        filled(desk, 10)
        desk.take("bai-000.txt")
        desk.put("moi.txt")
        assert desk.look(30).read == ("moi.txt",)
        assert desk.look(90).gone == ("bai-000.txt",)


class TestCap:
    def test_a_pass_reads_five_hundred_files_and_the_next_one_goes_on_at_once(self, desk: Desk) -> None:
        desk.put(*numbered(1001))
        reads = [desk.look(seconds) for seconds in (0, 1, 2, 3)]
        assert [len(seen.read) for seen in reads] == [500, 500, 1, 0]
        assert [seen.more for seen in reads] == [True, True, False, False]

    def test_exactly_five_hundred_files_are_one_pass(self, desk: Desk) -> None:
        desk.put(*numbered(500))
        assert not desk.look().more

    def test_files_that_cannot_be_opened_do_not_keep_the_others_from_being_read(self, desk: Desk) -> None:
        locked = numbered(600)
        desk.put(*locked, at=START - timedelta(days=1))
        desk.put("moi.txt")
        desk.locked.update(locked)
        first, second = desk.look(), desk.look(1)
        assert (len(first.read), first.more, "moi.txt" in second.records) == (500, True, True)
        assert not second.more


class TestRejections:
    def test_a_rejection_stands_without_the_file_being_read_again(self, desk: Desk) -> None:
        desk.put("a.json", body=b"[]")
        first, second = desk.look(), desk.look(30)
        assert (first.read, second.read) == (("a.json",), ())
        assert first.reasons == second.reasons
        assert set(second.reasons) == {"a.json"}

    def test_a_rejected_file_that_changed_is_read_again(self, desk: Desk) -> None:
        desk.put("a.json", body=b"[]")
        desk.look()
        desk.put("a.json", body=b'{"title": "a"}', at=START)
        assert set(desk.look(30).records) == {"a.json"}

    def test_a_rejected_file_does_not_stop_the_next_one(self, desk: Desk) -> None:
        desk.put("a.json", body=b"[]")
        desk.put("b.txt")
        seen = desk.look()
        assert (set(seen.reasons), set(seen.records)) == ({"a.json"}, {"b.txt"})

    def test_a_file_that_cannot_be_opened_is_a_rejection_and_tried_again(self, desk: Desk) -> None:
        desk.put("a.txt")
        desk.locked.add("a.txt")
        assert desk.look().reasons == desk.look(30).reasons == {"a.txt": "it is locked"}
        desk.locked.clear()
        assert set(desk.look(60).records) == {"a.txt"}
        assert desk.look(90).read == ()

    @pytest.mark.parametrize("kind", [FileKind.LINK, FileKind.DEVICE])
    def test_links_and_devices_are_rejected_by_what_they_are(self, desk: Desk, kind: FileKind) -> None:
        desk.put("a.txt", kind=kind)
        seen = desk.look()
        assert (seen.read, seen.reasons) == ((), {"a.txt": f"it is a {kind}, and only regular files are read"})

    @pytest.mark.parametrize(("over", "read"), [(0, True), (1, False)])
    def test_sixteen_mebibytes_are_read_and_one_byte_more_is_not(self, desk: Desk, over: int, read: bool) -> None:
        desk.put("a.txt", size=16 * 1024 * 1024 + over)
        seen = desk.look()
        assert seen.read == (("a.txt",) if read else ())
        assert seen.reasons == ({} if read else {"a.txt": "it is over 16 MiB"})

    @pytest.mark.parametrize("name", ["a.docx", "a", "a.txt.zip", "a.htm"])
    def test_what_is_no_document_by_its_name_is_rejected(self, desk: Desk, name: str) -> None:
        desk.put(name)
        assert "none of the documents" in desk.look().reasons[name]

    @pytest.mark.parametrize("suffix", ["TXT", "Md", "HTML", "jSoN"])
    def test_capitals_in_a_suffix_make_no_difference(self, desk: Desk, suffix: str) -> None:
        desk.put(f"a.{suffix}", body=b'{"title": "a"}')
        assert len(desk.look().records) == 1

    def test_a_good_file_that_turns_bad_is_rejected_and_not_withdrawn(self, desk: Desk) -> None:
        desk.put("a.txt", "b.txt")
        desk.look()
        desk.put("a.txt", body=bytes(200), at=START)
        seen = desk.look(30)
        assert (set(seen.reasons), seen.gone, desk.look(120).gone) == ({"a.txt"}, (), ())

    def test_a_file_that_turned_bad_and_is_then_gone_is_withdrawn(self, desk: Desk) -> None:
        desk.put("a.txt", "b.txt")
        desk.look()
        desk.put("a.txt", body=bytes(200), at=START)
        desk.look(30)
        desk.take("a.txt")
        assert (desk.look(60).gone, desk.look(120).gone) == ((), ("a.txt",))
