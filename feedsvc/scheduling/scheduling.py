"""The scheduler as one object: it is started, watched and stopped.

One BackgroundScheduler with two jobs, the tick and the upkeep. Sources are no jobs: their schedule is in the
database, where a restart finds it, and where two schedulers cannot both take one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from ..ports import Clock, Schedule
from .limits import Limits
from .passes import RunPass
from .tick import Ticker
from .troubles import Troubles

_log = logging.getLogger("feedsvc.scheduling")

Upkeep = Callable[[datetime, Callable[[float], bool]], object]
"""What is done now and then; it is given the time, and what waits for so many seconds and says whether to end."""
SLEPT = 2.0
"""Seconds that the main thread, which looks five times a tick, cannot have needed for anything but sleep."""

# Each tick would be two lines, and a tick that is late one more.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


class _Steadily:
    """Fires again `every` after now.

    APScheduler's interval trigger would list every second between the last tick and now, which is
    sixty years of them on a machine that gets the time only after its start.
    """

    def __init__(self, every: timedelta) -> None:
        self.every = every

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now if previous is None else now + self.every


BaseTrigger.register(_Steadily)


class Scheduling:
    """Starts due passes every second, from `start` to `stop`.

    `run_pass` does, stores and logs one whole pass; whatever it raises is logged, and its source
    is tried again later. `upkeep` is done every minute, beside the ticks, while the clock can be believed. While it is
    `idle`, no pass starts, and there is no upkeep.
    """

    def __init__(
        self,
        schedule: Schedule,
        run_pass: RunPass,
        clock: Clock,
        limits: Limits | None = None,
        upkeep: Upkeep | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        idle: Callable[[], bool] = bool,
    ) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        self._monotonic = monotonic
        self._upkeep = upkeep
        self._keeping: Thread | None = None
        self._leaving = Event()
        self._tick = Ticker(schedule, run_pass, clock, self._limits, monotonic, idle=idle)
        self._troubles = Troubles()
        self._ticking = False
        self._last_tick = monotonic()
        self._told_to_leave = False
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to tick, in threads of its own."""
        self._last_tick = self._monotonic()
        self._scheduler.add_job(self._one_tick, _Steadily(self._limits.tick), id="tick")
        if self._upkeep is not None:
            every = _Steadily(self._limits.upkeep)
            self._scheduler.add_job(self._begin_upkeep, every, (self._upkeep,), id="upkeep")
        self._scheduler.start()

    def wait(self) -> bool:
        """Return True once told to leave or to stop, False when only a new process will help.

        Also keeps the tick going when the clock is set back. To be called in the main thread.
        """
        looked = self._monotonic()
        while not self._told_to_leave:
            now = self._monotonic()
            if now - looked > SLEPT:
                self._last_tick = now  # nothing hangs that was stopped with all of the process
            looked = now
            if self._beyond_help():
                return False
            self._keep_ticking()
            time.sleep(self._limits.tick.total_seconds() / 5)
        return True

    def leave(self) -> None:
        """Make `wait` return. All that a signal handler may safely do."""
        self._told_to_leave = True

    def stop(self, timeout: float = 8.0) -> bool:
        """Tick no more, and let passes finish for so many seconds.

        False when some did not: then the process should end without joining threads, and the
        claims of those passes end with their leases.
        """
        end = self._monotonic() + timeout
        self.leave()
        self._tick.leave()
        self._leaving.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        while self._ticking and self._monotonic() < end:
            time.sleep(0.02)
        finished = self._tick.passes.finished(max(0.0, end - self._monotonic())) and not self._ticking
        if self._keeping is not None:
            self._keeping.join(max(0.1, end - self._monotonic()))
            finished = finished and not self._keeping.is_alive()
        return finished and self._ended(max(0.1, end - self._monotonic()))

    def _ended(self, timeout: float) -> bool:
        """Store what is still to be stored, for so many seconds; what is not is polled again after a lease."""
        ending = Thread(target=self._tick.end, daemon=True)
        ending.start()
        ending.join(timeout)
        return not ending.is_alive()

    def alive(self, now: float) -> bool:
        """Whether the scheduler does its work, at a monotonic time: it ticked within three ticks."""
        return self._age(now) < 3 * self._limits.tick.total_seconds() and self._thread_lives()

    def _one_tick(self) -> None:
        """Tick, and go on while more is due than there are places for: between two jobs, places would be empty."""
        every, self._ticking = self._limits.tick.total_seconds(), True
        try:
            more = True
            while more and not self._told_to_leave:
                self._last_tick = self._monotonic()
                self._tick()
                more = self._tick.catch_up(self._last_tick + every)
        finally:
            self._ticking = False

    def _begin_upkeep(self, upkeep: Upkeep) -> None:
        """In a thread that a stop need not wait for, by the time of the last tick.

        That was believed; by the clock as it may be by now everything would look old, and be gone for good.
        """
        if self._keeping is not None and self._keeping.is_alive():
            return
        now = self._tick.believed
        if now is not None and not self._tick.idle:
            keeping = Thread(target=self._keep_up, args=(upkeep, now), name="upkeep", daemon=True)
            keeping.start()
            self._keeping = keeping  # only now: a stop joins it, and what has not begun cannot be joined

    def _keep_up(self, upkeep: Upkeep, now: datetime) -> None:
        try:
            upkeep(now, self._leaving.wait)
        except Exception as error:
            self._troubles.happened("the upkeep", error, self._monotonic())
        else:
            self._troubles.over("the upkeep")

    def _age(self, now: float) -> float:
        return now - self._last_tick

    def _thread_lives(self) -> bool:
        thread = getattr(self._scheduler, "_thread", None)
        return thread is not None and thread.is_alive()

    def _beyond_help(self) -> bool:
        reasons = {
            "the scheduler's thread died": not self._thread_lives(),
            "a tick hangs": self._ticking and self._age(self._monotonic()) > self._limits.lease.total_seconds(),
            "too many passes hang": len(self._tick.passes.hung()) >= self._limits.places,
        }
        told = [reason for reason, holds in reasons.items() if holds]
        if told:
            _log.critical("the scheduler gives up: %s", ", ".join(told))
        return bool(told)

    def _keep_ticking(self) -> None:
        # APScheduler waits for a time of day: after the clock was set back by two hours, for two hours.
        jobs = self._scheduler.get_jobs()  # before the clock: what runs meanwhile is planned by a later one
        now = self._clock()
        waiting = [job for job in jobs if job.next_run_time > now + 2 * job.trigger.every]
        if waiting:
            _log.warning("the clock was set back; the scheduler goes on")
        for job in waiting:
            job.modify(next_run_time=now)
