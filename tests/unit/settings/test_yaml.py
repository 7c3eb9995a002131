"""What stands in a file is what a setting gets, and a file that cannot be read says why, quickly."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.settings import yamlfile
from feedsvc.settings.yamlfile import read_yaml
from tests.conftest import ROOT
from tests.unit.settings.folder import REGIONS, SERVICE, SOURCES, TOPICS, load, problems, write


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


@pytest.mark.parametrize(
    "word", ["NO", "no", "on", "yes", "12:30", "1.10", "1_000", "0o17", "2025-07-01", "24", "true", "1e3", ".inf"]
)
def test_text_stays_as_it_is_written_where_text_is_wanted(tmp_path: Path, word: str) -> None:
    settings = load(
        tmp_path,
        feedsvc=f"site: {{title: {word}, tag_authority: 'example.org,2026'}}",
        topics=f"topics:\n  - {{id: a, title: {{en: {word}}}, any: [{word}]}}\n",
        regions=f"regions:\n  - {{id: a, aliases: [{word}], rows: [{{title: {{en: {word}}}, type: town}}]}}\n",
    )
    topic, region = settings.taxonomy.topics["a"], settings.taxonomy.regions["a"]
    assert settings.site.title == word
    assert (topic.title["en"], topic.rule.any[0].text) == (word, word)
    assert region.names() == (word,)


def test_a_language_that_yaml_once_read_as_false_is_a_language(tmp_path: Path) -> None:
    settings = load(tmp_path, topics="topics:\n  - {id: no, title: {no: Sport}}\n", sources="defaults: {language: no}")
    assert settings.taxonomy.topics["no"].title == {"no": "Sport"}


def test_a_code_of_digits_keeps_its_zeros_without_quotes(tmp_path: Path) -> None:
    settings = load(tmp_path, topics="topics:\n  - {id: a, title: {en: A}, medtop: 01000000}\n")
    assert settings.taxonomy.topics["a"].medtop == "01000000"


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_without_a_value_is_as_if_it_were_not_there(tmp_path: Path, nothing: str) -> None:
    settings = load(
        tmp_path,
        feedsvc=f"{SERVICE}  zone: {nothing}\nfeeds: {nothing}\n",
        sources=f"{SOURCES}    topics: {nothing}\n    rights: {nothing}\n",
        topics=f"topics: {nothing}\n",
    )
    assert (settings.site.zone, settings.site.entries) == ("UTC", 50)
    assert settings.sources[0].topics == ()
    assert settings.taxonomy.topics == {}


def test_text_is_nfc_on_one_line_without_spaces_around_it(tmp_path: Path) -> None:
    settings = load(
        tmp_path, feedsvc="site:\n  title: |\n    Đa\u0300i  Ba\n    So\u0302ng\n  tag_authority: 'a.b,2026'\n"
    )
    assert settings.site.title == "Đài Ba Sông"


def test_numbers_and_truths_are_read_where_they_are_wanted(tmp_path: Path) -> None:
    topics = "topics:\n  - {id: a, title: {en: A}, any: [{phrase: b, weight: 1.5, case: true}], threshold: 1.25}\n"
    rule = load(tmp_path, topics=topics).taxonomy.topics["a"].rule
    assert (rule.threshold, rule.any[0].weight, rule.any[0].case) == (1.25, 1.5, True)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(tmp_path, feedsvc=b"\xef\xbb\xbf" + SERVICE.encode()).site.title == "Tin"


UNREADABLE = [
    ("a: [1\nb: 2\n", "topics.yaml:2: the file: is not YAML: "),
    ("topics:\n\t- a\n", "topics.yaml:2: the file: is not YAML: "),
    ("topics:\n  - {id: a\n", "topics.yaml:2: the file: is not YAML: "),
    ("- a\n- b\n", "topics.yaml:1: the file: must be a mapping of keys to values"),
    ("just words\n", "topics.yaml:1: the file: must be a mapping of keys to values"),
    ("topics: []\n---\ntopics: []\n", "topics.yaml:2: the file: holds a second document after `---`"),
    ("a: 1\n[b]: 1\n", "topics.yaml:2: the file: has a key that is no word"),
    (b"a: 1\nb: \xff\n", "topics.yaml:2: the file: is not text in UTF-8; save it as UTF-8"),
    ("a: 1\n".encode("utf-16"), "topics.yaml:1: the file: is not text in UTF-8"),
    ("a: 1\nb: \x07\n", "topics.yaml:2: the file: is not YAML: "),
    (b"\0" * 100, "topics.yaml:1: the file: is not YAML: "),
]


@pytest.mark.parametrize(("text", "expected"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_problem_with_its_line(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    sources = SOURCES + "    topics: [sport]\n"
    (found,) = problems(tmp_path, topics=text, sources=sources)
    assert found.startswith(expected)


def test_a_missing_file_is_named_with_the_place_where_it_belongs(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "regions.yaml").unlink()
    (found,) = read_yaml(tmp_path / "regions.yaml").problems
    assert str(found) == f"regions.yaml:1: the file: is missing; it belongs in {tmp_path}"


def test_a_folder_or_a_device_in_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").mkdir()
    os.mkfifo(tmp_path / "regions.yaml")
    for name in ("topics.yaml", "regions.yaml"):
        (found,) = read_yaml(tmp_path / name).problems
        assert found.message == "is not a regular file"


def test_aliases_are_refused_where_they_stand(tmp_path: Path) -> None:
    topics = TOPICS + "  - {id: a, title: &t {en: A}}\n  - id: b\n    title: *t\n"
    assert problems(tmp_path, topics=topics) == [
        "topics.yaml:7: topics[2].title: is an alias (`*name`), and those are not read; write the value out"
    ]


def test_a_billion_laughs_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [" + ", ".join(["laugh"] * 10) + "]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    with within(2):
        found = problems(tmp_path, topics="\n".join(lines))
    assert any("is an alias" in one for one in found)


def test_an_alias_of_itself_ends(tmp_path: Path) -> None:
    assert any("is an alias" in one for one in problems(tmp_path, topics="topics: &a [*a]\n"))


def test_tags_are_refused(tmp_path: Path) -> None:
    found = problems(tmp_path, feedsvc=SERVICE + "  zone: !!python/name:os.system x\n")
    assert found[0].startswith("feedsvc.yaml:4: site.zone: has the tag tag:yaml.org,2002:python/name:os.system")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_without_end_is_refused_at_once(tmp_path: Path, opening: str) -> None:
    with within(2):
        found = problems(tmp_path, topics="topics: \n  " + opening * 100_000)
    assert found[0].startswith("topics.yaml:2: the file: ")


def test_ten_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    with within(2):
        found = problems(tmp_path, topics="topics:\n" + "  - {id: a}\n" * 900_000)
    assert found == ["topics.yaml:1: the file: is over 4 MiB, which no configuration is"]


def test_a_key_given_twice_hides_no_other_problem(tmp_path: Path) -> None:
    found = problems(tmp_path, regions=REGIONS + "    id: [again, {deep: yes}]\n    colour: red\n")
    assert sorted(one.split(": ")[1] for one in found) == ["regions[0].colour", "regions[0].id"]


def test_the_reader_in_python_gives_the_same_values_and_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("feedsvc.yaml", "sources.yaml"):
        quick = read_yaml(ROOT / "config" / name)
        with monkeypatch.context() as patched:
            patched.setattr(yamlfile, "LOADER", yaml.SafeLoader)
            assert read_yaml(ROOT / "config" / name) == quick


@given(st.text() | st.text(alphabet=" \n\t-:?[]{}&*!|>'\"%@`#,a1~"))
def test_whatever_stands_in_a_file_there_is_a_value_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    file = read_yaml(path)
    assert file.readable or file.problems
