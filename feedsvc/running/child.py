"""One supervised process: started, watched, started again, ended with all that it started."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass

from .parent import MARK
from .restarting import restart
from .signals import hangups_held

_log = logging.getLogger("feedsvc.running")

_BAD_CONFIGURATION = (2, 78)
"""Exit codes that trying again does not change: of a command that was called wrongly, and EX_CONFIG."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessSpec:
    """A process to keep running; `env` is its whole environment."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]


class Child:
    """Keeps one process running. It leads a session of its own, so Ctrl-C reaches only the supervisor."""

    def __init__(self, spec: ProcessSpec) -> None:
        self._spec = spec
        self._process: subprocess.Popen[bytes] | None = None
        self._since = 0.0
        self._due = 0.0
        self.starts = 0
        self.quick_deaths = 0

    def start_when_due(self) -> None:
        """Start the process unless it runs or has to wait."""
        if self._process is None and time.monotonic() >= self._due:
            self._start()

    def death(self) -> int | None:
        """The exit code of the process when it died since the last call; it is then due again, see `restart`."""
        if self._process is None or self._process.poll() is None:
            return None
        code = self._process.returncode
        self._clear_away()
        self._plan_restart(code)
        return code

    def is_hopeless(self, code: int | None) -> bool:
        """Whether the process ended at its first start with a code that says that a second one would end like it."""
        return code in _BAD_CONFIGURATION and self.starts == 1

    @property
    def name(self) -> str:
        """What the logs call it."""
        return self._spec.name

    @property
    def pid(self) -> int | None:
        """The number of the process; None while there is none."""
        return None if self._process is None else self._process.pid

    def running(self) -> bool:
        """Whether the process is there."""
        if self._process is not None and self._process.poll() is not None:
            self._clear_away()
        return self._process is not None

    def terminate(self) -> None:
        """Ask the process to end."""
        if self._process is not None:
            self._process.terminate()

    def hang_up(self) -> None:
        """Have the process read its configuration again."""
        if self._process is not None:
            self._process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """End the process and whatever it started."""
        if self._process is not None:
            _log.warning("%s did not stop in time and is killed", self._spec.name, extra={"child": self._spec.name})
            self._kill_group()
            self._process.wait()
            self._clear_away()

    def _start(self) -> None:
        self.starts += 1
        self._since = time.monotonic()
        try:
            with hangups_held():
                self._process = subprocess.Popen(  # noqa: S603  the caller's own commands
                    self._spec.argv,
                    env={**self._spec.env, MARK: str(self.starts)},
                    stdin=subprocess.PIPE,
                    start_new_session=True,
                )
        except OSError as error:
            _log.error("%s cannot be started: %s", self._spec.name, error, extra={"child": self._spec.name})
            self._plan_restart(None)

    def _plan_restart(self, code: int | None) -> None:
        now = time.monotonic()
        self.quick_deaths, wait = restart(code, now - self._since, self.quick_deaths)
        self._due = now + wait
        if code is not None and not self.is_hopeless(code):
            fields = {"child": self._spec.name, "code": code, "wait": wait}
            _log.warning("%s ended by itself (%s)", self._spec.name, _in_words(code), extra=fields)

    def _clear_away(self) -> None:
        if self._process is not None:
            self._kill_group()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process = None

    def _kill_group(self) -> None:
        if self._process is not None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return  # nobody is left in it


def _in_words(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
