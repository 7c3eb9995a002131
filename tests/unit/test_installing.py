"""What feedsvc is installed with says what it must: the image's recipe, compose.yaml, the unit of systemd."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import feedsvc
from feedsvc.running.supervisor import _PATIENCE as LONGEST_STOP
from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
USER = "10001:10001"
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")
EXPOSURE = 20
"""Tenths, as systemd-analyze takes them; below 2.0 is "OK"."""


def instructions(name: str) -> list[str]:
    """What follows an instruction of the Dockerfile, at each of its places, continued lines as one."""
    return re.findall(rf"^{name}\s+(.*)$", DOCKERFILE.replace("\\\n", " "), re.M)


def seconds(text: str) -> int:
    """Of a duration in whole seconds, like 15s."""
    return int(text.removesuffix("s"))


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    """The service of compose.yaml."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["feedsvc"]
    return found


# --- the image -------------------------------------------------------------------------------------


def test_the_recipe_has_nothing_to_complain_of() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_an_ordinary_user_and_stops_on_term() -> None:
    assert instructions("USER") == [USER]
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert instructions("VOLUME") == ["/data"]
    assert instructions("ENTRYPOINT") == ['["feedsvc"]']
    assert instructions("CMD") == ['["run"]']


def test_the_image_says_which_release_it_is() -> None:
    assert f'org.opencontainers.image.version="{feedsvc.__version__}"' in DOCKERFILE


def test_the_image_is_made_of_the_lock_with_its_hashes() -> None:
    installing = [line for line in DOCKERFILE.splitlines() if re.search(r"\bpip (install|wheel)\b", line)]
    assert installing
    for line in installing:
        assert "--require-hashes" in line or "--no-deps" in line, line


def test_no_build_sees_more_than_it_copies() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    first, *rest = [line for line in lines if line and not line.startswith("#")]
    allowed = {line.removeprefix("!") for line in rest if line.startswith("!")}
    copied = [words.split() for words in instructions("COPY") if "--from" not in words]
    named = {word for words in copied for word in words[:-1] if not word.startswith("--")}
    assert first == "*"
    assert [name for name in sorted(named) if not any(Path(name).is_relative_to(one) for one in allowed)] == []
    assert [name for name in sorted(allowed) if not any(Path(one).is_relative_to(name) for one in named)] == []
    assert [name for name in sorted(allowed) if not (ROOT / name).exists()] == []


# --- its health ------------------------------------------------------------------------------------


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server that answers everything so; its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/readyz"
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def healthy(port: int) -> int:
    """The exit code of the image's health check, where a proxy is set that nobody may ask."""
    environment = {**os.environ, "FEEDSVC_BIND": f"0.0.0.0:{port}", "http_proxy": "http://127.0.0.1:9"}
    argv = [sys.executable, str(ROOT / "deploy" / "healthy.py")]
    return subprocess.run(argv, env=environment, capture_output=True, check=False).returncode


@pytest.mark.usefixtures("socket_enabled")
def test_it_is_healthy_while_feeds_can_be_served() -> None:
    with answering(200) as port:
        assert healthy(port) == 0
    with answering(503) as port:
        assert healthy(port) == 1
    assert healthy(port) == 1


def test_the_health_check_is_the_same_in_the_image_and_in_compose(service: dict[str, Any]) -> None:
    (check,) = instructions("HEALTHCHECK")
    options = dict(re.findall(r"--([a-z-]+)=(\S+)", check))
    of_image = {name.replace("-", "_"): value for name, value in options.items()}
    of_compose = {name: str(value) for name, value in service["healthcheck"].items() if name != "test"}
    kind, *argv = service["healthcheck"]["test"]
    assert of_compose == of_image
    assert kind == "CMD"
    assert yaml.safe_load(check.partition(" CMD ")[2]) == argv


# --- compose and the documentation -----------------------------------------------------------------


def test_compose_gives_the_container_no_more_than_it_needs(service: dict[str, Any]) -> None:
    assert service["user"] == USER
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_compose_keeps_the_data_and_reads_the_rest(service: dict[str, Any]) -> None:
    places = {re.sub(r"\$\{[^}]*\}", "VARIABLE", volume) for volume in service["volumes"]}
    assert places == {"data:/data", "./config:/config:ro", "VARIABLE:/data/inbox:ro"}


def test_whoever_stops_it_waits_for_longer_than_it_needs(service: dict[str, Any], unit: dict[str, str]) -> None:
    assert seconds(service["stop_grace_period"]) > LONGEST_STOP + 1
    assert seconds(unit["TimeoutStopSec"]) > LONGEST_STOP + 1


def test_the_documented_container_is_that_of_compose(service: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = re.findall(r"^docker run (.*)$", page, re.M)
    words = shlex.split(line)
    given = dict(pairwise(words))
    assert "--read-only" in words
    assert given["--restart"] == service["restart"]
    assert int(given["--stop-timeout"]) == seconds(service["stop_grace_period"])
    assert [given["--tmpfs"]] == service["tmpfs"]
    assert [given["--cap-drop"]] == service["cap_drop"]
    assert f"{given['--security-opt']}:true" in service["security_opt"]
    assert given["--memory"] == service["mem_limit"]
    assert int(given["--pids-limit"]) == service["pids_limit"]
    assert [given["--publish"]] == service["ports"]


# --- systemd ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unit() -> dict[str, str]:
    """The section on the service, of each key the last value."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as the standard library says to do it
    parser.read(ROOT / "deploy" / "feedsvc.service", encoding="utf-8")
    return dict(parser["Service"])


def test_the_unit_lets_it_write_to_its_data_alone(unit: dict[str, str]) -> None:
    assert unit["User"] == unit["StateDirectory"] == "feedsvc"
    assert unit["ProtectSystem"] == "strict"
    assert unit["NoNewPrivileges"] == "yes"
    assert unit["CapabilityBoundingSet"] == ""
    assert unit["Restart"] == "on-failure"
    assert "ReadWritePaths" not in unit


def test_the_unit_leaves_it_to_the_supervisor_to_stop_and_to_bring_back(unit: dict[str, str]) -> None:
    assert unit["KillMode"] == "mixed"
    assert unit["OOMPolicy"] == "continue"


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_unit_and_finds_it_well_shut_in(tmp_path: Path) -> None:
    text = (ROOT / "deploy" / "feedsvc.service").read_text(encoding="utf-8")
    here = tmp_path / "feedsvc.service"
    # Of the command it asks only that it is there.
    here.write_text(text.replace("/opt/feedsvc/bin/feedsvc", sys.executable), encoding="utf-8")
    assert analyze("verify", str(here)) == (0, "")
    code, found = analyze("security", "--offline=true", f"--threshold={EXPOSURE}", str(here))
    assert code == 0, found


def analyze(*words: str) -> tuple[int, str]:
    """The exit code of systemd-analyze, and what it prints."""
    done = subprocess.run([str(SYSTEMD_ANALYZE), *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
