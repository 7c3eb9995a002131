"""A changed configuration: noticed, read whole, and handed over while everything runs.

look at the files ─► others, and the same twice ─► read all ─► wrong? tell it once, and keep what is in force
                 └─── asked to, by HUP: at once ──┘        └─► still the same files? ─► take it over
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, Protocol, TypeVar

from ..errors import ConfigurationError, FeedsvcError, Problem
from .watching import Signature, Stat, Watch

_log = logging.getLogger("feedsvc.reloading")

EVERY = 2.0
"""Seconds between two looks at the files."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)


class _Ring(Enum):
    LOOK = "look"
    ASKED = "asked"
    END = "end"


@dataclass(frozen=True, slots=True)
class Known(Generic[T_co]):
    """What was read of files that were such; another process may take it as read while they are."""

    signature: Signature
    found: T_co


class Store(Protocol[T_contra]):
    """Where something is kept that is read beside the files: another `number` says that it is another."""

    def number(self) -> int:
        """What stands for it, cheaply. Raises nothing."""

    def number_of(self, read: T_contra) -> int:
        """The number that it had when this was read."""

    def note(self, read: T_contra) -> bool:
        """Take notice of what was read and was right, whether it is new or not; says whether it had to be told of."""


class Reloading(Generic[T]):
    """What a process has read from files, and whatever it reads from them later, while it runs.

    `read` reads all of them, told whether somebody asked for it, and raises ConfigurationError where anything is wrong;
    `where` is the process's name in the log; one that is not to
    `tell` leaves it to another to log what is wrong. Files that change after this was made are noticed, and so is
    another number of a `store`, of which something is read beside them. `beside` tells what else matters of what was
    read, such as whether a date in it has come: when that is another than it was, the same is taken over once more.
    """

    def __init__(
        self,
        files: Iterable[Path],
        read: Callable[[bool], T],
        where: str,
        tell: bool = True,
        stat: Stat = os.stat,
        beside: Callable[[T], object] = lambda _: None,
        store: Store[T] | None = None,
    ) -> None:
        self._watch = Watch(files, stat, int if store is None else store.number)
        self._read = read
        self._store = store
        self._where = where
        self._tell = tell
        self._beside = beside
        self._in_force: T | None = None
        self._as_of: object = None
        self._told: tuple[Signature, str] | None = None
        self._asked = False
        self._bell: SimpleQueue[_Ring] = SimpleQueue()
        self._thread: Thread | None = None
        self.problems: tuple[Problem, ...] = ()
        """What is wrong in the files as they are now; what is in force was right."""

    def first(self, known: Known[T] | None = None) -> T:
        """What the files say at the start, or what is `known` of them. Raises what `read` raises."""
        same = known is not None and self._watch.same_files(known.signature)
        self._in_force = found = known.found if known is not None and same else self._read(False)
        if self._store is not None:
            self._watch.known_beside(self._store.number_of(found))
        self._note(found)
        self._as_of = self._beside(found)
        return found

    def known(self) -> Known[T]:
        """What the files say now, for a process that is started after this. Raises what `read` raises."""
        return Known(self._watch.now(), self._read(False))

    @property
    def in_force(self) -> T | None:
        """What was read and taken over last; None while it is being taken over."""
        return self._in_force

    def start(self, take: Callable[[T], None]) -> None:
        """Look again and again, in a thread of its own, and have `take` put in force what is new and right.

        Where `take` raises an error that may pass, it is called again with the next look.
        """
        self._thread = Thread(target=self._run, args=(take,), name="configuration", daemon=True)
        self._thread.start()

    def ask(self) -> None:
        """Have everything read now. Takes no lock, so that a handler of signals may call it."""
        self._bell.put(_Ring.ASKED)

    def hurry(self) -> None:
        """Have the next look now."""
        self._bell.put(_Ring.LOOK)

    def stop(self, timeout: float = 1.0) -> bool:
        """Look no more; False when something is still being taken over after so many seconds."""
        if self._thread is None:
            return True
        self._bell.put(_Ring.END)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def look(self, take: Callable[[T], None], asked: bool = False) -> None:
        """One look, and what follows from it; what was asked for stays so until it is done. Raises nothing."""
        if asked and not self._asked:
            _log.info("reading the configuration, as was asked for", extra={"where": self._where})
        self._asked = asked = asked or self._asked
        signature = self._watch.look(asked)
        if signature is None:
            self._look_beside(take)
            return
        try:
            found, problems = self._read_all(asked)
        except Exception as error:
            self._failed(signature, error)
            return
        if self._watch.now() != signature:
            return  # somebody is writing: what was read may be half old and half new
        self.problems = problems
        if found is None:
            self._refuse(signature)
            return
        told = self._note(found)
        if found == self._in_force:
            self._in_force = found
            quiet = told or (not asked and self._watch.same_files(signature))
            self._settle(signature, "" if quiet else "the configuration is right, and as it was before")
        else:
            self._take_over(signature, found, take)

    def _note(self, found: T) -> bool:
        return self._store is not None and self._store.note(found)

    def _look_beside(self, take: Callable[[T], None]) -> None:
        """Take over once more what is in force, where a date in it has come; if that fails, with the next look."""
        found = self._in_force
        if found is None or (as_of := self._beside(found)) == self._as_of:
            return
        try:
            take(found)
        except Exception as error:
            self._tell_once((), error)
        else:
            self._as_of = as_of
            _log.info("the configuration is in force as of today", extra={"where": self._where})

    def _read_all(self, asked: bool) -> tuple[T | None, tuple[Problem, ...]]:
        try:
            return self._read(asked), ()
        except ConfigurationError as error:
            return None, error.problems

    def _run(self, take: Callable[[T], None]) -> None:
        while (asked := self._rung()) is not None:
            self.look(take, asked)

    def _rung(self) -> bool | None:
        """Whether somebody asked, True, or it is time for a look, False; None at the end."""
        rung = set[_Ring]()
        with suppress(Empty):
            rung.add(self._bell.get(timeout=EVERY))
            while True:
                rung.add(self._bell.get_nowait())
        return None if _Ring.END in rung else _Ring.ASKED in rung

    def _refuse(self, signature: Signature) -> None:
        self._dealt_with(signature)
        for one in self.problems if self._tell else ():
            fields = {"file": one.file, "line": one.line, "key": one.key, "problem": one.message}
            _log.error("not taken over, the configuration before it stays in force: %s", one, extra=fields)

    def _settle(self, signature: Signature, sentence: str) -> None:
        self._dealt_with(signature)
        if sentence:
            _log.info(sentence, extra={"where": self._where})

    def _take_over(self, signature: Signature, found: T, take: Callable[[T], None]) -> None:
        # Should it fail half-way, what was in force would be so no more.
        self._in_force = None
        as_of = self._beside(found)
        try:
            take(found)
        except Exception as error:
            self._failed(signature, error)
        else:
            self._in_force, self._as_of = found, as_of
            self._settle(signature, "the changed configuration is in force")

    def _failed(self, signature: Signature, error: Exception) -> None:
        """Tell an error; one that may pass is left to the next look."""
        self._tell_once(signature, error)
        if not (isinstance(error, FeedsvcError) and error.retry):
            self._dealt_with(signature)

    def _dealt_with(self, signature: Signature) -> None:
        self._asked = False
        self._watch.dealt_with(signature)

    def _tell_once(self, signature: Signature, error: Exception) -> None:
        """Tell an error, once for each state of the files."""
        if self._told != (signature, str(error)):
            self._told = signature, str(error)
            known = isinstance(error, FeedsvcError)
            fields = {"where": self._where, "error": str(error)}
            _log.error("a changed configuration could not be taken over", exc_info=not known, extra=fields)
