"""`feedsvc backup` and `feedsvc restore`."""

from __future__ import annotations

import re
import shutil
from contextlib import closing

import pytest

from feedsvc.domain.feed import FeedKey
from feedsvc.storage.store import open_store
from tests.unit.commands.newsroom import Newsroom

HOLDS = r"30 articles, 4 sources, 9 pictures \(\d\.\d MB\)"


def titles(newsroom: Newsroom, feed: str = "all") -> list[str]:
    key = FeedKey.of(feed)
    assert key is not None
    with closing(open_store(f"sqlite:///{newsroom.folder / 'data' / 'feedsvc.db'}")) as store:
        return [article.draft.title for article in store.newest(key, 100)]


def test_a_newsroom_that_was_lost_comes_back_with_its_pictures(newsroom: Newsroom) -> None:
    before = titles(newsroom)
    pictures = sorted(path.name for path in (newsroom.folder / "data" / "media").glob("*/*"))
    made = newsroom.run("backup", "a.backup")
    assert made.exit_code == 0
    assert re.fullmatch(rf"a\.backup holds {HOLDS}\.\n", made.output)
    shutil.rmtree(newsroom.folder / "data" / "media")
    for file in (newsroom.folder / "data").glob("feedsvc.db*"):
        file.unlink()
    restored = newsroom.run("restore", "a.backup")
    assert restored.exit_code == 0
    assert re.fullmatch(rf"Restored from a\.backup: {HOLDS}\.\n", restored.output)
    assert titles(newsroom) == before
    assert sorted(path.name for path in (newsroom.folder / "data" / "media").glob("*/*")) == pictures
    assert newsroom.run("fetch").exit_code == 0
    assert titles(newsroom) == before


def test_what_came_since_goes_by_replace_alone(newsroom: Newsroom) -> None:
    assert newsroom.run("backup", "a.backup").exit_code == 0
    newsroom.drop("dai-ba-song", "moi.txt", "Tin mới\n\nĐoạn đầu.\n")
    newsroom.run("fetch", "dai-ba-song")
    refused = newsroom.run("restore", "a.backup")
    assert refused.exit_code == 1
    assert "feedsvc.db holds 31 articles, and was left as it is. Replace all that it holds with --replace." in (
        refused.stderr
    )
    assert len(titles(newsroom)) == 31
    assert newsroom.run("restore", "--replace", "a.backup").exit_code == 0
    assert len(titles(newsroom)) == 30
    newsroom.run("fetch", "dai-ba-song")
    assert len(titles(newsroom)) == 31, "the cursor goes back with the articles"


def test_labels_are_those_of_the_configuration_that_is_there_now(newsroom: Newsroom) -> None:
    assert newsroom.run("backup", "a.backup").exit_code == 0
    topics = (newsroom.folder / "config" / "topics.yaml").read_text(encoding="utf-8")
    newsroom.configure(
        "topics.yaml", f'{topics}\n  - {{id: honey, title: {{vi: "Mật"}}, any: [{{phrase: "ong", weight: 9}}]}}\n'
    )
    assert newsroom.run("apply").exit_code == 0
    restored = newsroom.run("restore", "--replace", "a.backup")
    assert restored.exit_code == 0, restored.output
    assert re.search(r"The configuration is another by now: \d+ articles? labelled anew\.", restored.output)
    assert titles(newsroom, "topics/honey")


def test_an_existing_file_is_replaced_by_force_alone(newsroom: Newsroom) -> None:
    (newsroom.folder / "a.backup").write_text("yesterday's")
    refused = newsroom.run("backup", "a.backup")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "Error: a.backup exists and was left as it is. Name another file, or replace it with --force.\n"
    )
    assert newsroom.run("backup", "--force", "a.backup").exit_code == 0
    assert newsroom.run("restore", "--replace", "a.backup").exit_code == 0


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_cannot_be_done_is_one_line_and_exit_code_1(fetched: Newsroom, command: str) -> None:
    result = fetched.run(command, "nowhere/a.backup")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: nowhere/a.backup")
    assert result.stderr.count("\n") == 1


def test_a_picture_that_is_damaged_is_named(newsroom: Newsroom) -> None:
    picture = next((newsroom.folder / "data" / "media").glob("*/*"))
    picture.write_bytes(picture.read_bytes()[:-1])
    made = newsroom.run("backup", "a.backup")
    assert made.exit_code == 0
    assert "30 articles, 4 sources, 8 pictures" in made.stdout
    assert made.stderr == f"The picture {picture.name} is damaged and was left out.\n"
