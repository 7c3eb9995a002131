"""What a reader sees of an article, in one short string: when it moves, the article was corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ..domain.article import Block, Draft, Figure, Html
from ..ports import Language

VERSION = "3"
BETWEEN = "\x1f"
"""The unit separator, which no clean text holds."""


def fingerprint(draft: Draft, language: Language) -> str:
    """Two of SHA-256, in 128 bits: over the words of title, summary, content and people, and over all that is stored.

    Counters, addresses and markup are not in the first: a picture is signed anew with every fetch, and a link bears
    the number of whoever fetched it. Dates and labels are in neither. See `reads_alike`.
    """
    texts = [block.caption if isinstance(block, Figure) else block.text for block in draft.content]
    words = (*draft.authors, "", *draft.contributors, "", *map(language.steady, (draft.title, draft.summary, *texts)))
    stored = [draft.title, draft.summary, draft.link or "", draft.language, *draft.categories]
    for block in draft.content:
        stored += _parts(block)
    return f"{VERSION}:{_digest(words)}:{_digest(stored)}"


def _parts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Html):
        return ("", "Html", block.role, block.markup, block.text)
    if isinstance(block, Figure):
        pictures = (f"{one.address} {one.media_type} {one.length} {one.width} {one.height}" for one in block.pictures)
        return ("", "Figure", *pictures, block.caption, *block.credits, block.alternative)
    return ("", "Paragraph", block.role, "", block.text)


def _digest(parts: Iterable[str]) -> str:
    said = BETWEEN.join(parts).encode("utf-8", "backslashreplace")
    return hashlib.sha256(said).hexdigest()[:32]
