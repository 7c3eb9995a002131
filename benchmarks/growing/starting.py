"""How long it takes to start: `feedsvc --help`, and `feedsvc serve` until it is ready, and until its first feed."""

from __future__ import annotations

import compileall
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path

import feedsvc

from .. import cpu
from .newsroom import GrowingNewsroom

READY = "/readyz"
FEED = "/feeds/all.atom"
PATIENCE = 120.0
BREATH = 0.005


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of a web server until `/readyz` said 200, until a feed came whole, and of its CPU."""

    ready: float
    feed: float
    cpu: float


@cache
def as_installed() -> None:
    """Have what is started be compiled already, as it is wherever it is installed; some environments forbid it."""
    compileall.compile_dir(Path(feedsvc.__file__).parent, quiet=1)


def helped() -> float:
    """Seconds that `feedsvc --help` takes."""
    as_installed()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "feedsvc", "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def served(room: GrowingNewsroom) -> Start:
    """Start a web server of this newsroom, and ask it. Raises TimeoutError."""
    as_installed()
    port = _free_port()
    environ = {**os.environ, **room.environ, "FEEDSVC_BIND": f"127.0.0.1:{port}"}
    argv = [sys.executable, "-m", "feedsvc", "serve"]
    began = time.perf_counter()
    with subprocess.Popen(argv, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            ready, feed = (_until(port, path, process, began) for path in (READY, FEED))
            return Start(ready, feed, cpu.of(process.pid) + sum(map(cpu.of, cpu.children(process.pid))))
        finally:
            process.terminate()


def _until(port: int, path: str, process: subprocess.Popen[bytes], began: float) -> float:
    """Seconds until this was answered with 200, from the beginning."""
    while not _answers(port, path):
        if time.perf_counter() - began > PATIENCE or process.poll() is not None:
            raise TimeoutError("the web server did not start")
        time.sleep(BREATH)
    return time.perf_counter() - began


def _answers(port: int, path: str) -> bool:
    """Whether this is answered whole, with status 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return False
    else:
        return answer.status == 200
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
