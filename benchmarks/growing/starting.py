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
from http.client import HTTPConnection, HTTPException
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
def compile_it() -> None:
    """Compile the package, as its installation does: with PYTHONDONTWRITEBYTECODE each start would do it anew.

    Raises RuntimeError where that fails.
    """
    package = Path(feedsvc.__file__).parent
    if not compileall.compile_dir(package, quiet=1):
        raise RuntimeError(f"{package} cannot be compiled; how long it takes to start would be that of compiling it")


def helped() -> float:
    """Seconds that `feedsvc --help` takes."""
    compile_it()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "feedsvc", "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def served(room: GrowingNewsroom) -> Start:
    """Start a web server of this newsroom, and ask it. Raises TimeoutError."""
    compile_it()
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
    except (OSError, HTTPException):
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
