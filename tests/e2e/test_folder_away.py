"""A folder that goes away and comes back: nothing is withdrawn, nothing is doubled."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.domain.passes import Outcome

from .newsroom import Newsroom, article

NOW = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    made = Newsroom(tmp_path)
    for number in range(12):
        made.drop(f"bai-{number}.txt", article(f"Tin số {number}"))
    assert made.one_pass(NOW) is Outcome.CHANGED
    return made


def test_a_folder_that_is_missing_for_an_hour_withdraws_nothing(newsroom: Newsroom) -> None:
    before = newsroom.ids(NOW)
    away = newsroom.inbox.with_name("away")
    newsroom.inbox.rename(away)
    outcomes = [newsroom.one_pass(NOW + count * 10 * MINUTE) for count in range(1, 7)]
    away.rename(newsroom.inbox)
    back = newsroom.one_pass(NOW + 90 * MINUTE)
    assert outcomes == [Outcome.REFUSED] * 6
    assert back is Outcome.UNCHANGED
    assert newsroom.ids(NOW) == before
    assert len(before) == 12


def test_an_empty_mount_point_withdraws_nothing(newsroom: Newsroom) -> None:
    before = newsroom.ids(NOW)
    away = newsroom.inbox.with_name("away")
    newsroom.inbox.rename(away)
    newsroom.inbox.mkdir()
    outcomes = [newsroom.one_pass(NOW + count * 10 * MINUTE) for count in range(1, 7)]
    newsroom.inbox.rmdir()
    away.rename(newsroom.inbox)
    assert newsroom.one_pass(NOW + 90 * MINUTE) is Outcome.UNCHANGED
    assert outcomes == [Outcome.REFUSED] * 6
    assert newsroom.ids(NOW) == before


def test_a_copy_of_the_folder_with_new_times_doubles_nothing(newsroom: Newsroom) -> None:
    before = newsroom.ids(NOW)
    copied = newsroom.inbox.with_name("copied")
    shutil.copytree(newsroom.inbox, copied)
    shutil.rmtree(newsroom.inbox)
    copied.rename(newsroom.inbox)
    later = NOW + 10 * MINUTE
    assert newsroom.one_pass(later) is Outcome.UNCHANGED
    assert newsroom.ids(later) == before


def test_a_file_system_that_is_unmounted_and_mounted_again_changes_nothing(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    image = tmp_path / "image"
    subprocess.run(["truncate", "-s", "16M", str(image)], check=True)
    made = subprocess.run(["mkfs.ext4", "-q", str(image)], capture_output=True, check=False)
    if made.returncode or not _mount(image, newsroom.inbox):
        pytest.skip("this machine lets nobody mount an image")
    try:
        for number in range(8):
            newsroom.drop(f"bai-{number}.txt", article(f"Tin số {number}"))
        newsroom.one_pass(NOW)
        before = newsroom.ids(NOW)
        _unmount(newsroom.inbox)
        away = [newsroom.one_pass(NOW + count * MINUTE) for count in range(1, 5)]
        assert _mount(image, newsroom.inbox)
        back = newsroom.one_pass(NOW + 10 * MINUTE)
        assert (len(before), away, back) == (8, [Outcome.REFUSED] * 4, Outcome.UNCHANGED)
        assert newsroom.ids(NOW) == before
    finally:
        _unmount(newsroom.inbox)


def test_what_an_operator_vouches_for_is_withdrawn_and_comes_back_under_its_id(newsroom: Newsroom) -> None:
    before = newsroom.ids(NOW)
    away = newsroom.inbox.with_name("away")
    newsroom.inbox.rename(away)
    newsroom.inbox.mkdir()
    assert newsroom.one_pass(NOW + MINUTE) is Outcome.REFUSED
    newsroom.one_pass(NOW + 2 * MINUTE, accept_deletions=True)
    assert newsroom.ids(NOW) == []
    newsroom.inbox.rmdir()
    away.rename(newsroom.inbox)
    assert newsroom.one_pass(NOW + 3 * MINUTE) is Outcome.CHANGED
    assert newsroom.ids(NOW) == before


def _mount(image: Path, place: Path) -> bool:
    return (
        subprocess.run(["mount", "-o", "loop", str(image), str(place)], capture_output=True, check=False).returncode
        == 0
    )


def _unmount(place: Path) -> None:
    subprocess.run(["umount", str(place)], capture_output=True, check=False)
