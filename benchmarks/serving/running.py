"""A server that is measured: its process on a core of its own, its CPU time and its memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .. import cpu

RESTING = 0.03
"""CPU seconds within a second."""
REST = 3
"""Seconds that it has to rest for, one by one."""
PATIENCE = 60.0
"""Seconds until a server is given up that does not answer, or does not end."""


@dataclass(frozen=True, slots=True)
class Cores:
    """The core of whatever is measured, and that of what measures."""

    server: int
    load: int

    @classmethod
    def of_this_machine(cls) -> Cores:
        """The first and the last that this process may use; the same where there is but one."""
        usable = sorted(os.sched_getaffinity(0))
        return cls(usable[0], usable[-1])


def on(core: int, argv: Sequence[str]) -> list[str]:
    """A command on one core alone."""
    return ["taskset", "-c", str(core), *argv]


@dataclass(frozen=True, slots=True)
class Running:
    """A process, the port that it listens on, if it does, and the file that it writes its lines to."""

    process: int
    port: int
    log: Path

    def cpu(self) -> float:
        """CPU seconds of it and of all that it started."""
        return cpu.tree(self.process)

    def memory(self) -> tuple[float, float]:
        """MB of the largest of the processes that answer: now, and at most since it started."""
        answering = cpu.children(self.process) or [self.process]
        found = [_memory(one) for one in answering]
        return max(now for now, _ in found), max(most for _, most in found)

    def settle(self, patience: float) -> None:
        """Wait until it rests, so many seconds at most: at its start it makes ready what nobody has asked for yet."""
        deadline, rested = time.monotonic() + patience, 0
        while rested < REST and time.monotonic() < deadline:
            before = self.cpu()
            time.sleep(1)
            rested = rested + 1 if self.cpu() - before < RESTING else 0

    def forget_lines(self) -> None:
        """Empty its log, which grows by megabytes a second."""
        with suppress(FileNotFoundError):
            os.truncate(self.log, 0)


@contextmanager
def running(
    argv: Sequence[str], port: int, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """A process in a session of its own, as an operator's service is; it answers when this begins, and ends with it.

    With the port 0 it is no server. Raises RuntimeError where it ends by itself, TimeoutError where it does not answer.
    """
    own = {**os.environ, **(environment or {})}
    with log.open("ab") as lines:
        process = subprocess.Popen(argv, env=own, stdout=lines, stderr=lines, start_new_session=True)
    try:
        if port:
            _until_it_answers(process, port, log)
        yield Running(process.pid, port, log)
    finally:
        _ended(process)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended:\n{log.read_text(errors='replace')[-4000:]}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"{process.args!r} does not answer")


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


def _memory(process: int) -> tuple[float, float]:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    told = {name: value for name, _, value in (line.partition(":") for line in lines)}
    now, most = (int(told[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most
