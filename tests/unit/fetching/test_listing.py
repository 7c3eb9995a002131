"""T18: folders of this machine, real ones."""

from __future__ import annotations

import os
import socket
from datetime import datetime
from pathlib import Path

import pytest

from feedsvc.domain.fetched import Failure, FailureKind, Fetched, FileKind, Listing, Request
from feedsvc.domain.source import Cursor
from feedsvc.fetching.folder import FolderFetcher

from .asking import NEVER, NOW, SOON, failure, fetch, listing


def test_a_file_is_seen_with_its_size_and_times_to_the_nanosecond(folder: Path) -> None:
    answer = fetch(f"folder:{folder}")
    assert isinstance(answer, Listing)
    (file,) = answer.files
    found = (folder / "bài.txt").stat()
    assert (file.name, file.kind, file.size) == ("bài.txt", FileKind.FILE, 3)
    assert (file.modified_ns, file.changed_ns) == (1_700_000_000_987_654_321, found.st_ctime_ns)
    assert answer.at == NOW


def test_the_request_comes_back_as_it_was(folder: Path) -> None:
    request = Request(address=f"folder:{folder}", cursor=Cursor({"a": 1}), accept_deletions=True)
    assert FolderFetcher(lambda: NOW).fetch(request, SOON).request is request


def test_names_stand_in_order(folder: Path) -> None:
    for name in ("b", "a", "Z", "đ"):
        (folder / name).touch()
    assert list(listing(folder)) == sorted(["bài.txt", "b", "a", "Z", "đ"])


def test_every_name_is_seen_as_what_it_is_and_nothing_is_followed(folder: Path) -> None:
    (folder / "folder").mkdir()
    (folder / "folder" / "within.txt").touch()
    (folder / "link.txt").symlink_to(folder / "bài.txt")
    (folder / "broken.txt").symlink_to(folder / "nowhere")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "linked-folder").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "socket.txt"))
        seen = listing(folder)
    assert seen == {
        "bài.txt": FileKind.FILE,
        "folder": FileKind.FOLDER,
        "link.txt": FileKind.LINK,
        "broken.txt": FileKind.LINK,
        "loop.txt": FileKind.LINK,
        "linked-folder": FileKind.LINK,
        "pipe.txt": FileKind.DEVICE,
        "socket.txt": FileKind.DEVICE,
    }


def test_devices_are_seen_as_devices() -> None:
    assert listing(Path("/dev"))["null"] is FileKind.DEVICE


def test_a_name_that_is_no_text_is_seen_and_can_be_fetched(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xea.txt")).write_bytes(b"a")
    except OSError:
        pytest.skip("this file system takes no such name")
    (name,) = listing(tmp_path)
    answer = fetch(f"file:{tmp_path}/{name}")
    assert isinstance(answer, Fetched)
    assert answer.body == b"a"


def test_an_empty_folder_is_an_empty_listing(tmp_path: Path) -> None:
    assert listing(tmp_path) == {}


def test_a_folder_that_is_a_link_is_the_operators_choice_and_listed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert "bài.txt" in listing(tmp_path / "link")


def test_a_missing_folder_is_missing(tmp_path: Path) -> None:
    found = failure(f"folder:{tmp_path}/nowhere")
    assert (found.kind, found.why) == (FailureKind.MISSING, f"{tmp_path}/nowhere does not exist")


def test_a_broken_link_to_a_folder_is_missing(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert failure(f"folder:{tmp_path}/link").kind is FailureKind.MISSING


def test_a_file_is_no_folder(folder: Path) -> None:
    found = failure(f"folder:{folder}/bài.txt")
    assert (found.kind, found.why) == (FailureKind.REFUSED, f"{folder}/bài.txt is not a folder")


def test_a_folder_that_cannot_be_opened_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = failure(f"folder:{tmp_path}/loop")
    assert found.kind is FailureKind.UNREADABLE
    assert "Too many levels" in found.why


def test_a_folder_of_too_many_names_is_refused(folder: Path) -> None:
    request = Request(address=f"folder:{folder}")
    assert isinstance(FolderFetcher(lambda: NOW, most_files=1).fetch(request, SOON), Listing)
    (folder / "b").touch()
    answer = FolderFetcher(lambda: NOW, most_files=1).fetch(request, SOON)
    assert isinstance(answer, Failure)
    assert (answer.kind, "more than 1 names" in answer.why) == (FailureKind.REFUSED, True)


def test_a_listing_ends_at_its_deadline(folder: Path) -> None:
    found = failure(f"folder:{folder}", NEVER)
    assert (found.kind, "too long" in found.why) == (FailureKind.UNREADABLE, True)


def test_the_time_of_a_listing_is_that_of_its_end(folder: Path) -> None:
    def clock() -> datetime:
        (folder / "made-meanwhile").touch()
        return NOW

    answer = FolderFetcher(clock).fetch(Request(address=f"folder:{folder}"), SOON)
    assert isinstance(answer, Listing)
    assert [file.name for file in answer.files] == ["bài.txt"]
