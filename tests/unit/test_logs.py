"""One line an event: for people on a terminal, JSON anywhere else."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from feedsvc.logs import configure_logs

log = logging.getLogger("feedsvc.test")


class Terminal(io.StringIO):
    """A stream that a person reads."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The root logger as it was."""
    root, alembic = logging.getLogger(), logging.getLogger("alembic")
    handlers, level, quiet = list(root.handlers), root.level, alembic.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    alembic.setLevel(quiet)


@pytest.fixture
def stream() -> io.StringIO:
    found = io.StringIO()
    configure_logs(found)
    return found


@pytest.fixture
def terminal() -> Terminal:
    found = Terminal()
    configure_logs(found)
    return found


def failing() -> None:
    try:
        raise ValueError("hỏng")
    except ValueError:
        log.exception("a pass failed", extra={"source": "dai"})


def test_an_event_is_one_line_of_json_with_its_fields(stream: io.StringIO) -> None:
    log.info("a pass of %s", "dai", extra={"source": "dai", "seen": 3, "took": 0.5, "title": "Đài\nBa Sông"})
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert event.pop("time").endswith("Z")
    assert event == {
        "event": "a pass of dai",
        "level": "info",
        "logger": "feedsvc.test",
        "source": "dai",
        "seen": 3,
        "took": 0.5,
        "title": "Đài\nBa Sông",
    }
    assert "Đài" in line


def test_an_exception_stands_in_its_line(stream: io.StringIO) -> None:
    failing()
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"], event["source"]) == ("a pass failed", "error", "dai")
    assert event["exception"].startswith("Traceback")
    assert event["exception"].endswith("ValueError: hỏng")


def test_what_is_no_json_is_written_as_text(stream: io.StringIO) -> None:
    log.info("x", extra={"where": Terminal, "names": {1, 2}})
    assert "Terminal" in json.loads(stream.getvalue())["where"]


def test_a_terminal_gets_words_on_one_line(terminal: Terminal) -> None:
    log.warning("a pass", extra={"source": "dai", "key": "a\nb\x1b[2J"})
    (line,) = terminal.getvalue().splitlines()
    assert "a pass" in line
    assert "warning" in line
    assert "a\\nb\\x1b[2J" in line
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(line)


def test_the_message_cannot_steer_a_terminal_either(terminal: Terminal) -> None:
    log.info("file %s", "x\r\n\x1b]0;title\x07")
    (line,) = terminal.getvalue().splitlines()
    assert "\\r\\n\\x1b]0;title\\x07" in line


def test_an_exception_follows_its_event_on_a_terminal(terminal: Terminal) -> None:
    failing()
    lines = terminal.getvalue().splitlines()
    assert "a pass failed" in lines[0]
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[-1] == "ValueError: hỏng"


def test_levels_below_the_chosen_one_are_left_out() -> None:
    found = io.StringIO()
    configure_logs(found, logging.WARNING)
    log.info("no")
    log.warning("yes")
    assert json.loads(found.getvalue())["event"] == "yes"


def test_configuring_twice_does_not_write_twice(stream: io.StringIO) -> None:
    again = io.StringIO()
    configure_logs(again)
    log.info("once")
    assert (stream.getvalue(), len(again.getvalue().splitlines())) == ("", 1)
