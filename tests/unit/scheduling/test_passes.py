"""Threads for passes: one each at a time, used again, and gone when nothing is to be done."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from feedsvc.domain.passes import Claim
from feedsvc.domain.source import Cursor
from feedsvc.scheduling import passes as passes_module
from feedsvc.scheduling.limits import Limits
from feedsvc.scheduling.passes import Passes

from .work import eventually

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)


def claim(number: int) -> Claim:
    return Claim(source=f"s{number}", holder="h", token=1, until=UNTIL, cursor=Cursor())


def threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name.startswith("pass ")]


def test_a_thread_whose_pass_is_over_takes_the_next_one_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes_module, "PATIENCE", 5.0)
    seen: list[tuple[str, int]] = []
    passes = Passes(lambda one: seen.append((threading.current_thread().name, threading.get_ident())), Limits(places=1))
    for number in range(20):
        passes.start(claim(number))
        assert passes.finished(3)
        assert eventually(lambda: passes._idle == 1)
    assert [name for name, _ in seen] == [f"pass s{number}" for number in range(20)]
    assert len({ident for _, ident in seen}) == 1


def test_threads_end_when_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes_module, "PATIENCE", 0.02)
    before = len(threads())
    passes = Passes(lambda one: None, Limits())
    for number in range(8):
        passes.start(claim(number))
    assert passes.finished(3)
    assert eventually(lambda: len(threads()) <= before)
    passes.start(claim(9))
    assert passes.finished(3)


def test_no_claim_is_lost_between_threads_that_are_about_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes_module, "PATIENCE", 0.0005)
    done: list[str] = []
    passes = Passes(lambda one: done.append(one.source), Limits())
    for number in range(600):
        passes.start(claim(number))
        if not number % 7:
            assert passes.finished(3)
    assert passes.finished(3)
    assert sorted(done) == sorted(claim(number).source for number in range(600))
