"""What is older than articles are kept is taken out, in steps between which others write; and pictures left over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice

from ..ports import Ledger, MediaStore

_log = logging.getLogger(__name__)

STEP = 100
"""Articles of one transaction, which takes some hundredths of a second; and pictures that are asked about at a time."""
BREATH = 0.05
"""Seconds between two of them."""
MOST = 20_000
"""Articles at a time; the rest follows with the next."""
WANTED = timedelta(days=1)
"""Since when a picture must not have been kept: an article that shows it may be about to be stored."""
Wait = Callable[[float], bool]
"""Waits so many seconds, and says whether to end."""


def purged(ledger: Ledger, keep: timedelta, now: datetime, wait: Wait) -> int:
    """Take out articles published longer ago than `keep`; returns how many. Raises StoreError."""
    try:
        before = now - keep
    except OverflowError:
        return 0
    count = 0
    while count < MOST:
        step = ledger.purge(before, STEP, now)
        count += step
        if step < STEP or wait(BREATH):
            break
    if count:
        _log.info("articles were taken out", extra={"articles": count, "older_than_days": keep.days})
    return count


def cleared(ledger: Ledger, media: MediaStore, now: datetime, wait: Wait) -> int:
    """Take out pictures that no article shows; returns how many. Raises StoreError."""
    digests, count = media.digests(), 0
    while portion := tuple(islice(digests, STEP)):
        count += sum(media.forget(digest, now - WANTED) for digest in sorted(ledger.unshown(portion)))
        if wait(BREATH):
            break
    if count:
        _log.info("pictures were taken out", extra={"pictures": count})
    return count
