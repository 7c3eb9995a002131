"""`feedsvc plan` shows what edited topics would change, and `feedsvc apply` changes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unit.commands.newsroom import Newsroom

TOPIC = '\n  - {id: thu-nghiem, title: {vi: "Thử nghiệm"}, any: [{phrase: "%s", weight: 99}]}\n'
SOME = "xuất khẩu"
FEED = "topics/thu-nghiem"


def add_topic(newsroom: Newsroom, words: str = SOME) -> None:
    file = newsroom.folder / "config" / "topics.yaml"
    newsroom.configure("topics.yaml", file.read_text("utf-8") + TOPIC % words)


def test_the_files_as_they_are_applied_change_nothing(fetched: Newsroom) -> None:
    plan = fetched.run("plan")
    assert plan.exit_code == 0
    assert "Topics and regions are as they are applied." in plan.output
    assert fetched.run("apply").output == "Nothing to do: the files say what is applied.\n"
    assert json.loads(fetched.run("apply", "--json").output)["applied"] is False


def test_a_new_topic_has_its_articles_in_the_plan_and_after_apply(newsroom: Newsroom) -> None:
    add_topic(newsroom)
    plan = json.loads(newsroom.run("plan", "--json", "--examples", "2").output)
    assert plan["topics"] == {"new": ["thu-nghiem"], "changed": [], "gone": []}
    found = {one["feed"]: one for one in plan["feeds"]}
    count = found[FEED]["in"]
    assert count > 0
    assert (found[FEED]["out"], found[FEED]["stay"]) == (0, 0)
    assert len(found[FEED]["examples_in"]) == min(2, count)
    assert set(found[FEED]["examples_in"][0]) == {"id", "title", "published"}
    assert json.loads(newsroom.run("plan", "--json").output)["feeds"] == plan["feeds"] or count > 2
    applied = json.loads(newsroom.run("apply", "--json").output)
    assert applied["applied"] is True
    assert {one["feed"]: (one["in"], one["out"]) for one in applied["feeds"]} == {
        path: (one["in"], one["out"]) for path, one in found.items()
    }
    assert FEED in applied["opened"]
    assert (applied["opened"], applied["closed"]) == (plan["opened"], plan["closed"])
    assert json.loads(newsroom.run("plan", "--json").output)["feeds"] == []


def test_people_read_a_table_with_examples(newsroom: Newsroom) -> None:
    add_topic(newsroom)
    plan = newsroom.run("plan", "--feeds", "1")
    assert plan.exit_code == 0, plan.output
    assert "topics new: thu-nghiem\n" in plan.output
    assert re.search(rf"^\d+ feeds would open: {FEED}, {FEED}/regions/.*, …$", plan.output, re.M)
    assert "FEED" in plan.output
    assert "more; --feeds 0 shows all." in plan.output
    assert f"{FEED} + " in newsroom.run("plan", "--feeds", "0").output
    done = newsroom.run("apply")
    assert done.exit_code == 0
    assert f"{FEED} " in done.output
    assert f" feeds opened: {FEED}, " in done.output
    assert "Applied in " in done.output


def test_a_topic_that_goes_takes_its_articles_out(newsroom: Newsroom) -> None:
    before = (newsroom.folder / "config" / "topics.yaml").read_text("utf-8")
    add_topic(newsroom)
    newsroom.run("apply")
    newsroom.configure("topics.yaml", before)
    plan = newsroom.run("plan", "--feeds", "0")
    assert "topics gone: thu-nghiem\n" in plan.output
    assert f" feeds would close: {FEED}, " in plan.output
    assert f"{FEED} - " in plan.output
    done = newsroom.run("apply")
    assert f" feeds closed: {FEED}, " in done.output


def test_what_no_article_has_changes_no_feed(newsroom: Newsroom) -> None:
    add_topic(newsroom, "không bài nào có câu này")
    assert "none would come into a feed or leave one." in newsroom.run("plan").output
    assert "0 articles labelled anew" in newsroom.run("apply").output


def test_a_plan_writes_nothing(newsroom: Newsroom) -> None:
    add_topic(newsroom)
    database = newsroom.folder / "data" / "feedsvc.db"
    before = database.read_bytes()
    assert newsroom.run("plan").exit_code == 0
    assert database.read_bytes() == before


@pytest.mark.parametrize(("command", "nothing"), [("plan", "nothing was planned"), ("apply", "nothing was applied")])
def test_wrong_files_are_told_with_every_problem_and_change_nothing(
    newsroom: Newsroom, command: str, nothing: str
) -> None:
    newsroom.configure("topics.yaml", "topics:\n  - {id: X}\n  - {id: Y}\n")
    refused = newsroom.run(command)
    assert refused.exit_code == 1
    assert "topics.yaml:2: topics[0].id" in refused.stderr
    assert "topics.yaml:3: topics[1].id" in refused.stderr
    assert nothing in refused.stderr


def test_there_is_nothing_to_plan_over_before_the_first_start(tmp_path: Path) -> None:
    fresh = Newsroom.made(tmp_path / "fresh")
    refused = fresh.run("plan")
    assert refused.exit_code == 1
    assert "feedsvc.db is not there yet: start the service once, or fetch" in refused.stderr
    assert not (fresh.folder / "data" / "feedsvc.db").exists()


def test_the_first_apply_may_be_the_first_start(tmp_path: Path) -> None:
    fresh = Newsroom.made(tmp_path / "fresh")
    done = fresh.run("apply")
    assert done.exit_code == 0
    assert "Applied in " in done.output
