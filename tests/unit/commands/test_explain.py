"""`feedsvc explain`."""

from __future__ import annotations

import json

import pytest

from feedsvc import bootstrap
from feedsvc.domain.identity import article_id
from tests.unit.commands.newsroom import Newsroom
from tests.unit.text.writing import utf8

NAME = "hoi-nghi-cong-tac-dan-van-toan-quoc-2024.txt"
ID = article_id("dai-ba-song", NAME)


@pytest.mark.parametrize(
    "name", [ID, f"http://127.0.0.1:8080/articles/{ID}", f"/articles/{ID}/", f"tag:example.org,2026:a/{ID}"]
)
def test_an_article_is_found_by_its_id_or_what_ends_with_it(fetched: Newsroom, name: str) -> None:
    found = json.loads(fetched.run("explain", name, "--json").output)
    assert found["id"] == ID


def test_every_label_comes_with_the_words_that_gave_it(fetched: Newsroom) -> None:
    found = json.loads(fetched.run("explain", ID, "--json").output)
    labels = {(label["kind"], label["slug"]): label for label in found["labels"]}
    assert {("topic", "dan-van"), ("topic", "politics"), ("region", "toan-quoc"), ("region", "tien-giang")} <= set(
        labels
    )
    assert labels["region", "dong-thap"]["derived"]
    assert all(label["reason"] for label in labels.values())
    [why] = [one for one in labels["region", "toan-quoc"]["reason"] if one["field"] == "title"]
    assert (why["rule"], why["words"]) == ("phrase “toàn quốc” (weight 1)", "toàn quốc")
    assert f"{why['before'].removeprefix('…')}toàn quốc{why['after'].removesuffix('…')}" in found["title"]
    assert all(miss["why"] for miss in found["not"])
    assert not {(miss["kind"], miss["slug"]) for miss in found["not"]} & set(labels)


def test_the_web_tells_the_operator_the_same(fetched: Newsroom) -> None:
    token = fetched.folder / "data" / "token"
    token.write_text("0123456789abcdef")
    environ = {"FEEDSVC_DATA_DIR": str(token.parent), "FEEDSVC_OPERATOR__TOKEN_FILE": "token"}
    services = bootstrap.Services(bootstrap.read_settings(fetched.folder / "config", environ))
    client = bootstrap.build_web(services).test_client()
    answer = client.get(f"/api/v1/articles/{ID}/explain", headers={"Authorization": "Bearer 0123456789abcdef"})
    services.close()
    assert answer.json == json.loads(fetched.run("explain", ID, "--json").output)


def test_an_article_of_a_source_that_is_gone_is_not_explained_by_the_web(newsroom: Newsroom) -> None:
    newsroom.configure("sources.yaml", "sources: []\n")
    environ = {"FEEDSVC_DATA_DIR": str(newsroom.folder / "data"), "FEEDSVC_OPERATOR__TRUSTED": '["127.0.0.1"]'}
    services = bootstrap.Services(bootstrap.read_settings(newsroom.folder / "config", environ))
    answer = bootstrap.build_web(services).test_client().get(f"/api/v1/articles/{ID}/explain")
    services.close()
    assert answer.status_code == 404
    assert "dai-ba-song, is not configured any more" in answer.text


def test_people_read_the_same(fetched: Newsroom) -> None:
    output = fetched.run("explain", ID).output
    lines = output.splitlines()
    assert lines[1].startswith("published 2025-01-08T")
    assert any(line.startswith("topic dan-van  (rule, strength ") for line in lines)
    assert any(
        line.startswith("  phrase “toàn quốc” (weight 1): ") and "“toàn quốc”" in line and line.endswith(" in title")
        for line in lines
    )
    assert "region dong-thap  (derived)" in lines


def test_a_file_is_explained_as_a_document_of_a_source(fetched: Newsroom) -> None:
    path = fetched.inbox / "dai-ba-song" / NAME
    stored = json.loads(fetched.run("explain", ID, "--json").output)
    found = json.loads(fetched.run("explain", "--text", str(path), "--source", "dai-ba-song", "--json").output)
    assert found["id"] is None
    assert found["title"] == stored["title"]
    assert [label["slug"] for label in found["labels"]] == [label["slug"] for label in stored["labels"]]


def test_that_a_text_was_mended_is_told(newsroom: Newsroom) -> None:
    line = "Sáng thứ hai, người dân dọn sạch kênh, trồng thêm dừa nước giữ bờ."
    path = newsroom.drop("dai-ba-song", "x.txt", utf8(f"Dọn kênh\n\n{line}\n"))
    assert json.loads(newsroom.run("explain", "--text", str(path), "--json").output)["mended"] == "UTF-8"
    lines = newsroom.run("explain", "--text", str(path)).output.splitlines()
    assert lines[0] == "Dọn kênh"
    assert "mended: its text was written in UTF-8 and had been read as another encoding" in lines


def test_a_file_alone_has_no_home(newsroom: Newsroom) -> None:
    path = newsroom.drop("dai-ba-song", "x.txt", "Một tin\n\nĐoạn đầu.\n\nTiền Giang thêm một câu.\n")

    def regions(*arguments: str) -> list[str]:
        found = json.loads(newsroom.run("explain", "--json", "--text", str(path), *arguments).output)
        return [label["slug"] for label in found["labels"] if label["kind"] == "region"]

    assert "tien-giang" not in regions()
    assert "tien-giang" in regions("--source", "dai-ba-song")


def test_explaining_a_file_needs_no_database(fresh: Newsroom) -> None:
    (fresh.folder / "data" / "feedsvc.db").write_bytes(b"no database")
    result = fresh.run("explain", "--text", str(fresh.inbox / "dai-ba-song" / NAME))
    assert result.exit_code == 0, result.output


def test_the_encoding_of_the_source_is_that_of_the_file(fresh: Newsroom) -> None:
    path = fresh.drop("dai-ba-song", "cu.txt", "Một tin cũ\n\nĐoạn đầu.\n".encode("utf-16-le"))
    fresh.configure("sources.yaml", "sources: [{id: cu, kind: documents, path: cu, title: Cũ, encoding: utf-16-le}]\n")
    assert fresh.run("explain", "--text", str(path)).exit_code == 1
    assert fresh.run("explain", "--text", str(path), "--source", "cu").output.splitlines()[0] == "Một tin cũ"


def test_a_file_behind_a_link_is_read(fresh: Newsroom) -> None:
    link = fresh.folder / "link.txt"
    link.symlink_to(fresh.inbox / "dai-ba-song" / NAME)
    assert fresh.run("explain", "--text", str(link)).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "Give either an ARTICLE-ID or --text FILE."),
        (("abc", "--text", "config/topics.yaml"), 2, "Give either an ARTICLE-ID or --text FILE."),
        (("abc",), 1, "no article is called abc; its id is the last part of /articles/…"),
        (("--text", "nothing.txt"), 2, "does not exist"),
        (("--text", "config/topics.yaml", "--source", "x"), 2, "no source is called x; there are: dai-ba-song"),
        (("--text", "data/inbox/dai-ba-song/dem-san-dinh.jpg"), 1, "it is not text"),
    ],
)
def test_what_cannot_be_explained_is_one_clear_line(
    fetched: Newsroom, arguments: tuple[str, ...], code: int, message: str
) -> None:
    result = fetched.run("explain", *arguments)
    assert result.exit_code == code
    assert message in result.output


def test_an_article_whose_source_is_gone_says_so(newsroom: Newsroom) -> None:
    newsroom.configure("sources.yaml", "sources: []\n")
    assert "its source, dai-ba-song, is not configured any more" in newsroom.run("explain", ID).output
