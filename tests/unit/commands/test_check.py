"""`feedsvc check`, and what every command says of a configuration or a database that it cannot use."""

from __future__ import annotations

import sqlite3

import pytest

from tests.unit.commands.newsroom import Newsroom

COMMANDS = ["run", "serve", "schedule", "fetch", "check", "explain", "plan", "apply", "sources"]


def test_a_right_configuration_is_counted(fetched: Newsroom) -> None:
    result = fetched.run("check")
    assert (result.exit_code, result.output) == (0, "4 sources, 18 topics, 73 regions: right.\n")


def test_a_warning_is_told_beside_and_all_is_right(fresh: Newsroom) -> None:
    fresh.configure("topics.yaml", 'topics:\n  - {id: thu, title: {vi: "Thử"}, any: ["và", "thử"], none: ["thử"]}\n')
    fresh.configure("regions.yaml", 'regions:\n  - {id: xa, rows: [{title: {vi: "Xã"}, type: xa}]}\n')
    fresh.configure("sources.yaml", "sources: []\n")
    result = fresh.run("check")
    assert (result.exit_code, result.stdout) == (0, "0 sources, 1 topics, 1 regions: right, with 2 warnings.\n")
    assert result.stderr.splitlines() == [
        "topics.yaml:2: topics[0].any[0]: warning: “và” is enough by itself, and stands in most texts; "
        "write more words, or a smaller weight",
        "topics.yaml:2: topics[0].any[1]: warning: “thử” can never count: `none` has it too, and takes the label away; "
        "take one of the two out",
    ]


def test_check_touches_no_data(fresh: Newsroom) -> None:
    fresh.run("check")
    assert not (fresh.folder / "data" / "feedsvc.db").exists()


def test_every_problem_is_printed_on_a_line_and_the_exit_code_is_1(fresh: Newsroom) -> None:
    fresh.configure("feedsvc.yaml", "site: {titel: x}\n")
    fresh.configure("topics.yaml", "topics: {}\n")
    result = fresh.run("check")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "feedsvc.yaml:1: site.tag_authority: is missing: a domain and a year in which it was yours; "
        "part of every identity, never to be changed",
        "feedsvc.yaml:1: site.titel: is not a setting; did you mean title?",
        "feedsvc.yaml:1: site.title: is missing: stands at the head of every feed and page",
        "topics.yaml:1: topics: must be a list, like [a, b], not {}",
        "4 problems in the configuration; nothing was started.",
    ]


@pytest.mark.parametrize("command", ["run", "serve", "schedule", "fetch", "sources"])
def test_no_command_starts_on_a_broken_configuration(fresh: Newsroom, command: str) -> None:
    fresh.configure("regions.yaml", "- a\n")
    result = fresh.run(command)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "regions.yaml:1: the file: must be a mapping of keys to values, like `site:` and under it its settings",
        "1 problem in the configuration; nothing was started.",
    ]
    assert not (fresh.folder / "data" / "feedsvc.db").exists()


def test_a_folder_that_is_not_there_is_one_line(fetched: Newsroom) -> None:
    result = fetched.run("check", "--config", "nowhere")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "nowhere: the configuration: is no folder; FEEDSVC_CONFIG or --config says where the configuration is",
        "1 problem in the configuration; nothing was started.",
    ]


@pytest.mark.parametrize("command", [("fetch",), ("sources",), ("explain", "abc")])
def test_a_database_that_is_none_is_one_clear_line(fresh: Newsroom, command: tuple[str, ...]) -> None:
    (fresh.folder / "data" / "feedsvc.db").write_bytes(b"no database at all " * 100)
    result = fresh.run(*command)
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1
    assert "feedsvc.db is damaged, or is not a database" in result.output


def test_a_database_of_something_else_is_left_alone(fresh: Newsroom) -> None:
    path = fresh.folder / "data" / "feedsvc.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = path.read_bytes()
    result = fresh.run("sources")
    assert result.exit_code == 1
    assert "is a database of something else, and is left as it is" in result.output
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_names_its_configuration(fetched: Newsroom, command: str) -> None:
    result = fetched.run(command, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {command}")
    assert "--config DIRECTORY" in result.output


def test_the_help_names_every_command(fetched: Newsroom) -> None:
    output = fetched.run("--help").output
    assert all(f"\n  {command} " in output for command in COMMANDS)


def test_an_unknown_command_is_refused(fetched: Newsroom) -> None:
    assert fetched.run("publish").exit_code == 2
