"""A PostgreSQL server of the tests' own: made in a folder, started on loopback, stopped and started as faults want it.

It runs as the user `postgres` where the tests run as root, which PostgreSQL itself refuses to do.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

_SORTED = ("--locale-provider=icu", "--icu-locale=vi")
"""Texts sort as people want them to, which is not by their bytes: nothing of ours may depend on it."""

_SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off")
"""What is lost in a crash of the machine is not what these tests are about; syncs would make them slow."""

_IN_MEMORY = Path("/dev/shm")
_ROOM = 2**30

OWNER = "feedsvc"
MISSING = "PostgreSQL is not installed here (Debian: apt install postgresql)"


def programs() -> Path | None:
    """The folder of the newest server's programs, None where there is none."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parent.parent.name))
    found = [Path(on_path)] if on_path else debian
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


class Server:
    """One server. `url` gives the address of a new, empty database on it; `settings` are of its own configuration."""

    def __init__(self, bin_folder: Path, folder: Path, settings: Sequence[str] = ()) -> None:
        self._bin = bin_folder
        self._settings = " ".join(f"-c {one}" for one in (*_SETTINGS, *settings))
        self._folder = folder
        self.port = _free_port()
        self._made = 0

    def create(self) -> None:
        """Make its files."""
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb", "-D", f"{self._folder}/data", "-U", OWNER, "-A", "trust", "-E", "UTF8", *_SORTED, "--no-sync"
        )

    def start(self) -> None:
        """Start it, and return once it takes connections."""
        options = f"-p {self.port} {self._settings}"
        log = f"{self._folder}/log"
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` ends every connection, `immediate` is as if it had been killed."""
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-w", "-t", "60", "-m", mode, "stop")

    def url(self) -> str:
        """The address of a new database."""
        self._made += 1
        name = f"feeds{self._made}"
        with psycopg.connect(self._place("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._place(name)

    def copy_of(self, url: str) -> str:
        """The address of a new database that holds what that one does, to which nobody is connected."""
        self._made += 1
        name = f"feeds{self._made}"
        with psycopg.connect(self._place("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{url.rpartition("/")[2]}"')
        return self._place(name)

    def drop(self, url: str) -> None:
        """Remove a database, and end whoever is connected to it."""
        with psycopg.connect(self._place("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _place(self, name: str) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = (str(self._bin / program), *arguments)
        if os.geteuid() == 0:
            command = ("runuser", "-u", "postgres", "--", *command)
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            command,
            check=False,
            cwd="/",
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")


def _folder_for_files() -> Path:
    """Memory where there is enough: a database is three hundred files, which a disk takes long to write and remove."""
    roomy = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM
    return _IN_MEMORY if roomy else Path("/tmp")


@contextmanager
def running() -> Iterator[Server]:
    """A started server; skips the test where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        pytest.skip(MISSING)
    folder = Path(mkdtemp(prefix="feedsvc-pg-", dir=_folder_for_files()))
    server = Server(found, folder)
    try:
        server.create()
        server.start()
        yield server
    finally:
        with suppress(AssertionError):  # a test stopped it
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
