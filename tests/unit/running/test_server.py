"""The web server as a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from feedsvc.running.threads import TURN

from .little import environment, eventually, lives, pids

APPLICATION = """
import os, sys, time
def make(known=None):
    from feedsvc.running.signals import on_hangup
    heard = []
    on_hangup(lambda: heard.append(b'again'), lambda: None)
    open(os.environ['NOTES'], 'a').write(f'{os.getpid()}\\n')
    def app(environ, start):
        if environ['PATH_INFO'] == '/slow':
            time.sleep(1)
        if environ['PATH_INFO'] == '/turn':
            heard.append(str(sys.getswitchinterval()).encode())
        start('200 OK', [('Content-Type', 'text/plain')])
        return heard or [b'served' if known is None else b'known: ' + known]
    return app
"""

MAIN = """
import logging, sys
logging.basicConfig(level='INFO', format='OURS %(message)s')
from feedsvc.running.server import serve
sys.exit(serve('little_application:make', sys.argv[1], known={known!r}))
"""

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(folder: Path, bind: str, known: bytes | None = None) -> subprocess.Popen[str]:
    (folder / "little_application.py").write_text(APPLICATION)
    env = environment()
    env |= {"PYTHONPATH": f"{env['PYTHONPATH']}{os.pathsep}{folder}", "NOTES": str(folder / "notes")}
    command = (sys.executable, "-c", MAIN.format(known=known), bind)
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = start(tmp_path, f"127.0.0.1:{port}")
    assert eventually(lambda: answer(port) == b"served")
    yield process
    process.kill()
    process.communicate()


def answer(port: int, path: str = "/") -> bytes | None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except OSError:
        return None
    finally:
        connection.close()


def test_a_request_under_way_is_answered_before_the_end(server: subprocess.Popen[str], port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/slow")
    time.sleep(0.3)
    server.terminate()
    assert connection.getresponse().read() == b"served"
    connection.close()
    output, _ = server.communicate(timeout=5)
    assert (server.returncode, output) == (0, "")


def test_the_threads_of_a_worker_take_short_turns(server: subprocess.Popen[str], port: int) -> None:
    assert server.poll() is None
    assert answer(port, "/turn") == str(TURN).encode()


def test_a_worker_that_dies_is_replaced(server: subprocess.Popen[str], port: int, tmp_path: Path) -> None:
    os.kill(pids(tmp_path / "notes")[0], signal.SIGKILL)
    assert eventually(lambda: answer(port) == b"served")
    assert len(pids(tmp_path / "notes")) == 2


def test_what_was_known_at_the_start_is_told_the_first_worker_and_no_later_one(tmp_path: Path, port: int) -> None:
    process = start(tmp_path, f"127.0.0.1:{port}", known=b"a token")
    try:
        assert eventually(lambda: answer(port) == b"known: a token")
        os.kill(pids(tmp_path / "notes")[0], signal.SIGKILL)
        assert eventually(lambda: answer(port) == b"served")
    finally:
        process.kill()
        process.communicate()


def test_a_worker_that_is_killed_at_once_again_ends_the_server_as_killed(
    server: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    for killed in range(2):
        assert eventually(lambda: answer(port) == b"served")
        os.kill(pids(tmp_path / "notes")[killed], signal.SIGKILL)
    assert server.wait(10) == 137


def test_a_hangup_reaches_the_worker_and_starts_no_other(
    server: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    for count in (1, 2):
        server.send_signal(signal.SIGHUP)
        assert eventually(lambda: answer(port) == b"again" * count)  # noqa: B023
    assert len(pids(tmp_path / "notes")) == 1


def test_no_worker_outlives_the_server(server: subprocess.Popen[str], tmp_path: Path) -> None:
    server.kill()
    server.wait()
    assert eventually(lambda: not any(lives(pid) for pid in pids(tmp_path / "notes")), 4)


def test_an_address_in_use_is_one_line_and_exit_code_1(
    server: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    second = start(tmp_path, f"127.0.0.1:{port}")
    output, _ = second.communicate(timeout=10)
    assert second.returncode == 1
    assert output.count("\n") == 1
    assert output.startswith(f"OURS cannot listen on 127.0.0.1:{port}: another program already does")


def test_a_wrong_address_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    process = start(tmp_path, "nonsense")
    output, _ = process.communicate(timeout=10)
    assert process.returncode == 2
    assert output.count("\n") == 1
