"""The door: each scheme has its fetcher, and nothing else goes out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.domain.fetched import Answer, Failure, FailureKind, NotModified, Request
from feedsvc.fetching.door import Door

NOW = datetime(2025, 6, 1, tzinfo=UTC)
SOON = timedelta(seconds=5)


class Known:
    """A fetcher that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, timedelta]] = []

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        self.asked.append((request.address, deadline))
        return NotModified(request=request, at=NOW)


@pytest.fixture
def known() -> Known:
    return Known()


@pytest.mark.parametrize("address", ["file:/a", "FILE:/a", "file:"])
def test_a_request_goes_to_the_fetcher_of_its_scheme(known: Known, address: str) -> None:
    answer = Door({"file": known}, lambda: NOW).fetch(Request(address=address), SOON)
    assert isinstance(answer, NotModified)
    assert known.asked == [(address, SOON)]


@pytest.mark.parametrize("address", ["http://169.254.169.254/", "gopher:x", "", "/etc/passwd", " file:/a", "\ud800:"])
def test_any_other_scheme_is_refused(known: Known, address: str) -> None:
    answer = Door({"file": known}, lambda: NOW).fetch(Request(address=address), SOON)
    assert isinstance(answer, Failure)
    assert (answer.kind, answer.at, known.asked) == (FailureKind.REFUSED, NOW, [])
    assert answer.why.encode()


def test_a_refusal_does_not_tell_what_stands_behind_the_scheme(known: Known) -> None:
    answer = Door({}, lambda: NOW).fetch(Request(address="ftp://user:secret@e.example/"), SOON)
    assert isinstance(answer, Failure)
    assert "secret" not in answer.why
