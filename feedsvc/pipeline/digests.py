"""Whether an answer or a record is what it was when it was last read: then nothing needs to be done about it."""

from __future__ import annotations

import hashlib
from functools import cached_property

from .. import __version__
from ..domain.fetched import Fetched
from ..domain.record import Hypertext, RawRecord
from ..domain.source import Source

READING = 2
"""Grows when a release reads answers or records differently."""


class Digests:
    """Of one source as it is configured: another configuration, or another release, reads everything anew."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def _key(self) -> bytes:
        said = f"{__version__} {READING} {self._source!r}"
        return hashlib.blake2b(said.encode("utf-8", "backslashreplace"), digest_size=32).digest()

    def of_answer(self, answer: Fetched, steady: bytes) -> str:
        """That of what is steady of an answer's body, and of what says how to read it."""
        return self._of(f"{answer.media_type} {answer.address} ".encode("utf-8", "backslashreplace"), steady)

    def of_record(self, record: RawRecord) -> str:
        """That of a record without its key; empty for one whose words are not all there is to it, as of a file's."""
        content = record.content
        if not isinstance(content, Hypertext) or record.wants or record.media or record.stamps:
            return ""
        title = record.title
        texts = (
            title.html if isinstance(title, Hypertext) else title,
            *(content.html, content.base, record.summary, record.link, record.published, record.updated),
        )
        # None is another thing than nothing, and a text says itself in fewer steps than as a literal.
        said = "\0".join("\1" if one is None else one for one in texts)
        names = "\0".join((*record.authors, "\1", *record.categories, "\1", record.language or ""))
        rest = f"\0{names}\0{type(title).__name__}\0{record.figures or ''}\0{record.modified or ''}"
        return self._of((said + rest).encode("utf-8", "backslashreplace"))

    def _of(self, *parts: bytes) -> str:
        made = hashlib.blake2b(digest_size=16, key=self._key)
        for part in parts:
            made.update(part)
        return made.hexdigest()
