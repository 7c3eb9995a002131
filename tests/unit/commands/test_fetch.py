"""`feedsvc fetch`."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc import bootstrap
from feedsvc.commands import fetching
from feedsvc.domain.fetched import Answer, Request
from feedsvc.scheduling.clockwatch import LEAPT
from feedsvc.storage.store import open_store
from tests.unit.commands.newsroom import SAMPLES, Newsroom

HEAD = "SOURCE OUTCOME SEEN NEW CORRECTED WITHDRAWN REJECTED".split()


def rows(output: str) -> list[list[str]]:
    lines = output.splitlines()
    start = next(place for place, line in enumerate(lines) if line.split() == HEAD)
    return [line.split() for line in lines[start + 1 :]]


def test_the_first_pass_brings_every_sample(fresh: Newsroom) -> None:
    result = fresh.run("fetch")
    assert result.exit_code == 0, result.output
    found = {row[0]: row[1:] for row in rows(result.stdout)}
    for source in ("dai-ba-song", "bao-nui-xanh", "bao-gio-bien", "tin-cau-gach"):
        count = sum(path.suffix in {".txt", ".md", ".html", ".json"} for path in (SAMPLES / source).iterdir())
        assert found[source] == ["changed", str(count), str(count), "0", "0", "0"]


def test_progress_goes_to_standard_error_and_the_table_to_standard_output(newsroom: Newsroom) -> None:
    result = newsroom.run("fetch", "dai-ba-song")
    assert result.stderr == "[1/1] dai-ba-song ...\n"
    assert result.stdout.splitlines()[0].split() == HEAD


def test_a_second_pass_changes_nothing_and_corrections_and_rejections_are_counted(newsroom: Newsroom) -> None:
    name = "an-giang-sat-lo-bo-song.txt"
    text = (SAMPLES / "dai-ba-song" / name).read_text(encoding="utf-8")
    newsroom.drop("dai-ba-song", name, text.replace("\n", " (bản sửa)\n", 1))
    newsroom.drop("dai-ba-song", "moi.txt", "Tin mới\n\nĐoạn đầu.\n")
    newsroom.drop("dai-ba-song", "rong\x1b[31m.txt", "")
    result = newsroom.run("fetch", "dai-ba-song", "tin-cau-gach", "dai-ba-song")
    found = rows(result.stdout)
    assert found[0][:6] == ["dai-ba-song", "changed", "10", "1", "1", "0"]
    assert found[1][:3] == ["tin-cau-gach", "unchanged", "7"]
    assert found[2:] == [["dai-ba-song:", "rong\\x1b[31m.txt:", "it", "is", "empty"]]
    assert result.exit_code == 0


def test_an_unknown_source_is_refused_with_those_there_are(fetched: Newsroom) -> None:
    result = fetched.run("fetch", "dai-ba-son")
    assert result.exit_code == 2
    assert "no source is called dai-ba-son; there are: dai-ba-song, bao-nui-xanh" in result.output


def test_a_folder_that_is_gone_is_refused_until_its_deletions_are_accepted(newsroom: Newsroom) -> None:
    shutil.rmtree(newsroom.inbox / "dai-ba-song")
    refused = newsroom.run("fetch", "dai-ba-song")
    assert refused.exit_code == 1
    assert rows(refused.stdout)[0][:6] == ["dai-ba-song", "refused", "0", "0", "0", "0"]
    assert "does not exist; 8 articles kept" in refused.stdout
    accepted = newsroom.run("fetch", "dai-ba-song", "--accept-deletions")
    assert accepted.exit_code == 0
    assert rows(accepted.stdout)[0][5] == "8"


def test_by_a_clock_that_leapt_ahead_nothing_is_polled(newsroom: Newsroom) -> None:
    with closing(open_store(f"sqlite:///{newsroom.folder / 'data' / 'feedsvc.db'}")) as store:
        store.beat(datetime.now(UTC) - timedelta(days=3653))
    result = newsroom.run("fetch", "dai-ba-song")
    assert result.exit_code == 1
    assert "Nothing was polled. Set the clock right" in result.stderr


def test_a_clock_that_leapt_and_is_right_again_keeps_nothing_from_being_polled(newsroom: Newsroom) -> None:
    now = datetime.now(UTC)
    with closing(open_store(f"sqlite:///{newsroom.folder / 'data' / 'feedsvc.db'}")) as store:
        store.beat(now - timedelta(hours=1))
        store.beat(now + timedelta(days=3653), LEAPT, doubted=True)
    assert newsroom.run("fetch", "dai-ba-song").exit_code == 0


def test_deletions_are_never_accepted_of_all_sources_at_once(fetched: Newsroom) -> None:
    result = fetched.run("fetch", "--accept-deletions")
    assert result.exit_code == 2
    assert "--accept-deletions needs the name of the SOURCE that may lose its articles" in result.output


def test_a_source_that_another_process_polls_is_left_alone(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.1)
    store = open_store(f"sqlite:///{newsroom.folder / 'data' / 'feedsvc.db'}")
    lease, only = timedelta(minutes=2), frozenset({"dai-ba-song"})
    assert store.claim(holder="a scheduler", now=datetime.now(UTC), lease=lease, limit=1, only=only)
    store.close()
    result = newsroom.run("fetch", "dai-ba-song", "tin-cau-gach")
    assert result.exit_code == 1
    assert "dai-ba-song is being polled by a scheduler and was left alone" in result.stderr
    assert [row[0] for row in rows(result.stdout)] == ["tin-cau-gach"]


class Interrupted:
    """A fetcher during whose work the operator presses Ctrl-C."""

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        raise KeyboardInterrupt


def test_a_pass_that_is_broken_off_gives_its_claim_back(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"FEEDSVC_DATA_DIR": str(newsroom.folder / "data")}
    settings = bootstrap.read_settings(newsroom.folder / "config", environ)
    services = bootstrap.Services(settings, fetcher=Interrupted())
    with pytest.raises(KeyboardInterrupt):
        fetching.fetch_now(services, ("dai-ba-song",), accept_deletions=False)
    services.close()
    monkeypatch.setattr(fetching, "PATIENCE", 0.1)
    assert newsroom.run("fetch", "dai-ba-song").exit_code == 0
