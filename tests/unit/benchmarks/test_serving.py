"""What the benchmark of serving decides and reads, apart from its processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.serving.asking import Said
from benchmarks.serving.changing import Newspapers
from benchmarks.serving.commits import Measured
from benchmarks.serving.load import Failed, read
from benchmarks.serving.nginx import configuration, lay_out
from benchmarks.serving.programs import Missing, may_install, program

FIELDS = (
    ("content-type", "application/atom+xml; charset=utf-8"),
    ("content-length", "4"),
    ("etag", '"abc"'),
    ("last-modified", "Sun, 01 Jun 2025 00:00:00 GMT"),
    ("vary", "Accept-Encoding"),
    ("content-security-policy", "default-src 'none'"),
)
SAID = Said(200, FIELDS, b"feed")


def test_nginx_sends_the_fields_of_our_answer_but_for_those_that_it_makes_itself(tmp_path: Path) -> None:
    written = configuration(tmp_path, SAID, 80)
    assert "add_header 'vary' 'Accept-Encoding';" in written
    assert r"add_header 'content-security-policy' 'default-src \'none\'';" in written
    assert "default_type 'application/atom+xml; charset=utf-8';" in written
    assert "add_header 'etag'" not in written
    assert written.count("add_header") == 2


def test_a_field_in_which_nginx_would_read_a_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="variable"):
        configuration(tmp_path, Said(200, (*FIELDS, ("link", "$uri")), b""), 80)


def test_nginx_has_the_feed_and_its_packed_twin_of_the_second_at_which_the_feed_changed(tmp_path: Path) -> None:
    lay_out(tmp_path, "/feeds/all.atom", SAID, Said(200, FIELDS, b"packed"))
    plain, packed = tmp_path / "www/feeds/all.atom", tmp_path / "www/feeds/all.atom.gz"
    assert (plain.read_bytes(), packed.read_bytes()) == (b"feed", b"packed")
    assert plain.stat().st_mtime == packed.stat().st_mtime == 1748736000


def test_what_wrk_found_is_read_from_the_line_that_its_script_writes() -> None:
    line = 'FOUND {"requests": 10, "bytes": 500, "seconds": 2.0, "p50": 1, "p99": 3, "refused": 1, "broken": 0}'
    found = read(f"Running 2s test\n{line}\nRequests/sec: 5\n", 0.5)
    assert (found.rate, found.cost, found.size, found.refused) == (5.0, 50_000.0, 50.0, 1)


def test_a_load_that_tells_nothing_is_no_measurement() -> None:
    with pytest.raises(Failed, match="unable to connect"):
        read("unable to connect to 127.0.0.1:1\n")


def test_programs_are_installed_by_root_on_debian_alone() -> None:
    assert may_install(0, debian=True)
    assert not may_install(1000, debian=True)
    assert not may_install(0, debian=False)


def test_a_missing_program_is_named_with_the_way_to_install_it() -> None:
    with pytest.raises(Missing, match="apt-get install no-such-program"):
        program("no-such-program")


def test_the_p99_of_delays_is_the_one_that_ninety_nine_of_a_hundred_do_not_exceed() -> None:
    assert Measured(database="", delays=list(range(1, 101)), load=0).p99 == 99
    assert Measured(database="", delays=[1, 2, 3], load=0).p99 == 3


def test_a_newspaper_has_one_article_more_and_one_corrected_each_time_it_is_asked() -> None:
    papers = Newspapers()
    first, second = papers.answer(1).decode(), papers.answer(1).decode()
    assert "1-dau" in first
    assert "1-dau" in second
    assert "1-1<" in first
    assert "1-2<" in second
    assert "tin thứ 1," in first
    assert "tin thứ 2," in second
