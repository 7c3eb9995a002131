"""What is told of errors that come again and again."""

from __future__ import annotations

import logging

import pytest

from feedsvc.errors import StoreError
from feedsvc.scheduling.troubles import Troubles


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_each_kind_is_told_once_an_hour_with_the_repeats(caplog: pytest.LogCaptureFixture) -> None:
    troubles = Troubles()
    for second in range(3601):
        troubles.happened("a", raised(StoreError(f"at second {second}")), second)
    assert caplog.messages == ["a failed: at second 0", "a failed: at second 3600"]
    assert caplog.records[-1].__dict__["repeats"] == 3599


def test_two_kinds_in_turn_are_told_once_each(caplog: pytest.LogCaptureFixture) -> None:
    troubles = Troubles()
    for second in range(10):
        troubles.happened("a", raised(StoreError("away") if second % 2 else KeyError("x")), second)
    assert len(caplog.messages) == 2


def test_success_begins_a_new_row(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "feedsvc.scheduling")
    troubles = Troubles()
    assert [troubles.happened("a", StoreError("x"), 1), troubles.happened("a", StoreError("x"), 2)] == [1, 2]
    troubles.over("a")
    troubles.over("never failed")
    assert troubles.happened("a", StoreError("x"), 3) == 1
    assert caplog.messages == ["a failed: x", "a works again", "a failed: x"]
