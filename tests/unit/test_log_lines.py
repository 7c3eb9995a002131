"""Lines in great numbers: they read as all others do, and none is lost that could be written."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from select import PIPE_BUF
from threading import Thread

import pytest

from feedsvc.log_lines import MOST, LogLines
from feedsvc.logs import configure_logs

NAMES = ("method", "agent", "sent", "ms")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The root logger as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_reads_as_the_usual_way_would_write_it() -> None:
    usual, quick = io.StringIO(), io.StringIO()
    configure_logs(usual)
    lines = LogLines("feedsvc.web.access", "request", NAMES, quick)
    for values, elapsed in ((("GET", 'đọc "tin" 100%d\\', True), 0.00012), (("HEAD", "", False), 0.012)):
        fields = dict(zip(NAMES, (*values, round(elapsed * 1000, 1)), strict=True))
        logging.getLogger("feedsvc.web.access").info("request", extra=fields)
        lines.one(values, elapsed)
    lines.write()
    found = [[json.loads(line) for line in stream.getvalue().splitlines()] for stream in (usual, quick)]
    for one, other in zip(*found, strict=True):
        assert list(one) == list(other)
        assert len(one.pop("time")) == len(other.pop("time"))
        assert one == other


def test_lines_come_whole_and_in_order_from_many_threads() -> None:
    stream = io.StringIO()
    lines = LogLines("feedsvc.x", "request", ("thread", "number", "ms"), stream)
    logging.getLogger("feedsvc.x").setLevel(logging.INFO)

    def tell(thread: int) -> None:
        for number in range(500):
            lines.one((thread, number), 0.0)

    threads = [Thread(target=tell, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    lines.write()
    found = [json.loads(line) for line in stream.getvalue().splitlines()]
    for thread in range(4):
        assert [one["number"] for one in found if one["thread"] == thread] == list(range(500))


def test_no_more_wait_than_fit() -> None:
    stream = io.StringIO()
    lines = LogLines("feedsvc.y", "request", ("number", "ms"), stream)
    logging.getLogger("feedsvc.y").setLevel(logging.INFO)
    lines._started = True
    for number in range(MOST + 10):
        lines.one((number,), 0.0)
    lines.write()
    assert len(stream.getvalue().splitlines()) == MOST


def test_a_log_that_cannot_be_written_fails_nobody() -> None:
    stream = io.StringIO()
    lines = LogLines("feedsvc.z", "request", ("number", "ms"), stream)
    logging.getLogger("feedsvc.z").setLevel(logging.INFO)
    stream.close()
    lines.one((1,), 0.0)
    lines.write()


def test_on_a_terminal_a_line_goes_the_usual_way(caplog: pytest.LogCaptureFixture) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with caplog.at_level(logging.INFO, "feedsvc.t"):
        LogLines("feedsvc.t", "request", ("number", "ms"), stream).one((7,), 0.0)
    (record,) = caplog.records
    assert (record.getMessage(), vars(record)["number"]) == ("request", 7)
    assert stream.getvalue() == ""


def test_lines_of_the_same_values_differ_in_when_they_were_and_what_they_took() -> None:
    stream = io.StringIO()
    logging.getLogger("feedsvc.m").setLevel(logging.INFO)
    LogLines("feedsvc.m", "request", ("number", "ms"), stream).many((7,), [(59.25, 0.0001), (59.999999, 2), (60, 0)])
    found = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(one["number"], one["ms"], one["time"][17:]) for one in found] == [
        (7, 0.1, "59.250000Z"),
        (7, 2000.0, "59.999999Z"),
        (7, 0.0, "00.000000Z"),
    ]


@pytest.mark.parametrize(("pipe", "most"), [(True, PIPE_BUF), (False, 64 * 1024)])
def test_no_portion_is_larger_than_what_is_written_whole(tmp_path: Path, *, pipe: bool, most: int) -> None:
    logging.getLogger("feedsvc.p").setLevel(logging.INFO)
    sizes = list[int]()

    class Watched(io.TextIOWrapper):
        def write(self, text: str) -> int:
            sizes.append(len(text.encode()))
            return len(text)

    read, write = os.pipe() if pipe else (None, os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT))
    with Watched(io.FileIO(write, "w")) as stream:
        moments = [(1e9 + number, 12345.678) for number in range(3)] + [(2e9, 0.001)] * 900
        LogLines("feedsvc.p", "request", ("path", "ms"), stream).many(("/tin-tức" * 12,), moments)
    if read is not None:
        os.close(read)
    assert max(sizes) <= most
    assert max(sizes) > most * 7 // 8
