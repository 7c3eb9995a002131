"""What is older than articles are kept is taken out, in steps between which others write."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from ..ports import Ledger

_log = logging.getLogger(__name__)

STEP = 100
"""Articles of one transaction: it takes some hundredths of a second."""
BREATH = 0.05
"""Seconds between two of them."""
MOST = 20_000
"""Articles at a time; the rest follows with the next."""


def purged(ledger: Ledger, keep: timedelta, now: datetime, wait: Callable[[float], object] = time.sleep) -> int:
    """Take out articles published longer ago than `keep`; returns how many. Raises StoreError."""
    try:
        before = now - keep
    except OverflowError:
        return 0
    count = 0
    while count < MOST:
        step = ledger.purge(before, STEP, now)
        count += step
        if step < STEP:
            break
        wait(BREATH)
    if count:
        _log.info("articles were taken out", extra={"articles": count, "older_than_days": keep.days})
    return count
