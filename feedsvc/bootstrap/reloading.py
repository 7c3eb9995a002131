"""The configuration of a process, watched from before it is read; and the days on which it means something else."""

from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..domain.retirement import Retirement
from ..domain.succession import turns
from .following import Following, Read
from .services import Services, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.pending import Pending
    from ..errors import Problem
    from ..ports import Clock
    from ..running.reloading import Known
    from ..settings import Settings


PATIENCE = 5.0
"""Seconds within which a process takes over what was applied; later, something is wrong with what it would take."""


def known_to_all(config: Path, environ: Mapping[str, str] = os.environ) -> Known[Read]:
    """What is in force, read once for the processes that are started after this; the database is closed again.

    Raises ConfigurationError and StoreError.
    """
    from ..running.reloading import Reloading
    from ..settings import FILES

    with closing(Following(config, environ, tell=False)) as following:
        return Reloading((config / name for name in FILES), following.read, "", tell=False).known()


def turned(settings: Settings, clock: Clock = utc_now) -> int:
    """How often a topic or a place had begun, changed, ended or gone by now, where the site is."""
    day = clock().astimezone(ZoneInfo(settings.site.zone)).date()
    retirement = Retirement(settings.taxonomy, day, settings.site.farewell)
    return turns(settings.taxonomy, day) + retirement.farewells()


class Changing:
    """A folder of configuration and what is applied in the database, followed by a process while it runs.

    `where` is the process's name in the log; for `applies` and `tell` see Following. What is `known` was read by the
    process that started this one, just before; it is read again if the files are others by now.
    """

    def __init__(
        self, config: Path, where: str, *, applies: bool = False, tell: bool = True, known: Known[Read] | None = None
    ) -> None:
        from ..running.reloading import Reloading
        from ..settings import FILES

        self._following = Following(config, applies=applies, tell=tell)
        files = (config / name for name in FILES)
        one = self._following
        self._reloading = Reloading(files, one.read, where, tell, beside=_turned, store=one)
        self._known = known
        self._overtaking: tuple[int, float] | None = None

    def services(self) -> Services:
        """By what is in force at the start, over a database that is opened for it. Raises what reading raises."""
        settings = self._reloading.first(self._known).settings
        self._known = None
        return Services(settings, store=self._following.store)

    def start(self, take: Callable[[Read], None]) -> None:
        """Look again and again, and have `take` put in force what is other; see Reloading."""
        self._reloading.start(take)

    def ask(self) -> None:
        """Have everything read now, and applied by who applies. A handler of signals may call it."""
        self._reloading.ask()

    def overtaken(self) -> bool:
        """Whether another configuration was applied just now, which will be taken over any moment."""
        newest, ours = self._following.number(), self._reloading.in_force
        if ours is not None and newest == ours.number:
            return False
        noticed = self._overtaking
        if noticed is None or noticed[0] != newest:
            noticed = self._overtaking = newest, time.monotonic()
            self._reloading.hurry()
        return time.monotonic() - noticed[1] < PATIENCE

    def stop(self) -> bool:
        """Look no more; False when something is still being taken over."""
        return self._reloading.stop()

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files as they are now, beside edited topics and regions."""
        return self._reloading.problems

    def pending(self) -> Pending:
        """What an apply would put in force."""
        return self._following.pending


def _turned(read: Read) -> int:
    return turned(read.settings)
