"""How every feed stands: as the store says when it is asked, or, once somebody follows it, as it said a moment ago."""

from __future__ import annotations

from collections.abc import Collection

from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from ..ports import FeedShelf


class FeedStates:
    """For many threads; one of them may follow the store by `look`. Then the others never wait for it."""

    def __init__(self, shelf: FeedShelf) -> None:
        self._shelf = shelf
        self._seq = -1
        self._known: dict[FeedKey, FeedState] | None = None

    @property
    def followed(self) -> bool:
        """Whether changes are noticed without being asked for."""
        return self._known is not None

    def of(self, key: FeedKey) -> FeedState | None:
        """The state of a configured feed, None for one that is not. Raises StoreError where it has to be asked for."""
        known = self._known
        state = None if known is None else known.get(key)
        if state is None:
            state = self._shelf.feed(key)
            if known is not None and state is not None:
                known.setdefault(key, state)
        return state

    def known(self, key: FeedKey) -> FeedState | None:
        """The state as somebody who follows the store last saw it, None where nobody does, or for an unknown feed."""
        return None if self._known is None else self._known.get(key)

    def are_all(self, keys: Collection[FeedKey]) -> bool:
        """Whether these are all that are known: nothing is left of what was made of the store before."""
        return self._known is not None and len(keys) >= len(self._known)

    def look(self) -> frozenset[FeedKey]:
        """Ask for what changed since the last look; the feeds that did. Raises StoreError, and then nothing is new.

        Where the store was put back to an earlier state, every feed has changed.
        """
        found = self._shelf.changes_after(self._seq)
        if self._known is None or found.seq < self._seq:
            found = self._shelf.changes_after(-1)
            before = frozenset(self._known or ())
            self._known = {key: state for key, state in found.states.items() if state is not None}
            self._seq = found.seq
            return before | self._known.keys()
        for key, state in found.states.items():
            if state is None:
                self._known.pop(key, None)
            else:
                self._known[key] = state
        self._seq = found.seq
        return frozenset(found.states)
