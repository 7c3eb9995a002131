"""Markdown and its front matter, hostile ones too."""

from __future__ import annotations

import time

import pytest

from .reading import html, reason, record


def front(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "Thân bài."])


def test_the_title_of_the_front_matter_wins_and_another_heading_stays() -> None:
    found = record("a.md", front("title: Một") + "\n\n# Hai")
    assert found.title == "Một"
    assert html("a.md", "---\ntitle: Một\n---\n# Hai").startswith("<h1>Hai</h1>")


def test_a_heading_that_repeats_the_title_is_no_part_of_the_text() -> None:
    assert html("a.md", "---\ntitle: Một  hai\n---\n# Một hai\n\nLời.") == "<p>Lời.</p>\n"


@pytest.mark.parametrize("line", ["title:", "title: ~", "title: null", 'title: ""', "title: ' '"])
def test_an_empty_title_is_none(line: str) -> None:
    assert record("a.md", f"---\n{line}\n---\n# Một").title == "Một"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_any_system_will_do(end: str) -> None:
    found = record("a.md", end.join(["---", "title: T", "tags: a, b", "---", "Một", "===", "Lời."]))
    assert (found.title, found.categories) == ("T", ("a", "b"))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("2026", "2026"),
        ("1.10", "1.10"),
        ("0x1F", "0x1F"),
        ("true", "true"),
        ("2018-01-10", "2018-01-10"),
        ('"a: b"', "a: b"),
        ("!!int 5", "5"),
    ],
)
def test_a_value_is_the_text_that_was_written(written: str, title: str) -> None:
    assert record("a.md", front(f"title: {written}")).title == title


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2018-01-10", "2018-01-10"),
        ("2018-01-10T14:45:00+07:00", "2018-01-10T14:45:00+07:00"),
        ("2018-01-10 14:45:00 +0700", "2018-01-10 14:45:00+0700"),
        ("Wed, 10 Jan 2018 14:45:00 +0700", "Wed, 10 Jan 2018 14:45:00+0700"),
    ],
)
def test_a_date_keeps_its_zone(written: str, date: str) -> None:
    assert record("a.md", front(f"date: {written}")).published == date


@pytest.mark.parametrize(
    "lines",
    [
        ["a: [b"],
        ["a: 'b"],
        ["\ta: b"],
        ["a: b: c"],
        ["%", "a: b"],
        ["a: @b"],
        ["a: &x [*x]"],
        ["a: &x 1"],
        ["<<: *x"],
        ["a: " + "[" * 5000],
        ["a: " + "{" * 5000],
        ["- " * 5000],
        ["? " * 5000],
        ["a: " + "[" * 9 + "]" * 9],
        [f"k{number}: v" for number in range(4000)],
        ['a: "\\ud800"', "b: *"],
    ],
)
def test_front_matter_that_is_wrong_or_a_bomb_is_a_rejection_at_once(lines: list[str]) -> None:
    began = time.monotonic()
    assert reason("a.md", front(*lines).encode()).startswith("its front matter")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("text", ["---\nchỉ chữ\n---\nLời.", "---\n- a\n- b\n---\nLời.", "---\nkhông khép", "--- x"])
def test_what_is_no_mapping_between_two_rules_is_text(text: str) -> None:
    assert record("a.md", text).authors == ()


def test_a_key_that_stands_twice_counts_once_and_in_any_case() -> None:
    assert record("a.md", front("Title: Một", "Title: Hai", "TAGS: [x]")).title == "Một"


def test_html_in_markdown_is_handed_on_as_it_is() -> None:
    assert "<script>" in html("a.md", "# T\n\n<script>x</script>")


def test_a_text_of_megabytes_is_cut_between_paragraphs() -> None:
    found = html("a.md", "# T\n\n" + "Một câu ngắn.\n\n" * 30_000)
    assert len(found) < 512 * 1024
    assert found.endswith("<p>Một câu ngắn.</p>\n")


@pytest.mark.parametrize("unit", ["#", "# ", " #", " ", "\n", "=", "a\n=", "> ", "- ", "[", "![", "`", "*a ", "|"])
def test_no_repetition_takes_long(unit: str) -> None:
    began = time.process_time()
    record("a.md", f"# x{unit * (3_000 // len(unit))}y")
    record("a.md", f"x{unit * (3_000 // len(unit))}y")
    assert time.process_time() - began < 3
