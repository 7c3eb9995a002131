"""Files that become no article: each with its reason, and the next one goes on."""

from __future__ import annotations

import pytest

from feedsvc.domain.fetched import FileKind

from .desk import START, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_rejection_stands_without_the_file_being_read_again(desk: Desk) -> None:
    desk.put("a.json", body=b"[]")
    first, second = desk.look(), desk.look(30)
    assert (first.read, second.read) == (("a.json",), ())
    assert first.reasons == second.reasons
    assert set(second.reasons) == {"a.json"}


def test_a_rejected_file_that_changed_is_read_again(desk: Desk) -> None:
    desk.put("a.json", body=b"[]")
    desk.look()
    desk.put("a.json", body=b'{"title": "a"}', at=START)
    assert set(desk.look(30).records) == {"a.json"}


def test_a_rejected_file_does_not_stop_the_next_one(desk: Desk) -> None:
    desk.put("a.json", body=b"[]")
    desk.put("b.txt")
    seen = desk.look()
    assert (set(seen.reasons), set(seen.records)) == ({"a.json"}, {"b.txt"})


def test_a_file_that_cannot_be_opened_is_a_rejection_and_tried_again(desk: Desk) -> None:
    desk.put("a.txt")
    desk.locked.add("a.txt")
    assert desk.look().reasons == desk.look(30).reasons == {"a.txt": "it is locked"}
    desk.locked.clear()
    assert set(desk.look(60).records) == {"a.txt"}
    assert desk.look(90).read == ()


@pytest.mark.parametrize("kind", [FileKind.LINK, FileKind.DEVICE])
def test_links_and_devices_are_rejected_by_what_they_are(desk: Desk, kind: FileKind) -> None:
    desk.put("a.txt", kind=kind)
    seen = desk.look()
    assert (seen.read, seen.reasons) == ((), {"a.txt": f"it is a {kind}, and only regular files are read"})


@pytest.mark.parametrize(("over", "read"), [(0, True), (1, False)])
def test_sixteen_mebibytes_are_read_and_one_byte_more_is_not(desk: Desk, over: int, read: bool) -> None:
    desk.put("a.txt", size=16 * 1024 * 1024 + over)
    seen = desk.look()
    assert seen.read == (("a.txt",) if read else ())
    assert seen.reasons == ({} if read else {"a.txt": "it is over 16 MiB"})


@pytest.mark.parametrize("name", ["a.docx", "a", "a.txt.zip", "a.htm"])
def test_what_is_no_document_by_its_name_is_rejected(desk: Desk, name: str) -> None:
    desk.put(name)
    assert "none of the documents" in desk.look().reasons[name]


@pytest.mark.parametrize("suffix", ["TXT", "Md", "HTML", "jSoN"])
def test_capitals_in_a_suffix_make_no_difference(desk: Desk, suffix: str) -> None:
    desk.put(f"a.{suffix}", body=b'{"title": "a"}')
    assert len(desk.look().records) == 1


def test_a_good_file_that_turns_bad_is_rejected_and_not_withdrawn(desk: Desk) -> None:
    desk.put("a.txt", "b.txt")
    desk.look()
    desk.put("a.txt", body=bytes(200), at=START)
    seen = desk.look(30)
    assert (set(seen.reasons), seen.gone, desk.look(120).gone) == ({"a.txt"}, (), ())


def test_a_file_that_turned_bad_and_is_then_gone_is_withdrawn(desk: Desk) -> None:
    desk.put("a.txt", "b.txt")
    desk.look()
    desk.put("a.txt", body=bytes(200), at=START)
    desk.look(30)
    desk.take("a.txt")
    assert (desk.look(60).gone, desk.look(120).gone) == ((), ("a.txt",))
