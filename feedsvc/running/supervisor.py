"""The foreground process of `feedsvc run`: it keeps the others running, and ends them.

start all ─► every 0.1 s: who died? start it again · ready for the first time? announce ─► told to stop: TERM, then KILL
                           HUP came? hand it on
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from .child import Child, ProcessSpec
from .orphans import reap
from .signals import on_stop

_log = logging.getLogger("feedsvc.running")

_PAUSE = 0.1
_PATIENCE = 9.0
_SHORT_PATIENCE = 1.0
_TRIES = 5


def supervise(processes: tuple[ProcessSpec, ...], ready: Callable[[], bool], announce: Callable[[], None]) -> int:
    """Keep the processes running until told to stop, and return the exit code: 0 when all stopped as asked.

    `ready` is asked until it is True for the first time, and should answer within a second; then
    `announce` is called, once. A HUP is handed on to each process. One that ends is started again, at once and then
    after the pauses of `restarting`. Two cases end everything instead: bad configuration at a process's first start,
    and a process that fails again and again before the service was ever ready.
    """
    return _Supervisor(tuple(Child(spec) for spec in processes), ready, announce).run()


class _Supervisor:
    def __init__(self, children: tuple[Child, ...], ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        self._children = children
        self._ready = ready
        self._announce = announce
        self._announced = False
        self._told = 0
        self._hung_up = False

    def run(self) -> int:
        code: int | None = None
        with on_stop(self._tell, self._tell, self._hang_up):
            try:
                while code is None and not self._told:
                    code = self._look_after()
                    time.sleep(_PAUSE)
            finally:
                stopped = self._stop()
        if code is None:
            code = 0 if stopped else 1
        return code

    def _tell(self) -> None:
        self._told += 1

    def _hang_up(self) -> None:
        self._hung_up = True

    def _look_after(self) -> int | None:
        hung_up, self._hung_up = self._hung_up, False
        for child in self._children:
            code = child.death()
            if self._hopeless(child, code):
                return code if code is not None and code > 0 else 1
            if hung_up:
                child.hang_up()
            child.start_when_due()
        reap({child.pid for child in self._children if child.pid is not None})
        if not self._announced and self._ready():
            self._announced = True
            self._announce()
        return None

    def _hopeless(self, child: Child, code: int | None) -> bool:
        if child.is_hopeless(code):
            return True
        if self._announced or child.quick_deaths < _TRIES:
            return False
        _log.critical("%s failed %d times before anything was ready; the service ends", child.name, _TRIES)
        return True

    def _stop(self) -> bool:
        for child in self._children:
            child.terminate()
        begun = time.monotonic()
        while late := [child for child in self._children if child.running()]:
            if time.monotonic() - begun > (_PATIENCE if self._told < 2 else _SHORT_PATIENCE):
                break
            time.sleep(_PAUSE / 2)
        for child in late:
            child.kill()
        return not late
