"""The environment comes before feedsvc.yaml, and what is wrong in it is named by its variable."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network
from operator import attrgetter
from pathlib import Path

import pytest

from feedsvc.domain.secret import Secret
from feedsvc.settings import Settings
from feedsvc.settings.emblems import bundled
from feedsvc.settings.environment import leaves, overlaid, variable_of
from feedsvc.settings.models import ServiceModel
from feedsvc.settings.values import Model
from feedsvc.sources.documents.kind import DocumentsOptions
from tests.unit.settings.folder import SERVICE, SOURCES, load, problems

TOKEN = "0123456789abcdef"
EVERY = {
    "FEEDSVC_SITE__TITLE": ("Khác", "site.title", "Khác"),
    "FEEDSVC_SITE__LANGUAGE": ("vi", "site.language", "vi"),
    "FEEDSVC_SITE__ZONE": ("Asia/Ho_Chi_Minh", "site.zone", "Asia/Ho_Chi_Minh"),
    "FEEDSVC_SITE__PUBLIC_URL": ("https://tin.example.org/", "site.public_url", "https://tin.example.org"),
    "FEEDSVC_SITE__TAG_AUTHORITY": ("example.net,2025-03", "site.tag_authority", "example.net,2025-03"),
    "FEEDSVC_SITE__RIGHTS": ("© Tin", "site.rights", "© Tin"),
    "FEEDSVC_SITE__LOGO": ("logo.png", "site.logo.width", 144),
    "FEEDSVC_SITE__ICON": ("icon.png", "site.icon.height", 512),
    "FEEDSVC_FEEDS__ENTRIES": ("20", "site.entries", 20),
    "FEEDSVC_FEEDS__MAX_AGE": ("1h", "site.max_age", 3600),
    "FEEDSVC_FEEDS__KEEP": ("400d", "keep", timedelta(days=400)),
    "FEEDSVC_FEEDS__PREVIEW": ("false", "serving.preview", False),
    "FEEDSVC_SERVE__PROXIES": ('["10.0.0.7"]', "serving.proxies", (ip_network("10.0.0.7"),)),
    "FEEDSVC_SERVE__WHOLE_AN_HOUR": ("0", "serving.whole_an_hour", 0),
    "FEEDSVC_SERVE__MEMORY": ("400", "serving.memory", 400 * 1024 * 1024),
    "FEEDSVC_FEEDS__FAREWELL": ("7d", "site.farewell", timedelta(days=7)),
    "FEEDSVC_POLLING__FLOOR": ("2m", "polling.pace.floor", timedelta(minutes=2)),
    "FEEDSVC_POLLING__CEILING": ("12h", "polling.pace.ceiling", timedelta(hours=12)),
    "FEEDSVC_POLLING__AT_ONCE": ("128", "polling.at_once", 128),
    "FEEDSVC_POLLING__A_HOST": ("4", "polling.a_host", 4),
    "FEEDSVC_FETCH__CONTACT": ("desk@news.example.org", "contact", "desk@news.example.org"),
    "FEEDSVC_FETCH__ALLOW_HOSTS": ('["CMS.lan:8080", "[::1]:*"]', "allow_hosts", ("cms.lan:8080", "[::1]:*")),
    "FEEDSVC_OPERATOR__TOKEN_FILE": ("token", "operator.token", Secret(TOKEN)),
    "FEEDSVC_OPERATOR__TRUSTED": (
        '["10.0.0.7", "::/64"]',
        "operator.trusted",
        (ip_network("10.0.0.7"), ip_network("::/64")),
    ),
    "FEEDSVC_OPERATOR__WEBHOOK": (
        "https://a.example/T0/x?y=z",
        "operator.webhook",
        Secret("https://a.example/T0/x?y=z"),
    ),
    "FEEDSVC_OPERATOR__WEBHOOK_SECRET_FILE": ("token", "operator.webhook_key", Secret(TOKEN)),
}


@pytest.mark.parametrize("variable", EVERY)
def test_a_variable_comes_before_the_file(tmp_path: Path, variable: str) -> None:
    text, name, value = EVERY[variable]
    (tmp_path / "token").write_text(TOKEN)
    for role in ("logo", "icon"):
        (tmp_path / f"{role}.png").write_bytes(bundled(role).body)
    settings = load(tmp_path, {variable: text, "FEEDSVC_DATA_DIR": str(tmp_path)})
    assert attrgetter(name)(settings) == value


def test_every_setting_of_feedsvc_yaml_is_tried_here() -> None:
    assert {variable_of(path) for path, _ in leaves(ServiceModel)} == set(EVERY)


def test_the_environment_alone_is_enough(tmp_path: Path) -> None:
    environ = {"FEEDSVC_SITE__TITLE": "T", "FEEDSVC_SITE__TAG_AUTHORITY": "example.org,2026"}
    assert load(tmp_path, environ, feedsvc="").site.title == "T"


def test_the_public_address_has_a_short_variable(tmp_path: Path) -> None:
    assert load(tmp_path, {"FEEDSVC_PUBLIC_URL": "https://a.example"}).site.public_url == "https://a.example"


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1:9090", "http://127.0.0.1:9090"),
        ("0.0.0.0:80", "http://127.0.0.1:80"),
        (":9090", "http://127.0.0.1:9090"),
        ("[::1]:9090", "http://[::1]:9090"),
    ],
)
def test_without_a_public_address_it_is_the_one_that_is_listened_on(tmp_path: Path, bind: str, address: str) -> None:
    assert load(tmp_path, {"FEEDSVC_BIND": bind}).site.public_url == address


def test_the_long_variable_comes_before_the_short_one(tmp_path: Path) -> None:
    environ = {"FEEDSVC_PUBLIC_URL": "https://short.example", "FEEDSVC_SITE__PUBLIC_URL": "https://long.example"}
    assert load(tmp_path, environ).site.public_url == "https://long.example"


@pytest.mark.parametrize("variable", ["FEEDSVC_PUBLIC_URL", "FEEDSVC_SITE__TITLE", "FEEDSVC_BIND", "FEEDSVC_DATA_DIR"])
def test_an_empty_variable_counts_as_not_set(tmp_path: Path, variable: str) -> None:
    assert load(tmp_path, {variable: ""}) == load(tmp_path)


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("FEEDSVC_PUBLIC_URL", "example.org", "must be the address that readers use"),
        ("FEEDSVC_SITE__PUBLIC_URL", "example.org", "must be the address that readers use"),
        ("FEEDSVC_FEEDS__ENTRIES", "many", "must be a whole number, not 'many'"),
        ("FEEDSVC_SITE__ZONE", "Hanoi", "must be an IANA time zone"),
        ("FEEDSVC_BIND", "8080", "must be HOST:PORT, like 127.0.0.1:8080 or [::1]:8080, not '8080'"),
        ("FEEDSVC_BIND", "::1:8080", "must be HOST:PORT"),
        ("FEEDSVC_SITE__TITEL", "x", "names no setting; did you mean FEEDSVC_SITE__TITLE?"),
        ("FEEDSVC_X__Y", "x", "names no setting; see docs/configuration.md"),
    ],
)
def test_a_wrong_value_names_its_variable_and_no_line(tmp_path: Path, variable: str, text: str, expected: str) -> None:
    (found,) = problems(tmp_path, {variable: text}, feedsvc=SERVICE + "  zone: UTC\nfeeds: {entries: 5}\n")
    assert found.startswith(f"the environment: {variable}: {expected}")


def test_what_is_wrong_in_it_is_told_even_when_the_file_cannot_be_read(tmp_path: Path) -> None:
    found = problems(tmp_path, {"FEEDSVC_FEEDS__ENTRIES": "many", "FEEDSVC_X__Y": ""}, feedsvc="[")
    assert [one.split(": ")[:2] for one in found] == [
        ["the environment", "FEEDSVC_FEEDS__ENTRIES"],
        ["the environment", "FEEDSVC_X__Y"],
        ["feedsvc.yaml:1", "the file"],
    ]


def test_a_value_of_the_environment_mends_a_wrong_one_of_the_file(tmp_path: Path) -> None:
    assert load(tmp_path, {"FEEDSVC_FEEDS__ENTRIES": "7"}, feedsvc=SERVICE + "feeds: no\n").site.entries == 7


class Room(Model):
    names: tuple[str, ...] = ()
    title: str = ""


class House(Model):
    room: Room = Room()


def test_lists_are_json_and_text_that_looks_like_it_stays_text() -> None:
    over = overlaid({}, House, {"FEEDSVC_ROOM__NAMES": '["a:1", "b:*"]', "FEEDSVC_ROOM__TITLE": "[1]"})
    assert House.model_validate(over.values).room == Room(names=("a:1", "b:*"), title="[1]")
    assert over.variable(("room", "names", 0)) == "FEEDSVC_ROOM__NAMES"


def path_of(settings: Settings) -> Path:
    options = settings.sources[0].options
    assert isinstance(options, DocumentsOptions)
    return options.path


def test_relative_paths_lie_below_the_data_directory(tmp_path: Path) -> None:
    settings = load(tmp_path, {"FEEDSVC_DATA_DIR": "/var/lib/feedsvc"})
    assert path_of(settings) == Path("/var/lib/feedsvc/inbox/one")
    assert settings.database_url == "sqlite:////var/lib/feedsvc/feedsvc.db"


def test_a_relative_data_directory_lies_below_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(tmp_path).data_dir == tmp_path / "data"


def test_absolute_paths_stay(tmp_path: Path) -> None:
    settings = load(tmp_path, sources=SOURCES.replace("inbox/one", "/srv/one"))
    assert path_of(settings) == Path("/srv/one")


def test_the_database_s_address_may_stand_in_a_file_and_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "database").write_text("postgresql://me:secret@db/feeds\n")
    environ = {"FEEDSVC_DATA_DIR": str(tmp_path), "FEEDSVC_DATABASE_URL_FILE": "database"}
    settings = load(tmp_path, environ)
    assert settings.database_url == "postgresql://me:secret@db/feeds"
    assert "secret" not in repr(settings)
    assert load(tmp_path, {**environ, "FEEDSVC_DATABASE_URL": "sqlite://"}).database_url == "sqlite://"


def test_a_file_for_the_database_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    found = problems(tmp_path, {"FEEDSVC_DATA_DIR": str(tmp_path), "FEEDSVC_DATABASE_URL_FILE": "nothing"})
    assert found == [
        f"the environment: FEEDSVC_DATABASE_URL_FILE: {tmp_path}/nothing cannot be read: No such file or directory"
    ]
