"""What a reader sees of an article, in one short string: when it moves, the article was corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from ..domain.article import Block, Draft, Figure, Html
from ..ports import Language

VERSION = "2"
BETWEEN = "\x1f"
"""The unit separator, which no clean text holds."""


def fingerprint(draft: Draft, language: Language) -> str:
    """Two BLAKE2: over the words of title, summary, content and people; and over all that is stored beside dates.

    Counters, addresses and markup are not in the first: a picture is signed anew with every fetch, and a link bears
    the number of whoever fetched it. Labels are in neither. See `reads_alike`.
    """
    words = (*draft.authors, "", *draft.contributors, "", *map(language.steady, _texts(draft)))
    return f"{VERSION}:{_digest(words)}:{_digest(_stored(draft))}"


def _texts(draft: Draft) -> Iterator[str]:
    yield draft.title
    yield draft.summary
    for block in draft.content:
        yield block.caption if isinstance(block, Figure) else block.text


def _stored(draft: Draft) -> Iterator[str]:
    yield from (draft.title, draft.summary, draft.link or "", draft.language, *draft.categories)
    for block in draft.content:
        yield from ("", type(block).__name__, *_parts(block))


def _parts(block: Block) -> Iterable[str]:
    if isinstance(block, Figure):
        pictures = (f"{one.address} {one.media_type} {one.length} {one.width} {one.height}" for one in block.pictures)
        return (*pictures, block.caption, *block.credits, block.alternative)
    return (block.role, block.markup if isinstance(block, Html) else "", block.text)


def _digest(parts: Iterable[str]) -> str:
    said = BETWEEN.join(parts).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(said, digest_size=16).hexdigest()
