"""When a pass withdraws nothing although files are gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feedsvc.domain.fetched import FailureKind, FileKind

from .desk import START, Desk, filled, numbered


@pytest.fixture
def desk() -> Desk:
    return Desk()


def without(desk: Desk, names: list[str]) -> tuple[bool, tuple[str, ...]]:
    """Whether the passes without these files were refused, and what they withdrew."""
    desk.take(*names)
    first, second = desk.look(60), desk.look(180)
    assert (first.refusal is None) == (second.refusal is None)
    return first.refusal is not None, second.gone


@pytest.mark.parametrize(
    ("held", "lost", "refused"),
    [
        (6, 5, False),  # exactly five, though nearly all
        (7, 6, True),
        (30, 6, False),  # exactly a fifth
        (29, 6, True),
        (35, 7, False),
        (34, 7, True),
        (500, 100, False),
        (499, 100, True),
        (500, 499, True),
    ],
)
def test_more_than_five_files_and_more_than_a_fifth_are_not_withdrawn(
    desk: Desk, held: int, lost: int, refused: bool
) -> None:
    names = filled(desk, held)
    assert without(desk, names[:lost]) == (refused, () if refused else tuple(names[:lost]))


def test_a_refusal_says_how_many_files_are_missing(desk: Desk) -> None:
    filled(desk, 10)
    desk.take(*numbered(8))
    refusal = desk.look(60).refusal
    assert refusal is not None
    assert (refusal.missing, refusal.reason) == (8, "8 of 10 files are missing at once")


@pytest.mark.parametrize("count", [1, 5, 6, 20])
def test_an_empty_folder_withdraws_nothing(desk: Desk, count: int) -> None:
    assert without(desk, filled(desk, count)) == (True, ())


def test_a_folder_that_was_always_empty_is_no_refusal(desk: Desk) -> None:
    seen = desk.look()
    assert (seen.refusal, seen.held) == (None, 0)


@pytest.mark.parametrize("left", [".hidden.txt", "lost+found", "a.jpg", "READ-ME.pdf", "a.txt.part"])
def test_a_folder_without_a_single_document_counts_as_empty(desk: Desk, left: str) -> None:
    names = filled(desk, 3)
    desk.put(left, kind=FileKind.FOLDER if left == "lost+found" else FileKind.FILE)
    assert without(desk, names) == (True, ())


@pytest.mark.parametrize("kind", [FailureKind.MISSING, FailureKind.UNREADABLE, FailureKind.REFUSED])
def test_a_folder_that_is_missing_or_unreadable_withdraws_nothing(desk: Desk, kind: FailureKind) -> None:
    names = filled(desk, 3)
    seen = desk.fail(kind)
    assert (seen.gone, seen.refusal and seen.refusal.missing) == ((), 3)
    assert desk.look(60).read == ()
    assert len(desk.cursor.state) == len(names)


def test_a_folder_that_comes_back_has_nothing_to_read_again_and_nothing_to_withdraw(desk: Desk) -> None:
    names = filled(desk, 20)
    kept = dict(desk.files)
    desk.take(*names)
    for seconds in (30, 60, 120):
        assert desk.look(seconds).refusal is not None
    desk.files.update(kept)
    seen = desk.look(150)
    assert (seen.read, seen.gone, seen.refusal) == ((), (), None)


def test_a_refused_pass_still_reads_what_is_new(desk: Desk) -> None:
    filled(desk, 20)
    desk.take(*numbered(10))
    desk.put("moi.txt")
    seen = desk.look(60)
    assert (seen.refusal is not None, set(seen.records)) == (True, {"moi.txt"})


def test_a_refusal_lasts_until_an_operator_accepts_the_deletions(desk: Desk) -> None:
    filled(desk, 20)
    lost = numbered(10)
    desk.take(*lost)
    assert all(desk.look(seconds).refusal for seconds in (60, 600, 6000))
    seen = desk.look(6001, accept=True)
    assert (seen.gone, seen.refusal) == (tuple(lost), None)
    after = desk.look(6030)
    assert (after.gone, after.refusal) == ((), None)


def test_accepted_deletions_need_neither_a_second_pass_nor_a_file_that_is_left(desk: Desk) -> None:
    names = filled(desk, 3)
    desk.take(*names)
    assert desk.look(1, accept=True).gone == tuple(names)


def test_accepted_deletions_hold_for_a_folder_that_is_no_longer_there(desk: Desk) -> None:
    names = filled(desk, 3)
    seen = desk.fail(FailureKind.MISSING, accept=True)
    assert (seen.gone, seen.refusal, desk.cursor.state) == (tuple(names), None, {})


def test_accepted_deletions_do_not_hold_for_a_folder_that_cannot_be_read(desk: Desk) -> None:
    filled(desk, 3)
    seen = desk.fail(FailureKind.UNREADABLE, accept=True)
    assert (seen.gone, seen.refusal is not None) == ((), True)


def test_files_that_went_in_small_numbers_are_withdrawn_as_they_go(desk: Desk) -> None:
    names = filled(desk, 40)
    gone: list[str] = []
    for minute, name in enumerate(names[:20]):
        desk.take(name)
        gone += desk.look(70 * (minute + 1)).gone
    assert gone == names[:19]


def test_accepting_deletions_where_nothing_is_gone_does_nothing(desk: Desk) -> None:
    filled(desk, 3)
    desk.put("a.txt", at=START + timedelta(seconds=1))
    seen = desk.look(30, accept=True)
    assert (seen.gone, seen.read) == ((), ("a.txt",))
