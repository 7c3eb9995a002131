"""`feedsvc run` in the background of a test, and a reader of what it serves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType

from .newsroom import Newsroom

READY = 60.0
"""Seconds until a service is given up; a busy machine is slow."""


@dataclass(frozen=True)
class Answer:
    """What came back for a request; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Service:
    """A running service of a newsroom: use it in a `with`."""

    def __init__(self, newsroom: Newsroom, command: str = "run", **environment: str) -> None:
        self.address = f"127.0.0.1:{free_port()}"
        self.root = f"http://{self.address}"
        self._command = command
        own = {"FEEDSVC_BIND": self.address, "FEEDSVC_PUBLIC_URL": self.root}
        self._environment = newsroom.environment(**{**own, **environment})
        self._log = (newsroom.data / "service.log").open("ab")
        self.process: subprocess.Popen[str] | None = None
        self.said: list[str] = []

    def __enter__(self) -> Service:
        argv = [sys.executable, "-m", "feedsvc", self._command]
        self.process = subprocess.Popen(
            argv, env=self._environment, stdout=subprocess.PIPE, stderr=self._log, text=True, start_new_session=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process is not None:
            if self.process.poll() is None:
                self.stop()
            if self.process.stdout is not None:
                self.process.stdout.close()
        self._log.close()

    def wait_until_ready(self) -> None:
        """Read what it prints until its last line is there."""
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if line.startswith("Subscribe"):
                return
        raise AssertionError(f"it ended without being ready: {self.process.wait()}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; returns its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(15)

    def kill(self) -> None:
        """End it as the kernel would."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(15)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request; underscores in names of headers stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return get(f"{self.root}{path}", method, named)


def get(address: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    """One request, whatever its status; raises OSError where nothing answers."""
    request = urllib.request.Request(address, headers=dict(headers or {}), method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


def eventually(holds: Callable[[], object], seconds: float = READY) -> bool:
    """Whether it holds, sooner or later."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
