"""How much is done at a step, so that nobody waits for it for long, whatever the machine and however much is stored.

a step took long ─► half as much at the next; it took hardly any time ─► half as much again
"""

from __future__ import annotations

from dataclasses import dataclass, replace

LONG, SHORT = 0.06, 0.03
"""Seconds: who waits for a step that took long, and for what it left to be written, still waits less than 0.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stride:
    """So much (`size`) at the next step, between `least` and `most`."""

    size: int
    most: int
    least: int = 1

    def after(self, seconds: float) -> Stride:
        """The stride after a step that took so long."""
        if seconds > LONG:
            return replace(self, size=max(self.least, self.size // 2))
        if seconds < SHORT:
            return replace(self, size=min(self.most, self.size + self.size // 2 + 1))
        return self
