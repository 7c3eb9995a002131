"""A worker, as the process sees it that hired it: started, asked, and ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from .wire import receive, send, unpacked
from .worker import MEMORY, OUT_OF_MEMORY

_START = "import sys; sys.path.insert(0, {root!r}); from feedsvc.running.worker import main; main()"
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONDONTWRITEBYTECODE")
"""What a worker may know of the environment, which holds secrets."""


class Hired:
    """One process and its pipes. Used by one thread at a time. Raises OSError where none can be started."""

    def __init__(self, factory: str) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self._process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-P", "-c", _START.format(root=root), factory],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            bufsize=0,
        )
        self._calls, self._answers = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        self.goes_on = True
        self.started = False
        self.idle_since = 0.0

    def start(self, until: float) -> None:
        """Wait for its first word. Raises Closed and Late."""
        self.goes_on, self.started = False, True
        receive(self._answers.fileno(), until)

    def results(self, call: bytes, until: float) -> Iterator[tuple[str, Any]]:
        """The results of a call, as they come. Raises Closed and Late."""
        self.goes_on = False
        send(self._calls.fileno(), call)
        while True:
            kind, result = unpacked(receive(self._answers.fileno(), until))
            if kind == "end":
                self.goes_on = bool(result)
                return
            yield kind, result

    def died(self, late: bool) -> str | None:
        """Why it did not answer, as a sentence, None where it had not ended by itself; it is gone then."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if not late:
                self._process.wait(1)
        code = self._process.poll()
        self.end()
        return None if code is None else _why(code)

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._calls.close()
        self._answers.close()


def _why(code: int) -> str:
    """What the end of a worker says about what it was reading."""
    if code == -signal.SIGPROF:
        return "reading it took more processor time than any honest one takes"
    if code == OUT_OF_MEMORY:
        return f"reading it took more than {MEMORY // 1024 // 1024} MiB of memory"
    return f"what read it ended by {f'signal {-code}' if code < 0 else f'exit code {code}'}"
