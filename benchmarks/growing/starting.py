"""How long it takes to start: `feedsvc --help`, and `feedsvc serve` from its start to the first feed it answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

from .. import cpu
from .newsroom import GrowingNewsroom

FEED = "/feeds/all.atom"
PATIENCE = 120.0
BREATH = 0.005


def helped() -> float:
    """Seconds that `feedsvc --help` takes."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "feedsvc", "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def served(room: GrowingNewsroom) -> tuple[float, float]:
    """Seconds until a web server of this newsroom answered, by the clock and of its CPU. Raises TimeoutError."""
    port = _free_port()
    environ = {**os.environ, **room.environ, "FEEDSVC_BIND": f"127.0.0.1:{port}"}
    argv = [sys.executable, "-m", "feedsvc", "serve"]
    began = time.perf_counter()
    with subprocess.Popen(argv, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not _answers(port):
                if time.perf_counter() - began > PATIENCE or process.poll() is not None:
                    raise TimeoutError("the web server did not start")
                time.sleep(BREATH)
            wall = time.perf_counter() - began
            return wall, cpu.of(process.pid) + sum(map(cpu.of, cpu.children(process.pid)))
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    """Whether the feed is served, with status 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", FEED)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
