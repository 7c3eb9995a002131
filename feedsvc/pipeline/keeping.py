"""What is older than articles are kept is taken out, and pictures left over, in steps between which others write.

The room that it took is then given back to the disk.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice

from ..ports import Ledger, MediaStore
from .strides import Stride

_log = logging.getLogger(__name__)

ARTICLES = Stride(size=10, least=8, most=200)
"""Articles of one transaction."""
PAGES = Stride(size=50, least=25, most=2000)
"""Pages of the database's file of one transaction."""
PICTURES = 100
"""Pictures that are asked about at a time."""
BREATH = 0.05
"""Seconds between two steps."""
MOST = 20_000
"""Articles at a time; the rest follows with the next."""
MOST_PAGES = 200_000
"""Pages at a time."""
WANTED = timedelta(days=1)
"""Since when a picture must not have been kept: an article that shows it may be about to be stored."""
Wait = Callable[[float], bool]
"""Waits so many seconds, and says whether to end."""
Monotonic = Callable[[], float]
"""The seconds of a clock that never goes back."""


def purged(ledger: Ledger, keep: timedelta, now: datetime, wait: Wait, monotonic: Monotonic = time.monotonic) -> int:
    """Take out articles published longer ago than `keep`; returns how many. Raises StoreError."""
    try:
        before = now - keep
    except OverflowError:
        return 0
    count = _in_steps(lambda limit: ledger.purge(before, limit, now), ARTICLES, MOST, wait, monotonic)
    if count:
        _log.info("articles were taken out", extra={"articles": count, "older_than_days": keep.days})
    return count


def shrunk(ledger: Ledger, wait: Wait, monotonic: Monotonic = time.monotonic) -> int:
    """Give the disk back what the database does not need any more; returns how many pages. Raises StoreError."""
    count = _in_steps(ledger.shrink, PAGES, MOST_PAGES, wait, monotonic)
    if count:
        _log.info("the database became smaller", extra={"pages": count})
    return count


def _in_steps(step: Callable[[int], int], stride: Stride, most: int, wait: Wait, monotonic: Monotonic) -> int:
    """Do it until a step did less than it might have, or `most` is done, or it is time to end; returns how much."""
    count = 0
    while count < most:
        began = monotonic()
        done = step(stride.size)
        following = stride.after(monotonic() - began)
        count += done
        if done < stride.size or wait(BREATH):
            break
        stride = following
    return count


def cleared(ledger: Ledger, media: MediaStore, now: datetime, wait: Wait) -> int:
    """Take out pictures that no article shows; returns how many. Raises StoreError."""
    digests, count = media.digests(), 0
    while portion := tuple(islice(digests, PICTURES)):
        count += sum(media.forget(digest, now - WANTED) for digest in sorted(ledger.unshown(portion)))
        if wait(BREATH):
            break
    if count:
        _log.info("pictures were taken out", extra={"pictures": count})
    return count
