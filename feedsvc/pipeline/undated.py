"""What a source's first pass makes of records that only their arrival dates.

They are as old as the source, not as new as its configuration: dated by their arrival, a whole archive would stand on
top of every feed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from ..domain.article import Draft
from .dating import FIRST_SEEN

BEFORE = timedelta(days=1)
"""How far before the pass the newest one stands where nothing of the source has a date."""
APART = timedelta(seconds=1)
BY = "its place in the source's first pass"


def one_second_apart(drafts: Iterable[Draft], started: datetime) -> tuple[Draft, ...]:
    """The drafts of a first pass in their order, which is newest first, each with a date.

    Undated ones are a second apart, the first of them at the time of the newest dated one, else a day before the pass.
    """
    drafts = tuple(drafts)
    newest = max((draft.published for draft in drafts if draft.dated), default=started - BEFORE)
    at = newest.replace(microsecond=0)
    found = []
    for draft in drafts:
        if draft.dated:
            found.append(draft)
        else:
            doubt = draft.dated_by.removeprefix(FIRST_SEEN)
            found.append(replace(draft, published=at, dated_by=BY + doubt, dated=True))
            at -= APART
    return tuple(found)
