"""What a reader sees of an article, in one short string: when it moves, the article was corrected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict

from ..domain.article import Draft, Figure
from ..ports import Language

VERSION = "2"


def fingerprint(draft: Draft, language: Language) -> str:
    """Two SHA-256: over the words of title, summary, content and people; and over all that is stored beside dates.

    Counters, addresses and markup are not in the first: a picture is signed anew with every fetch, and a link bears
    the number of whoever fetched it. Labels are in neither. See `reads_alike`.
    """
    words = [*draft.authors, *draft.contributors, "", *map(language.steady, _texts(draft))]
    stored = {
        "title": draft.title,
        "summary": draft.summary,
        "content": [[type(block).__name__, asdict(block)] for block in draft.content],
        "link": draft.link,
        "categories": draft.categories,
        "language": draft.language,
    }
    return f"{VERSION}:{_digest(words)}:{_digest(stored)}"


def _texts(draft: Draft) -> Iterator[str]:
    yield draft.title
    yield draft.summary
    for block in draft.content:
        yield block.caption if isinstance(block, Figure) else block.text


def _digest(value: object) -> str:
    body = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(body.encode("utf-8", "backslashreplace")).hexdigest()[:32]
