"""A load, by wrk: one thread, 32 connections that stay open, on a core of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .programs import program
from .running import Cores, Running, on

CONNECTIONS = 32
TOLD = Path(__file__).with_name("told.lua")


class Failed(Exception):
    """Answers that are not those that were to be measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is asked for, how, for so many seconds; `script` is of wrk, its `arguments` are handed to it."""

    path: str
    fields: Mapping[str, str]
    seconds: int
    script: Path = TOLD
    arguments: Sequence[str] = ()
    connections: int = CONNECTIONS

    def argv(self, port: int) -> list[str]:
        """The command."""
        fields = (part for name, value in self.fields.items() for part in ("-H", f"{name}: {value}"))
        how = ["-t1", f"-c{self.connections}", f"-d{self.seconds}s", "--timeout", "30s", "-s", str(self.script)]
        target = [f"http://127.0.0.1:{port}{self.path}"]
        return [program("wrk"), *how, *fields, *target, *(("--", *self.arguments) if self.arguments else ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Requests, those answered with 400 and more among them, bytes with the heads; milliseconds, CPU seconds."""

    requests: int
    bytes: int
    seconds: float
    p50: float
    p99: float
    refused: int
    broken: int
    cpu: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cost(self) -> float:
        """CPU microseconds a request of the server and all that it started."""
        return self.cpu / max(self.requests, 1) * 1e6

    @property
    def size(self) -> float:
        """Bytes an answer, its head included."""
        return self.bytes / max(self.requests, 1)


def put(load: Load, server: Running, cores: Cores) -> Found:
    """Put a load on a server. Raises Failed where connections broke or nothing came back."""
    before = server.cpu()
    done = subprocess.run(on(cores.load, load.argv(server.port)), stdout=subprocess.PIPE, check=True, text=True)
    found = read(done.stdout, server.cpu() - before)
    if found.broken or not found.requests:
        raise Failed(f"{load.path}: {found.broken} connections broke, {found.requests} requests were answered")
    return found


def read(said: str, spent: float = 0.0) -> Found:
    """What wrk said, and the CPU seconds that it took the server. Raises Failed where it said nothing."""
    for line in said.splitlines():
        if line.startswith("FOUND "):
            return Found(**json.loads(line.removeprefix("FOUND ")), cpu=spent)
    raise Failed(f"wrk found nothing:\n{said}")
