"""For how long an answer says that nothing newer is to be had (RFC 9111 section 4.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from .moments import moment_of

LONGEST = 9
"""Digits of a number of seconds that is looked at."""
LONGEST_HEADER = 1024
"""Characters of a header that is looked at."""


def fresh_for(control: str | None, age: str | None, expires: str | None, now: datetime) -> timedelta | None:
    """The time that an answer stays fresh, by its `Cache-Control`, `Age` and `Expires`; None where it does not say."""
    directives = _directives(control or "")
    if "no-store" in directives or "no-cache" in directives:
        return None
    lifetime = directives.get("max-age")
    if lifetime:
        left = _seconds(lifetime) - _seconds((age or "").strip())
        return timedelta(seconds=left) if left > 0 else None
    moment = moment_of(expires) if expires and len(expires) <= LONGEST_HEADER else None
    return moment - now if moment is not None and moment > now else None


def _directives(header: str) -> dict[str, str]:
    """The directives and their values, lower case, without quotes; none of what is longer than honest ones are."""
    if len(header) > LONGEST_HEADER:
        return {}
    pairs = (one.partition("=") for one in header.lower().split(","))
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}


def _seconds(digits: str) -> int:
    return min(int(digits[:LONGEST]), 10**8) if digits.isascii() and digits.isdecimal() else 0
