"""Identifiers that change although the entry does not: noticed, and then the entry's address counts instead.

Some software makes a guid anew at every request, or after every edit. An entry with a guid that nobody knows, at an
address that is known, under the title or with the date that is known of that, is the entry of that address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..domain.article import Draft
from ..domain.passes import Known
from ..domain.record import RawRecord
from ..domain.source import Cursor

BY_LINK = "link"
STATE = "identity"
"""The key of a cursor under which it says that the source's guids are not gone by."""
LEAST = 3
"""Entries of a pass with new guids at known addresses that show a habit, if they are more than half of the new."""
NOTE = "its guids change while its entries do not; from now on its entries are known by their addresses"


@dataclass(frozen=True, slots=True)
class Settled:
    """Drafts under the keys to go by, what is known under these, and whether guids showed to be worth nothing."""

    drafts: tuple[Draft, ...]
    known: Mapping[str, Known]
    churning: bool


def goes_by_links(cursor: Cursor) -> bool:
    """Whether the source's guids were found to be worth nothing."""
    return cursor.state.get(STATE) == BY_LINK


def by_links(records: Iterable[RawRecord]) -> tuple[RawRecord, ...]:
    """The records under the keys that they have without identifiers of their own."""
    return tuple(replace(record, key=record.alternative or record.key, alternative="") for record in records)


def settled(
    drafts: Iterable[Draft],
    alternatives: Mapping[str, str],
    known: Mapping[str, Known],
    alike: Mapping[str, Known],
    present: frozenset[str],
    certain: bool,
) -> Settled:
    """The drafts, those with a new guid under the identity that their address has, if it is theirs.

    `alternatives` are the drafts' keys without guids, by key; `alike` is what is stored under those. `present` are all
    keys of the pass: a guid that still stands in the feed has not changed into another. `certain`: the source goes by
    addresses already.
    """
    fresh = [draft for draft in drafts if draft.key not in known]
    moved = {
        draft.key: alternatives[draft.key]
        for draft in fresh
        if (one := alike.get(alternatives.get(draft.key, ""))) is not None
        and not {one.key, alternatives[draft.key]} & (present - {draft.key})
        and (certain or _is_same(draft, one))
    }
    churning = not certain and len(moved) >= LEAST and 2 * len(moved) > len(fresh)
    kept = tuple(replace(draft, key=moved[draft.key]) if draft.key in moved else draft for draft in drafts)
    return Settled(kept, {**known, **{key: alike[key] for key in moved.values()}}, churning)


def _is_same(draft: Draft, known: Known) -> bool:
    return draft.title == known.title or (draft.dated and draft.published == known.published)
