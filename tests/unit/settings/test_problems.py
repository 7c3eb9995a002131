"""What is wrong in a file is named with the file, the line, the key and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.domain.source import DateOrder
from feedsvc.errors import ConfigurationError
from feedsvc.settings import load_settings
from feedsvc.sources.options import Options
from tests.unit.settings.folder import REGIONS, SERVICE, SOURCES, load, problems, write

SLUG = "must be a slug: lower-case letters, digits and single hyphens, 64 at most, like dong-thap"
DURATION = "must be a duration: a whole number and s, m, h or d, like 30s, 5m, 1h"

SERVICE_PROBLEMS = [
    ("  titel: x\n", "feedsvc.yaml:4: site.titel: is not a setting; did you mean title?"),
    (
        "  xyzzy: x\n",
        "feedsvc.yaml:4: site.xyzzy: is not a setting here; there are: "
        "icon, language, logo, public_url, rights, tag_authority, title, zone",
    ),
    ("feed: {entries: 5}\n", "feedsvc.yaml:4: feed: is not a setting; did you mean feeds?"),
    ("  xyz:\n", "feedsvc.yaml:4: site.xyz: is not a setting"),
    ("  title: again\n", "feedsvc.yaml:4: site.title: is given twice, first in line 2; keep one of them"),
    ("feeds: [1]\n", "feedsvc.yaml:4: feeds: must be a mapping, like {key: value}, not ['1']"),
    ("feeds: {entries: many}\n", "feedsvc.yaml:4: feeds.entries: must be a whole number, not 'many'"),
    ("feeds: {entries: [1]}\n", "feedsvc.yaml:4: feeds.entries: must be a whole number, not ['1']"),
    ("feeds: {entries: 0}\n", "feedsvc.yaml:4: feeds.entries: must be 1 or more, not '0'"),
    ("feeds: {entries: 501}\n", "feedsvc.yaml:4: feeds.entries: must be 500 at most, not '501'"),
    ("feeds: {max_age: 5}\n", f"feedsvc.yaml:4: feeds.max_age: {DURATION}, not '5'"),
    ("feeds: {max_age: -5m}\n", f"feedsvc.yaml:4: feeds.max_age: {DURATION}, not '-5m'"),
    ("feeds: {max_age: 9999d}\n", "feedsvc.yaml:4: feeds.max_age: must be 3650d at most, not '9999d'"),
    ('feeds: {max_age: "5m\\n"}\n', f"feedsvc.yaml:4: feeds.max_age: {DURATION}, not '5m\\n'"),
    ("fetch: {contact: desk}\n", "feedsvc.yaml:4: fetch.contact: must be a mail address or an http(s) address, like"),
    ('fetch: {contact: "a@b.example\\r\\nX: y"}\n', "feedsvc.yaml:4: fetch.contact: must be a mail address or an"),
    ("fetch: {contact: https://a.example/(x)}\n", "feedsvc.yaml:4: fetch.contact: must be a mail address or an"),
    ("  zone: Asia/Hanoi\n", "feedsvc.yaml:4: site.zone: must be an IANA time zone, like Asia/Ho_Chi_Minh"),
    ("  zone: ../etc/passwd\n", "feedsvc.yaml:4: site.zone: must be an IANA time zone, like Asia/Ho_Chi_Minh"),
    ("  language: Vietnamese\n", "feedsvc.yaml:4: site.language: must be a language tag (BCP 47), like vi or en-GB"),
]


@pytest.mark.parametrize(("line", "expected"), SERVICE_PROBLEMS)
def test_a_problem_of_feedsvc_yaml_names_line_key_and_remedy(tmp_path: Path, line: str, expected: str) -> None:
    found = problems(tmp_path, feedsvc=SERVICE + line)
    assert len(found) == 1
    assert found[0].startswith(expected)


@pytest.mark.parametrize(
    "address",
    [
        "feeds.example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/path",
        "https://example.org?",
        "https://example.org#a",
        "https://user@example.org",
        "https://@example.org",
        "https://exa mple.org",
        "https://example.org:0",
        "https://example.org:99999",
        "https://tin-việt.vn",
        '"https://example.org\\n"',
    ],
)
def test_a_public_address_that_readers_could_not_use_is_a_problem(tmp_path: Path, address: str) -> None:
    (found,) = problems(tmp_path, feedsvc=f"{SERVICE}  public_url: {address}\n")
    assert found.startswith(
        "feedsvc.yaml:4: site.public_url: must be the address that readers use, like https://feeds.example.org"
    )


@pytest.mark.parametrize(
    "authority", ["example.org", "Example.org,2026", "example..org,2026", "example.org,26", "x y,2026"]
)
def test_an_authority_that_makes_no_tag_is_a_problem(tmp_path: Path, authority: str) -> None:
    (found,) = problems(tmp_path, feedsvc=f'site: {{title: T, tag_authority: "{authority}"}}')
    assert found.startswith("feedsvc.yaml:1: site.tag_authority: must be a domain and a year in which it was yours")


def test_what_is_missing_is_named_with_what_it_means(tmp_path: Path) -> None:
    assert problems(tmp_path, feedsvc="site: {tag_authority: 'example.org,2026'}") == [
        "feedsvc.yaml:1: site.title: is missing: stands at the head of every feed and page"
    ]


def test_an_empty_file_lacks_what_must_be_given(tmp_path: Path) -> None:
    assert problems(tmp_path, feedsvc="# nothing\n") == [
        "feedsvc.yaml:1: site: is missing: the service as its readers see it"
    ]


def source(**keys: str) -> str:
    given = {"id": "two", "kind": "documents", "path": "inbox/two", "title": "Two", **keys}
    lines = [f"{key}: {value}" for key, value in given.items() if value]
    return SOURCES + "  - " + "\n    ".join(lines) + "\n"


SOURCE_PROBLEMS = [
    ({"kind": "document"}, "7: sources[1].kind: document is no kind of source; there are: documents"),
    ({"kind": ""}, "6: sources[1].kind: is missing: how its articles are got"),
    ({"path": ""}, "6: sources[1].path: is missing: the folder; a relative one lies below the data directory"),
    ({"path": '""'}, "8: sources[1].path: must name a folder"),
    ({"path": "[a]"}, "8: sources[1].path: must be a path, not ['a']"),
    ({"encoding": "utf-9"}, "10: sources[1].encoding: 'utf-9' is not an encoding that Python knows"),
    ({"pathh": "x"}, "10: sources[1].pathh: is not a setting; did you mean path?"),
    ({"titel": "x"}, "10: sources[1].titel: is not a setting; did you mean title?"),
    ({"id": "Two"}, f"6: sources[1].id: {SLUG}, not 'Two'"),
    ({"id": "a--b"}, f"6: sources[1].id: {SLUG}"),
    ({"id": '"two\\n"'}, f"6: sources[1].id: {SLUG}"),
    ({"id": "x" * 65}, f"6: sources[1].id: {SLUG}"),
    ({"id": "one"}, "6: sources[1].id: one is there already, in line 2"),
    ({"every": "1s"}, "10: sources[1].every: must be 2s or longer, not '1s'"),
    ({"every": "soon"}, f"10: sources[1].every: {DURATION.replace('be a', 'be auto or a')}, not 'soon'"),
    ({"home": "land-x"}, "10: sources[1].home: land-x is no region of regions.yaml"),
    ({"home": "wide"}, "10: sources[1].home: wide is a scope of regions.yaml, and a home is a place"),
    ({"topics": "sport"}, "10: sources[1].topics: must be a list, like [a, b], not 'sport'"),
    ({"topics": "[sport, news]"}, "10: sources[1].topics[1]: news is no topic of topics.yaml"),
    ({"categories": "{Bóng đá: football}"}, "10: sources[1].categories.Bóng đá: football is no topic of topics.yaml"),
    ({"rights": "{licence: CC BY}"}, "10: sources[1].rights.licence: must be an absolute http(s) address"),
    ({"rights": "{license: x}"}, "10: sources[1].rights.license: is not a setting; did you mean licence?"),
    ({"dates": "{order: myd}"}, "10: sources[1].dates.order: must be 'dmy', 'mdy' or 'ymd', not 'myd'"),
    ({"dates": "{zone: Hanoi}"}, "10: sources[1].dates.zone: must be an IANA time zone, like Asia/Ho_Chi_Minh"),
    ({"dates": "mdy"}, "10: sources[1].dates: must be a mapping, like {key: value}, not 'mdy'"),
    ({"title": "{vi: x}"}, "9: sources[1].title: must be text, not {'vi': 'x'}"),
    ({"title": '"  "'}, "9: sources[1].title: must not be empty"),
]


@pytest.mark.parametrize(("keys", "expected"), SOURCE_PROBLEMS)
def test_a_problem_of_sources_yaml_names_line_key_and_remedy(
    tmp_path: Path, keys: dict[str, str], expected: str
) -> None:
    regions = REGIONS + "  - {id: wide, scope: true, title: {en: Wide}, any: [everywhere]}\n"
    found = problems(tmp_path, sources=source(**keys), regions=regions)
    assert len(found) == 1
    assert found[0].startswith(f"sources.yaml:{expected}")


def test_a_default_that_is_too_short_is_named_once_where_it_stands(tmp_path: Path) -> None:
    found = problems(tmp_path, sources="defaults: {every: 1s}\n" + source())
    assert found == ["sources.yaml:1: defaults.every: must be 2s or longer, not '1s'"]


def test_all_problems_come_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {"FEEDSVC_FEEDS__ENTRIES": "none"},
        feedsvc="site:\n  titel: T\n  title: T\n  title: U\n  tag_authority: 'x.org,2026'\nfeeds: {max_age: 5}\n",
        sources="sources:\n  - {id: A, kind: documents, path: x, title: T, pfad: x}\n  - {id: b, kind: rss}\n",
        topics="topics:\n  - {id: a, title: {en: A}, parent: c}\n  - {id: b, title: B}\n",
        regions="regions:\n  - {id: r}\n  - nothing\n",
    )
    assert [one.split(": ", 2)[:2] for one in found] == [
        ["the environment", "FEEDSVC_FEEDS__ENTRIES"],
        ["feedsvc.yaml:2", "site.titel"],
        ["feedsvc.yaml:4", "site.title"],
        ["feedsvc.yaml:6", "feeds.max_age"],
        ["sources.yaml:2", "sources[0].id"],
        ["sources.yaml:2", "sources[0].pfad"],
        ["sources.yaml:3", "sources[1].kind"],
        ["sources.yaml:3", "sources[1].title"],
        ["topics.yaml:2", "topics[0].parent"],
        ["topics.yaml:3", "topics[1].title"],
        ["regions.yaml:2", "regions[0].rows"],
        ["regions.yaml:3", "regions[1]"],
    ]


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is no folder; FEEDSVC_CONFIG or --config says where"):
        load_settings(tmp_path / "nowhere", {}, {})


def test_two_sources_that_read_the_same_are_told(tmp_path: Path) -> None:
    twin = SOURCES + SOURCES.partition("\n")[2].replace("id: one", "id: two")
    (found,) = problems(tmp_path, sources=twin)
    assert found == "sources.yaml:7: sources[1].kind: two reads the very same as one; give it another place"


def test_a_third_that_reads_the_same_is_told_once(tmp_path: Path) -> None:
    one = SOURCES.partition("\n")[2]
    text = SOURCES + "".join(one.replace("id: one", f"id: {name}") for name in ("two", "three"))
    found = problems(tmp_path, sources=text)
    assert [problem.rpartition(": ")[2] for problem in found] == [
        "two reads the very same as one; give it another place",
        "three reads the very same as one; give it another place",
    ]


class Listing(Options):
    """Options of a kind that are no keys of anything."""

    folders: list[str]


def test_options_that_cannot_be_keys_are_compared_all_the_same(tmp_path: Path) -> None:
    lines = "".join(
        f"- {{id: {name}, kind: listing, title: T, folders: [{folders}]}}\n"
        for name, folders in (("one", "a, b"), ("two", "b"), ("three", "a, b"))
    )
    folder = write(tmp_path, sources=f"sources:\n{lines}")
    with pytest.raises(ConfigurationError, match="three reads the very same as one") as raised:
        load_settings(folder, {}, {"listing": Listing})
    assert len(raised.value.problems) == 1


def test_a_password_in_a_wrong_address_is_not_told(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, sources=source(kind="syndication", path="", url="https://me:secret@a.example/"))
    said = "must not hold a name and a password; `token_file` names a file for them, not 'https://…@a.example/'"
    assert found == f"sources.yaml:9: sources[1].url: {said}"


def test_dates_are_read_as_the_source_says(tmp_path: Path) -> None:
    zones = "defaults: {zone: Asia/Ho_Chi_Minh}\n"
    settings = load(tmp_path, sources=zones + source(zone="Asia/Tokyo", dates="{order: mdy, zone: UTC}"))
    by_default, own = settings.sources
    assert (by_default.zone, by_default.date_order) == ("Asia/Ho_Chi_Minh", DateOrder.DMY)
    assert (own.zone, own.date_order) == ("UTC", DateOrder.MDY)
