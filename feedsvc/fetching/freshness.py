"""For how long an answer says that nothing newer is to be had (RFC 9111 section 4.2)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from .moments import moment_of

LONGEST = 9
"""Digits of a number of seconds that is looked at."""
DIRECTIVE = re.compile(r"(?:\A|,)\s*(s-maxage|max-age|no-cache|no-store)\s*(?:=\s*\"?(\d{1,30})\"?)?\s*(?=,|\Z)", re.I)


def fresh_for(control: str | None, age: str | None, expires: str | None, now: datetime) -> timedelta | None:
    """The time that an answer stays fresh, by its `Cache-Control`, `Age` and `Expires`; None where it does not say."""
    directives = {name.lower(): value for name, value in DIRECTIVE.findall(control or "")}
    if "no-store" in directives or "no-cache" in directives:
        return None
    lifetime = directives.get("max-age")
    if lifetime:
        left = _seconds(lifetime) - _seconds((age or "").strip())
        return timedelta(seconds=left) if left > 0 else None
    moment = moment_of(expires)
    return moment - now if moment is not None and moment > now else None


def _seconds(digits: str) -> int:
    return min(int(digits[:LONGEST]), 10**8) if digits.isascii() and digits.isdecimal() else 0
