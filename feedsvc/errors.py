"""Every error of feedsvc, in one tree; each knows whether trying again may help.

FeedsvcError
├── ConfigurationError      the configuration is wrong; carries every Problem found
├── RulesUnreadable         topics and regions are stored in a form that this release does not read
├── PluginBroken            something that was plugged in cannot be used
├── ApplyUnderWay          somebody else applies a configuration at this moment (retry)
├── ApplyLost              what was being applied is so no more: another configuration came between (retry)
├── WorkerGone             a process that classified articles ended by itself (retry)
├── UnknownFeed             a feed whose topic, region or source is not configured
├── StoreError              the database is away, locked or damaged (retry)
│   ├── NoRoom              a disk is full: that of the database, or of the pictures (retry)
│   ├── SchemaError         the database is of a newer release, or is not ours (no retry)
│   └── Unstorable          no database holds what was to be stored (no retry)
├── Overloaded              too many wait already for what has yet to be made (retry)
├── BackupFailed            a backup was not made, or not restored; what was there before is unchanged
├── ClockLeapt              the clock is not believed, so that nothing is dated by it (retry)
├── Unreadable              what was fetched cannot be read, or not within the budget for it
├── ReaderBusy              nothing was free, or could be started, to read what was fetched (retry)
├── NotTaken                the operator's webhook did not take a message (retry)
├── MediaRefused            bytes that are not a picture that may be served
├── DecisionRefused         an operator's decision about an article cannot be carried out; nothing was changed
└── RecordRefused           one record cannot become an article; becomes a Rejection
"""

from __future__ import annotations

from dataclasses import dataclass


class FeedsvcError(Exception):
    """The root. `retry` tells whether the same call may succeed later without a change."""

    retry = False


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in the configuration, where it stands, and what to do about it; line 0 where there are none."""

    file: str
    line: int
    key: str
    message: str

    @property
    def place(self) -> str:
        """The file, with the line where there is one."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.key}: {self.message}"


class ConfigurationError(FeedsvcError):
    """The configuration cannot be used; `problems` holds all of it, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class RulesUnreadable(FeedsvcError):
    """The topics and regions that are applied cannot be read by this release; the message says why."""


class PluginBroken(FeedsvcError):
    """A plug-in cannot be loaded, or two go by one name; the message says which."""


class ApplyUnderWay(FeedsvcError):
    """Another process applies a configuration; `holder` is its name."""

    retry = True

    def __init__(self, holder: str) -> None:
        super().__init__(f"{holder} applies a configuration at this moment; wait until it is done, and try again")
        self.holder = holder


class ApplyLost(FeedsvcError):
    """Another configuration took effect, or a backup was restored, while one was being applied; nothing of it was."""

    retry = True

    def __init__(self) -> None:
        super().__init__("another configuration took effect meanwhile, and nothing was changed here; try again")


class WorkerGone(FeedsvcError):
    """A process that was looking at stored articles is gone; nothing was changed."""

    retry = True

    def __init__(self) -> None:
        super().__init__(
            "a process that was looking at the articles ended by itself, and nothing was changed; try again"
        )


class UnknownFeed(FeedsvcError):
    """No such topic, region or source is configured; `path` is the feed's path."""

    def __init__(self, path: str) -> None:
        super().__init__(f"no feed is called {path}")
        self.path = path


class StoreError(FeedsvcError):
    """The database did not do what was asked; what was there before is unchanged."""

    retry = True


class NoRoom(StoreError):
    """A disk is full, and nothing was written; it may be as soon as somebody makes room."""


class SchemaError(StoreError):
    """The database was made by a newer release or is not a feedsvc database."""

    retry = False


class Unstorable(StoreError):
    """What was to be stored is nothing that the database holds: a number too large, half a character."""

    retry = False


class Overloaded(FeedsvcError):
    """Too many requests of a process wait already for documents that have yet to be made."""

    retry = True


class BackupFailed(FeedsvcError):
    """A backup was not made, or not restored; the message names the file, and says what to do."""


class ClockLeapt(FeedsvcError):
    """The clock went ahead by days within a moment: what would be dated by it is not stored."""

    retry = True


class Unreadable(FeedsvcError):
    """An answer cannot be read; the message is the sentence for the operator."""


class ReaderBusy(FeedsvcError):
    """Nothing was free to read an answer, which says nothing about the answer."""

    retry = True


class NotTaken(FeedsvcError):
    """A message was not taken by whom it was sent to; the message of this is the sentence for the operator."""

    retry = True


class MediaRefused(FeedsvcError):
    """The bytes of `name` are not kept; the message says why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name


class DecisionRefused(FeedsvcError):
    """An operator decided what cannot be carried out; the message says why, and nothing was changed."""


class RecordRefused(FeedsvcError):
    """The record `key` cannot become an article; the message says what is missing."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key
