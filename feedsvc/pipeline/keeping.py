"""What is older than articles are kept is taken out, in steps between which others write."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from ..ports import Ledger, MediaStore

_log = logging.getLogger(__name__)

STEP = 100
"""Articles of one transaction: it takes some hundredths of a second."""
BREATH = 0.05
"""Seconds between two of them."""
WANTED = timedelta(days=1)
"""Since when a picture must not have been kept: an article that shows it may be about to be stored."""
MOST = 20_000
"""Articles at a time; the rest follows with the next."""


def purged(
    ledger: Ledger,
    media: MediaStore,
    keep: timedelta,
    now: datetime,
    wait: Callable[[float], object] = time.sleep,
) -> int:
    """Take out articles published longer ago than `keep`, and their pictures; returns how many. Raises StoreError."""
    try:
        before = now - keep
    except OverflowError:
        return 0
    count = 0
    while count < MOST:
        step = ledger.purge(before, STEP, now)
        for digest in step.pictures:
            media.forget(digest, now - WANTED)
        count += step.articles
        if step.articles < STEP:
            break
        wait(BREATH)
    if count:
        _log.info("articles were taken out", extra={"articles": count, "older_than_days": keep.days})
    return count
