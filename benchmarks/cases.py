"""What is measured: what the newspapers have for both sides, and how much less work ours shall be."""

from __future__ import annotations

from dataclasses import dataclass

from .upstream import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One table row: `target` is the least ratio of the plain way's CPU time to ours.

    `fresh` starts every round with empty databases; otherwise they hold everything already. Where it is `classified`,
    articles name places and phrases, which both sides look for; the plain way takes so long over it that there are
    fewer sources, see `FEWER`.
    """

    name: str
    title: str
    mode: Mode
    target: float
    fresh: bool = False
    classified: bool = False


NEW = Case(name="new", title="everything is new", mode=Mode.VALIDATORS, target=4.0, fresh=True)
SAME = Case(name="same", title="nothing is new: 200 with the same bytes", mode=Mode.SAME, target=8.0)
MOVED = Case(name="moved", title="nothing is new: 200, only lastBuildDate moved", mode=Mode.MOVED, target=8.0)
NOT_MODIFIED = Case(name="304", title="nothing is new: 304", mode=Mode.VALIDATORS, target=1.2)

CLASSIFIED = Case(
    name="classified",
    title="everything is new, and topics and regions are looked for",
    mode=Mode.VALIDATORS,
    target=4.0,
    fresh=True,
    classified=True,
)
FEWER = 40
"""One source in so many is polled where articles are classified."""

CASES = (NEW, SAME, MOVED, NOT_MODIFIED, CLASSIFIED)
"""In the order of the table."""

IN_TURN = (NEW, NOT_MODIFIED, SAME, MOVED)
"""In the order of the run: the validators that the first one brings are what 304 is about."""
