"""Folders and files of this machine, real ones."""

from __future__ import annotations

import os
import resource
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.fetched import Answer, Failure, FailureKind, Fetched, FileKind, Listing, Request
from feedsvc.domain.source import Cursor
from feedsvc.fetching.folder import LARGEST_FILE, FolderFetcher

NOW = datetime(2025, 6, 1, 8, 0, 0, 250_000, tzinfo=UTC)
SOON = timedelta(seconds=5)
NEVER = timedelta(seconds=-1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bài.txt").write_bytes(b"abc")
    os.utime(tmp_path / "bài.txt", ns=(0, 1_700_000_000_987_654_321))
    return tmp_path


def fetch(address: str, deadline: timedelta = SOON) -> Answer:
    return FolderFetcher(lambda: NOW).fetch(Request(address=address), deadline)


def listing(path: Path) -> dict[str, FileKind]:
    answer = fetch(f"folder:{path}")
    assert isinstance(answer, Listing)
    return {file.name: file.kind for file in answer.files}


def failure(address: str, deadline: timedelta = SOON) -> Failure:
    answer = fetch(address, deadline)
    assert isinstance(answer, Failure)
    return answer


class TestListing:
    def test_a_file_is_seen_with_its_size_and_times_to_the_nanosecond(self, folder: Path) -> None:
        answer = fetch(f"folder:{folder}")
        assert isinstance(answer, Listing)
        (file,) = answer.files
        found = (folder / "bài.txt").stat()
        assert (file.name, file.kind, file.size) == ("bài.txt", FileKind.FILE, 3)
        assert (file.modified_ns, file.changed_ns) == (1_700_000_000_987_654_321, found.st_ctime_ns)
        assert answer.at == NOW

    def test_the_request_comes_back_as_it_was(self, folder: Path) -> None:
        request = Request(address=f"folder:{folder}", cursor=Cursor({"a": 1}), accept_deletions=True)
        assert FolderFetcher(lambda: NOW).fetch(request, SOON).request is request

    def test_names_stand_in_order(self, folder: Path) -> None:
        for name in ("b", "a", "Z", "đ"):
            (folder / name).touch()
        assert list(listing(folder)) == sorted(["bài.txt", "b", "a", "Z", "đ"])

    def test_every_name_is_seen_as_what_it_is_and_nothing_is_followed(self, folder: Path) -> None:
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

    def test_devices_are_seen_as_devices(self) -> None:
        assert listing(Path("/dev"))["null"] is FileKind.DEVICE

    def test_a_name_that_is_no_text_is_seen_and_can_be_fetched(self, tmp_path: Path) -> None:
        try:
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xea.txt")).write_bytes(b"a")
        except OSError:
            pytest.skip("this file system takes no such name")
        (name,) = listing(tmp_path)
        answer = fetch(f"file:{tmp_path}/{name}")
        assert isinstance(answer, Fetched)
        assert answer.body == b"a"

    def test_an_empty_folder_is_an_empty_listing(self, tmp_path: Path) -> None:
        assert listing(tmp_path) == {}

    def test_a_folder_that_is_a_link_is_the_operators_choice_and_listed(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(folder)
        assert "bài.txt" in listing(tmp_path / "link")

    def test_a_missing_folder_is_missing(self, tmp_path: Path) -> None:
        found = failure(f"folder:{tmp_path}/nowhere")
        assert (found.kind, found.why) == (FailureKind.MISSING, f"{tmp_path}/nowhere does not exist")

    def test_a_broken_link_to_a_folder_is_missing(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "nowhere")
        assert failure(f"folder:{tmp_path}/link").kind is FailureKind.MISSING

    def test_a_file_is_no_folder(self, folder: Path) -> None:
        found = failure(f"folder:{folder}/bài.txt")
        assert (found.kind, found.why) == (FailureKind.REFUSED, f"{folder}/bài.txt is not a folder")

    def test_a_folder_that_cannot_be_opened_is_unreadable(self, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        found = failure(f"folder:{tmp_path}/loop")
        assert found.kind is FailureKind.UNREADABLE
        assert "Too many levels" in found.why

    def test_a_folder_of_too_many_names_is_refused(self, folder: Path) -> None:
        request = Request(address=f"folder:{folder}")
        assert isinstance(FolderFetcher(lambda: NOW, most_files=1).fetch(request, SOON), Listing)
        (folder / "b").touch()
        answer = FolderFetcher(lambda: NOW, most_files=1).fetch(request, SOON)
        assert isinstance(answer, Failure)
        assert (answer.kind, "more than 1 names" in answer.why) == (FailureKind.REFUSED, True)

    def test_a_listing_ends_at_its_deadline(self, folder: Path) -> None:
        found = failure(f"folder:{folder}", NEVER)
        assert (found.kind, "too long" in found.why) == (FailureKind.UNREADABLE, True)

    def test_the_time_of_a_listing_is_that_of_its_end(self, folder: Path) -> None:
        def clock() -> datetime:
            (folder / "made-meanwhile").touch()
            return NOW

        answer = FolderFetcher(clock).fetch(Request(address=f"folder:{folder}"), SOON)
        assert isinstance(answer, Listing)
        assert [file.name for file in answer.files] == ["bài.txt"]


class TestFile:
    def test_the_bytes_come_with_the_second_of_their_last_change(self, folder: Path) -> None:
        answer = fetch(f"file:{folder}/bài.txt")
        assert isinstance(answer, Fetched)
        assert (answer.body, answer.at) == (b"abc", NOW)
        assert answer.modified == datetime.fromtimestamp(1_700_000_000, UTC)

    @pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 + 1, LARGEST_FILE])
    def test_a_file_of_any_size_up_to_the_limit_comes_whole(self, tmp_path: Path, size: int) -> None:
        (tmp_path / "a.txt").write_bytes(b"x" * size)
        answer = fetch(f"file:{tmp_path}/a.txt")
        assert isinstance(answer, Fetched)
        assert len(answer.body) == size

    @pytest.mark.parametrize("size", [LARGEST_FILE + 1, 1 << 40])
    def test_a_larger_one_is_refused_without_being_read(self, tmp_path: Path, size: int) -> None:
        with (tmp_path / "a.txt").open("wb") as file:
            try:
                file.truncate(size)
            except OSError:
                pytest.skip("this file system takes no file as large")
        found = failure(f"file:{tmp_path}/a.txt", NEVER)
        assert (found.kind, found.why) == (FailureKind.REFUSED, f"{tmp_path}/a.txt is over 16 MiB")

    def test_a_link_is_refused(self, folder: Path) -> None:
        (folder / "link.txt").symlink_to(folder / "bài.txt")
        found = failure(f"file:{folder}/link.txt")
        assert (found.kind, found.why) == (FailureKind.REFUSED, f"{folder}/link.txt is a link")

    def test_a_pipe_is_refused_at_once_and_its_writer_never_met(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        with pytest.raises(OSError, match="No such device"):
            os.open(tmp_path / "pipe.txt", os.O_WRONLY | os.O_NONBLOCK)
        assert failure(f"file:{tmp_path}/pipe.txt").kind is FailureKind.REFUSED

    @pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/", "/dev"])
    def test_devices_and_folders_are_refused(self, path: str) -> None:
        found = failure(f"file:{path}")
        assert (found.kind, found.why) == (FailureKind.REFUSED, f"{path} is not a regular file")

    def test_a_missing_file_is_missing(self, tmp_path: Path) -> None:
        assert failure(f"file:{tmp_path}/a.txt").kind is FailureKind.MISSING

    def test_a_file_below_a_file_is_refused(self, folder: Path) -> None:
        assert failure(f"file:{folder}/bài.txt/a.txt").kind is FailureKind.REFUSED

    def test_reading_ends_at_the_deadline(self, folder: Path) -> None:
        found = failure(f"file:{folder}/bài.txt", NEVER)
        assert (found.kind, "too long" in found.why) == (FailureKind.UNREADABLE, True)

    def test_a_file_that_says_another_size_than_it_has_is_changing(self) -> None:
        path = Path("/proc/self/status")
        if not path.exists():
            pytest.skip("there is no /proc here")
        assert failure(f"file:{path}").kind is FailureKind.CHANGING

    def test_a_file_that_grows_while_it_is_read_is_never_taken_in_part(self, tmp_path: Path) -> None:
        path, stop = tmp_path / "a.txt", threading.Event()
        path.write_bytes(b"x" * 4_000_000)

        def grow() -> None:
            with path.open("ab", buffering=0) as file:
                while not stop.is_set() and file.tell() < 12_000_000:
                    file.write(b"x" * 4096)

        writer = threading.Thread(target=grow)
        writer.start()
        try:
            answers = [fetch(f"file:{path}") for _ in range(20)]
        finally:
            stop.set()
            writer.join()
        failures = [answer for answer in answers if isinstance(answer, Failure)]
        assert {answer.kind for answer in failures} <= {FailureKind.CHANGING}
        assert all(isinstance(answer, Fetched | Failure) for answer in answers)

    @pytest.mark.parametrize("seconds", [-1, -(2**31), 2**33, 2**37, 2**55])
    def test_a_file_of_any_age_is_read(self, folder: Path, seconds: int) -> None:
        path = folder / "bài.txt"
        try:
            os.utime(path, (seconds, seconds))
        except (OSError, OverflowError):
            pytest.skip("this file system takes no such time")
        answer = fetch(f"file:{path}")
        assert isinstance(answer, Fetched)
        kept = path.stat().st_mtime_ns // 1_000_000_000
        assert answer.modified is None or answer.modified == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=kept)


class TestHostile:
    @pytest.mark.parametrize(
        "address", ["file:", "folder:", "file:a\0b", "folder:a\0b", "file:\ud800", "folder:\ud800/a"]
    )
    def test_what_is_no_path_is_a_failure_that_can_be_printed(self, address: str) -> None:
        assert failure(address).why.encode()

    def test_a_path_that_is_too_long_is_unreadable(self) -> None:
        assert failure("file:/" + "a" * 5000).kind is FailureKind.UNREADABLE

    @given(scheme=st.sampled_from(["file", "folder", "FOLDER", ""]), path=st.text())
    def test_no_path_raises(self, scheme: str, path: str) -> None:
        answer = fetch(f"{scheme}:{path}")
        assert not isinstance(answer, Failure) or answer.why.encode()

    @pytest.fixture
    def few_handles(self) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        used = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 100
        resource.setrlimit(resource.RLIMIT_NOFILE, (used + 20, hard))
        yield
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    @pytest.mark.usefixtures("few_handles")
    def test_no_outcome_leaves_a_handle_open(self, folder: Path) -> None:
        for _ in range(50):
            for address in (f"file:{folder}", f"file:{folder}/bài.txt", f"folder:{folder}", "file:/dev/null"):
                fetch(address)
            fetch(f"file:{folder}/bài.txt", NEVER)
            fetch(f"folder:{folder}", NEVER)
        assert isinstance(fetch(f"file:{folder}/bài.txt"), Fetched)
