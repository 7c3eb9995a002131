"""Which content coding to send: Accept-Encoding (RFC 9110 section 12.5.3), pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial

IDENTITY = "identity"
GZIP = "gzip"
BR = "br"

_WEIGHT = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
USUAL = 80
"""Characters of what may be remembered."""
_ALIASES = {"x-gzip": GZIP}  # RFC 9110 section 8.4.1.3


def choose_coding(accepted: str | None, available: Iterable[str]) -> str:
    """The best of `available` by the client's weights; among equals the first (RFC 9110 section 12.5.3).

    Identity is the answer where nothing is asked for and where nothing that is asked for can be had:
    a feed reader is better served with bytes that it may refuse than with a 406.
    """
    asked, there = accepted or "", tuple(available)
    return usual_choice(there)(asked) if len(asked) <= USUAL else _choice(asked, there)


def _choice(accepted: str, available: tuple[str, ...]) -> str:
    weights = _weights(accepted)

    def weight(coding: str) -> float:
        return weights.get(coding, weights.get("*", 0.0))

    best = max(available, key=weight)
    return best if weight(best) > 0 else IDENTITY


@cache
def usual_choice(available: tuple[str, ...]) -> Callable[[str], str]:
    """`choose_coding` among these alone, of what is `USUAL` or shorter; who asks often keeps it.

    It remembers: clients say the same few things again and again.
    """
    return lru_cache(512)(partial(_choice, available=available))


def _weights(accepted: str) -> dict[str, float]:
    """Each coding that is named, with its weight; a weight that cannot be read refuses the coding."""
    found = {}
    for member in accepted.lower().split(","):
        coding, *parameters = (part.strip() for part in member.split(";"))
        if coding:
            found[_ALIASES.get(coding, coding)] = _weight(parameters)
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q"):
            written = _WEIGHT.fullmatch(parameter.replace(" ", ""))
            return float(written[1]) if written else 0.0
    return 1.0
