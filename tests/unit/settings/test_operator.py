"""Who is the operator: a token in a file, and networks; nobody, where nothing is said."""

from __future__ import annotations

import stat
from ipaddress import ip_network
from pathlib import Path

import pytest

from feedsvc.domain.operator import Operator
from feedsvc.domain.secret import Secret
from tests.unit.settings.folder import SERVICE, load, problems

TOKEN = "sixteen-letters!"
KEY = "feedsvc.yaml:4: operator.token_file"


def with_operator(text: str) -> str:
    return SERVICE + f"operator: {text}\n"


def test_nobody_is_where_nothing_is_said(tmp_path: Path) -> None:
    assert load(tmp_path).operator == Operator()
    assert not load(tmp_path).operator.known
    assert load(tmp_path, feedsvc=with_operator("{token_file: null, trusted: []}")).operator == Operator()


def test_the_token_is_the_line_of_a_file_below_the_data_directory(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"\n {TOKEN} \r\n")
    for place in ("token", str(tmp_path / "token")):
        operator = load(
            tmp_path, {"FEEDSVC_DATA_DIR": str(tmp_path)}, feedsvc=with_operator(f"{{token_file: {place}}}")
        ).operator
        assert operator.token == Secret(TOKEN)
        assert operator.known


def test_the_settings_do_not_show_it(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    settings = load(tmp_path, {"FEEDSVC_OPERATOR__TOKEN_FILE": str(tmp_path / "token")})
    assert TOKEN not in f"{settings} {settings!r} {settings.operator.token}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must hold one line of at most 4096 characters"),
        (b" \n", "must hold one line of at most 4096 characters"),
        (b"a-first-line-0123\nsecond", "must hold one line of at most 4096 characters"),
        (b"a" * 4097, "must hold one line of at most 4096 characters"),
        (b"\x07" * 20, "must hold one line of at most 4096 characters"),
        ("bí-mật-của-tòa-soạn".encode(), "cannot be read: it is not ASCII"),
        (b"only-fifteen-15", "must hold 16 characters or more"),
    ],
)
def test_a_wrong_token_is_told_with_its_file_and_key_and_without_itself(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "token").write_bytes(content)
    (found,) = problems(tmp_path, feedsvc=with_operator(f"{{token_file: {tmp_path / 'token'}}}"))
    assert found == f"{KEY}: {tmp_path / 'token'} {said}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {"FEEDSVC_DATA_DIR": "/nowhere"}, feedsvc=with_operator("{token_file: token}"))
    assert found == f"{KEY}: /nowhere/token cannot be read: No such file or directory"


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=stat.S_IRWXU)
    (found,) = problems(tmp_path, {"FEEDSVC_OPERATOR__TOKEN_FILE": str(folder)})
    assert found == f"the environment: FEEDSVC_OPERATOR__TOKEN_FILE: {folder} cannot be read: Is a directory"
    (found,) = problems(tmp_path, feedsvc=with_operator('{token_file: "a\\0b"}'))
    assert found.endswith("cannot be read: no file has such a name")
    (found,) = problems(tmp_path, feedsvc=with_operator("{token_file: [a]}"))
    assert found == f"{KEY}: must be the path of a file that holds the token, not ['a']"


def test_addresses_and_networks_of_both_kinds_are_trusted(tmp_path: Path) -> None:
    operator = load(tmp_path, feedsvc=with_operator("{trusted: [10.0.0.7, 10.1.0.0/16, '::1', 'fd00::/8']}")).operator
    assert operator.trusted == tuple(map(ip_network, ("10.0.0.7", "10.1.0.0/16", "::1", "fd00::/8")))
    assert operator.known


@pytest.mark.parametrize("trusted", ["10.0.0.7/8", "localhost", "10.0.0", "10.0.0.7:80", "10", "''", "[a]"])
def test_what_is_no_network_is_told(tmp_path: Path, trusted: str) -> None:
    (found,) = problems(tmp_path, feedsvc=with_operator(f"{{trusted: [{trusted}]}}"))
    assert found.startswith("feedsvc.yaml:4: operator.trusted[0]: must be an IP address or a network"), found


def test_one_address_is_still_a_list(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, feedsvc=with_operator("{trusted: 10.0.0.7}"))
    assert found == "feedsvc.yaml:4: operator.trusted: must be a list, like [a, b], not '10.0.0.7'"


WEBHOOK = "https://alerts.example.org/T0/very-secret"


def test_the_webhook_and_what_signs_its_messages_are_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "signs").write_text(TOKEN)
    text = with_operator(f"{{webhook: '{WEBHOOK}', webhook_secret_file: {tmp_path / 'signs'}}}")
    settings = load(tmp_path, feedsvc=text)
    assert settings.operator == Operator(webhook=Secret(WEBHOOK), webhook_key=Secret(TOKEN))
    assert not settings.operator.known, "it opens no page"
    assert "very-secret" not in f"{settings!r}"
    assert TOKEN not in f"{settings!r}"


@pytest.mark.parametrize(
    "wrong", ["alerts.example.org/very-secret", "ftp://a/very-secret", "http://ă/very-secret", "[]"]
)
def test_a_wrong_webhook_is_told_without_itself(tmp_path: Path, wrong: str) -> None:
    value = wrong if wrong == "[]" else f"'{wrong}'"
    (found,) = problems(tmp_path, feedsvc=with_operator(f"{{webhook: {value}}}"))
    assert found == (
        "feedsvc.yaml:4: operator.webhook: must be an absolute http(s) address in ASCII, "
        "like https://alerts.example.org/feedsvc"
    )


def test_a_secret_that_is_too_short_is_told_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "signs").write_text("short")
    (found,) = problems(tmp_path, feedsvc=with_operator(f"{{webhook_secret_file: {tmp_path / 'signs'}}}"))
    assert found.startswith("feedsvc.yaml:4: operator.webhook_secret_file: ")
    assert found.endswith("must hold 16 characters or more")
    (found,) = problems(tmp_path, feedsvc=with_operator("{webhook_secret_file: [a]}"))
    assert found.endswith("must be the path of a file that holds the secret, not ['a']")
