"""Fragments whatever the entries are like: each bad entry costs itself, in every format alike.

entries ─► sound: texts clean, dates in UTC, addresses in ASCII ─► write all at once ─► a fragment each
                                                                    │ fails: each is tried alone,
                                                                    └ and the good ones are written
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..domain.feed import Entry, Feed
from ..domain.fragment import Fragment
from .addresses import uri
from .cleaning import cleaned

Write = Callable[[Sequence[Entry]], Sequence[Fragment]]
"""Writes entries; gives as many fragments."""

_log = logging.getLogger(__name__)


def soundly(entries: Sequence[Entry], write: Write) -> tuple[Fragment | None, ...]:
    """The fragment of each entry, None of one that cannot be written; each of these is a warning in the log."""
    found = _written(_sound(entries), write)
    return tuple(map(found.get, range(len(entries))))


def sound_head(feed: Feed) -> Feed:
    """The feed without entries, fit to be written. Raises ValueError for one without an id or a title."""
    head = cleaned(replace(feed, entries=()))
    if not head.id or not head.title:
        raise ValueError("the feed has no id or no title")
    related = tuple(replace(one, address=uri(one.address)) for one in head.related)
    return replace(
        head,
        address=uri(head.address),
        page=uri(head.page),
        related=related,
        logo=head.logo and replace(head.logo, address=uri(head.logo.address)),
        icon=head.icon and replace(head.icon, address=uri(head.icon.address)),
    )


def _written(sound: Mapping[int, Entry], write: Write) -> Mapping[int, Fragment]:
    if not sound:
        return {}
    try:
        return dict(zip(sound, write(tuple(sound.values())), strict=True))
    except Exception as error:
        if len(sound) == 1:
            _left_out(next(iter(sound.values())), error)
            return {}
    # Whatever it was, one entry must not take the others with it.
    return {place: one for at, entry in sound.items() for place, one in _written({at: entry}, write).items()}


def _sound(entries: Sequence[Entry]) -> Mapping[int, Entry]:
    """The entries that are fit to be written, by their places."""
    found = {}
    for place, entry in enumerate(entries):
        try:
            found[place] = sound_entry(entry)
        except Exception as error:
            _left_out(entry, error)
    return found


def sound_entry(entry: Entry) -> Entry:
    """The entry, fit to be written. Raises ValueError for one without an id or a title."""
    sound = cleaned(entry)
    if not sound.id or not sound.title:
        raise ValueError("it has no id or no title")
    return replace(
        sound,
        address=uri(sound.address),
        pictures=tuple(replace(picture, address=uri(picture.address)) for picture in sound.pictures),
        origin=sound.origin and replace(sound.origin, address=uri(sound.origin.address), page=uri(sound.origin.page)),
        via=sound.via and uri(sound.via),
        licence=sound.licence and uri(sound.licence),
    )


def _left_out(entry: Entry, error: Exception) -> None:
    _log.warning("entry %r is left out of the feed: %s", getattr(entry, "id", None), error)
