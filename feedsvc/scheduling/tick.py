"""One tick, and what becomes of a pass.

beat ─► renew the leases of passes under way ─► end the quiet ones ─► claim what is due, for free places and ahead ─┐
                                                    └────── more is due, and a pass has ended ◄──────── start ◄─────┘
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from ..domain.passes import Claim, Pass
from ..errors import FeedsvcError, NoRoom, StoreError
from ..pipeline.believing import LEAP
from ..ports import Clock, Schedule
from .clockwatch import ClockWatch
from .holding import holder_name
from .limits import Limits
from .passes import Passes, RunPass
from .troubles import Troubles

_log = logging.getLogger("feedsvc.scheduling")

_TICK = "the scheduler's tick"
IDLE = "polls nothing: the labels in force are of another configuration than that of the only scheduler that runs"
ALONE = timedelta(seconds=30)
"""Without a sign of life of others, an idle one is alone."""
NO_ROOM = "there is no room for what comes; make room on the disk"
SET_BACK = timedelta(minutes=10)
"""By which a clock goes back where that is worth a word; see `Schedule.beat`."""
GATHERING = 0.05
"""Seconds after the end of a pass in which others may end too, before what is due is claimed for all of them."""


AHEAD = 2
"""Times as many passes are claimed ahead as came back lately: no place shall be empty while what is due is claimed."""


class Ticker:
    """Calls of it are ticks: one at a time, and no error leaves it.

    While it is `idle`, it starts nothing, and leaves it to others to show that they live; where none does, it shows
    itself, and what is wrong.
    """

    def __init__(
        self,
        schedule: Schedule,
        run_pass: RunPass,
        clock: Clock,
        limits: Limits,
        monotonic: Callable[[], float] = time.monotonic,
        watch: ClockWatch | None = None,
        idle: Callable[[], bool] = bool,
    ) -> None:
        self._is_idle = idle
        self.idle = False
        """Whether it was at the last tick; also for other threads."""
        self._watch = watch or ClockWatch()
        self._last_seen: datetime | None = None
        self._looked: datetime | None = None
        self.believed: datetime | None = None
        """The time of the last tick, None where it did not believe the clock; also for other threads."""
        self._trouble = ""
        self._full = False
        self._schedule = schedule
        self._run_pass = run_pass
        self._clock = clock
        self._limits = limits
        self._monotonic = monotonic
        self._holder = holder_name()
        self._troubles = Troubles()
        self._quiet: dict[str, Pass] = {}
        self._more = self._leaving = False
        self._ended = 0
        self.passes = Passes(self._guarded, limits, monotonic)

    def __call__(self) -> None:
        """Start what is due. What goes wrong is logged, and the next tick tries again."""
        self._more = False
        with self._told():
            self._beat()
            self._renew()
            self._give_back(self._limits.tick)
            self._end_quiet()
            if not self._trouble and not self.idle:
                self._start_due()

    def catch_up(self, end: float) -> bool:
        """Start more as passes end, up to a monotonic time, while more is due than there were places for.

        Says whether there may be more at the end of it.
        """
        if self._more:
            with self._told():
                while self._more and (left := end - self._monotonic()) > 0 and self.passes.one_ended(self._ended, left):
                    time.sleep(GATHERING)
                    self._end_quiet()
                    self._start_due()
        return self._more

    def end(self) -> None:
        """Store what is still to be stored, and give back what has not begun, when nothing more starts."""
        with self._told():
            self._end_quiet()
            self._give_back(timedelta(0))

    def _beat(self) -> None:
        """Show that the scheduler lives, and whether its clock can be believed."""
        now = self._clock()
        if self._looked is None:
            last = self._schedule.heartbeat()
            self._last_seen = None if last is None else last.sure
            if last is not None and last.believed is not None:
                self._watch.go_on_doubting(last.at)
        trouble = self._watch.look(now, self._last_seen)
        if trouble and not self._trouble:
            _log.error("%s", trouble)
        self._trouble, self._looked = trouble, now
        self.believed = None if trouble else now
        self.idle = self._is_idle()
        if self.idle and self._others_live(now):
            return
        hindered = IDLE if self.idle else NO_ROOM if self._full else ""
        before = self._schedule.beat(now, trouble or hindered, doubted=bool(trouble))
        if before is not None and before.at > now + SET_BACK:
            _log.warning("the clock was set back; what was planned before is due now")

    def _others_live(self, now: datetime) -> bool:
        last = self._schedule.heartbeat()
        return last is not None and not last.trouble and abs(now - last.at) <= ALONE

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # APScheduler would print a traceback a second
            self._more = False
            self._troubles.happened(_TICK, error, self._monotonic())
        else:
            self._troubles.over(_TICK)

    def _renew(self) -> None:
        now = self._clock()
        claims = self.passes.expiring(now)
        if claims:
            self._schedule.renew(claims, now, self._limits.lease)
            self.passes.renewed(claims, now + self._limits.lease)

    def _end_quiet(self) -> None:
        """Store the passes that changed nothing, all in one transaction; with the store away, with the next tick."""
        quiet = dict(self._quiet)
        if not quiet:
            return
        try:
            self._schedule.end(tuple(quiet.values()))
        except StoreError as error:
            if error.retry:
                raise
            self._end_each(quiet)
        except Exception:
            self._end_each(quiet)
        for source, done in quiet.items():
            if self._quiet.get(source) is done:  # and not that of a later pass
                self._quiet.pop(source, None)

    def _end_each(self, quiet: Mapping[str, Pass]) -> None:
        """Store each by itself: one that cannot be stored costs its own source alone."""
        for source, done in quiet.items():
            try:
                self._schedule.end((done,))
            except Exception as error:
                failures = self._troubles.happened(source, error, self._monotonic())
                self._put_off(done.claim, self._limits.wait(failures))

    def leave(self) -> None:
        """Start nothing more."""
        self._leaving = True
        self.passes.leave()

    def _start_due(self) -> None:
        came_back, self._ended, self._more = self.passes.ended - self._ended, self.passes.ended, False
        if self._leaving:
            return
        self.passes.fill()
        room, doubtful = self._room(came_back), self.passes.free_for_doubtful()
        self._more = not room
        if not room:
            return
        now, lease = self._clock(), self._limits.lease
        if self._looked is None or now - self._looked > LEAP:
            return  # it leapt since the tick began, and the next one says what to think of it
        claims = self._schedule.claim(
            holder=self._holder, now=now, lease=lease, limit=room, doubtful=doubtful, a_host=self._limits.a_host
        )
        # What is due may be waiting for one of these: for a place, for its outlet or for its host.
        self._more = bool(claims)
        for claim in claims:
            if self.passes.running(claim.source):
                self._not_twice(claim)
            else:
                self.passes.queue(claim)

    def _room(self, came_back: int) -> int:
        """How many to claim: what may start now, and what will have a place before more is claimed again.

        As many passes as came back since the last time will come back until the next one, or twice as many; where none
        did, as over servers that do not answer, nothing is kept waiting that another scheduler could poll.
        """
        soon = min(AHEAD * came_back, self._limits.places)
        return self.passes.free() + max(0, soon - self.passes.waiting())

    def _give_back(self, waited: timedelta) -> None:
        """Let others have what has waited for a place for longer; it is due as it was."""
        claims = self.passes.tired(waited.total_seconds())
        if claims:
            self._schedule.give_back(claims)

    def _not_twice(self, claim: Claim) -> None:
        if claim.source in self.passes.hung():
            _log.error("the last pass of %s hangs", claim.source, extra={"source": claim.source})
            self._put_off(claim, self._limits.backoff_limit)
        else:  # it is stored, and about to end
            self._put_off(claim, self._limits.tick)

    def _guarded(self, claim: Claim) -> None:
        try:
            quiet = self._run_pass(claim)
        except Exception as error:  # whatever it is, the other sources go on
            self._full = self._full or isinstance(error, NoRoom)
            failures = self._troubles.happened(claim.source, error, self._monotonic())
            # What will pass by itself, like a database that is away, says nothing about the source.
            passing = isinstance(error, FeedsvcError) and error.retry
            self._put_off(claim, self._limits.wait(1 if passing else failures))
        else:
            if quiet is not None:
                self._quiet[claim.source] = quiet
            else:
                self._full = False
            self._troubles.over(claim.source)

    def _put_off(self, claim: Claim, wait: timedelta) -> None:
        try:
            self._schedule.release(claim, self._clock() + wait)
        except StoreError as error:
            _log.warning("%s stays claimed until its lease ends: %s", claim.source, error)
