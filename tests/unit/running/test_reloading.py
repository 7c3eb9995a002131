"""Files that change, and what follows from it: over files of which only the outside is there, look by look."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from queue import SimpleQueue

import pytest

from feedsvc.errors import ConfigurationError, PluginBroken, Problem, StoreError
from feedsvc.running.reloading import EVERY, Reloading
from feedsvc.running.watching import Watch, signature_of

from .little import eventually

TOPICS, SOURCES = Path("topics.yaml"), Path("sources.yaml")
WRONG = Problem("sources.yaml", 3, "sources[0].every", "must be a time, like 10m")
WRONG_TOO = Problem("topics.yaml", 7, "topics[2].parent", "no topic is called so")


class Files:
    """Two files, and what reading them gives: text, or an error."""

    def __init__(self) -> None:
        self.marks = {TOPICS: (1, 10, 100), SOURCES: (1, 20, 101)}
        self.says: str | Exception = "first"
        self.taken: list[str] = []
        self.errors: list[Exception] = []
        self.while_reading = list[Path]()
        self.asked = list[bool]()
        self.read_times = 0

    def stat(self, file: Path) -> os.stat_result:
        if file not in self.marks:
            raise FileNotFoundError(file)
        when, size, inode = self.marks[file]
        return os.stat_result((0, inode, 0, 0, 0, 0, size, 0, 0, 0), {"st_mtime_ns": when})

    def write(self, says: str | Exception, file: Path = TOPICS) -> None:
        when, size, inode = self.marks.get(file, (0, 0, 0))
        self.marks[file], self.says = (when + 1, size, inode), says

    def read(self, asked: bool = False) -> str:
        self.read_times += 1
        self.asked.append(asked)
        says = self.says
        for file in self.while_reading:
            self.write(says, file)
        self.while_reading.clear()
        if isinstance(says, Exception):
            raise says
        return says

    def take(self, found: str) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(found)


class Days:
    """What else matters of what was read: the day that it is."""

    def __init__(self) -> None:
        self.day = 1

    def of(self, read: str) -> tuple[str, int]:
        return read, self.day


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def changing(files: Files, caplog: pytest.LogCaptureFixture) -> Reloading[str]:
    caplog.set_level(logging.INFO, "feedsvc.reloading")
    made = Reloading((TOPICS, SOURCES), files.read, "web", stat=files.stat)
    made.first()
    return made


def looks(changing: Reloading[str], files: Files, count: int) -> None:
    for _ in range(count):
        changing.look(files.take)


def test_a_file_is_another_by_its_time_its_size_its_inode_and_by_coming_and_going(files: Files) -> None:
    seen = {signature_of((TOPICS,), files.stat)}
    for mark in ((2, 10, 100), (1, 11, 100), (1, 10, 99)):
        files.marks[TOPICS] = mark
        seen.add(signature_of((TOPICS,), files.stat))
    del files.marks[TOPICS]
    seen.add(signature_of((TOPICS,), files.stat))
    assert len(seen) == 5


def test_real_files_are_others_after_a_write_and_after_a_rename_over_them(tmp_path: Path) -> None:
    file, other = tmp_path / "topics.yaml", tmp_path / "topics.yaml~"
    file.write_text("a")
    first = signature_of((file,))
    other.write_text("b")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.rename(file)
    renamed = signature_of((file,))
    file.write_text("longer")
    assert len({first, renamed, signature_of((file,))}) == 3


def test_a_change_counts_when_it_stood_still_for_one_look(files: Files) -> None:
    watch = Watch((TOPICS, SOURCES), files.stat)
    assert watch.look() is None
    files.write("a")
    assert watch.look() is None
    files.write("b", SOURCES)
    assert watch.look() is None
    settled = watch.look()
    assert settled == watch.now()
    assert watch.look() == settled
    watch.dealt_with(watch.now())
    assert watch.look() is None


def test_what_changed_after_the_watch_was_made_is_new_at_the_first_look(files: Files) -> None:
    watch = Watch((TOPICS,), files.stat)
    files.write("a")
    watch.look()
    assert watch.look() is not None


def test_nothing_is_read_while_nothing_changes(files: Files, changing: Reloading[str]) -> None:
    looks(changing, files, 5)
    assert (files.read_times, files.taken) == (1, [])


def test_a_change_is_taken_over_once(files: Files, changing: Reloading[str], caplog: pytest.LogCaptureFixture) -> None:
    files.write("second")
    looks(changing, files, 5)
    assert (files.read_times, files.taken) == (2, ["second"])
    (line,) = caplog.records
    assert line.getMessage() == "the changed configuration is in force"
    assert vars(line)["where"] == "web"


def test_whoever_asks_waits_for_no_second_look(files: Files, changing: Reloading[str]) -> None:
    files.write("second")
    changing.look(files.take, asked=True)
    assert files.taken == ["second"]


def test_what_is_written_to_while_it_is_read_waits_until_it_stands_still(
    files: Files, changing: Reloading[str]
) -> None:
    files.write("half")
    files.while_reading = [SOURCES]
    changing.look(files.take, asked=True)
    assert files.taken == []
    files.says = "whole"
    looks(changing, files, 2)
    assert files.taken == ["whole"]


def test_a_wrong_one_is_told_once_problem_by_problem_and_changes_nothing(
    files: Files, changing: Reloading[str], caplog: pytest.LogCaptureFixture
) -> None:
    files.write(ConfigurationError((WRONG, WRONG_TOO)))
    looks(changing, files, 6)
    assert files.taken == []
    assert changing.problems == (WRONG, WRONG_TOO)
    assert [(record.levelname, record.getMessage().partition(": ")[2]) for record in caplog.records] == [
        ("ERROR", str(WRONG)),
        ("ERROR", str(WRONG_TOO)),
    ]
    fields = vars(caplog.records[0])
    assert [fields[name] for name in ("file", "line", "key", "problem")] == [
        "sources.yaml",
        3,
        "sources[0].every",
        "must be a time, like 10m",
    ]


def test_it_is_told_again_where_the_files_changed_again_and_to_whoever_asks(
    files: Files, changing: Reloading[str], caplog: pytest.LogCaptureFixture
) -> None:
    files.write(ConfigurationError((WRONG,)))
    looks(changing, files, 3)
    files.write(ConfigurationError((WRONG,)))
    looks(changing, files, 3)
    assert len(caplog.records) == 2
    changing.look(files.take, asked=True)
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR", "INFO", "ERROR"]


def test_a_process_that_is_not_to_tell_knows_the_problems_all_the_same(
    files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    changing = Reloading((TOPICS,), files.read, "web", tell=False, stat=files.stat)
    files.write(ConfigurationError((WRONG,)))
    looks(changing, files, 3)
    assert changing.problems == (WRONG,)
    assert caplog.records == []


@pytest.mark.parametrize(("says", "taken"), [("first", []), ("third", ["third"])])
def test_a_mended_one_goes_on(files: Files, changing: Reloading[str], says: str, taken: list[str]) -> None:
    files.write(ConfigurationError((WRONG,)))
    looks(changing, files, 3)
    files.write(says)
    looks(changing, files, 3)
    assert (changing.problems, files.taken) == ((), taken)


def test_what_says_the_same_is_not_taken_over(files: Files, changing: Reloading[str]) -> None:
    files.write("first")
    looks(changing, files, 3)
    changing.look(files.take, asked=True)
    assert (files.read_times, files.taken) == (3, [])


def test_what_may_pass_is_tried_again_and_told_once(
    files: Files, changing: Reloading[str], caplog: pytest.LogCaptureFixture
) -> None:
    files.write("second")
    files.errors = [StoreError("locked"), StoreError("locked")]
    looks(changing, files, 3)
    assert files.taken == []
    looks(changing, files, 3)
    assert files.taken == ["second"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


def test_whoever_asks_is_answered_at_once_and_once_until_it_is_done(
    files: Files, changing: Reloading[str], caplog: pytest.LogCaptureFixture
) -> None:
    files.write("second")
    files.errors = [StoreError("another one applies"), StoreError("another one applies")]
    changing.look(files.take, asked=True)
    looks(changing, files, 3)
    assert caplog.messages == [
        "reading the configuration, as was asked for",
        "a changed configuration could not be taken over",
        "the changed configuration is in force",
    ]


def test_what_was_asked_for_and_may_pass_is_asked_for_until_it_is_done(files: Files, changing: Reloading[str]) -> None:
    files.write("second")
    files.while_reading = [SOURCES]
    files.errors = [StoreError("another one applies"), StoreError("another one applies")]
    changing.look(files.take, asked=True)
    looks(changing, files, 3)
    assert files.taken == ["second"]
    files.write("third")
    looks(changing, files, 2)
    assert files.asked == [False, True, True, True, True, False]


@pytest.mark.parametrize("error", [ConfigurationError((WRONG,)), RuntimeError("a fault of ours")])
def test_what_was_asked_for_and_will_not_pass_is_asked_for_no_more(
    files: Files, changing: Reloading[str], error: Exception
) -> None:
    files.write(error)
    changing.look(files.take, asked=True)
    files.write("third")
    looks(changing, files, 3)
    assert files.asked == [False, True, False]


def test_after_one_that_failed_half_way_the_one_before_is_taken_over_too(
    files: Files, changing: Reloading[str]
) -> None:
    files.write("second")
    files.errors = [StoreError("locked")]
    looks(changing, files, 2)
    files.write("first")
    looks(changing, files, 3)
    assert files.taken == ["first"]


@pytest.mark.parametrize("error", [PluginBroken("it is not there"), RuntimeError("a fault of ours")])
def test_what_will_not_pass_is_told_once_and_not_tried_again(
    files: Files, changing: Reloading[str], caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    files.write("second")
    files.errors = [error]
    looks(changing, files, 5)
    assert (files.read_times, files.taken) == (2, [])
    files.write(error)
    looks(changing, files, 5)
    assert files.read_times == 3
    assert [vars(record)["error"] for record in caplog.records] == [str(error)] * 2
    files.write("third")
    looks(changing, files, 3)
    assert files.taken == ["third"]


def test_a_thread_looks_when_asked_and_ends_when_told(files: Files) -> None:
    changing = Reloading((TOPICS,), files.read, "web", stat=files.stat)
    changing.first()
    taken: SimpleQueue[str] = SimpleQueue()
    changing.start(taken.put)
    files.write("second")
    changing.ask()
    assert taken.get(timeout=10) == "second"
    changing.ask()
    assert changing.stop(10)
    changing.ask()
    assert taken.empty()


def test_a_thread_looks_by_itself(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedsvc.running.reloading.EVERY", 0.01)
    changing = Reloading((TOPICS,), files.read, "web", stat=files.stat)
    changing.start(files.take)
    files.write("second")
    assert eventually(lambda: files.taken)
    assert changing.stop(10)


def test_one_that_is_taking_over_does_not_hold_up_the_end(files: Files) -> None:
    changing = Reloading((TOPICS,), files.read, "scheduler", stat=files.stat)
    begun: SimpleQueue[str] = SimpleQueue()
    go_on: SimpleQueue[None] = SimpleQueue()

    def take(found: str) -> None:
        begun.put(found)
        go_on.get()

    changing.start(take)
    files.write("second")
    changing.ask()
    begun.get(timeout=10)
    assert not changing.stop(0.05)
    go_on.put(None)
    assert changing.stop(10)


class TestADayThatMatters:
    @pytest.fixture
    def days(self) -> Days:
        return Days()

    @pytest.fixture
    def dated(self, files: Files, days: Days, caplog: pytest.LogCaptureFixture) -> Reloading[str]:
        caplog.set_level(logging.INFO, "feedsvc.reloading")
        made = Reloading((TOPICS, SOURCES), files.read, "web", stat=files.stat, beside=days.of)
        made.first()
        return made

    def test_takes_over_once_more_what_is_in_force_and_reads_nothing(
        self, dated: Reloading[str], files: Files, days: Days
    ) -> None:
        dated.look(files.take)
        days.day = 2
        for _ in range(3):
            dated.look(files.take)
        assert (files.taken, files.read_times) == (["first"], 1)

    def test_is_tried_again_until_it_is_done_and_told_once(
        self, dated: Reloading[str], files: Files, days: Days, caplog: pytest.LogCaptureFixture
    ) -> None:
        days.day = 2
        files.errors = [StoreError("away"), StoreError("away")]
        for _ in range(4):
            dated.look(files.take)
        assert files.taken == ["first"]
        assert [one.getMessage() for one in caplog.records] == [
            "a changed configuration could not be taken over",
            "the configuration is in force as of today",
        ]

    def test_loses_no_change_that_is_still_being_written(self, dated: Reloading[str], files: Files, days: Days) -> None:
        files.write("second")
        days.day = 2
        for _ in range(3):
            dated.look(files.take)
        assert files.taken == ["first", "second"]

    def test_a_change_that_was_taken_over_on_the_day_is_not_taken_over_twice(
        self, dated: Reloading[str], files: Files, days: Days
    ) -> None:
        files.write("second")
        dated.look(files.take, asked=True)
        days.day = 2
        files.write("third")
        dated.look(files.take, asked=True)
        dated.look(files.take)
        assert files.taken == ["second", "third"]


class TestWhatIsKnownAtTheStart:
    def test_is_not_read_again_while_the_files_are_the_same(self, files: Files) -> None:
        known = Reloading((TOPICS, SOURCES), files.read, "", stat=files.stat).known()
        made = Reloading((TOPICS, SOURCES), files.read, "web", stat=files.stat)
        assert (made.first(known), files.read_times) == ("first", 1)
        looks(made, files, 3)
        assert (files.read_times, files.taken) == (1, [])

    def test_is_read_again_where_a_file_was_written_since(self, files: Files) -> None:
        known = Reloading((TOPICS, SOURCES), files.read, "", stat=files.stat).known()
        files.write("second")
        made = Reloading((TOPICS, SOURCES), files.read, "web", stat=files.stat)
        assert (made.first(known), files.read_times) == ("second", 2)

    def test_is_read_again_where_a_file_was_written_while_it_was_read(self, files: Files) -> None:
        files.while_reading = [TOPICS]
        known = Reloading((TOPICS, SOURCES), files.read, "", stat=files.stat).known()
        made = Reloading((TOPICS, SOURCES), files.read, "web", stat=files.stat)
        made.first(known)
        assert files.read_times == 2


class Shelf:
    """What is read beside the files."""

    def __init__(self) -> None:
        self.at = 1
        self.noted: list[str] = []
        self.tells = False

    def number(self) -> int:
        """See `Store`."""
        return self.at

    def number_of(self, read: str) -> int:
        """See `Store`."""
        return int(read.partition(" of ")[2] or 1)

    def note(self, read: str) -> bool:
        """See `Store`."""
        self.noted.append(read)
        return self.tells


class TestWhatIsReadBesideTheFiles:
    @pytest.fixture
    def shelf(self) -> Shelf:
        return Shelf()

    @pytest.fixture
    def shelved(self, files: Files, shelf: Shelf, caplog: pytest.LogCaptureFixture) -> Reloading[str]:
        caplog.set_level(logging.INFO, "feedsvc.reloading")
        made = Reloading((TOPICS, SOURCES), files.read, "web", stat=files.stat, store=shelf)
        made.first()
        return made

    def test_is_not_read_again_where_its_number_is_first_known_by_reading(self, files: Files) -> None:
        shelf = Shelf()
        shelf.at, files.says = 0, "first of 7"
        made = Reloading((TOPICS, SOURCES), files.read, "web", stat=files.stat, store=shelf)
        made.first()
        shelf.at = 7
        looks(made, files, 3)
        assert files.read_times == 1
        shelf.at = 8
        looks(made, files, 1)
        assert files.read_times == 2

    def test_is_read_when_it_is_another_though_no_file_is(
        self, shelved: Reloading[str], files: Files, shelf: Shelf
    ) -> None:
        looks(shelved, files, 3)
        assert (files.read_times, files.taken) == (1, [])
        shelf.at, files.says = 2, "applied by another"
        looks(shelved, files, 1)
        assert (files.read_times, files.taken) == (2, ["applied by another"])

    def test_is_not_read_before_files_that_are_others_too_stand_still(
        self, shelved: Reloading[str], files: Files, shelf: Shelf
    ) -> None:
        shelf.at = 2
        files.write("second")
        looks(shelved, files, 1)
        assert files.read_times == 1
        looks(shelved, files, 2)
        assert (files.read_times, files.taken) == (2, ["second"])

    def test_is_read_at_once_when_told_to_hurry(self, shelved: Reloading[str], files: Files, shelf: Shelf) -> None:
        taken: SimpleQueue[str] = SimpleQueue()
        shelved.start(taken.put)
        shelf.at, files.says = 2, "applied by another"
        began = time.monotonic()
        shelved.hurry()
        assert taken.get(timeout=10) == "applied by another"
        assert time.monotonic() - began < EVERY
        assert files.asked == [False, False]
        assert shelved.stop(10)

    def test_makes_no_word_where_it_comes_to_the_same(
        self, shelved: Reloading[str], files: Files, shelf: Shelf, caplog: pytest.LogCaptureFixture
    ) -> None:
        shelf.at = 2
        looks(shelved, files, 3)
        assert (files.read_times, files.taken, caplog.messages) == (2, [], [])

    @pytest.mark.parametrize(
        ("tells", "said"), [(True, []), (False, ["the configuration is right, and as it was before"])]
    )
    def test_is_not_said_to_be_as_it_was_where_there_is_more_to_tell_of_it(
        self,
        shelved: Reloading[str],
        files: Files,
        shelf: Shelf,
        caplog: pytest.LogCaptureFixture,
        tells: bool,
        said: list[str],
    ) -> None:
        shelf.tells = tells
        files.write("first")
        looks(shelved, files, 3)
        assert caplog.messages == said

    def test_takes_notice_of_all_that_is_right(self, shelved: Reloading[str], files: Files, shelf: Shelf) -> None:
        files.write(ConfigurationError((WRONG,)))
        looks(shelved, files, 2)
        files.write("first")
        looks(shelved, files, 2)
        files.write("second")
        looks(shelved, files, 2)
        assert shelf.noted == ["first", "first", "second"]
