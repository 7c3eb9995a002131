"""A changed configuration that is not in force: what is wrong in it, and what waits for an apply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from ..domain.pending import Pending
from ..errors import Problem


@dataclass(frozen=True, slots=True)
class Unapplied:
    """What is so now, from whoever follows the files.

    `overtaken` tells whether another configuration was applied just now, and is about to be taken over.
    """

    problems: Callable[[], tuple[Problem, ...]] = tuple
    pending: Callable[[], Pending] = Pending
    overtaken: Callable[[], bool] = bool

    @property
    def wrong(self) -> bool:
        """Whether anything is wrong in the files that are followed; what waits for an apply is no failure."""
        return bool(self.problems())

    def sentence(self) -> str:
        """What there is to say, in public, empty for nothing.

        Without what is wrong there, which may quote what was written, and without the folder.
        """
        problems = self.problems()
        if not problems:
            return self.pending().sentence()
        first, others = problems[0], len(problems) - 1
        place = PurePath(first.file).name + (f":{first.line}" if first.line else "")
        return f"changed, and wrong: {place}{f' and {others} more' if others else ''}"


IN_FORCE = Unapplied()
"""All that the files say is in force."""
