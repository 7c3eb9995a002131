"""`feedsvc sources`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.domain.history import History
from feedsvc.domain.passes import Outcome, Pass
from feedsvc.domain.rhythm import Verdict, VerdictKind
from feedsvc.storage.store import open_store
from tests.unit.commands.newsroom import Newsroom


def test_a_source_is_a_row_with_its_last_pass_in_the_zone_of_the_site(fetched: Newsroom) -> None:
    result = fetched.run("sources")
    assert result.exit_code == 0
    head, *lines = result.output.splitlines()
    assert head.split("  ")[0] == "SOURCE"
    assert [line.split()[0] for line in lines] == ["dai-ba-song", "bao-nui-xanh", "bao-gio-bien", "tin-cau-gach"]
    assert "  VERDICT (times: Asia/Ho_Chi_Minh)  INTERVAL  " in head
    assert lines[0].split()[1] == "unjudged"
    # 2026-03-12T05:00:00Z is noon in Vietnam.
    assert "  changed       2026-03-12 12:00  " in lines[0]
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


SINCE = datetime(2026, 3, 1, 8, tzinfo=UTC)
WHY = "nothing new since 2026-03-01 08:00 UTC; the longest gap lately was 30 h"
MOVED = "https://moi.example.org/rss"


def judge(newsroom: Newsroom, source: str, history: History, message: str = "") -> None:
    """A pass over a source ends with this history; with a message it failed, for the third time."""
    store = open_store(f"sqlite:///{newsroom.folder / 'data' / 'feedsvc.db'}")
    now = datetime.now(UTC)
    for _ in range(3 if message else 1):
        (claim,) = store.claim(holder="x", now=now, lease=timedelta(minutes=1), limit=1, only=frozenset({source}))
        done = Pass(
            claim=claim,
            outlet=source,
            started=now,
            outcome=Outcome.FETCH_FAILED if message else Outcome.CHANGED,
            cursor=claim.cursor,
            next_poll=now,
            message=message,
            history=history,
            seen=3,
        )
        assert store.commit(done).stored
    store.close()


@pytest.fixture
def judged(newsroom: Newsroom) -> Newsroom:
    """A newsroom in which one source is silent, one failing, one late, and one fresh that has moved."""
    failing = Verdict(VerdictKind.FAILING, SINCE, "fetch failed: it answered 404 Not Found")
    judge(newsroom, "dai-ba-song", History(verdict=Verdict(VerdictKind.SILENT, SINCE, WHY)))
    judge(newsroom, "bao-nui-xanh", History(verdict=failing, failing_since=SINCE), "it answered 404 Not Found")
    judge(newsroom, "bao-gio-bien", History(verdict=Verdict(VerdictKind.LATE, SINCE, WHY)))
    history = History(verdict=Verdict(VerdictKind.FRESH, SINCE), interval=timedelta(minutes=7), moved_to=MOVED)
    judge(newsroom, "tin-cau-gach", history)
    return newsroom


def test_what_is_made_of_each_source_and_why_is_told(judged: Newsroom) -> None:
    _, *lines = judged.run("sources").output.splitlines()
    rows, below = lines[:4], lines[4:]
    assert [row.split()[1:5] for row in rows] == [
        [kind, "since", "2026-03-01", "15:00"] for kind in ("silent", "failing", "late", "fresh")
    ]
    assert below == [
        f"dai-ba-song: silent: {WHY}",
        "bao-nui-xanh: failing: fetch failed: it answered 404 Not Found",
        f"bao-gio-bien: late: {WHY}",
        f"tin-cau-gach has moved for good to {MOVED}; put that into sources.yaml",
    ]


def test_the_interval_is_the_operator_s_or_the_one_that_was_chosen(judged: Newsroom) -> None:
    def intervals() -> list[str]:
        head, *lines = judged.run("sources").output.splitlines()
        place = head.index("INTERVAL")
        return [line[place:].split()[0] for line in lines[:4]]

    configured = judged.folder / "config" / "sources.yaml"
    text = configured.read_text("utf-8")
    assert "every: 30s" in text
    assert intervals() == ["30s"] * 4
    judged.configure("sources.yaml", text.replace("every: 30s", "every: auto"))
    assert intervals() == ["–", "–", "–", "7m"]
    found = json.loads(judged.run("sources", "--json").output)
    assert [one["interval"] for one in found] == [None, None, None, 420]


def test_json_tells_all_of_it(judged: Newsroom) -> None:
    silent, failing, _, moved = json.loads(judged.run("sources", "--json").output)
    assert silent["verdict"] == {"kind": "silent", "since": "2026-03-01T08:00:00Z", "why": WHY}
    assert silent["counts"] == {"seen": 3, "new": 0, "corrected": 0, "withdrawn": 0, "rejected": 0}
    assert (silent["failures"], silent["failing_since"], silent["moved_to"]) == (0, None, None)
    assert (failing["failures"], failing["failing_since"]) == (3, "2026-03-01T08:00:00Z")
    assert (moved["moved_to"], moved["title"]) == (MOVED, "Tin Cầu Gạch")


def test_bad_leaves_out_all_others(judged: Newsroom) -> None:
    result = judged.run("sources", "--bad")
    assert result.exit_code == 0
    assert [line.split()[0].rstrip(":") for line in result.output.splitlines()[1:]] == [
        "dai-ba-song",
        "bao-nui-xanh",
    ] * 2
    found = json.loads(judged.run("sources", "--bad", "--json").output)
    assert [one["verdict"]["kind"] for one in found] == ["silent", "failing"]


def test_where_none_is_bad_that_is_said(fetched: Newsroom) -> None:
    result = fetched.run("sources", "--bad")
    assert (result.exit_code, result.output) == (0, "None of 4 sources is silent, failing, or never worked.\n")
    assert json.loads(fetched.run("sources", "--bad", "--json").output) == []
