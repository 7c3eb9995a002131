"""The image, built and run in earnest: what it answers, what it may do, and how it ends."""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Iterator

import pytest

from .container import HARDENED, ROOT, Containers, why_not
from .service import Answer, eventually, free_port, get

IMAGE = "localhost/feedsvc:tested"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("socket_enabled"),
    pytest.mark.skipif(why_not() is not None, reason=f"no image can be built here: {why_not()}"),
]


@pytest.fixture(scope="module")
def containers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    """The tools, with the image built."""
    made = Containers(tmp_path_factory.mktemp("containers"))
    try:
        made.build(IMAGE)
        yield made
    finally:
        made.clear_away()


class Running:
    """A container of the image on a port of this machine, with a volume for its data."""

    def __init__(self, containers: Containers, name: str) -> None:
        self.podman = containers.podman
        self.name = name
        self.port = free_port()
        where = ("--network", "host", "--env", f"FEEDSVC_BIND=0.0.0.0:{self.port}", "--volume", f"{name}:/data")
        self.podman("run", "--detach", "--name", name, *HARDENED, *where, IMAGE)

    def get(self, path: str) -> Answer:
        return get(f"http://127.0.0.1:{self.port}{path}")

    def inside(self, command: str, check: bool = True) -> str:
        """What a shell in the container prints."""
        return self.podman("exec", self.name, "sh", "-c", command, check=check).stdout.strip()

    def may(self, command: str) -> bool:
        return self.podman("exec", self.name, "sh", "-c", command, check=False).returncode == 0

    def state(self, what: str) -> str:
        return self.podman("inspect", self.name, "--format", f"{{{{.{what}}}}}").stdout.strip()

    def entries(self) -> int:
        """How many articles the feed of everything holds; 0 while it does not answer."""
        try:
            return self.get("/feeds/all.atom").body.count(b"</entry>")
        except OSError:
            return 0


@pytest.fixture(scope="module")
def running(containers: Containers) -> Running:
    """The container, as soon as it serves the sample newsroom."""
    made = Running(containers, "feedsvc-tested")
    assert eventually(lambda: made.entries() == 30), made.podman("logs", made.name, check=False).stderr
    return made


def test_it_answers_and_is_healthy(running: Running) -> None:
    assert running.get("/healthz").status == running.get("/readyz").status == running.get("/").status == 200
    assert running.podman("healthcheck", "run", running.name).returncode == 0


def test_it_is_not_root_and_has_no_power(running: Running) -> None:
    assert running.inside("id -u; id -g").split() == ["10001", "10001"]
    assert running.inside("grep CapEff /proc/1/status").split() == ["CapEff:", "0" * 16]
    assert running.state("Config.User") == "10001:10001"


def test_it_writes_to_its_data_alone(running: Running) -> None:
    assert running.may("touch /data/x /tmp/x && rm /data/x /tmp/x")
    for place in ("/x", "/opt/venv/x", "/config/x", "/usr/x", "/etc/x"):
        assert not running.may(f"touch {place}"), place


def test_it_starts_without_compiling_anything(running: Running) -> None:
    assert running.inside("find /opt/venv -name 'app.*.pyc' -path '*feedsvc/web*' | wc -l") == "1"
    assert running.inside("find /opt/venv -maxdepth 5 -name pip -o -maxdepth 5 -name setuptools") == ""


def test_the_documented_commands_in_it_work_and_the_backup_is_whole(running: Running) -> None:
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    commands = [shlex.split(line) for line in re.findall(r"^docker exec feedsvc (.*)$", page, re.M)]
    assert [command[:2] for command in commands] == [["feedsvc", name] for name in ("sources", "backup", "restore")]
    for command in commands:
        running.podman("exec", running.name, *command)
    connect = "from pysqlite3 import dbapi2 as db; copy = db.connect('/data/feeds.backup')"
    query = "print(copy.execute('SELECT count(*) FROM articles').fetchone()[0])"
    assert running.inside(f'python -c "{connect}; {query}"') == "30"


def test_what_is_killed_in_it_comes_back_and_leaves_no_zombie(running: Running) -> None:
    stat = "cat /proc/[0-9]*/stat 2>/dev/null"
    server = running.inside(f"{stat} | awk '$4 == 1 {{ print $1 }}' | sort -n | tail -1")
    running.inside(f"kill -9 {server}")
    assert eventually(lambda: running.entries() == 30, 10)
    assert eventually(lambda: running.inside(f"{stat} | awk '$3 == \"Z\"' | wc -l") == "0", 10)


def test_it_stops_on_term_and_its_data_outlive_it(running: Running) -> None:
    article = "Khánh thành trạm bơm\n\nSáng 10/1/2026, tỉnh Đồng Tháp khánh thành trạm bơm mới.\n\nLê Thử"
    running.inside(f"printf '%s' '{article}' > /data/inbox/dai-ba-song/tram-bom.txt")
    assert eventually(lambda: running.entries() == 31)
    began = time.monotonic()
    running.podman("stop", "--time", "30", running.name)
    assert time.monotonic() - began < 10
    assert running.state("State.ExitCode") == "0"
    running.podman("start", running.name)
    assert eventually(lambda: running.entries() == 31)
