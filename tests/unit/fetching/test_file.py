"""T18: files of this machine, real ones."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.domain.fetched import Failure, FailureKind, Fetched
from feedsvc.fetching.folder import LARGEST_FILE

from .asking import NEVER, NOW, failure, fetch


def test_the_bytes_come_with_the_second_of_their_last_change(folder: Path) -> None:
    answer = fetch(f"file:{folder}/bài.txt")
    assert isinstance(answer, Fetched)
    assert (answer.body, answer.at) == (b"abc", NOW)
    assert answer.modified == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 + 1, LARGEST_FILE])
def test_a_file_of_any_size_up_to_the_limit_comes_whole(tmp_path: Path, size: int) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * size)
    answer = fetch(f"file:{tmp_path}/a.txt")
    assert isinstance(answer, Fetched)
    assert len(answer.body) == size


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 1 << 40])
def test_a_larger_one_is_refused_without_being_read(tmp_path: Path, size: int) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        try:
            file.truncate(size)
        except OSError:
            pytest.skip("this file system takes no file as large")
    found = failure(f"file:{tmp_path}/a.txt", NEVER)
    assert (found.kind, found.why) == (FailureKind.REFUSED, f"{tmp_path}/a.txt is over 16 MiB")


def test_a_link_is_refused(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "bài.txt")
    found = failure(f"file:{folder}/link.txt")
    assert (found.kind, found.why) == (FailureKind.REFUSED, f"{folder}/link.txt is a link")


def test_a_pipe_is_refused_at_once_and_its_writer_never_met(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(OSError, match="No such device"):
        os.open(tmp_path / "pipe.txt", os.O_WRONLY | os.O_NONBLOCK)
    assert failure(f"file:{tmp_path}/pipe.txt").kind is FailureKind.REFUSED


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/", "/dev"])
def test_devices_and_folders_are_refused(path: str) -> None:
    found = failure(f"file:{path}")
    assert (found.kind, found.why) == (FailureKind.REFUSED, f"{path} is not a regular file")


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    assert failure(f"file:{tmp_path}/a.txt").kind is FailureKind.MISSING


def test_a_file_below_a_file_is_refused(folder: Path) -> None:
    assert failure(f"file:{folder}/bài.txt/a.txt").kind is FailureKind.REFUSED


def test_reading_ends_at_the_deadline(folder: Path) -> None:
    found = failure(f"file:{folder}/bài.txt", NEVER)
    assert (found.kind, "too long" in found.why) == (FailureKind.UNREADABLE, True)


def test_a_file_that_says_another_size_than_it_has_is_changing() -> None:
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("there is no /proc here")
    assert failure(f"file:{path}").kind is FailureKind.CHANGING


def test_a_file_that_grows_while_it_is_read_is_never_taken_in_part(tmp_path: Path) -> None:
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
def test_a_file_of_any_age_is_read(folder: Path, seconds: int) -> None:
    path = folder / "bài.txt"
    try:
        os.utime(path, (seconds, seconds))
    except (OSError, OverflowError):
        pytest.skip("this file system takes no such time")
    answer = fetch(f"file:{path}")
    assert isinstance(answer, Fetched)
    kept = path.stat().st_mtime_ns // 1_000_000_000
    assert answer.modified is None or answer.modified == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=kept)
