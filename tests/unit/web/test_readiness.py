"""T32: whether the service can do its work: feeds that can be served decide, all else is told beside it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.pending import Edited, Pending
from feedsvc.domain.setup import Setup
from feedsvc.errors import Problem
from feedsvc.storage.store import Store, folder_of, open_store
from feedsvc.web.disk import LEAST, want_of_room
from feedsvc.web.readiness import Check, readiness_of
from feedsvc.web.unapplied import Unapplied
from tests.contracts.samples import SETUP

NOW = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
A_PLACE = Path("/data")
FULL = "3 MiB are left, too few to store what comes; make room"


def disk(free: int = LEAST, names: int = 1, every_name: int = 10) -> os.statvfs_result:
    """A disk with so many bytes left, and so many files that can be made."""
    return os.statvfs_result((4096, 1, 10**9, free, free, every_name, names, names, 0, 255))


def store(setup: Setup = SETUP) -> Store:
    made = open_store("sqlite://")
    made.configure(setup, NOW)
    made.beat(NOW)
    return made


def checks(of: Store, full: str = "") -> dict[str, Check]:
    found = readiness_of(of, of, lambda: NOW, disk=lambda: full)
    return {check.name: check for check in found.checks}


def test_a_full_disk_is_told_and_takes_nobody_out_of_service() -> None:
    with_room = store()
    assert readiness_of(with_room, with_room, lambda: NOW, disk=lambda: FULL).ok
    assert checks(with_room)["disk"] == Check("disk", True)
    assert checks(with_room, FULL)["disk"] == Check("disk", False, FULL)
    with_room.close()


def test_a_full_disk_is_told_where_the_database_is_away_too() -> None:
    away = open_store("sqlite://")
    with away.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    found = readiness_of(away, away, lambda: NOW, disk=lambda: FULL)
    assert not found.ok
    assert found.checks == (Check("database", False, "does not answer"), Check("disk", False, FULL))
    away.close()


def test_what_the_scheduler_says_of_itself_is_passed_on() -> None:
    told = store()
    told.beat(NOW, "there is no room")
    assert checks(told)["scheduler"] == Check("scheduler", False, "there is no room")
    told.beat(NOW - timedelta(minutes=1))
    assert checks(told)["scheduler"] == Check("scheduler", False, "has not shown itself lately")
    assert told.feed(FeedKey()) is not None
    told.close()


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (disk(LEAST), ""),
        (disk(LEAST - 1), "15 MiB are left, too few to store what comes; make room"),
        (disk(0), "0 MiB are left, too few to store what comes; make room"),
        (disk(names=0), "no more files can be made; remove some"),
        (disk(names=0, every_name=0), ""),
    ],
)
def test_a_disk_needs_room_for_what_comes(found: os.statvfs_result, wrong: str) -> None:
    assert want_of_room([A_PLACE], lambda _: found) == wrong


def test_every_folder_is_looked_at_and_one_out_of_reach_says_nothing() -> None:
    disks = {Path("/data"): disk(), Path("/var/db"): disk(3 * 1024 * 1024)}

    def statvfs(folder: Path) -> os.statvfs_result:
        if folder not in disks:
            raise FileNotFoundError(folder)
        return disks[folder]

    assert want_of_room([Path("/gone"), *disks], statvfs) == FULL
    assert want_of_room([Path("/gone"), A_PLACE], statvfs) == ""


def test_the_folder_of_a_database_is_known_where_it_is_a_file() -> None:
    assert folder_of("sqlite:////var/db/feeds.db") == Path("/var/db")
    assert folder_of("sqlite://") is None
    assert folder_of("postgresql://me@host/feeds") is None


def test_what_is_pending_is_told_and_no_failure() -> None:
    made = store()
    pending = Pending(topics=Edited(new=("sport",)))

    def told(unapplied: Unapplied) -> Check:
        found = readiness_of(made, made, lambda: NOW, unapplied)
        assert found.ok
        return {check.name: check for check in found.checks}["configuration"]

    assert told(Unapplied(pending=lambda: pending)) == Check("configuration", True, pending.sentence())
    wrong = Pending(wrong=("topics.yaml:12",))
    assert told(Unapplied(pending=lambda: wrong)) == Check(
        "configuration", True, "pending, and wrong: topics.yaml:12, run `feedsvc check`"
    )
    problem = Problem("/etc/feeds/sources.yaml", 3, "sources[0].every", "must be a duration, not 'secret'")
    assert told(Unapplied(lambda: (problem, problem), lambda: pending)) == Check(
        "configuration", False, "changed, and wrong: sources.yaml:3 and 1 more"
    )
    made.close()


def test_what_no_scheduler_has_taken_over_says_so() -> None:
    empty = open_store("sqlite://")
    empty.beat(NOW)
    found = readiness_of(empty, empty, lambda: NOW)
    assert not found.ok
    assert Check("configuration", False, "not taken over by a scheduler yet") in found.checks
    empty.close()
