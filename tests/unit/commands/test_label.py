"""`feedsvc label`."""

from __future__ import annotations

import json

import pytest

from feedsvc.domain.article import Label, LabelKind, Origin
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.identity import article_id
from feedsvc.storage.store import Store, open_store
from tests.unit.commands.newsroom import Newsroom

NAME = "hoi-nghi-cong-tac-dan-van-toan-quoc-2024.txt"
ID = article_id("dai-ba-song", NAME)
WHY = ("--reason", "the hall stands there")


def store(newsroom: Newsroom) -> Store:
    return open_store(f"sqlite:///{newsroom.folder}/data/feedsvc.db")


def labels(newsroom: Newsroom) -> dict[str, Label]:
    opened = store(newsroom)
    article = opened.article(ID)
    opened.close()
    assert article is not None
    return {f"{label.kind}:{label.slug}": label for label in article.labels}


def feed(newsroom: Newsroom, key: FeedKey) -> list[str]:
    opened = store(newsroom)
    held = [article.id for article in opened.newest(key, 500)]
    opened.close()
    return held


def refused(newsroom: Newsroom, *arguments: str) -> str:
    before = labels(newsroom)
    result = newsroom.run("label", *arguments)
    assert result.exit_code in (1, 2)
    assert labels(newsroom) == before
    return result.stderr.strip().splitlines()[-1].removeprefix("Error: ")


def test_a_decision_takes_effect_at_once(newsroom: Newsroom) -> None:
    assert "region:toan-quoc" in labels(newsroom)
    result = newsroom.run("label", ID, "--add", "topic:sport", "--remove", "region:toan-quoc", *WHY)
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{ID}: ")
    found = labels(newsroom)
    assert (found["topic:sport"].origin, found["topic:sport"].rank) == (Origin.OPERATOR, 0)
    assert "region:toan-quoc" not in found
    assert ID in feed(newsroom, FeedKey(topic="sport"))
    assert ID not in feed(newsroom, FeedKey(region="toan-quoc"))


def test_several_labels_are_given_and_taken_at_once(newsroom: Newsroom) -> None:
    result = newsroom.run(
        "label",
        f"/articles/{ID}/",
        *("--add", "topic:sport", "--add", "region:hue", "--remove", "topic:politics", "--remove", "region:toan-quoc"),
        *WHY,
    )
    assert result.exit_code == 0, result.output
    found = labels(newsroom)
    assert {"topic:sport", "region:hue"} <= found.keys()
    assert not {"topic:politics", "region:toan-quoc"} & found.keys()


def test_a_decision_is_taken_back(newsroom: Newsroom) -> None:
    before = labels(newsroom)
    newsroom.run("label", ID, "--add", "topic:sport", "--remove", "region:toan-quoc", *WHY)
    assert newsroom.run("label", ID, "--forget", "topic:sport", "--forget", "region:toan-quoc").exit_code == 0
    assert labels(newsroom) == before


def test_a_later_decision_about_a_label_replaces_the_earlier(newsroom: Newsroom) -> None:
    newsroom.run("label", ID, "--add", "topic:sport", *WHY)
    newsroom.run("label", ID, "--remove", "topic:sport", "--reason", "no, it is not")
    assert "topic:sport" not in labels(newsroom)


def test_a_decision_outlives_passes_corrections_and_other_rules(newsroom: Newsroom) -> None:
    newsroom.run("label", ID, "--add", "topic:sport", "--remove", "region:toan-quoc", *WHY)
    text = (newsroom.inbox / "dai-ba-song" / NAME).read_text(encoding="utf-8")
    newsroom.drop("dai-ba-song", NAME, text + "\nThêm một câu về toàn quốc.\n")
    assert newsroom.run("fetch", "dai-ba-song").exit_code == 0
    found = labels(newsroom)
    assert "topic:sport" in found
    assert "region:toan-quoc" not in found
    topics = newsroom.folder / "config" / "topics.yaml"
    newsroom.configure(
        "topics.yaml", topics.read_text(encoding="utf-8").replace('"công tác dân vận"', '"dân vận khéo"')
    )
    assert newsroom.run("fetch").exit_code == 0
    assert "topic:sport" in labels(newsroom)


def test_explain_tells_what_was_decided_and_why(newsroom: Newsroom) -> None:
    newsroom.run("label", ID, "--add", "topic:sport", "--remove", "region:toan-quoc", *WHY)
    found = json.loads(newsroom.run("explain", ID, "--json").output)
    first = next(one for one in found["labels"] if one["slug"] == "sport")
    assert (first["origin"], first["reason"][0]["words"]) == ("operator", WHY[1])
    assert (found["not"][0]["slug"], found["not"][0]["why"].partition(": ")[2]) == ("toan-quoc", WHY[1])
    assert [(one["slug"], one["given"], one["reason"]) for one in found["decisions"]] == [
        ("toan-quoc", False, WHY[1]),
        ("sport", True, WHY[1]),
    ]
    lines = newsroom.run("explain", ID).output
    assert "topic sport  (operator, strength " in lines
    assert f"{WHY[1]}” in operator" in lines


def test_it_needs_something_to_do_and_a_reason(newsroom: Newsroom) -> None:
    assert refused(newsroom, ID) == "Say what to --add, to --remove or to --forget."
    assert refused(newsroom, ID, "--add", "topic:sport").startswith("Give a --reason;")
    assert refused(newsroom, ID, "--add", "topic:sport", "--reason", " \n").startswith("Give a --reason;")
    assert refused(newsroom, ID, "--forget", "topic:sport", *WHY).startswith("A --reason goes with --add")
    assert "501 characters" in refused(newsroom, ID, "--add", "topic:sport", "--reason", "x" * 501)


@pytest.mark.parametrize("written", ["sport", "topic:", "subject:sport", ":sport"])
def test_what_is_no_label_is_named(newsroom: Newsroom, written: str) -> None:
    assert refused(newsroom, ID, "--add", written, *WHY) == f"{written} is no label; write topic:SLUG or region:SLUG."


@pytest.mark.parametrize(("first", "second"), [("--add", "--remove"), ("--add", "--forget"), ("--remove", "--forget")])
def test_decisions_that_contradict_each_other_are_refused(newsroom: Newsroom, first: str, second: str) -> None:
    said = refused(newsroom, ID, second, "topic:sport", first, "topic:sport", *WHY)
    assert said == f"topic:sport stands at {first} and at {second}; one of them is meant."


def test_what_is_not_configured_is_named_with_what_is_meant(newsroom: Newsroom) -> None:
    assert refused(newsroom, ID, "--add", "region:tien-giag", *WHY).startswith(
        "no region is called tien-giag; there is tien-giang"
    )
    assert refused(newsroom, ID, "--remove", "topic:xyzzy", *WHY) == "no topic is called xyzzy"


def test_an_article_that_is_not_there_is_named(newsroom: Newsroom) -> None:
    assert refused(newsroom, "nothing", "--add", "topic:sport", *WHY).startswith("no article is called nothing;")


def test_there_is_nothing_to_forget_where_nothing_was_decided(newsroom: Newsroom) -> None:
    assert refused(newsroom, ID, "--forget", "topic:sport").startswith("nothing was decided about topic:sport of ")


def test_an_article_of_no_configured_source_keeps_its_labels(newsroom: Newsroom) -> None:
    newsroom.configure("sources.yaml", "sources: []\n")
    assert refused(newsroom, ID, "--add", "topic:sport", *WHY).endswith("that is not configured any more")


def test_a_decision_about_a_withdrawn_article_holds_when_it_comes_back(newsroom: Newsroom) -> None:
    path = newsroom.inbox / "dai-ba-song" / NAME
    text = path.read_bytes()
    path.unlink()
    assert newsroom.run("fetch", "dai-ba-song", "--accept-deletions").exit_code == 0
    result = newsroom.run("label", ID, "--add", "topic:sport", *WHY)
    assert result.output.splitlines()[-1].startswith("It is withdrawn, and stands in no feed;")
    assert ID not in feed(newsroom, FeedKey(topic="sport"))
    newsroom.drop("dai-ba-song", NAME, text)
    assert newsroom.run("fetch", "dai-ba-song").exit_code == 0
    assert ID in feed(newsroom, FeedKey(topic="sport"))


def test_a_backup_keeps_decisions(newsroom: Newsroom) -> None:
    newsroom.run("label", ID, "--add", "topic:sport", *WHY)
    assert newsroom.run("backup", "b").exit_code == 0
    newsroom.run("label", ID, "--forget", "topic:sport")
    assert newsroom.run("restore", "b", "--replace").exit_code == 0
    opened = store(newsroom)
    article = opened.article(ID)
    opened.close()
    assert article is not None
    assert [(one.kind, one.slug, one.given, one.reason) for one in article.decisions] == [
        (LabelKind.TOPIC, "sport", True, "the hall stands there")
    ]
