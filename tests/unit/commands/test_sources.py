"""`feedsvc sources`."""

from __future__ import annotations

import json

from tests.unit.commands.newsroom import Newsroom


def test_a_source_is_a_row_with_its_last_pass_in_the_zone_of_the_site(fetched: Newsroom) -> None:
    result = fetched.run("sources")
    assert result.exit_code == 0
    head, *lines = result.output.splitlines()
    assert head.split("  ")[0] == "SOURCE"
    assert [line.split()[0] for line in lines] == ["dai-ba-song", "bao-nui-xanh", "bao-gio-bien", "tin-cau-gach"]
    assert lines[0].split()[3] == "changed"
    # 2026-03-12T05:00:00Z is noon in Vietnam.
    assert lines[0].split()[4:6] == ["2026-03-12", "12:00"]
    assert lines[0].split()[-2:] == ["8", "0"]


def test_json_has_the_same_for_programs(fetched: Newsroom) -> None:
    found = json.loads(fetched.run("sources", "--json").output)
    assert [one["source"] for one in found] == ["dai-ba-song", "bao-nui-xanh", "bao-gio-bien", "tin-cau-gach"]
    first = found[0]
    assert (first["last_outcome"], first["articles"], first["rejections"]) == ("changed", 8, [])
    assert first["newest_item"] == "2026-03-12T05:00:00Z"
    assert first["last_success"] == first["last_pass"] < first["next_poll"]


def test_what_was_not_polled_yet_says_so(fresh: Newsroom) -> None:
    lines = fresh.run("sources").output.splitlines()
    assert len(lines) == 5
    assert all("never polled" in line for line in lines[1:])
    first = json.loads(fresh.run("sources", "--json").output)[0]
    assert (first["last_outcome"], first["last_success"], first["next_poll"]) == (None, None, None)


def test_a_source_that_is_no_longer_configured_is_not_shown(newsroom: Newsroom) -> None:
    newsroom.configure("sources.yaml", "sources: [{id: a, kind: documents, path: a, title: A}]\n")
    assert [one["source"] for one in json.loads(newsroom.run("sources", "--json").output)] == ["a"]


def test_rejections_of_the_last_pass_stand_below_the_table(newsroom: Newsroom) -> None:
    newsroom.drop("tin-cau-gach", "hong.txt", b"\x00\x01\x02\xff" * 50)
    newsroom.run("fetch", "tin-cau-gach")
    result = newsroom.run("sources")
    assert result.output.splitlines()[-1].startswith("tin-cau-gach: hong.txt: it is not text")
    found = json.loads(newsroom.run("sources", "--json").output)[-1]
    assert found["rejections"][0]["key"] == "hong.txt"
