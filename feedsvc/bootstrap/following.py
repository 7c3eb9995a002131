"""What a process goes by: two files as they are now, topics and regions as they are applied in the database.

files, and what is applied ─► others ─► Read ─► in force
                                         └─► edited topics and regions: pending, which is told
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .. import plugins
from ..domain.pending import NOTHING
from ..errors import StoreError
from .services import Services, read_settings
from .stored_rules import stored_rules

if TYPE_CHECKING:
    from ..domain.applied import Applied
    from ..domain.pending import Pending
    from ..errors import Problem
    from ..settings import Settings
    from ..storage.store import Store

_log = logging.getLogger("feedsvc.configuration")

EARLIER = "the topics and regions of an earlier release were not stored; those of the files are taken to be applied"
UNREADABLE = "the applied topics and regions are of another release, and cannot be read; those of the files are taken"


@dataclass(frozen=True, slots=True)
class Read:
    """The settings in force, and what is said beside them.

    `made`: all stored labels are those of these topics and regions; `number` is that of what is applied, 0 for nothing.
    `rules`: these are not applied yet, and are to be; `over`: in the place of what another one applied meanwhile.
    `problems` are those of the edited topics and regions, `warnings` name what counts for nothing until an apply.
    """

    settings: Settings
    made: bool = True
    number: int = field(default=0, compare=False)
    rules: bool = field(default=False, compare=False)
    over: bool = False
    pending: Pending = field(default=NOTHING, compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    warnings: tuple[Problem, ...] = field(default=(), compare=False)


class Following:
    """Reads what is in force, whenever it is asked to. Where it `applies`, what is asked for by HUP is an apply.

    One that is not to `tell` leaves it to another process to log what is pending. The database is opened when it is
    needed, and closed by whoever uses it.
    """

    def __init__(
        self, config: Path, environ: Mapping[str, str] = os.environ, *, applies: bool = False, tell: bool = True
    ) -> None:
        self._config = config
        self._environ = environ
        self._applies = applies
        self._tell = tell
        self._told: tuple[Pending, tuple[Problem, ...]] = NOTHING, ()
        self._applied: Applied | None = None
        self._number = 0
        self.pending = NOTHING
        """What an apply would put in force, by the files as they were last read."""

    @cached_property
    def store(self) -> Store:
        """The database. Raises ConfigurationError and StoreError."""
        from ..settings import database_of
        from ..storage.store import open_store

        return open_store(database_of(self._environ))

    def number(self) -> int:
        """That of what is applied, as far as is known: with the database away it is what it was."""
        if "store" in self.__dict__:
            try:
                self._number = self.store.applied_number()
            except StoreError:
                return self._number
        return self._number

    def number_of(self, read: Read) -> int:
        """That of what was applied when this was read."""
        return read.number

    def read(self, asked: bool = False) -> Read:
        """What is in force; or, where it is `asked` for and this applies, what the files say, to be applied.

        Raises ConfigurationError and StoreError.
        """
        from ..settings import load_followed

        if asked and self._applies:
            known = 0 if self._applied is None else self._applied.number
            over = self.store.applied_number() != known
            return Read(read_settings(self._config, self._environ), rules=True, over=over)
        kinds = {name: kind.options for name, kind in plugins.plugins(plugins.SOURCES).items()}
        found = load_followed(self._config, self._environ, kinds, self._rules)
        one = self._applied
        made, number = (True, 0) if one is None else (one.made, one.number)
        return Read(
            found.settings, made, number, pending=found.pending, problems=found.problems, warnings=found.warnings
        )

    def close(self) -> None:
        """Give the database back, where it was needed."""
        if "store" in self.__dict__:
            self.store.close()

    def note(self, read: Read) -> bool:
        """Keep what is pending, and log it, once for each state of the files; says whether it did."""
        if read.rules:
            return False
        self.pending = read.pending
        told = read.pending, read.warnings
        if told == self._told or not self._tell:
            return False
        self._told = told
        for one in read.problems:
            _log.error("not taken over, what is applied stays in force: %s", one, extra=_fields(one))
        for one in read.warnings:
            _log.warning("%s", one, extra=_fields(one))
        if read.pending and not read.problems:
            _log.info("%s", read.pending.sentence())
        return bool(read.problems or read.warnings or read.pending)

    def _rules(self, right: bool) -> str | None:
        """The applied rules, None for none; nothing but a configuration that is `right` makes a database."""
        from ..settings import database_of
        from ..storage.store import is_there

        if not right and "store" not in self.__dict__ and not is_there(database_of(self._environ)):
            return None
        self._applied = self.store.applied()
        if self._applied is None:
            return None
        self._number = self._applied.number
        rules = stored_rules(self._applied)
        if rules is None:
            _log.warning(EARLIER if self._applied.rules is None else UNREADABLE)
        return rules


def services_in_force(config: Path, environ: Mapping[str, str] = os.environ) -> Services:
    """The services by what is in force now, for a command. Raises ConfigurationError and StoreError."""
    following = Following(config, environ, tell=False)
    settings = following.read().settings
    return Services(settings, store=following.store)


def _fields(one: Problem) -> Mapping[str, object]:
    return {"file": one.file, "line": one.line, "key": one.key, "problem": one.message}
