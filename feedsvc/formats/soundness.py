"""A document whatever the entries are like: each bad entry costs itself, in every format alike.

feed ─► sound: texts clean, dates in UTC, addresses in ASCII ─► write ─► bytes
                                                                │ fails: each entry is tried alone,
                                                                └ and the good ones are written
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..domain.feed import Entry, Feed
from .addresses import uri
from .cleaning import cleaned

Write = Callable[[Feed], bytes]

_log = logging.getLogger(__name__)


def write_soundly(feed: Feed, write: Write) -> bytes:
    """The bytes of the feed with every entry that can be written; each lost entry is a warning in the log.

    Raises what `write` raises when the feed cannot be written even without entries.
    """
    head = _sound_head(feed)
    sound = replace(head, entries=_kept(feed.entries, _sound_entry))
    try:
        return write(sound)
    except Exception:
        # Whatever it was, one entry must not take the others with it; the head alone may still raise.
        write(head)
    return write(replace(head, entries=_kept(sound.entries, lambda entry: _written_alone(head, entry, write))))


def _kept(entries: Iterable[Entry], test: Callable[[Entry], Entry]) -> tuple[Entry, ...]:
    kept = []
    for entry in entries:
        try:
            kept.append(test(entry))
        except Exception as error:
            _log.warning("entry %r is left out of the feed: %s", getattr(entry, "id", None), error)
    return tuple(kept)


def _sound_head(feed: Feed) -> Feed:
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


def _sound_entry(entry: Entry) -> Entry:
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


def _written_alone(head: Feed, entry: Entry, write: Write) -> Entry:
    write(replace(head, entries=(entry,)))
    return entry
